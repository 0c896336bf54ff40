"""The rows of a list under their heads: cells filled down, damage told, households merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from dispatcher_tui.domain.words.mangled import cell_damage, mended_number, phone_damage
from dispatcher_tui.domain.words.mangled_place import id_damage, place_damage, room_damage
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.phone import phone_digits, plausible_phone, radio_channel
from dispatcher_tui.domain.words.place import PLACE_LIMIT, normalise_place, place_parts
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists.list_hours import hours_apart
from dispatcher_tui.site.lists.list_roles import RoleReader
from dispatcher_tui.site.lists.list_sheet import rows_note
from dispatcher_tui.site.lists.list_words import GroupReader, ListWords
from dispatcher_tui.site.lists.list_zeros import zeros_apart
from dispatcher_tui.site.lists.units import MOST_RESIDENTS
from dispatcher_tui.site.problems import Findings, SiteProblem

_PARTS = ("building", "unit", "room")
_BETWEEN_NAMES = re.compile(r"[、,，;；\n]+")
_RADIO = "对讲|手台|电台|频道|信道|CH"
_MORE = (
    r"(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\(?0\d{2,3}\)?[- ]?\d{3,4}[- ]?\d{4})(?!\d)"
)
"""A whole number, mobile or with its area: another one where it stands behind a stroke."""
_BETWEEN_NUMBERS = re.compile(
    rf"[、,，;；\n]+|(?<=\d{{7}}) */ *(?=[\d+(]{{7}})|(?<=\d{{4}}) */ *(?={_MORE})"
    rf"|(?<=\d{{7}}) +(?=1\d{{10}}|0\d{{2,3}}-\d{{7}})|(?<=\d)[ /]+(?={_RADIO})"
)
_BEGUN = re.compile(r"\s*1[3-9]\d\s*[、,，;；]")
_MOBILE_FIGURES = 11
_ROOM_FIGURES = (3, 4)
_ROOM = re.compile(r" *[0-9０-９]+ *[室房户]? *")

CELL_LIMIT = 2000
"""Most characters that a cell of a list may have."""


class HouseRow(msgspec.Struct, frozen=True):
    """One row below the heads: its number as a spreadsheet counts, its cells, the heads' places
    (``Heads.places``) and the heads as they are written, by which problems are found."""

    number: int
    cells: tuple[str, ...]
    heads: dict[str, tuple[int, ...]]
    titles: tuple[str, ...] = ()

    def all_of(self, column: str) -> list[str]:
        """Every cell of a column that has something in it, on one line or several."""
        cells, width = self.cells, len(self.cells)
        return [cells[at] for at in self.heads.get(column, ()) if at < width and cells[at]]

    def one(self, column: str) -> str:
        """The first cell of a column that has something in it, on one line."""
        cells = self.cells
        for at in self.heads.get(column, ()):
            if at < len(cells) and (text := cells[at]):
                return text if text.isprintable() else _line(text)
        return ""

    def key(self, column: str) -> str:
        """Where a problem of this row's column is; by the list's own head, where it has one."""
        return self.key_at(next(iter(self.heads.get(column, ())), -1), column)

    def key_at(self, at: int, column: str) -> str:
        """Where a problem of a cell is, by its column's place counted from 0."""
        title = self.titles[at] if 0 <= at < len(self.titles) else ""
        return f"row {self.number} {title or column}"


def _line(text: str) -> str:
    return text.strip() if text.isprintable() else clean_text(text, multiline=False).text.strip()


def judge_lengths(rows: Iterable[HouseRow], width: int, findings: Findings) -> None:
    """Note the rows with more in them than a list has: cells beyond the heads, a whole text."""
    for row in rows:
        if len(row.cells) > width and any(row.cells[width:]):
            findings.add(f"row {row.number}", "row_too_long", columns=width)
        if max(map(len, row.cells), default=0) > CELL_LIMIT:
            findings.add(f"row {row.number}", "too_long", most=CELL_LIMIT)


