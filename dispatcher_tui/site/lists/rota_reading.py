"""A rota as it comes: people down, days across, shift codes in the cells, a legend somewhere.

What comes out is a text in the house's own form. Whoever is not on the roster, a code that nobody
explained, a day that is none, and two words for one person and day are refused, each with its row,
its column and the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.site.rota import MOST_LINES, Rota, RotaTurn
from dispatcher_tui.domain.time.calendar import Shift
from dispatcher_tui.domain.words.mangled import cell_damage, mended_number
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.site.clock_times import HOURS, SPAN, UNTIL, hour
from dispatcher_tui.site.lists.list_sheet import ListSheet, SheetRow
from dispatcher_tui.site.lists.rota_heads import (
    DayHead,
    day_heads,
    day_of,
    days_above,
    head_row,
    month_in,
    over_days,
    person_columns,
    weekday_of,
)
from dispatcher_tui.site.problems import Findings, SiteProblem, near

_ABSENCES = {
    Absence.OFF: "休 休息 轮休 公休 调休 补休 例休 off rest",
    Absence.LEAVE: "假 请假 年假 事假 婚假 产假 陪产假 丧假 探亲假 leave",
    Absence.TRAINING: "训 培 培训 学习 training",
    Absence.ILL: "病 病假 病休 ill sick",
}
"""Codes that stand for no hours."""

_FIGURE = rf"\d(?!\d|{UNTIL}\d|:\d{{2}}{UNTIL}\d{{1,2}}:)"
"""A figure at the end of a code (D1): none that begins the hours written right behind it."""
_LEGEND = re.compile(rf"([^\W\d_]{{1,6}}(?:{_FIGURE})?) *[:=(（]? *{SPAN}")
_DARK, _LATE = "夜", "晚"
_TITLE_LIMIT = 20
_WORDS = 2
"""So many words stand below a rota that are no shifts: who made it, who checked it."""


class RotaWords(msgspec.Struct, frozen=True):
    """What a rota is read by: who is on the roster, the shift plan, the codes of the rota in
    force, and today by the site's zone."""

    people: Sequence[Person]
    shifts: Sequence[Shift]
    known: Mapping[str, RotaTurn]
    today: date


def plain_code(text: str) -> str:
    """A code as it is compared: one width, no spaces, without 班 behind it."""
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded.removesuffix("班") or folded


def hours_turn(code: str, start: str, end: str) -> RotaTurn | None:
    """The hours of a code; an end at 24:00 is midnight."""
    begins, ends = hour(start), hour(end, midnight=True)
    return None if begins is None or ends is None else RotaTurn(code, begins, ends)


def _codes(words: RotaWords) -> dict[str, RotaTurn]:
    """What codes mean without a legend: absences, the shifts of the plan by their names, and
    what the rota in force says."""
    found = {
        code: RotaTurn(code, absence=absence)
        for absence, codes in _ABSENCES.items()
        for code in codes.split()
    }
    for shift in words.shifts:
        for name in (shift.name.zh, shift.name.en):
            code = plain_code(name)
            if code:
                found[code] = RotaTurn(code, shift.start, shift.end)
    if _DARK in found:
        found.setdefault(_LATE, replace(found[_DARK], code=_LATE))
    return {**found, **{plain_code(code): turn for code, turn in words.known.items()}}


class DayColumn(msgspec.Struct, frozen=True):
    """A column of days: where it stands, its head, and which day or weekday it is."""

    at: int
    title: str
    day: date | None = None
    weekday: int = -1


