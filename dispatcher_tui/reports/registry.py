"""Which paper becomes which document, and what of it programs are given.

Whatever makes a document is imported with the first paper of its sort.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dispatcher_tui.domain.papers import report as papers
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.domain.reviews.review import ReviewReport
from dispatcher_tui.domain.reviews.summary import MonthReport

if TYPE_CHECKING:
    from dispatcher_tui.present.reviews.month_words import Wording
    from dispatcher_tui.reports.document import Block, Document


def _hand_over(paper: papers.HandOverReport) -> Document:
    from dispatcher_tui.reports.watch.hand_over import hand_over_document

    event, at = paper.entry.event, paper.entry.occurred_at
    assert isinstance(event, HandedOver)
    return hand_over_document(
        event, paper.site, paper.zone, signed_at=at, procedure=paper.procedure
    )


def _case(paper: papers.CaseReport) -> Document:
    from dispatcher_tui.reports.case.dispatch_record import dispatch_record_document

    return dispatch_record_document(paper)


def _slip(paper: papers.SlipReport) -> Document:
    from dispatcher_tui.reports.case.service_slip import service_slip_document

    return service_slip_document(paper.of)


def _watch(paper: papers.WatchReport) -> Document:
    from dispatcher_tui.reports.watch.work_log import work_log_document

    return work_log_document(paper)


def _corrective(paper: papers.CorrectiveReport) -> Document:
    from dispatcher_tui.reports.case.capa import CapaSource, capa_document

    of = paper.of
    report = CapaSource(of.case, of.entries, of.duties, of.rules.procedure, of.rules.calendar.tz)
    return capa_document(report, of.site, of.at)


def _retention(paper: papers.RetentionReport) -> Document:
    from dispatcher_tui.reports.papers.retention import retention_document

    return retention_document(paper)


def _custody(paper: papers.CustodyReport) -> Document:
    from dispatcher_tui.reports.papers.slips import slips_document

    return slips_document(paper)


def _chase(paper: papers.ChaseReport) -> Document:
    from dispatcher_tui.reports.papers.slips import chase_document

    return chase_document(paper)


def _charges(paper: papers.ChargesReport) -> Document:
    from dispatcher_tui.reports.papers.charges import charges_document

    return charges_document(paper)


def month_words(paper: MonthReport) -> Wording:
    """What names the keys of a month's figures."""
    from dispatcher_tui.present.names import Glossary
    from dispatcher_tui.present.reviews.month_words import Wording

    rules = paper.summary.rules
    names = Glossary(rules.procedure, paper.categories, paper.kinds)
    return Wording(rules.calendar.tz, names, rules.procedure)


def _month(paper: MonthReport) -> Document:
    from dispatcher_tui.present.reviews.month_lines import standing_of
    from dispatcher_tui.reports.reviews.month import month_document

    summary, words = paper.summary, month_words(paper)
    standing = standing_of(summary, words)
    return month_document(
        summary.period, summary.figures, standing, words, paper.site, cases=paper.cases
    )


def _review(paper: ReviewReport) -> Document:
    from dispatcher_tui.reports.reviews.review import review_document

    return review_document(paper, paper.site, paper.zone)


_DOCUMENTS: dict[type[papers.Report], Callable[[Any], Document]] = {
    papers.HandOverReport: _hand_over,
    papers.CaseReport: _case,
    papers.SlipReport: _slip,
    papers.WatchReport: _watch,
    papers.CorrectiveReport: _corrective,
    papers.RetentionReport: _retention,
    papers.CustodyReport: _custody,
    papers.ChaseReport: _chase,
    papers.ChargesReport: _charges,
    MonthReport: _month,
    ReviewReport: _review,
}


def document_of(paper: papers.Report) -> Document:
    """The paper as a document, in the language in use."""
    return _DOCUMENTS[type(paper)](paper)


def _hand_over_object(paper: papers.HandOverReport) -> dict[str, Any]:
    from dispatcher_tui.domain.record.kinds import kind_of
    from dispatcher_tui.present.case.case_json import local_time
    from dispatcher_tui.reports.plain_values import plain

    entry, zone = paper.entry, paper.zone
    return {
        "seq": entry.seq,
        "occurred_at": local_time(entry.occurred_at, zone),
        "recorded_at": local_time(entry.recorded_at, zone),
        "kind": kind_of(type(entry.event)),
        "actor": plain(entry.actor, zone),
        "cosigner": plain(entry.cosigner, zone),
        "site": plain(paper.site, zone),
        **plain(entry.event, zone),
    }


def _case_object(paper: papers.CaseReport) -> dict[str, Any]:
    from dispatcher_tui.present.case.case_json import case_object
    from dispatcher_tui.present.names import Glossary

    names = Glossary(categories=paper.categories, kinds=paper.kinds)
    return case_object(paper.case, paper.duties, paper.rules, paper.at, paper.entries, names)


def _custody_object(paper: papers.CustodyReport) -> list[dict[str, Any]]:
    from dispatcher_tui.present.papers.slip_lines import positions_table

    return list(map(positions_table(paper.zone).object, paper.standings))


def _month_object(paper: MonthReport) -> dict[str, Any]:
    from dispatcher_tui.present.case.case_json import log_object
    from dispatcher_tui.present.reviews.month_json import month_object

    summary, words = paper.summary, month_words(paper)
    drawn = summary.drawn
    return month_object(
        summary.figures,
        words.zone,
        text=drawn.report.text if drawn else None,
        drawn_at=drawn.entry.occurred_at if drawn else None,
        drawn_by=drawn.entry.actor if drawn else None,
        sign_off=summary.sign_off,
        after=[log_object(x.entry, x.number, words.zone, words.names) for x in summary.after],
        now=summary.now,
    )


_OBJECTS: dict[type[papers.Report], Callable[[Any], dict[str, Any] | list[dict[str, Any]]]] = {
    papers.HandOverReport: _hand_over_object,
    papers.CaseReport: _case_object,
    papers.CustodyReport: _custody_object,
    MonthReport: _month_object,
}


def object_of(paper: papers.Report) -> dict[str, Any] | list[dict[str, Any]]:
    """What programs are given: the command line's own object, else the document's blocks."""
    made = _OBJECTS.get(type(paper))
    return made(paper) if made is not None else document_object(document_of(paper))


def document_object(document: Document) -> dict[str, Any]:
    """A document for programs that has no object of its own: its blocks, each by its kind."""
    from dispatcher_tui.reports.document import Table
    from dispatcher_tui.reports.plain_values import plain

    def block_object(block: Block) -> dict[str, Any]:
        found = {"block": type(block).__name__.casefold(), **plain(block, UTC)}
        values = found.pop("values", None)
        if isinstance(block, Table) and values:
            keys = [column.key for column in block.columns]
            found["records"] = [dict(zip(keys, row, strict=True)) for row in values]
        return found

    whole = plain(replace(document, blocks=(), data=None), UTC)
    data = block_object(document.data) if document.data is not None else None
    return {**whole, "blocks": [block_object(each) for each in document.blocks], "data": data}
