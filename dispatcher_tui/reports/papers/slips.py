"""Where every paper is, and whom to ask for which: lists to hand out or to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.papers.custody import SlipPosition
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.present.papers.slip_lines import odd_name, waited, where_name
from dispatcher_tui.reports.document import Column, Document, Facts, SignatureField, Table


def _day(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at is not None else ""


def _row(standing: SlipPosition, zone: tzinfo) -> tuple[str, ...]:
    paper, void = standing.paper, standing.void
    odd = [odd_name(each) for each in standing.odd]
    remark = _(", ").join([*([void.reason] if void else []), *odd])
    if paper is None:
        whose = standing.pad.to if standing.pad else ""
        return (standing.number, where_name(standing.where), "", "", whose, *([""] * 5), remark)
    return (
        standing.number,
        where_name(standing.where),
        paper.case,
        paper.place,
        paper.assignee,
        _day(paper.issued_at, zone),
        _day(paper.written_off_at, zone),
        _day(paper.received_at, zone),
        "/".join(filter(None, (paper.binder, paper.page))),
        format_fen(paper.charge_fen) if paper.filed_at else "",
        remark,
    )


def slips_table(standings: Iterable[SlipPosition], zone: tzinfo) -> Table:
    """Every number with its whereabouts."""
    columns = (
        Column(_("Paper"), 11, whole=True),
        Column(_("Where"), 9),
        Column(_("Case no."), 10, whole=True),
        Column(_("Place"), 9),
        Column(_("With"), 8),
        Column(_("Issued"), 9),
        Column(_("Written off"), 9),
        Column(_("Copy back"), 9),
        Column(_("Binder/page"), 9),
        Column(_("Charge"), 8, align="right"),
        Column(_("Remark"), 14),
    )
    return Table(columns, tuple(_row(each, zone) for each in standings), _("none"))


def slips_document(
    standings: Sequence[SlipPosition], site: str, zone: tzinfo, at: datetime, *, owed: bool = False
) -> Document:
    """Every number with its whereabouts, or the copies that are ``owed``, as of a moment."""
    title = _("Copies owed") if owed else _("Where every paper is")
    facts = (
        (_("Estate"), site),
        (_("As of"), _day(at, zone)),
        (_("Papers"), str(len(standings))),
    )
    table = slips_table(standings, zone)
    return Document(
        title=title,
        subtitle=f"{site}  {_day(at, zone)}",
        head=f"{site}  {title}",
        foot=_day(at, zone),
        blocks=(Facts(facts, across=3), table),
        language=language(),
        data=table,
        at=at,
    )


def chase_document(
    name: str, papers: Sequence[SlipRecord], site: str, zone: tzinfo, at: datetime
) -> Document:
    """What somebody is asked for: the papers of their squad, the longest owed first."""
    columns = (
        Column(_("Paper"), 12, whole=True),
        Column(_("Case no."), 11, whole=True),
        Column(_("Place"), 12),
        Column(_("With"), 10),
        Column(_("Written off"), 12),
        Column(_("Owed for"), 10),
        Column(_("Handed in"), 12),
    )
    rows = tuple(
        (
            paper.number or _("no number"),
            paper.case,
            paper.place,
            paper.assignee,
            _day(paper.written_off_at, zone),
            waited(paper, at),
            "",
        )
        for paper in papers
    )
    title = _("Copies to be handed in: {name}").format(name=name or _("nobody told"))
    facts = ((_("Estate"), site), (_("As of"), _day(at, zone)), (_("Papers"), str(len(papers))))
    return Document(
        title=title,
        subtitle=f"{site}  {_day(at, zone)}",
        head=f"{site}  {title}",
        foot=_day(at, zone),
        blocks=(Facts(facts, across=3), Table(columns, rows, _("none"))),
        signatures=(SignatureField(_("Received by"), name),),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
    )
