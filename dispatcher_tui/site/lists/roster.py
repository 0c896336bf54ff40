"""Reads ``roster.csv``: who can be rung, in which role, and when they are on duty."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, time

from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.phone import plausible_phone, radio_channel
from dispatcher_tui.site.clock_times import parse_date, parse_time
from dispatcher_tui.site.lists.rows import CsvRow, read_rows
from dispatcher_tui.site.problems import Findings

COLUMNS = (
    "id",
    "name",
    "role",
    "group",
    "title",
    "phone1",
    "phone2",
    "on_from",
    "on_until",
    "valid_from",
    "valid_until",
    "deputy",
    "post",
    "skills",
)
"""The header of a roster; the columns that are not required may be missing."""

_REQUIRED = ("id", "name", "role")

_WORDS = ("id", "name", "role", "group", "title", "deputy", "post")
"""Columns that are kept as they are written."""

_BETWEEN = re.compile(r"[\s,;、，；]+")
"""What stands between the skills in one cell."""


def read_phones(
    row: CsvRow, columns: tuple[str, ...], findings: Findings, *, radios: bool = False
) -> tuple[str, ...]:
    """The numbers of a row; one that cannot be dialled is noted, nor is a channel where ``radios``
    are."""
    for column in columns:
        number = row[column]
        if number and not (plausible_phone(number) or (radios and radio_channel(number))):
            findings.add(row.key(column), "bad_phone", text=row[column])
    return tuple(row[column] for column in columns if row[column])


def _time(row: CsvRow, column: str, findings: Findings) -> time | None:
    read = parse_time(row[column], sheet=True, midnight=True)
    if read is None and row[column]:
        findings.add(row.key(column), "bad_time", text=row[column])
    return read


def _date(row: CsvRow, column: str, findings: Findings) -> date | None:
    read = parse_date(row[column], sheet=True)
    if read is None and row[column]:
        findings.add(row.key(column), "bad_date", text=row[column])
    return read


def _person(row: CsvRow, findings: Findings) -> Person:
    for column in _REQUIRED:
        if not row[column]:
            findings.add(row.key(column), "empty_text")
    if bool(row["on_from"]) != bool(row["on_until"]):
        missing = "on_until" if row["on_from"] else "on_from"
        findings.add(row.key(missing), "half_of_a_span")
    valid_from = _date(row, "valid_from", findings)
    valid_until = _date(row, "valid_until", findings)
    if valid_from and valid_until and valid_until < valid_from:
        findings.add(row.key("valid_until"), "ends_before_start")
    return Person(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        group=row["group"],
        title=row["title"],
        phones=read_phones(row, ("phone1", "phone2"), findings, radios=True),
        on_from=_time(row, "on_from", findings),
        on_until=_time(row, "on_until", findings),
        valid_from=valid_from,
        valid_until=valid_until,
        deputy=row["deputy"],
        post=row["post"],
        skills=tuple(dict.fromkeys(filter(None, _BETWEEN.split(row["skills"].lower())))),
    )


def parse_roster(text: str, file: str = "roster.csv") -> list[Person]:
    """The people of a roster in its order; a deputy is another person's id on the same roster.

    Raises:
        SiteError: with every problem of the file, each with its row.
    """
    findings = Findings(file)
    people: list[Person] = []
    rows: dict[str, CsvRow] = {}
    for row in read_rows(text, COLUMNS, _REQUIRED, findings):
        people.append(_person(row, findings))
        if row["id"] in rows:
            findings.add(row.key("id"), "taken", name=row["id"], row=rows[row["id"]].number)
        elif row["id"]:
            rows[row["id"]] = row
    for row in rows.values():
        if row["deputy"]:
            findings.need(row.key("deputy"), "unknown_person", row["deputy"], rows)
            if row["deputy"] == row["id"]:
                findings.add(row.key("deputy"), "own_deputy")
    findings.raise_any()
    return people


def _person_row(person: Person) -> dict[str, str]:
    """Somebody as a row of a roster in the house's form."""
    phones = dict(zip(("phone1", "phone2"), person.phones, strict=False))
    times = {"on_from": person.on_from, "on_until": person.on_until}
    days = {"valid_from": person.valid_from, "valid_until": person.valid_until}
    return {
        **{name: getattr(person, name) for name in _WORDS},
        **phones,
        **{name: f"{at:%H:%M}" for name, at in times.items() if at is not None},
        **{name: day.isoformat() for name, day in days.items() if day is not None},
        "skills": " ".join(person.skills),
    }


def roster_text(people: Iterable[Person]) -> str:
    """People as a roster in the house's form."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(_person_row, people))
    return stream.getvalue()