class _Notes:
    """What was done with rows, gathered into one note of each kind with the first rows named."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = {}

    def add(self, code: str, row: int) -> None:
        self._rows.setdefault(code, []).append(row)

    def told(self, file: str) -> list[SiteProblem]:
        return [rows_note(file, code, sorted(set(rows))) for code, rows in self._rows.items()]


class _Above(msgspec.Struct):
    """The building and the unit of the row above, for cells that were merged with it."""

    building: str = ""
    unit: str = ""


_PLAIN_BUILDING = re.compile(r"(\d{1,3})(?:栋|幢|座|号楼|#)?", re.ASCII)
_PLAIN_UNIT = re.compile(r"(\d{1,3})(?:单元)?", re.ASCII)


@lru_cache(maxsize=1024)  # a building and its unit stand in hundreds of rows
def _plain_stair(building: str, unit: str) -> str:
    """Building and unit in front of a room, where both are figures; else nothing."""
    of, at = _PLAIN_BUILDING.fullmatch(building), _PLAIN_UNIT.fullmatch(unit)
    return f"{of[1]}-{at[1]}-" if of and at else ""


def _parts(row: HouseRow, above: _Above, findings: Findings, notes: _Notes) -> str:
    """A place put together of its parts; empty, and noted, where it cannot be."""
    building, unit, room = map(row.one, _PARTS)
    figures = room.isdecimal() and room.isascii() and len(room) in _ROOM_FIGURES
    if figures and (stair := _plain_stair(building, unit)):
        above.building, above.unit = building, unit
        return stair + room
    return _any_parts(row, above, findings, notes)


def _any_parts(row: HouseRow, above: _Above, findings: Findings, notes: _Notes) -> str:
    """The same of parts however they are written, or merged with those above."""
    cells = {}
    for part in _PARTS:
        cell = row.one(part)
        cells[part] = mended_number(cell)
        if cells[part] != cell:
            notes.add("mended", row.number)
        if cell and (damage := room_damage(cells[part])):
            findings.add(row.key(part), damage, text=cell)
            if part != "room":  # Nobody knows what the cells below are merged with.
                above.building = above.unit = ""
            else:
                above.building, above.unit = _stair(cells, above)
            return ""
    if not cells["room"]:
        findings.add(row.key("room"), "empty_text")
        above.building, above.unit = _stair(cells, above)
        return ""
    own = () if cells["room"].isdecimal() else place_parts(cells["room"])
    by_building = "building" in row.heads
    if len(own) > 1 and any(ch.isdigit() for ch in cells["room"]):
        return _whole_room(row, cells, own, above, findings)
    if not by_building and not ("unit" in row.heads and (cells["unit"] or above.unit)):
        return _room_alone(row, cells["room"], findings)
    building, unit = _stair(cells, above)
    if not building and by_building:
        findings.add(row.key("building"), "part_missing")
        return ""
    if (building, unit) != (cells["building"], cells["unit"]):
        notes.add("filled_down", row.number)
    above.building, above.unit = building, unit
    return normalise_place("-".join(filter(None, (building, unit, cells["room"]))))


def _stair(cells: Mapping[str, str], above: _Above) -> tuple[str, str]:
    """Building and unit of a row: its own, else those that its cells are merged with."""
    same = not cells["building"] or cells["building"] == above.building
    building = cells["building"] or above.building
    return building, cells["unit"] or (above.unit if same else "")


def _whole_room(
    row: HouseRow,
    cells: Mapping[str, str],
    own: Sequence[str],
    above: _Above,
    findings: Findings,
) -> str:
    """A whole place in the column of rooms; what stands beside it must say the same."""
    beside = [place_parts(f"{cells[part]}-1")[:1] for part in ("building", "unit") if cells[part]]
    said = [part for each in beside for part in each]
    if said and list(own[: len(said)]) != said:
        whole = "-".join(filter(None, (cells["building"], cells["unit"])))
        findings.add(row.key("room"), "place_disagrees", text=cells["room"], name=whole)
        return ""
    if not said:  # It says nothing of merged cells: those below are none of its building.
        above.building = above.unit = ""
    else:
        above.building, above.unit = own[0], own[1] if len(own) > 2 else ""
    return normalise_place(cells["room"])


def _room_alone(row: HouseRow, text: str, findings: Findings) -> str:
    """A room of a list that has neither buildings nor units: a whole place, or one of its kind."""
    if _ROOM.fullmatch(text):
        findings.add(row.key("room"), "bare_number", text=text)
        return ""
    return _alone(row, "room", text, findings)


def _alone(row: HouseRow, column: str, text: str, findings: Findings) -> str:
    if damage := place_damage(text):
        findings.add(row.key(column), damage, text=text)
        return ""
    return normalise_place(text)


def _place(row: HouseRow, above: _Above, findings: Findings, notes: _Notes) -> str:
    """The place of a row as the register has it; empty, and noted, where it has none."""
    written = row.one("place")
    parts = any(row.one(part) for part in _PARTS)
    if len(written) > PLACE_LIMIT:
        findings.add(row.key("place"), "too_long", most=PLACE_LIMIT)
        return ""
    if not written and "room" in row.heads and (parts or above.building or above.unit):
        return _parts(row, above, findings, notes)
    if not written:
        findings.add(row.key("place"), "empty_text")
        return ""
    above.building = above.unit = ""
    return _alone(row, "place", written, findings)


class PlaceReader:
    """Reads the place of one row after the other: cells that were merged are those of the row
    above."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._above, self._done = _Above(), _Notes()

    def read(self, row: HouseRow) -> str:
        """The place of a row; empty, and noted, where it has none that can stand."""
        return _place(row, self._above, self._findings, self._done)

    def told(self) -> list[SiteProblem]:
        """What was done on the way."""
        return self._done.told(self._findings.file)


def _pieces(cell: str) -> list[str]:
    """The numbers of a cell; what begins with the three figures of a mobile number is one, of
    which a mask of commas left both ends."""
    return [cell] if _BEGUN.match(cell) else _BETWEEN_NUMBERS.split(cell)


def _number_damage(number: str, radios: bool) -> str:
    if radios and radio_channel(number):
        return ""
    return phone_damage(number) or ("" if plausible_phone(number) else "bad_phone")


