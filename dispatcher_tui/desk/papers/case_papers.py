"""The papers of a case and of a watch: read from the record, then printed beside the desk.

Reading is asked of the desk; printing asks nothing of the record, so that any thread may do it.
"""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.printing import put_paper
from dispatcher_tui.desk.watch.watch import Turn, log_of_watch, referred_to
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import CaseReport, SlipReport, WatchReport


def case_paper(desk: Desk, key: str) -> CaseReport:
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


def watch_paper(desk: Desk, turn: Turn) -> WatchReport:
    """What the work log of that watch is made from."""
    lines = tuple((line.entry, line.number) for line in log_of_watch(desk, turn))
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
        others=referred_to(desk.store, (entry for entry, _number in lines)),
        procedure=desk.rules.procedure,
        categories={each.id: each.name for each in desk.site.categories},
        kinds={card.id: card.title for card in desk.site.cards},
    )


def print_case(desk: Desk, paper: CaseReport) -> tuple[Path, ...]:
    """Print what is known of a case.

    Raises:
        Failure: it could not be printed; nothing was left behind.
    """
    stem = f"dispatch-{paper.case.number}"
    return put_paper(desk, stem, paper)


def print_slip(desk: Desk, paper: CaseReport) -> tuple[Path, ...]:
    """Print a case's closing paper; the file goes by the case, whose number names no folder.

    Raises:
        Refusal: none was handed out.
        Failure: it could not be printed; nothing was left behind.
    """
    if not paper.case.slip.number:
        raise Refusal("no_slip", number=paper.case.number)
    stem = f"slip-{paper.case.number}"
    return put_paper(desk, stem, SlipReport(paper))


def print_work_log(desk: Desk, paper: WatchReport) -> tuple[Path, ...]:
    """Print the work log of a watch.

    Raises:
        Failure: it could not be printed; nothing was left behind.
    """
    stem = f"worklog-{paper.start.astimezone(paper.zone):%Y%m%d-%H%M}"
    return put_paper(desk, stem, paper)
