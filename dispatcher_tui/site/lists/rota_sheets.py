"""Rotas of several sheets as one: days across, patterns of a week, cycles from a first day on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from dispatcher_tui.domain.site.rota import (
    MOST_LINES,
    MOST_TURNS,
    NO_ROTA,
    Rota,
    RotaCycle,
    RotaTurn,
)
from dispatcher_tui.site.clock_times import HOURS
from dispatcher_tui.site.lists.list_reading import Incoming
from dispatcher_tui.site.lists.list_sheet import ListSheet, SheetRow
from dispatcher_tui.site.lists.rota_form import rota_text
from dispatcher_tui.site.lists.rota_heads import cycle_columns, day_head, day_of
from dispatcher_tui.site.lists.rota_reading import (
    DayColumn,
    RotaReader,
    RotaWords,
    hours_turn,
)
from dispatcher_tui.site.problems import SiteError, SiteProblem

_BETWEEN = re.compile(r"[\s,;/|+>-]+")
_TIMES = re.compile(r" ?[x*\u00d7]? ?(\d{1,2})(?![\d:点时~-]) ?[天日]?")


class CycleReader(RotaReader):
    """A list of rotating shifts: each row says whose, the first day, and the turns that follow one
    another (早早中中夜夜休休, or 早2 中2 夜2 休2)."""

    def find_columns(self) -> list[DayColumn]:
        """The one column of turns."""
        at = cycle_columns(self.head.cells)["turns"]
        return [DayColumn(at, self.head.cells[at])]

    def _cut(self, text: str) -> list[RotaTurn] | None:
        """The turns that a text says one after another; None where a part of it is no code."""
        rest, found = unicodedata.normalize("NFKC", text).casefold().replace("、", ","), []
        known = sorted(self.codes, key=len, reverse=True)
        while rest := _BETWEEN.sub("", rest, count=1) if _BETWEEN.match(rest) else rest:
            span = HOURS.match(rest)
            code = next((each for each in known if rest.startswith(each)), None)
            turn = (
                hours_turn(span[0].strip(), span[1], span[2])
                if span
                else self.codes.get(code or "")
            )
            if turn is None:
                return None
            rest = rest[span.end() if span else len(code or "") :].removeprefix("班")
            times = None if span else _TIMES.match(rest)
            count = int(times[1]) if times else 1
            rest = rest[times.end() :] if times else rest
            found += [turn if span else replace(turn, code=code or "")] * count
            if not 0 < len(found) <= MOST_TURNS:
                return None
        return found or None

    def _cycle(self, row: SheetRow, column: DayColumn, text: str) -> RotaCycle | None:
        """What a row says; None, and noted, where its first day or its turns are none."""
        at = cycle_columns(self.head.cells)["since"]
        said, title = row.cells[at] if at < len(row.cells) else "", self.head.cells[at]
        head = day_head(said)
        since = day_of(head, None, self.words.today) if head is not None else None
        turns = self._cut(text)
        if since is None:
            code = "bad_date" if said else "empty_text"
            self.findings.add(self.key(row, title), code, text=said)
        if turns is None:
            self.findings.add(self.key(row, column.title), "rota_cycle_code", text=text)
        return RotaCycle(since, tuple(turns)) if since is not None and turns else None

    def read(self) -> tuple[Rota, int, int]:
        """The cycles, how many rows were read, and no empty cells.

        Raises:
            SiteError: with every problem of the sheet.
        """
        rota, where, left = Rota({}, {}, {}), dict[str, int](), list[int]()
        rows = 0
        for row in self.sheet.rows[self.at + 1 :]:
            said = self.turns(row)
            if not said or row.number in self.legend:
                left += [row.number] if row.number not in self.legend else []
                continue
            rows += 1
            who, cycle = self.whose(row), self._cycle(row, *said[0])
            if who in where:
                detail = {"name": said[0][1], "row": str(where[who])}
                self.findings.add(self.key(row, said[0][0].title), "rota_twice", **detail)
            elif who and cycle is not None:
                rota.cycles[who] = cycle
                where[who] = row.number
        if len(rota.lines) > MOST_LINES:
            self.findings.add("", "rota_too_long", most=MOST_LINES)
        self.findings.raise_any()
        if left:
            self.note("rota_rows_left", rows=", ".join(map(str, left[:5])), n=len(left))
        return rota, rows, 0


def _reader(sheet: ListSheet, words: RotaWords) -> RotaReader:
    """What reads a sheet, by its heads."""
    plain = RotaReader(sheet, words)
    return CycleReader(sheet, words) if cycle_columns(plain.head.cells) else plain


def read_rotas(lists: Iterable[Incoming], words: RotaWords) -> Incoming:
    """The rotas of several sheets or files as one; a year may come in months.

    Raises:
        SiteError: rows are refused, or two of them have a word for one person and day.
    """
    problems, notes = list[SiteProblem](), list[SiteProblem]()
    rota, files, rows = NO_ROTA, list[str](), 0
    for each in lists:
        assert each.sheet is not None  # a rota comes with its sheet, which is read here
        reader = _reader(each.sheet, words)
        try:
            found, read, _blank = reader.read()
        except SiteError as error:
            problems += error.problems
            continue
        problems += _both(each.file, rota, found, files)
        rota = Rota(
            {**rota.days, **found.days},
            {**rota.week, **found.week},
            {**rota.cycles, **found.cycles},
        )
        files.append(each.file)
        rows, notes = rows + read, [*notes, *reader.notes]
    if problems:
        raise SiteError(problems)
    return Incoming(
        what="rota",
        file=" + ".join(files),
        given=rota_text(rota),
        rows=rows,
        notes=tuple(notes),
        rota=rota,
    )


def _both(file: str, rota: Rota, more: Rota, files: Sequence[str]) -> Iterator[SiteProblem]:
    """The first person and day that two sheets have a word for."""
    twice = [
        *(f"{who} {day}" for who, day in more.days if (who, day) in rota.days),
        *(f"{who} {day}" for who, day in more.week if (who, day) in rota.week),
        *(who for who in more.cycles if who in rota.cycles),
    ]
    for name in twice[:1]:
        detail = {"name": name, "file": " + ".join(files)}
        yield SiteProblem(file, "", "in_two_lists", detail)
