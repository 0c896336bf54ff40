"""What filed papers charge: the list for the cashier, and the lists that were handed over."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.papers.report import ChargesReport
from dispatcher_tui.domain.record.record_events import Charge
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time
from dispatcher_tui.present.table import REST, RecordColumn, RecordTable


def binder_page(binder: str, page: str) -> str:
    """Where a paper is filed."""
    return "/".join(filter(None, (binder, page)))


def _difference(charge: Charge) -> str:
    """That a charge was corrected after it had been handed over."""
    if not charge.before_fen:
        return ""
    before = format_fen(charge.before_fen)
    return _("difference, {yuan} handed over before").format(yuan=before)


def charges_table(zone: tzinfo) -> RecordTable[Charge]:
    """The list for the cashier."""
    return RecordTable[Charge](
        (
            RecordColumn("paper", _("Paper"), lambda c: c.slip, "text", 12, 9, whole=True),
            RecordColumn("case", _("Case no."), lambda c: c.case, "text", 11, 9, whole=True),
            RecordColumn("place", _("Place"), lambda c: c.place, "text", 10, 9),
            RecordColumn("filed_at", _("Filed"), lambda c: c.filed_at, "day", 6, 10, whole=True),
            RecordColumn(
                "filed", _("Binder/page"), lambda c: binder_page(c.binder, c.page), share=10
            ),
            RecordColumn(
                "before_fen", _("Before"), lambda c: c.before_fen or None, "money", 0, 8, whole=True
            ),
            RecordColumn("charge_fen", _("Charge"), lambda c: c.fen, "money", 10, 8, whole=True),
            RecordColumn("remark", "", _difference, cells=REST),
        ),
        zone,
        _("nothing to charge"),
        _("No."),
    )


def given_table(zone: tzinfo) -> RecordTable[ChargesReport]:
    """Every list that was handed over."""

    def printed(given: ChargesReport) -> str:
        if not given.copy:
            return _("not saved yet")
        return _("saved, copies {n}").format(n=given.copy - 1)

    return RecordTable[ChargesReport](
        (
            RecordColumn("month", _("Month"), lambda g: g.event.period, cells=9),
            RecordColumn("at", _("Given at"), lambda g: g.entry.occurred_at, "moment", 11),
            RecordColumn("papers", _("Papers"), lambda g: len(g.event.charges), "count", 7),
            RecordColumn("total", _("Total, yuan"), lambda g: g.event.total_fen, "money", 12),
            RecordColumn("to", _("Handed to"), lambda g: g.event.to, cells=10),
            RecordColumn("prints", _("Printed as"), printed, cells=REST),
        ),
        zone,
    )


def duty_words(duty: Duty | None, now: datetime, zone: tzinfo) -> str:
    """What the procedure asks for now, and until when."""
    if duty is None or duty.due is None:
        return _("No list is asked for now.")
    period = duty.key.partition(":")[2]
    due = due_time(duty.due, now, zone)
    words = (
        _("{label} {period}, LATE since {due}")
        if now > duty.due
        else _("{label} {period}, by {due}")
    )
    return words.format(label=localized(duty.label), period=period, due=due)
