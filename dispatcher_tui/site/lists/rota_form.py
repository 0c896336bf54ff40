"""The rota in the house's own form: a row for each person and day, with what the code means there.

Every row says its hours itself, so that a rota means the same for ever whatever the shift plan or
a legend becomes. ``parse_rota`` reads what was adopted, and grows no stricter.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from dispatcher_tui.domain.site.rota import MOST_TURNS, Rota, RotaLine, RotaTurn, rota_of
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.clock_times import parse_date, parse_time
from dispatcher_tui.site.lists.rows import CsvRow
from dispatcher_tui.site.problems import Findings

COLUMNS = ("person", "day", "code", "on_from", "on_until", "absence")
"""The header of a rota."""

_Turning = tuple[date, int, int]
"""A turn of a cycle: its first day, the turn's place from 0 on, how many there are."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""What stands for a day where a row is of every week."""


def rota_text(rota: Rota) -> str:
    """A rota in the house's form."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in rota.lines:
        turn = line.turn
        hours = [f"{at:%H:%M}" if at is not None else "" for at in (turn.start, turn.end)]
        day = line.day.isoformat() if line.day is not None else WEEKDAYS[line.weekday]
        if line.of:
            day += f"+{line.place + 1}/{line.of}"
        writer.writerow([line.person, day, turn.code, *hours, turn.absence or ""])
    return stream.getvalue()


def _turn(row: CsvRow, findings: Findings) -> RotaTurn | None:
    """What the row says of the day; None, and noted, where it says nothing."""
    start, end = parse_time(row["on_from"]), parse_time(row["on_until"])
    for column, read in (("on_from", start), ("on_until", end)):
        if row[column] and read is None:
            findings.add(row.key(column), "bad_time", text=row[column])
    absence = Absence(row["absence"]) if row["absence"] in set(Absence) else None
    if (start is None or end is None) and absence is None:
        findings.add(row.key("code"), "rota_code", text=row["code"])
        return None
    return RotaTurn(row["code"], start, end, absence)


def _day(text: str) -> date | int | _Turning | None:
    """A date, a weekday from 0 on, or `2026-12-01+3/8`: the third turn of eight of a cycle that
    begins on that day; None where it is none of them."""
    day, mark, rest = text.partition("+")
    if mark:
        place, _of, of = rest.partition("/")
        since = parse_date(day)
        if since is None or not (place.isdecimal() and of.isdecimal()):
            return None
        fits = 1 <= int(place) <= int(of) <= MOST_TURNS
        return (since, int(place) - 1, int(of)) if fits else None
    return WEEKDAYS.index(text) if text in WEEKDAYS else parse_date(text)


def parse_rota(text: str, file: str = "rota.csv") -> Rota:
    """The rota of a text in the house's form.

    Thousands of rows say the same few things: each is understood once.

    Raises:
        SiteError: with every problem of the text, each with its row.
    """
    findings, lines = Findings(file), list[RotaLine]()
    turns: dict[tuple[str, ...], RotaTurn | None] = {}
    days: dict[str, date | int | _Turning | None] = {}
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
        if number == 1 or len(cells) != len(COLUMNS):
            if tuple(cells) != COLUMNS and cells:
                findings.add(f"row {number}", "row_too_long", columns=len(COLUMNS))
            continue
        who, written, *said = cells
        key = tuple(said)
        if key not in turns:
            row = CsvRow(number, dict(zip(COLUMNS, map(_plain, cells), strict=True)))
            turns[key] = _turn(row, findings)
        day = days[written] if written in days else days.setdefault(written, _day(written))
        turn = turns[key]
        if day is None:
            findings.add(f"row {number} day", "bad_date", text=_plain(written))
        elif turn is not None and isinstance(day, date):
            lines.append(RotaLine(who, turn, day))
        elif turn is not None and isinstance(day, int):
            lines.append(RotaLine(who, turn, weekday=day))
        elif turn is not None and isinstance(day, tuple):
            lines.append(RotaLine(who, turn, day[0], place=day[1], of=day[2]))
    rota = rota_of(lines)
    for who in dict.fromkeys(line.person for line in lines if line.of):
        if who not in rota.cycles:
            findings.add("", "rota_cycle_gap", name=who)
    findings.raise_any()
    return rota


def _plain(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()
