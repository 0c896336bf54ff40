"""A list of fees in rows: on the board, on its screens, at the command line, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.fees.fee_list import FeeArea, FeeList, LineStand, counts_of
from dispatcher_tui.domain.watch.post import FeeStand
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.fees.fee_words import counts_words, list_name, result_name
from dispatcher_tui.present.i18n import _, localized

_AREA, _PLACE, _WHO, _SUM, _MONTHS = 12, 12, 8, 12, 6


def list_row(fees: FeeList) -> str:
    """A list by its name, with how it stands and what is still owed."""
    counts = counts_of(fees.stands.values())
    left = _("owed {yuan}").format(yuan=format_fen(counts.fen - counts.paid))
    name = fit(list_name(localized(fees.label), fees.month), 30)
    return f"{name} {counts_words(counts)}  {left}"


def area_row(area: FeeArea, *, open_: bool) -> str:
    """An area folded or unfolded: its lines, who has them, what is still owed."""
    counts, mark = area.counts, "-" if open_ else "+"
    who = _(", ").join(area.keepers) or _("not handed out")
    left = format_fen(counts.fen - counts.paid)
    name = fit(area.name or _("no area"), _AREA)
    return f"{mark} {name} {fit(who, 14)} {fit(left, _SUM, align='right')}  {counts_words(counts)}"


def line_row(stand: LineStand, resident: str = "") -> str:
    """One household: room, who, months and amount, what came of it."""
    line = stand.line
    months = fit(_("{n} mo.").format(n=line.months), _MONTHS, align="right")
    owed = fit(format_fen(stand.left), _SUM, align="right")
    state = result_name(stand.result) if stand.result else ""
    if stand.settled:
        state = _("settled")
    elif not state and stand.keeper:
        state = stand.keeper
    case = f"  {stand.number}" if stand.number else ""
    return f"    {fit(line.place, _PLACE)} {fit(resident, _WHO)} {months} {owed}  {state}{case}"


MARK = "fees:"
"""How the id of a list's row on the board begins."""


def fee_row(stand: FeeStand, due: datetime | None) -> BoardRow:
    """A list as the board shows it: one row, however many households it has."""
    return BoardRow(
        case_id=f"{MARK}{stand.list}:{stand.month}",
        number=stand.month,
        due=due,
        level="",
        level_text=_("list"),
        place=localized(stand.label),
        content=counts_words(stand.counts),
        assignee="",
        step=_("Enter: unfold"),
        shout=False,
        grave=False,
        emergency=False,
        paper=True,
    )


def list_object(fees: FeeList) -> dict[str, Any]:
    """A list for programs; amounts are in fen."""
    counts = counts_of(fees.stands.values())
    return {
        "list": fees.list,
        "month": fees.month,
        "label": localized(fees.label),
        "sha256": fees.sha256,
        "lines": counts.lines,
        "handed": counts.handed,
        "back": counts.back,
        "settled": counts.settled,
        "owed_fen": counts.fen,
        "paid_fen": counts.paid,
    }


def line_object(stand: LineStand, who: Mapping[str, str], zone: tzinfo) -> dict[str, Any]:
    """One line for programs; absent is null."""
    line = stand.line
    handed = stand.handed_at.astimezone(zone).isoformat() if stand.handed_at else None
    back = stand.result_at.astimezone(zone).isoformat() if stand.result_at else None
    return {
        "place": line.place,
        "resident": who.get("resident") or None,
        "phone": who.get("phone") or None,
        "area": line.area or None,
        "months": line.months,
        "since": line.since.isoformat() if line.since else None,
        "owed_fen": line.fen,
        "paid_fen": stand.paid,
        "keeper": stand.keeper or None,
        "handed_at": handed,
        "result": stand.result,
        "result_at": back,
        "case": stand.number or None,
    }


def lines_of(fees: FeeList, area: str | None = None) -> Iterable[LineStand]:
    """The lines of a list, or those of one area."""
    return (s for s in fees.stands.values() if area is None or s.line.area == area)