def _numbers(
    row: HouseRow, column: str, findings: Findings, notes: _Notes, *, radios: bool = False
) -> list[str]:
    """The telephone numbers of a column's cells, and channels where those who are rung carry
    ``radios``; what cannot be dialled is noted."""
    found = []
    for at in row.heads.get(column, ()):
        cell = row.cells[at] if at < len(row.cells) else ""
        if len(cell) == _MOBILE_FIGURES and cell[0] == "1" and cell.isdecimal() and cell.isascii():
            found.append(cell)  # nearly every one of a list
            continue
        for piece in _pieces(cell) if cell else ():
            number = _line(piece)
            mended = mended_number(number)
            if mended != number:
                notes.add("mended", row.number)
            if not mended:
                continue
            if code := _number_damage(mended, radios):
                findings.add(row.key_at(at, column), code, text=number)
            found.append(mended)
    return found


def _names(row: HouseRow, findings: Findings) -> list[str]:
    found = []
    for cell in row.all_of("resident"):
        if cell.isalnum():  # One name, and nothing in it that could part or damage it.
            found.append(cell)
            continue
        for name in map(_line, _BETWEEN_NAMES.split(cell)):
            if damage := cell_damage(name):
                findings.add(row.key("resident"), damage, text=name)
            found += [name] if name else []
    return found


def _free(row: HouseRow, column: str, findings: Findings) -> str:
    text = row.one(column) if column in row.heads else ""
    if damage := cell_damage(text) if text else "":
        findings.add(row.key(column), damage, text=text)
    return text


def _joined(one: str, other: str) -> str:
    return "；".join(dict.fromkeys(filter(None, (one, other))))


def merged_homes(home: Household, more: Household) -> Household:
    """Two rows of one household as one: nobody twice, no number twice."""
    phones: dict[str, str] = {}
    for number in (*home.phones, *more.phones):
        phones.setdefault(phone_digits(number), number)
    return Household(
        place=home.place,
        residents=tuple(dict.fromkeys((*home.residents, *more.residents))),
        phones=tuple(phones.values()),
        warning=_joined(home.warning, more.warning),
        note=_joined(home.note, more.note),
    )


def unit_rows(
    rows: Iterable[HouseRow], findings: Findings, notes: list[SiteProblem]
) -> list[Household]:
    """The households of the rows in their order, two rows of one household merged; without the
    rows that are refused."""
    homes: dict[str, Household] = {}
    first: dict[str, int] = {}
    above, done = _Above(), _Notes()
    for row in rows:
        before = len(findings.problems)
        place = _place(row, above, findings, done)
        home = Household(
            place=place,
            residents=tuple(_names(row, findings)),
            phones=tuple(_numbers(row, "phone", findings, done)),
            warning=_free(row, "warning", findings),
            note=_free(row, "note", findings),
        )
        if not place:
            continue
        if place in homes:
            done.add("merged_rows", row.number)
            home = merged_homes(homes[place], home)
        if max(len(home.residents), len(home.phones)) > MOST_RESIDENTS:
            findings.add(row.key("resident"), "too_many_people", most=MOST_RESIDENTS)
        if len(findings.problems) > before:
            continue
        homes[place] = home
        first.setdefault(place, row.number)
    notes += [*done.told(findings.file), *zeros_apart(findings.file, first)]
    return list(homes.values())


def _roster_row(
    row: HouseRow,
    roles: RoleReader,
    groups: GroupReader,
    findings: Findings,
    done: _Notes,
) -> dict[str, str]:
    cells = {name: _free(row, name, findings) for name in row.heads if name}
    cells = hours_apart(cells, {name: row.key(name) for name in cells}, findings)
    numbers = [
        number
        for column in ("phone1", "phone2")
        for number in _numbers(row, column, findings, done, radios=True)
    ]
    if len(numbers) > 2:
        findings.add(row.key("phone2"), "too_many_numbers", most=2)
    cells["phone1"], cells["phone2"] = (*numbers, "", "")[:2]
    cells["role"] = roles.read(cells["role"], row.number, row.key("role"))
    if cells.get("group"):
        cells["group"] = groups.read(cells["group"], row.number, row.key("group"))
    if "id" not in cells:
        cells["id"] = cells["name"]
    else:
        cells["id"] = mended_number(cells["id"])
        if damage := id_damage(cells["id"]):
            findings.add(row.key("id"), damage, text=cells["id"])
    return cells


def roster_rows(
    rows: Iterable[HouseRow],
    words: ListWords,
    findings: Findings,
    notes: list[SiteProblem],
) -> list[dict[str, str]]:
    """The people of the rows by the house's columns; without an id of their own they go by name.
    Rows that are refused are none of them."""
    done, people = _Notes(), []
    roles, groups = RoleReader(words.roles, words.known), GroupReader(words)
    for row in rows:
        before = len(findings.problems)
        cells = _roster_row(row, roles, groups, findings, done)
        people += [cells] if len(findings.problems) == before else []
    notes += [each for told in (done, roles, groups) for each in told.told(findings.file)]
    return people
