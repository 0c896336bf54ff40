"""A running register on paper: its form's columns, a line a case, a head on every page."""

from __future__ import annotations

from collections.abc import Callable

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


def _read(field: FormField) -> Callable[[CaseReport], str]:
    """What a case has for a column; what is written by hand stays empty."""
    return lambda case: FormValues(case, case.case.slip.number, {}, closing=False).value(field)


@makes_document(RunningBook)
def book_document(report: RunningBook) -> Document:
    """The register in the language in use."""
    form = report.form
    columns = tuple(
        RecordColumn(
            f"c{number}",
            field_label(field),
            _read(field),
            share=_WIDE if field.wide else _SHARE,
            by_hand=True,
        )
        for number, field in enumerate(form.fields, 1)
    )
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
