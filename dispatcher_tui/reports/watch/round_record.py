"""The record of a round over a day: a line a time, as the fire control room keeps it."""

from __future__ import annotations

from dispatcher_tui.domain.watch.round_sheet import RoundRow, RoundSheet
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.table import RecordColumn, RecordTable, Value
from dispatcher_tui.present.watch.round_lines import row_object, row_state
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, SignatureField
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _found(number: int, head: str) -> RecordColumn[RoundRow]:
    """How the part of that number was found; of a record that lacks it nothing."""

    def value(row: RoundRow) -> Value:
        return localized(row.findings[number].choice) if number < len(row.findings) else ""

    return RecordColumn(f"part_{number + 1}", head, value, share=14, by_hand=True)


def _columns(sheet: RoundSheet) -> tuple[RecordColumn[RoundRow], ...]:
    """Time, the parts, what was done, who, how it stands with the time."""

    def begin(row: RoundRow) -> str:
        return f"{row.begin.astimezone(sheet.zone):%H:%M}"

    def made(row: RoundRow) -> str:
        return f"{row.at.astimezone(sheet.zone):%H:%M}" if row.at is not None else ""

    def names(row: RoundRow) -> str:
        return "\n".join(filter(None, (row.by, row.second)))

    parts = (_found(n, localized(part.label)) for n, part in enumerate(sheet.plan.parts))
    return (
        RecordColumn(
            "begin", _("Time"), lambda r: r.begin, "moment", share=8, whole=True, words=begin
        ),
        RecordColumn(
            "at", _("Recorded"), lambda r: r.at, "moment", share=9, whole=True, words=made
        ),
        *parts,
        RecordColumn("word", _("What was handled"), lambda r: r.word, share=22, by_hand=True),
        RecordColumn("names", _("Names"), names, share=12, by_hand=True),
        RecordColumn("state", _("Late, why"), row_state, share=16, by_hand=True),
    )


@makes_object(RoundSheet)
def _objects(sheet: RoundSheet) -> Objects:
    return [row_object(row, sheet.zone) for row in sheet.rows]


@makes_document(RoundSheet)
def round_document(sheet: RoundSheet) -> Document:
    """The record in the language in use, with a line to sign for each who has to be there."""
    listing = RecordTable[RoundRow](_columns(sheet), sheet.zone, _("Nothing is recorded yet."))
    table = table_of(listing, sheet.rows)
    who = SignatureField(_("On watch"))
    return composed(
        sheet.site,
        localized(sheet.plan.label),
        (table,),
        under=f"{sheet.day:%Y-%m-%d}",
        head=f"{sheet.day:%Y-%m-%d}",
        foot=sheet.plan.quote,
        signatures=(who,) * sheet.plan.persons,
        data=table_of(listing, sheet.rows, data=True),
        at=sheet.at,
    )
