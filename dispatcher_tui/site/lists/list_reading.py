"""A list as it comes, whoever saved it, read into the house's own form.

What comes out is a text that ``parse_units`` or ``parse_roster`` takes: it is what is adopted, so
that a list is read once in the form it came in and ever after in one. Whatever an export damaged is
a problem with its row; whatever was mended, filled down, merged or left out is a note.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

import msgspec

from dispatcher_tui.domain.site.rota import NO_ROTA, Rota
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists import roster
from dispatcher_tui.site.lists.list_heads import ROSTER, UNITS, Heads, own_columns, read_heads
from dispatcher_tui.site.lists.list_rows import (
    HouseRow,
    judge_lengths,
    merged_homes,
    roster_rows,
    unit_rows,
)
from dispatcher_tui.site.lists.list_sheet import ListSheet, is_total, rows_note
from dispatcher_tui.site.lists.list_words import NO_WORDS, ListWords
from dispatcher_tui.site.lists.list_zeros import zeros_apart
from dispatcher_tui.site.lists.roster import parse_roster, roster_text
from dispatcher_tui.site.lists.rota_heads import ROTA, days_known, head_row
from dispatcher_tui.site.lists.sheets import read_bytes, read_sheets
from dispatcher_tui.site.lists.units import MOST_RESIDENTS, many, parse_units
from dispatcher_tui.site.problems import SURE, Findings, SiteError, SiteProblem, near

_HEADS_AMONG = 10
"""The heads are looked for in so many of the first rows; a title may stand above them."""


_TITLE_LIMIT = 20
"""So much of a head says which column is meant."""


class Incoming(msgspec.Struct, frozen=True, dict=True):
    """A list that can be taken over: what it is of, its text in the house's form, what it holds.

    ``given`` is that text, or of a register of units the file's own that may be it; ``rows`` are
    those that were read, below the heads; ``notes`` what was done on the way. A rota is its
    ``sheet`` at first: what it says goes by the roster, and ``rota_reading`` reads it.
    """

    what: str
    file: str
    given: str
    rows: int
    households: tuple[Household, ...] = ()
    people: tuple[Person, ...] = ()
    notes: tuple[SiteProblem, ...] = ()
    rota: Rota = NO_ROTA
    sheet: ListSheet | None = None

    @cached_property
    def text(self) -> str:
        """The list in the house's form: what is adopted.

        A register of units is written only once it is asked for, since a preview needs none; the
        file's own text is it where that is in the house's form and says the same, so that it is
        adopted to the letter and known again.
        """
        if self.what != UNITS:
            return self.given
        return _same(self.given, self.file, self.households, parse_units) or units_text(
            self.households
        )


class ListError(SiteError):
    """Rows of lists are refused, and with them the whole; ``rest`` is what the other rows say, to
    be shown and never taken over."""

    def __init__(self, problems: Iterable[SiteProblem], rest: Iterable[Incoming] = ()) -> None:
        super().__init__(problems)
        self.rest = tuple(rest)


def _fits(rows: Iterable[tuple[str, ...]]) -> int:
    """How many heads are known in the row of the first ones that has the most."""
    first = list(rows)
    found = (heads.known for heads in map(read_heads, first) if heads)
    return max((*found, *map(days_known, first)), default=0)


class _ListTable(msgspec.Struct, frozen=True):
    sheet: ListSheet
    heads: Heads
    at: int


def _head_row(sheet: ListSheet) -> _ListTable | None:
    found = [
        (heads.known, -at, heads)
        for at, row in enumerate(sheet.rows[:_HEADS_AMONG])
        if (heads := read_heads(row.cells)) is not None
    ]
    if not found:
        return None
    _known, at, heads = max(found, key=lambda each: each[:2])
    return _ListTable(sheet, heads, -at)


def _judge_heads(table: _ListTable, findings: Findings, notes: list[SiteProblem]) -> None:
    """A head that is nearly one of ours is a slip of the pen; any other column is not read."""
    row, below = table.sheet.rows[table.at], table.sheet.rows[table.at + 1 :]
    unread = []
    for at, name in enumerate(row.cells):
        if table.heads.columns[at]:
            continue
        meant = near(name.casefold(), own_columns(), SURE) if name.isascii() and name else ""
        if meant:
            findings.add(f"row {row.number}", "unknown_column", name=name, near=meant)
        elif name:
            unread.append(name)
        elif any(each.cells[at : at + 1] not in ((), ("",)) for each in below):
            findings.add(f"row {row.number}", "column_unnamed", number=at + 1)
    if table.at:
        notes.append(_note(findings.file, "heads_in_row", row=row.number))
    if unread:
        notes.append(_note(findings.file, "columns_unread", names=", ".join(unread)))


def _house_rows(table: _ListTable, notes: list[SiteProblem]) -> list[HouseRow]:
    """The rows below the heads; those that sum the others up are left out, and that is said."""
    places = table.heads.places()
    titles = tuple(
        clean_text(cell, multiline=False).text[:_TITLE_LIMIT]
        for cell in table.sheet.rows[table.at].cells
    )
    below = table.sheet.rows[table.at + 1 :]
    if totals := [row.number for row in below if is_total(row)]:
        notes.append(rows_note(table.sheet.name, "totals_left", totals))
        below = [row for row in below if not is_total(row)]
    return [HouseRow(row.number, row.cells, places, titles) for row in below]


def _note(file: str, code: str, **detail: object) -> SiteProblem:
    return SiteProblem(file, "", code, {name: str(value) for name, value in detail.items()})


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()


def units_text(households: Iterable[Household]) -> str:
    """A register of units in the house's form, with as many columns as its largest household."""
    homes = list(households)
    most = max((max(len(h.residents), len(h.phones)) for h in homes), default=1)
    most = max(2, most)
    pairs = zip(many("resident", most), many("phone", most), strict=True)
    blank = ("",) * most

    def cells(home: Household) -> list[str]:
        people, phones = (*home.residents, *blank)[:most], (*home.phones, *blank)[:most]
        both = chain.from_iterable(zip(people, phones, strict=True))
        return [home.place, *both, home.warning, home.note]

    heads = ("place", *chain.from_iterable(pairs), "warning", "note")
    return _written(heads, map(cells, homes))


