"""Where every paper is, and whom to ask for which: lists to hand out or to keep."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import ChaseReport, CustodyReport
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.slip_lines import owed_table, positions_table
from dispatcher_tui.present.table import value_text
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document, Facts, SignatureField, Table


def _listed(
    paper: ChaseReport | CustodyReport, title: str, table: Table, *hands: SignatureField
) -> Document:
    """One list as of a moment."""
    as_of = value_text(paper.at.astimezone(paper.zone), "moment")
    facts = (
        (_("Estate"), paper.site),
        (_("As of"), as_of),
        (_("Papers"), str(len(table.rows))),
    )
    return composed(
        paper.site,
        title,
        (Facts(facts, across=3), table),
        under=as_of,
        foot=as_of,
        signatures=hands,
        data=None if hands else table,
        at=paper.at,
    )


def slips_document(paper: CustodyReport) -> Document:
    """Every number with its whereabouts, or the copies that are owed, as of a moment."""
    title = _("Copies owed") if paper.owed else _("Where every paper is")
    return _listed(paper, title, table_of(positions_table(paper.zone), paper.standings))


def chase_document(paper: ChaseReport) -> Document:
    """What somebody is asked for: the papers of their squad, the longest owed first."""
    title = _("Copies to be handed in: {name}").format(name=paper.name or _("nobody told"))
    table = table_of(owed_table(paper.at, paper.zone), paper.papers)
    return _listed(paper, title, table, SignatureField(_("Received by"), paper.name))
