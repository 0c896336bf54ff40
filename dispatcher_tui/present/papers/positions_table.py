"""Every numbered paper with its whereabouts as a table: on paper, and as objects for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo

from dispatcher_tui.domain.papers.custody import SlipPosition
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.charge_lines import binder_page
from dispatcher_tui.present.papers.slip_lines import keeper, odd_name, where_name
from dispatcher_tui.present.table import RecordColumn, RecordTable, Value

_PositionColumn = RecordColumn[SlipPosition]


def _remark(standing: SlipPosition) -> str:
    """Why a number is void, and what is not right about it."""
    odd = map(odd_name, standing.odd)
    return _(", ").join([*([standing.void.reason] if standing.void else []), *odd])


def _assignee(standing: SlipPosition) -> str:
    """With whom a paper is; while it is on no case, whose pad it is of."""
    if standing.paper is not None:
        return keeper(standing.paper)
    return standing.pad.to if standing.pad else ""


_PAD_AND_VOID: dict[str, Callable[[SlipPosition], Value]] = {
    "pad_first": lambda s: s.pad.number(s.pad.first) if s.pad else None,
    "pad_last": lambda s: s.pad.number(s.pad.last) if s.pad else None,
    "pad_to": lambda s: s.pad.to if s.pad else None,
    "void_reason": lambda s: s.void.reason if s.void else None,
    "void_at": lambda s: s.void.at if s.void else None,
}
"""What programs are told of a number's pad, and of why it is void."""


def _of(read: Callable[[SlipRecord], Value]) -> Callable[[SlipPosition], Value]:
    return lambda standing: read(standing.paper) if standing.paper is not None else None


def _moment(key: str, head: str, read: Callable[[SlipRecord], Value]) -> _PositionColumn:
    return RecordColumn(key, head, _of(read), "moment", share=9)


def _untold(key: str, read: Callable[[SlipPosition], Value]) -> _PositionColumn:
    return RecordColumn(key, "", read)


def positions_table(
    zone: tzinfo, procedures: Mapping[str, str] | None = None
) -> RecordTable[SlipPosition]:
    """Every number with its whereabouts, on paper and for programs; amounts are in fen.

    For programs ``where`` is a ``Where``, and ``odd`` lists what is not right; where ``procedures``
    has ids by their hashes, each paper says which one its case goes by.
    """

    def binder(paper: SlipRecord) -> str:
        return binder_page(paper.binder, paper.page)

    def whose(paper: SlipRecord) -> str | None:
        return (procedures or {}).get(paper.procedure)

    return RecordTable(
        (
            RecordColumn("number", _("Paper"), lambda s: s.number, share=11, whole=True),
            RecordColumn(
                *("where", _("Where"), lambda s: s.where.value),
                share=9,
                words=lambda s: where_name(s.where),
            ),
            RecordColumn("case", _("Case no."), _of(lambda p: p.case), share=10, whole=True),
            RecordColumn("place", _("Place"), _of(lambda p: p.place), share=9),
            *([_untold("procedure", _of(whose))] if procedures else ()),
            _untold("issued_number", _of(lambda p: p.issued)),
            _moment("issued_at", _("Issued"), lambda p: p.issued_at),
            _untold("issued_to", _of(lambda p: p.issued_to)),
            RecordColumn(
                "assignee", _("With"), _of(lambda p: p.assignee), share=8, words=_assignee
            ),
            _moment("written_off_at", _("Written off"), lambda p: p.written_off_at),
            _moment("received_at", _("Copy back"), lambda p: p.received_at),
            _untold("signed_by", _of(lambda p: p.signed_by)),
            _untold("signed_at", _of(lambda p: p.signed_at)),
            _untold("filed_at", _of(lambda p: p.filed_at)),
            RecordColumn(
                *("binder", _("Binder/page"), _of(lambda p: p.binder)),
                share=9,
                words=lambda s: binder(s.paper) if s.paper else "",
            ),
            _untold("page", _of(lambda p: p.page)),
            RecordColumn(
                *("charge_fen", _("Charge")),
                *(_of(lambda p: p.charge_fen if p.filed_at else None), "money"),
                share=8,
            ),
            _untold("version", _of(lambda p: p.version if p.issued else None)),
            _untold("charged_fen", _of(lambda p: p.handed_fen or None)),
            *(_untold(key, read) for key, read in _PAD_AND_VOID.items()),
            RecordColumn(
                *("odd", _("Remark"), lambda s: tuple(each.value for each in s.odd)),
                share=14,
                words=_remark,
            ),
        ),
        zone,
        _("none"),
    )
