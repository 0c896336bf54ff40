"""What the papers of a case and of a watch are made from, as the record has it."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.watch import Turn, log_of_watch, referred_to
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import CaseReport, SlipReport, WatchReport


def case_report(desk: Desk, key: str) -> CaseReport:
    """What the papers about the case with this number or id are made from.

    Raises:
        Refusal: there is none.
    """
    record = desk.record(key)
    return CaseReport(
        site=desk.site.site.name,
        at=desk.clock.now(),
        case=record.case,
        duties=record.duties,
        rules=desk.rules_of(record.case),
        entries=tuple(desk.store.entries(record.case.id)),
        categories={each.id: each.name for each in desk.site.categories},
        kinds={card.id: card.title for card in desk.site.cards},
    )


def watch_report(desk: Desk, turn: Turn) -> WatchReport:
    """What the work log of that watch is made from."""
    lines = tuple(log_of_watch(desk, turn))
    return WatchReport(
        site=desk.site.site.name,
        zone=desk.site.calendar.tz,
        at=desk.clock.now(),
        name=turn.name,
        shift=turn.shift,
        start=turn.start,
        end=turn.end,
        over=turn.over,
        lines=lines,
        others=referred_to(desk.store, (line.entry for line in lines)),
        procedure=desk.rules.procedure,
        categories={each.id: each.name for each in desk.site.categories},
        kinds={card.id: card.title for card in desk.site.cards},
    )


def slip_report(report: CaseReport) -> SlipReport:
    """A case's closing paper, to be handed out.

    Raises:
        Refusal: it has no number.
    """
    if not report.case.slip.number:
        raise Refusal("no_slip", number=report.case.number)
    return SlipReport(report)
