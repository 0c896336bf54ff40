"""到期档案清单: the files whose keeping time is over, to be signed before anything is destroyed."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import RetentionReport
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.papers.retention_lines import expired_table
from dispatcher_tui.present.table import value_text
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, Facts, Heading, Para, SignatureField
from dispatcher_tui.reports.registry import makes_document


@makes_document(RetentionReport)
def retention_document(report: RetentionReport) -> Document:
    """The list to be signed, in the language in use."""
    zone, years = report.zone, report.years
    as_of = value_text(report.at.astimezone(zone), "moment")
    pairs = (
        (_("Estate"), report.site),
        (_("As of"), as_of),
        (_("Kept for"), ngettext("{n} year", "{n} years", years).format(n=years)),
        (_("To be destroyed"), str(len(report.due))),
        (_("To be decided upon"), str(len(report.decide))),
    )
    return composed(
        report.site,
        _("Files whose keeping time is over"),
        (
            Facts(pairs, across=2),
            Para(_("The record itself stays; this list is about papers in binders.")),
            Heading(_("To be destroyed")),
            table_of(expired_table(zone), report.due),
            Heading(_("Keep: decide one by one")),
            table_of(expired_table(zone, why=True), report.decide),
        ),
        under=as_of,
        foot=_("As of {time}").format(time=as_of),
        signatures=(
            SignatureField(_("Drawn up by")),
            SignatureField(_("Agreed to by")),
            SignatureField(_("Destroyed by, and the witness")),
        ),
    )
