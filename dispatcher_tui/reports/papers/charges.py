"""收费清单: what filed papers charge, for the cashier to sign for."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import ChargesReport
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.people import person_of
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.charge_lines import charges_table
from dispatcher_tui.present.table import value_text
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, Facts, Heading, Para, SignatureField
from dispatcher_tui.reports.registry import makes_document


@makes_document(ChargesReport)
def charges_document(report: ChargesReport) -> Document:
    """A list that was handed over, to print; the original is the one that is signed."""
    event, entry, copy = report.event, report.entry, report.copy
    given = value_text(entry.occurred_at.astimezone(report.zone), "moment")
    corrected = sum(1 for charge in event.charges if charge.before_fen)
    title = _("Charges of filed papers {month}").format(month=event.period)
    if copy:
        title = _("COPY {n}: {title}").format(n=copy, title=title)
    facts = (
        (_("Estate"), report.site),
        (_("Month"), event.period),
        (_("Given to the cashier"), given),
        (_("Given by"), person_of(entry.actor)),
        (_("Papers"), str(len(event.charges) - corrected)),
        (_("Differences"), str(corrected)),
        (_("Total, yuan"), format_fen(event.total_fen)),
        (_("Printed as"), _("copy {n}").format(n=copy) if copy else _("original")),
    )
    note = _('"Before" was handed over for that paper earlier: the charge is the difference.')
    return composed(
        report.site,
        title,
        (
            Facts(facts, across=2),
            Heading(_("Charges")),
            table_of(charges_table(report.zone), event.charges),
            *([Para(note)] if corrected else []),
        ),
        under=event.period,
        foot=_("Entry {seq}, {time}").format(seq=entry.seq, time=given),
        signatures=(
            SignatureField(_("Given by"), person_of(entry.actor)),
            SignatureField(_("Received by the cashier"), event.to),
        ),
    )