def _roster_text(rows: Iterable[Mapping[str, str]]) -> str:
    columns = roster.COLUMNS
    return _written(columns, ([row.get(name, "") for name in columns] for row in rows))


def _read_table(table: _ListTable, words: ListWords) -> Incoming:
    """One sheet as a list.

    Raises:
        SiteError: with every row that is refused, and why.
    """
    findings, notes = Findings(table.sheet.name), list(table.sheet.notes)
    _judge_heads(table, findings, notes)
    rows = _house_rows(table, notes)
    judge_lengths(rows, len(table.heads.columns), findings)
    file = table.sheet.name
    if table.heads.what == UNITS:
        homes = unit_rows(rows, findings, notes)
        if findings.problems:
            rest = Incoming(UNITS, file, "", len(rows), tuple(homes), (), tuple(notes))
            raise ListError(findings.problems, [rest])
        own = _own_form(table)
        return Incoming(UNITS, file, own, len(rows), tuple(homes), (), tuple(notes))
    people = roster_rows(rows, words, findings, notes)
    text = _roster_text(people)
    try:
        findings.raise_any()
        staff = _people(text, file, rows)
    except SiteError as error:
        sound = _sound_people(people)
        rest = Incoming(ROSTER, file, "", len(rows), (), sound, tuple(notes))
        raise ListError(error.problems, [rest]) from error
    text = _same(_own_form(table), file, staff, parse_roster) or text
    return Incoming(ROSTER, file, text, len(rows), (), staff, tuple(notes))


def _own_form(table: _ListTable) -> str:
    """The file's own text where its heads are the house's own; nothing where they are not."""
    own = (*own_columns(), *many("resident"), *many("phone"))
    if table.at or any(cell.lower() not in own for cell in table.sheet.rows[0].cells):
        return ""
    return table.sheet.text


def _same(
    text: str, file: str, read: Sequence[object], parse: Callable[[str, str], Sequence[object]]
) -> str:
    """A text in the house's form where it says the same as was read; nothing where it does not."""
    try:
        return text if text and list(parse(text, file)) == list(read) else ""
    except SiteError:
        return ""


def _people(text: str, file: str, rows: list[HouseRow]) -> tuple[Person, ...]:
    """The people of a list in the house's form; problems go by the rows that it came in."""
    try:
        return tuple(parse_roster(text, file))
    except SiteError as error:
        raise SiteError(_as_it_came(each, rows) for each in error.problems) from error


def _sound_people(people: list[dict[str, str]]) -> tuple[Person, ...]:
    """The people of the rows that nothing is wrong with, where the rest is refused."""
    sound = people
    while sound:
        try:
            return tuple(parse_roster(_roster_text(sound)))
        except SiteError as error:
            named = {each.key.split(" ")[1] for each in error.problems if " " in each.key}
            left = [row for at, row in enumerate(sound, 2) if str(at) not in named]
            sound = left if len(left) < len(sound) else []
    return ()