class RotaReader:
    """One sheet while it is read."""

    def __init__(self, sheet: ListSheet, words: RotaWords) -> None:
        self.sheet, self.words = sheet, words
        self.findings = Findings(sheet.name)
        self.notes = list(sheet.notes)
        self.at = head_row(sheet)
        self.head = sheet.rows[self.at]
        self.columns = self.find_columns()
        self.legend: set[int] = set()
        self.codes = {**_codes(words), **self._read_legend()}
        self.by_name: dict[str, list[str]] = {}
        for person in words.people:
            for name in dict.fromkeys((fold(person.id), fold(person.name))):
                self.by_name.setdefault(name, []).append(person.id)

    def key(self, row: SheetRow, title: str) -> str:
        return f"row {row.number} {title[:_TITLE_LIMIT]}".rstrip()

    def note(self, code: str, **detail: object) -> None:
        told = {name: str(value) for name, value in detail.items()}
        self.notes.append(SiteProblem(self.sheet.name, "", code, told))

    def find_columns(self) -> list[DayColumn]:
        """The columns of days; a head that is meant as one and is none is refused."""
        titles = [cell for row in self.sheet.rows[: self.at] for cell in row.cells if cell]
        corner = [cell for cell in self.head.cells if cell and over_days(cell)]
        month = month_in([*corner, *titles, self.sheet.name], self.words.today)
        found, unread, days = list[DayColumn](), list[str](), day_heads(self.head.cells)
        people = set(person_columns(self.head.cells).values())
        for at, text in enumerate(self.head.cells):
            head = days.get(at) if at not in people else None
            if head is not None:
                column = self._column(at, text, head, month)
                found += [column] if column is not None else []
            elif at not in people and found and any(ch.isdigit() for ch in text):
                self.findings.add(self.key(self.head, text), "bad_date", text=text)
            elif text and at not in people and text not in corner:
                unread.append(text)
        if unread:
            self.note("columns_unread", names=", ".join(unread))
        if any(each.weekday >= 0 for each in found) and days_above(self.sheet, self.at):
            self.findings.add(self.key(self.head, ""), "rota_days_above")
        return self._once(found)

    def _column(
        self, at: int, text: str, head: DayHead, month: tuple[int, int] | None
    ) -> DayColumn | None:
        if head.weekday >= 0:
            return DayColumn(at, text, weekday=head.weekday)
        day = day_of(head, month, self.words.today)
        if day is None:
            code = "bad_date" if head.month or month else "rota_month"
            self.findings.add(self.key(self.head, text), code, text=text)
            return None
        return DayColumn(at, text, day)

    def _once(self, columns: Iterable[DayColumn]) -> list[DayColumn]:
        """The columns without those whose day another one has already."""
        found: dict[tuple[date | None, int], DayColumn] = {}
        for column in columns:
            if (column.day, column.weekday) in found:
                key = self.key(self.head, column.title)
                self.findings.add(key, "duplicate", name=column.title)
            found.setdefault((column.day, column.weekday), column)
        return list(found.values())

    def _read_legend(self) -> dict[str, RotaTurn]:
        """The codes that the sheet explains: above the heads, and in rows without a turn."""
        found: dict[str, RotaTurn] = {}
        for place, row in enumerate(self.sheet.rows):
            # The name of a code is one letter; a row with a longer one is somebody's.
            somebody = any(len(plain_code(text)) > 1 for text in self._said(row).values())
            if place == self.at or (place > self.at and self.turns(row) and somebody):
                continue
            text = unicodedata.normalize("NFKC", " ".join(filter(None, row.cells)))
            for code, start, end in _LEGEND.findall(text):
                plain = plain_code(code)
                turn = hours_turn(plain, start, end)
                if turn is not None:
                    found[plain] = turn
                    self.legend.add(row.number)
        return found

    def _said(self, row: SheetRow) -> dict[str, str]:
        """What a row says of whose it is, by the columns of persons; the first cell before the
        days where no head names such a column."""
        places, width = person_columns(self.head.cells), len(row.cells)
        first = min((column.at for column in self.columns), default=0)
        if not places:
            before = (at for at in range(min(first, width)) if row.cells[at])
            places = {"name": next(before, 0)}
        texts = {name: row.cells[at] for name, at in places.items() if at < width}
        return {name: mended_number(text) for name, text in texts.items() if text}

    def turns(self, row: SheetRow) -> list[tuple[DayColumn, str]]:
        cells = row.cells
        return [(c, cells[c.at]) for c in self.columns if c.at < len(cells) and cells[c.at]]

    def _weekdays(self, row: SheetRow, place: int) -> bool:
        """Whether a row beside the heads says the weekdays of the dates; it must be right."""
        if abs(place - self.at) != 1 or any(column.day is None for column in self.columns):
            return False
        said = [(column, weekday_of(text)) for column, text in self.turns(row)]
        if not said or any(weekday < 0 for _column, weekday in said):
            return False
        for column, weekday in said:
            if column.day is not None and column.day.weekday() != weekday:
                key, text = self.key(row, column.title), row.cells[column.at]
                self.findings.add(key, "rota_weekday", text=text, date=column.day)
        return True

    def whose(self, row: SheetRow) -> str:
        """Whose row it is, by the roster's id; empty, and noted, where nobody is meant."""
        texts = self._said(row)
        title = self.head.cells[next(iter(person_columns(self.head.cells).values()), 0)]
        if not texts:
            self.findings.add(self.key(row, title), "empty_text")
            return ""
        found = [self.by_name.get(fold(text), []) for text in texts.values()]
        both = [who for who in found[0] if all(who in others for others in found)]
        if len(both) == 1:
            return both[0]
        name = texts.get("name") or next(iter(texts.values()))
        if both:
            self.findings.add(self.key(row, title), "rota_two_named", name=name)
        else:
            names = [name for person in self.words.people for name in (person.name, person.id)]
            self.findings.add(
                self.key(row, title), "rota_person", name=name, near=near(name, names)
            )
        return ""

    def _signed(self, row: SheetRow, turns: Sequence[tuple[DayColumn, str]]) -> bool:
        """Whether a row is nobody's but who made and who checked the rota: a word or two in it,
        none of them a shift, and no name of the roster."""
        somebody = any(fold(text) in self.by_name for text in self._said(row).values())
        shifts = any(plain_code(text) in self.codes or HOURS.search(text) for _at, text in turns)
        return len(turns) <= _WORDS and not somebody and not shifts

    def _meaning(self, row: SheetRow, column: DayColumn, text: str) -> RotaTurn | None:
        """What a cell says; None, and noted, where nobody knows."""
        code = plain_code(text)
        turn = self.codes.get(code)
        if turn is not None:
            return replace(turn, code=code)
        match = HOURS.fullmatch(unicodedata.normalize("NFKC", text).strip())
        turn = hours_turn(code, match[1], match[2]) if match else None
        if turn is None:
            code = cell_damage(text) or "rota_code"
            self.findings.add(self.key(row, column.title), code, text=text)
        return turn

    def read(self) -> tuple[Rota, int, int]:
        """The rota, how many rows were read, how many cells of them are empty.

        Raises:
            SiteError: with every problem of the sheet.
        """
        rota, where = Rota({}, {}), dict[tuple[str, object], int]()
        rows = blank = 0
        left, twice = list[int](), set[int]()
        for place, row in enumerate(self.sheet.rows):
            if place == self.at or self._weekdays(row, place) or place < self.at:
                continue
            turns = self.turns(row)
            if not turns or row.number in self.legend or self._signed(row, turns):
                left += [row.number] if row.number not in self.legend else []
                continue
            rows += 1
            who = self.whose(row)
            blank += len(self.columns) - len(turns)
            for column, text in turns:
                turn = self._meaning(row, column, text)
                if turn is None or not who:
                    continue
                which = who, column.day or column.weekday
                if which in where and row.number not in twice:
                    twice.add(row.number)
                    detail = {"name": row.cells[column.at], "row": str(where[which])}
                    self.findings.add(self.key(row, column.title), "rota_twice", **detail)
                where[which] = row.number
                if column.day is not None:
                    rota.days[who, column.day] = turn
                else:
                    rota.week[who, column.weekday] = turn
        if len(rota.lines) > MOST_LINES:
            self.findings.add("", "rota_too_long", most=MOST_LINES)
        self.findings.raise_any()
        if left:
            self.note("rota_rows_left", rows=", ".join(map(str, left[:5])), n=len(left))
        if blank:
            self.note("rota_blank", n=blank)
        return rota, rows, blank
