"""The rota as sheets of a workbook: people down, days across, the legend above the heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dispatcher_tui.domain.site.rota import Rota, RotaTurn
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import weekday_name
from dispatcher_tui.present.site.list_columns import roster_heads
from dispatcher_tui.present.watch.rota_lines import turn_hours
from dispatcher_tui.reports.document import Column
from dispatcher_tui.reports.xlsx.book import Workbook

_HEAD = {"bold": True, "bg_color": "#E7E6E6"}
_DAY = Column("", kind="day")
_LEGEND, _HEADS, _FIRST = 0, 1, 2
"""The rows: what codes mean, the heads, the first person."""


def _cell(turn: RotaTurn, codes: Mapping[str, RotaTurn]) -> str:
    """The code, or the hours themselves where the code means others elsewhere."""
    return turn.code if codes[turn.code] == turn else turn_hours(turn)


def _put(
    book: Workbook,
    name: str,
    rota: Rota,
    people: Sequence[Person],
    heads: Sequence[date | int],
    turns: Mapping[tuple[str, date], RotaTurn] | Mapping[tuple[str, int], RotaTurn],
) -> None:
    sheet, codes = book.sheet(name), rota.codes
    sheet.freeze_panes(_FIRST, 2)
    worked = (turn for turn in codes.values() if turn.start is not None)
    legend = [f"{turn.code} {turn_hours(turn)}" for turn in worked if turn.code != turn_hours(turn)]
    book.text(sheet, _LEGEND, 0, _("Legend"))
    for at, text in enumerate(legend, 1):
        book.text(sheet, _LEGEND, at, text)
    own = roster_heads()
    for at, column in enumerate(("id", "name")):
        book.text(sheet, _HEADS, at, own[column], _HEAD)
    for at, head in enumerate(heads, 2):
        if isinstance(head, date):
            book.cell(sheet, _HEADS, at, head.isoformat(), _HEAD, of=_DAY, value=head)
        else:
            book.text(sheet, _HEADS, at, weekday_name(head), _HEAD)
    for row, person in enumerate(people, _FIRST):
        book.text(sheet, row, 0, person.id)
        book.text(sheet, row, 1, person.name)
        for at, head in enumerate(heads, 2):
            turn = turns.get((person.id, head))  # type: ignore[arg-type]
            if turn is not None:
                book.text(sheet, row, at, _cell(turn, codes))


def _put_cycles(book: Workbook, rota: Rota, people: Sequence[Person]) -> None:
    """The sheet of the rotating shifts: the first day of each and its turns in their order."""
    sheet, codes = book.sheet(_("Rotating shifts")), rota.codes
    sheet.freeze_panes(_FIRST, 2)
    worked = (turn for turn in codes.values() if turn.start is not None)
    legend = [f"{turn.code} {turn_hours(turn)}" for turn in worked if turn.code != turn_hours(turn)]
    for at, text in enumerate((_("Legend"), *legend)):
        book.text(sheet, _LEGEND, at, text)
    own = roster_heads()
    for at, head in enumerate((own["id"], own["name"], _("first day"), _("cycle"))):
        book.text(sheet, _HEADS, at, head, _HEAD)
    for row, person in enumerate(people, _FIRST):
        cycle = rota.cycles[person.id]
        book.text(sheet, row, 0, person.id)
        book.text(sheet, row, 1, person.name)
        first = cycle.since
        book.cell(sheet, row, 2, first.isoformat(), of=_DAY, value=first)
        book.text(sheet, row, 3, " ".join(_cell(turn, codes) for turn in cycle.turns))


def put_rota(book: Workbook, rota: Rota, people: Sequence[Person]) -> None:
    """The sheets of a rota: its days, its weekly patterns, none where it has none.

    Whoever is on no roster any more is left out: nobody could take such a row over again.
    """
    for name, turns in ((_("Rota"), rota.days), (_("Rota by week"), rota.week)):
        heads = sorted({head for _who, head in turns})
        known = {who for who, _head in turns}
        there = [person for person in people if person.id in known]
        if there:
            _put(book, name, rota, there, heads, turns)
    there = [person for person in people if person.id in rota.cycles]
    if there:
        _put_cycles(book, rota, there)
