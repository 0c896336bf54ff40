"""A running register on paper: its form's columns, a line a case, a head on every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.papers.running_book import RunningBook
from dispatcher_tui.domain.printed_form import FormField
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.papers.form_words import document_number, field_label
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.reports.case.form_values import FormValues
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document
from dispatcher_tui.reports.registry import makes_document

_SHARE, _WIDE = 10, 30
_WHOLE = ("case.number", "case.phone", "case.place")
"""What is not broken as long as that leaves room for the others."""


_MOMENTS: dict[str, Callable[[CaseReport], datetime | None]] = {
    "case.opened": lambda of: of.case.opened_at,
    "case.received": lambda of: of.case.received_at,
    "case.written_off": lambda of: of.case.written_off_at,
}
"""Moments, which stand there without their year: the month is at the head of the page."""


def _column(number: int, field: FormField, zone: tzinfo) -> RecordColumn[CaseReport]:
    """What a case has for a column; what is written by hand stays empty."""
    moment = _MOMENTS.get(field.source)

    def short(of: CaseReport) -> str:
        at = moment(of) if moment is not None else None
        return f"{at.astimezone(zone):%m-%d %H:%M}" if at is not None else ""

    def value(of: CaseReport) -> str:
        return FormValues(of, of.case.slip.number, {}, closing=False).value(field)

    return RecordColumn[CaseReport](
        f"c{number}",
        field_label(field),
        moment or value,
        "moment" if moment is not None else "text",
        share=_WIDE if field.wide else _SHARE,
        whole=moment is not None or field.source in _WHOLE,
        words=short if moment is not None else None,
        by_hand=True,
    )


@makes_document(RunningBook)
def book_document(report: RunningBook) -> Document:
    """The register in the language in use."""
    form = report.form
    columns = tuple(_column(n, field, report.zone) for n, field in enumerate(form.fields, 1))
    table = table_of(
        RecordTable[CaseReport](columns, report.zone, _("none"), number=_("No.")), report.cases
    )
    title, filed = localized(form.label), localized(form.filed) if form.filed else ""
    numbers = "  ".join(filter(None, (report.month, document_number(form))))
    return composed(
        report.site,
        title,
        (table,),
        under=numbers,
        head=numbers,
        foot=filed,
        data=table,
        at=report.at,
    )
