"""The rota in the house's own form: a row for each person and day, with what the code means there.

Every row says its hours itself, so that a rota means the same for ever whatever the shift plan or
a legend becomes. ``parse_rota`` reads what was adopted, and grows no stricter.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from dispatcher_tui.domain.site.rota import Rota, RotaLine, RotaTurn, rota_of
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.site.clock_times import parse_date, parse_time
from dispatcher_tui.site.problems import Findings
from dispatcher_tui.site.rows import CsvRow, read_rows

COLUMNS = ("person", "day", "code", "on_from", "on_until", "absence")
"""The header of a rota."""

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
        writer.writerow([line.person, day, turn.code, *hours, turn.absence or ""])
    return stream.getvalue()


def _line(row: CsvRow, findings: Findings) -> RotaLine | None:
    day: date | None = parse_date(row["day"])
    weekday = WEEKDAYS.index(row["day"]) if row["day"] in WEEKDAYS else -1
    if day is None and weekday < 0:
        findings.add(row.key("day"), "bad_date", text=row["day"])
        return None
    start, end = parse_time(row["on_from"]), parse_time(row["on_until"])
    for column, read in (("on_from", start), ("on_until", end)):
        if row[column] and read is None:
            findings.add(row.key(column), "bad_time", text=row[column])
    absence = Absence(row["absence"]) if row["absence"] in set(Absence) else None
    if (start is None or end is None) and absence is None:
        findings.add(row.key("code"), "rota_code", text=row["code"])
        return None
    return RotaLine(row["person"], RotaTurn(row["code"], start, end, absence), day, weekday)


def parse_rota(text: str, file: str = "rota.csv") -> Rota:
    """The rota of a text in the house's form.

    Raises:
        SiteError: with every problem of the text, each with its row.
    """
    findings, lines = Findings(file), list[RotaLine]()
    for row in read_rows(text, COLUMNS, COLUMNS[:3], findings):
        line = _line(row, findings)
        if line is not None:
            lines.append(line)
    findings.raise_any()
    return rota_of(lines)
