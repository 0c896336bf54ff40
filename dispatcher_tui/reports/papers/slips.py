"""Where every paper is, and whom to ask for which: lists to hand out or to keep."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import ChaseReport, CustodyReport
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.positions_table import positions_table
from dispatcher_tui.present.papers.slip_lines import owed_table
from dispatcher_tui.present.table import value_text
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, Facts, SignatureField, Table
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _listed(
    report: ChaseReport | CustodyReport, title: str, table: Table, *hands: SignatureField
) -> Document:
    """One list as of a moment."""
    as_of = value_text(report.at.astimezone(report.zone), "moment")
    facts = (
        (_("Estate"), report.site),
        (_("As of"), as_of),
        (_("Papers"), str(len(table.rows))),
    )
    return composed(
        report.site,
        title,
        (Facts(facts, across=3), table),
        under=as_of,
        foot=as_of,
        signatures=hands,
        data=None if hands else table,
        at=report.at,
    )


@makes_document(CustodyReport)
def slips_document(report: CustodyReport) -> Document:
    """Every number with its whereabouts, or the copies that are owed, as of a moment."""
    title = _("Copies owed") if report.owed else _("Where every paper is")
    return _listed(report, title, table_of(positions_table(report.zone), report.standings))


@makes_object(CustodyReport)
def _object(report: CustodyReport) -> Objects:
    return list(map(positions_table(report.zone, report.procedures).object, report.standings))


@makes_document(ChaseReport)
def chase_document(report: ChaseReport) -> Document:
    """What somebody is asked for: the papers of their squad, the longest owed first."""
    title = _("Copies to be handed in: {name}").format(name=report.name or _("nobody told"))
    table = table_of(owed_table(report.at, report.zone), report.papers)
    return _listed(report, title, table, SignatureField(_("Received by"), report.name))
