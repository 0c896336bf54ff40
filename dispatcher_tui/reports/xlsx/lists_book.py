"""The lists of a site as a workbook that can be filled in and imported again.

The register, the roster, the rota, and a sheet that says what belongs in each column. Every cell
is text, so that no spreadsheet makes a date of a flat; days alone are days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from itertools import chain

from dispatcher_tui.domain.site.rota import NO_ROTA, Rota
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_columns import explained, roster_heads, rota_heads, unit_heads
from dispatcher_tui.reports.document import Column, Document
from dispatcher_tui.reports.xlsx.book import Workbook
from dispatcher_tui.reports.xlsx.rota_sheet import put_rota

_HEAD = {"bold": True, "bg_color": "#E7E6E6"}
_DAY = Column("", kind="day")
_WIDE, _WIDEST = 16, 60

_Value = str | date


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at is not None else ""


def _person_cells(person: Person) -> tuple[_Value, ...]:
    first, second = (*person.phones, "", "")[:2]
    return (
        person.id,
        person.name,
        person.role,
        person.group,
        person.title,
        first,
        second,
        _clock(person.on_from),
        _clock(person.on_until),
        person.valid_from or "",
        person.valid_until or "",
        person.deputy,
        person.post,
        " ".join(person.skills),
    )


def _numbered(head: str, number: int) -> str:
    return head if number == 1 else f"{head}{number}"


def _unit_columns(most: int) -> list[str]:
    heads = unit_heads()
    pairs = (
        (_numbered(heads["resident"], n), _numbered(heads["phone"], n)) for n in range(1, most + 1)
    )
    return [heads["place"], *chain.from_iterable(pairs), heads["warning"], heads["note"]]


def _unit_cells(home: Household, most: int) -> tuple[_Value, ...]:
    blank = ("",) * most
    pairs = zip((*home.residents, *blank), (*home.phones, *blank), strict=False)
    first = list(pairs)[:most]
    return (home.place, *chain.from_iterable(first), home.warning, home.note)


def _put(book: Workbook, name: str, heads: Sequence[str], rows: Iterable[Sequence[_Value]]) -> None:
    sheet = book.sheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(heads) - 1), _WIDE)
    for row, cells in enumerate((heads, *rows)):
        for at, value in enumerate(cells):
            if isinstance(value, date):
                book.cell(sheet, row, at, value.isoformat(), of=_DAY, value=value)
            elif value or not row:
                book.text(sheet, row, at, value, _HEAD if not row else {})


def _explained(roles: Mapping[str, Label]) -> Iterable[tuple[str, str, str]]:
    names = {**unit_heads(), **roster_heads(), **rota_heads()}
    yield from ((names[own], own, words) for own, words in explained().items())
    yield from ((localized(label), role, _("a role")) for role, label in roles.items())


def lists_workbook(
    households: Sequence[Household],
    people: Sequence[Person],
    roles: Mapping[str, Label],
    told: Callable[[str], None],
    rota: Rota = NO_ROTA,
) -> bytes:
    """The bytes of the workbook, in the language in use; ``told`` hears of what a cell cut."""
    book = Workbook(Document(title=_("Units and roster"), blocks=()), told)
    most = max((max(len(h.residents), len(h.phones)) for h in households), default=1)
    most = max(2, most)
    rows = (_unit_cells(home, most) for home in households)
    _put(book, _("Units"), _unit_columns(most), rows)
    _put(book, _("Roster"), list(roster_heads().values()), map(_person_cells, people))
    put_rota(book, rota, people)
    sheet = _("Explained")
    _put(book, sheet, (_("column"), _("its own name"), _("what belongs there")), _explained(roles))
    return book.close()
