"""Reads ``units.csv``: the units of the estate, who lives there, what to know before a visit."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists.roster import read_phones
from dispatcher_tui.site.lists.rows import CsvRow, read_rows
from dispatcher_tui.site.problems import Findings

COLUMNS = (
    "place",
    "building",
    "unit",
    "room",
    "resident",
    "phone",
    "resident2",
    "phone2",
    "warning",
    "note",
)
"""The header of a list of units."""

MOST_RESIDENTS = 99
"""So many residents, and so many numbers, a household may have."""


def many(kind: str, most: int = MOST_RESIDENTS) -> tuple[str, ...]:
    """The columns of the residents, or of their numbers: `resident`, `resident2` and so on."""
    return (kind, *(f"{kind}{number}" for number in range(2, most + 1)))


_RESIDENTS, _PHONES = many("resident"), many("phone")
_ALL = dict.fromkeys((*COLUMNS, *_RESIDENTS, *_PHONES))

_PARTS = ("building", "unit", "room")


def _place(row: CsvRow) -> str:
    """The place as written, or put together from its parts (a house may have no unit)."""
    return normalise_place(row["place"] or "-".join(row[part] for part in _PARTS if row[part]))


def _there(columns: tuple[str, ...], row: CsvRow) -> tuple[str, ...]:
    return tuple(column for column in columns if column in row.cells)


def parse_units(text: str, file: str = "units.csv") -> list[Household]:
    """The households of a list of units, in its order.

    Raises:
        SiteError: with every problem of the file, each with its row.
    """
    findings = Findings(file)
    households: list[Household] = []
    rows: dict[str, int] = {}
    there: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for row in read_rows(text, _ALL, ("place",), findings):
        place = _place(row)
        if not place:
            findings.add(row.key("place"), "empty_text")
        elif place in rows:
            findings.add(row.key("place"), "taken", name=place, row=rows[place])
        rows.setdefault(place, row.number)
        width = len(row.cells)
        if width not in there:  # A list of a hundred thousand is not asked for 99 columns a row.
            there[width] = _there(_RESIDENTS, row), _there(_PHONES, row)
        residents, phones = there[width]
        households.append(
            Household(
                place=place,
                residents=tuple(row[c] for c in residents if row[c]),
                phones=read_phones(row, phones, findings),
                warning=row["warning"],
                note=row["note"],
            )
        )
    findings.raise_any()
    return households


def _lines_by_place(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of each row as they stand, with its place; of the header and empty rows none."""
    lines = list(io.StringIO(text, newline=""))
    reader, before = csv.reader(lines), 0
    header: list[str] = []
    for number, cells in enumerate(reader, 1):
        mine, before = lines[before : reader.line_num], reader.line_num
        if number == 1:
            header = [cell.strip().lower() for cell in cells]
            yield "", mine
            continue
        values = [clean_text(cell, multiline=False).text.strip() for cell in cells]
        yield _place(CsvRow(number, dict(zip(header, values, strict=False)))), mine


def has_place(text: str, places: Collection[str]) -> bool:
    """Whether a list of units has one of these places; one that cannot be read is taken to."""
    try:
        return any(place in places for place, _lines in _lines_by_place(text) if place)
    except csv.Error:
        return True


def without_place(text: str, places: Collection[str]) -> str:
    """A list of units without the rows of these places; all others stand as they stood."""
    kept = (lines for place, lines in _lines_by_place(text) if not place or place not in places)
    return "".join(line for lines in kept for line in lines)
