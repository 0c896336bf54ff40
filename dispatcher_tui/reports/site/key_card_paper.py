"""按键卡: the keys of the desk on one page, to lie beside the keyboard."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import KeyCardReport
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.table import value_text
from dispatcher_tui.reports.compose import composed
from dispatcher_tui.reports.document import Column, Document, Para, Table
from dispatcher_tui.reports.registry import makes_document


@makes_document(KeyCardReport)
def key_card_document(report: KeyCardReport) -> Document:
    """The card, in the language in use."""
    as_of = value_text(report.at.astimezone(report.zone), "day")
    columns = (
        Column(_("Key"), 2, True),
        Column(_("or"), 2, True),
        Column(_("What it does"), 8),
    )
    return composed(
        report.site,
        _("Card of keys"),
        (
            Table(columns, report.rows),
            Para(_("0 opens the menu. Esc goes back; nothing typed is lost. F9 works anywhere.")),
        ),
        under=as_of,
        at=report.at,
    )
