"""未缴清单 and 派发签收表: the lines of a list of fees, with room to write what came of each."""

from __future__ import annotations

from dispatcher_tui.domain.fees.fee_paper import FeePaper, FeePaperRow
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.fees.fee_lines import line_object
from dispatcher_tui.present.fees.fee_words import list_name, result_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, SignatureField
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _columns(paper: FeePaper) -> tuple[RecordColumn[FeePaperRow], ...]:
    """Room, who, months, amount, since; by hand what came of it, and who signed for it."""

    def result(row: FeePaperRow) -> str:
        return result_name(row.stand.result) if row.stand.result else ""

    by_hand = (
        RecordColumn[FeePaperRow]("result", _("Result"), result, share=12, by_hand=True),
        RecordColumn[FeePaperRow]("paid", _("Amount paid"), lambda r: "", share=12, by_hand=True),
        RecordColumn[FeePaperRow]("signed", _("Received by"), lambda r: "", share=14, by_hand=True),
    )
    area = RecordColumn[FeePaperRow]("area", _("Area"), lambda r: r.stand.line.area, share=10)
    keeper = RecordColumn[FeePaperRow]("keeper", _("Keeper"), lambda r: r.stand.keeper, share=12)
    phone = RecordColumn[FeePaperRow]("phone", _("Telephone"), lambda r: r.phone, share=16)
    return (
        RecordColumn("place", _("Place"), lambda r: r.stand.line.place, share=14, whole=True),
        RecordColumn("resident", _("Household"), lambda r: r.resident, share=12),
        RecordColumn("months", _("Months owed"), lambda r: r.stand.line.months, "count", share=9),
        RecordColumn(
            "owed", _("Amount owed"), lambda r: r.stand.left, "money", share=13, whole=True
        ),
        RecordColumn("since", _("Unpaid since"), lambda r: r.stand.line.since, "day", share=13),
        *(by_hand if paper.area is not None else (phone, area, keeper, by_hand[0])),
    )


@makes_object(FeePaper)
def _objects(paper: FeePaper) -> Objects:
    who = ({"resident": row.resident, "phone": row.phone} for row in paper.rows)
    rows = zip(paper.rows, who, strict=True)
    return [line_object(row.stand, each, paper.zone) for row, each in rows]


@makes_document(FeePaper)
def fee_document(paper: FeePaper) -> Document:
    """The list in the language in use; that of an area with a line for its keeper to sign."""
    listing = RecordTable[FeePaperRow](_columns(paper), paper.zone, _("Nothing is owed any more."))
    table = table_of(listing, paper.rows)
    named = list_name(localized(paper.plan.label), paper.month)
    handed = paper.area is not None
    title = _("Sheet to sign: {list}") if handed else _("Unpaid: {list}")
    owed = format_fen(sum(row.stand.left for row in paper.rows))
    sums = _("{n} households, {yuan} yuan").format(n=len(paper.rows), yuan=owed)
    who = (SignatureField(_("Area keeper"), paper.keeper), SignatureField(_("Handed out by")))
    return composed(
        paper.site,
        title.format(list=named),
        (table,),
        under="  ".join(filter(None, (paper.area or "", sums))),
        head=paper.area or "",
        foot=paper.plan.quote,
        signatures=who if handed else (),
        data=table_of(listing, paper.rows, data=True),
        at=paper.at,
    )