def _as_it_came(problem: SiteProblem, rows: list[HouseRow]) -> SiteProblem:
    kind, _space, rest = problem.key.partition(" ")
    number, _space, column = rest.partition(" ")
    at = int(number) - 2 if kind == "row" and number.isdecimal() else -1
    if not 0 <= at < len(rows):
        return problem
    detail = dict(problem.detail)
    if detail.get("row", "").isdecimal():
        detail["row"] = str(rows[int(detail["row"]) - 2].number)
    return msgspec.structs.replace(problem, key=rows[at].key(column).rstrip(), detail=detail)


def read_list(raw: bytes, file: str, words: ListWords = NO_WORDS) -> list[Incoming]:
    """The lists in a file, one for each of a workbook's sheets that holds one.

    Raises:
        SiteError: the file is none that can be read, or no sheet of it has heads that are known.
        ListError: rows are refused; all of them are named.
    """
    sheets = read_sheets(raw, file, _fits)
    tables = [(sheet, _head_row(sheet)) for sheet in sheets]
    found, problems, unread = list[Incoming](), list[SiteProblem](), list[SiteProblem]()
    rest = list[Incoming]()
    for sheet, table in tables:
        days = head_row(sheet)
        if days >= 0 and (table is None or table.at == days):
            found.append(Incoming(ROTA, sheet.name, "", len(sheet.rows), sheet=sheet))
            continue
        if table is None:
            if sheet.rows:
                unread.append(_note(sheet.name, "sheet_unread"))
            continue
        try:
            found.append(_read_table(table, words))
        except ListError as error:
            problems += error.problems
            rest += error.rest
    if problems:
        raise ListError(problems, [*found, *rest])
    if not found:
        findings = Findings(file)
        findings.add("", "no_heads", name=_first_cells(sheets))
        findings.raise_any()
    if unread:
        found[0] = msgspec.structs.replace(found[0], notes=(*found[0].notes, *unread))
    return found


def put_together(lists: Sequence[Incoming]) -> list[Incoming]:
    """The lists of several files or sheets, each kind as one: a list is taken over as a whole.

    Raises:
        SiteError: an id of a roster stands in two of them, or a household has too many people.
    """
    kinds = dict.fromkeys(each.what for each in lists)
    return [_one([each for each in lists if each.what == what]) for what in kinds]


def _one(lists: list[Incoming]) -> Incoming:
    if len(lists) == 1:
        return lists[0]
    file = " + ".join(each.file for each in lists)
    rows, notes = sum(each.rows for each in lists), [note for each in lists for note in each.notes]
    if lists[0].what == UNITS:
        homes: dict[str, Household] = {}
        twice = 0
        for home in (home for each in lists for home in each.households):
            known = homes.get(home.place)
            twice += known is not None
            homes[home.place] = merged_homes(known, home) if known is not None else home
        if twice:
            notes.append(_note(file, "merged_lists", n=twice))
        notes += zeros_apart(file, dict.fromkeys(homes, 0))
        findings = Findings(file)
        for home in homes.values():
            if max(len(home.residents), len(home.phones)) > MOST_RESIDENTS:
                findings.add(home.place, "too_many_people", most=MOST_RESIDENTS)
        findings.raise_any()
        return Incoming(UNITS, file, "", rows, tuple(homes.values()), (), tuple(notes))
    findings = Findings(file)
    ids = dict[str, str]()
    for each in lists:
        for person in each.people:
            if person.id in ids:
                findings.add("id", "in_two_lists", name=person.id, file=ids[person.id])
            ids[person.id] = each.file
    findings.raise_any()
    text = roster_text(person for each in lists for person in each.people)
    return Incoming(ROSTER, file, text, rows, (), tuple(parse_roster(text, file)), tuple(notes))


def _first_cells(sheets: Iterable[ListSheet]) -> str:
    """What stands in the first row, so that one sees what was taken for the heads."""
    first = next((sheet.rows[0].cells for sheet in sheets if sheet.rows), ())
    return ", ".join(filter(None, first))[:80]


def read_lists(path: Path, words: ListWords = NO_WORDS) -> list[Incoming]:
    """The lists in the file at a path.

    Raises:
        SiteError: as ``read_list``, or the file cannot be opened.
    """
    return read_list(read_bytes(path), path.name, words)


def read_roster(path: Path) -> list[Person]:
    """The people of a roster's file, whatever form it was saved in.

    Raises:
        SiteError: the file cannot be read, is no roster, or has problems.
    """
    return list(_only(path, ROSTER).people)


def read_units(path: Path) -> list[Household]:
    """The households of a file with a register of units.

    Raises:
        SiteError: the file cannot be read, is no such register, or has problems.
    """
    return list(_only(path, UNITS).households)


def _only(path: Path, what: str) -> Incoming:
    for each in read_lists(path):
        if each.what == what:
            return each
    findings = Findings(path.name)
    findings.add("", "other_list")
    findings.raise_any()
    raise AssertionError  # raise_any raised
