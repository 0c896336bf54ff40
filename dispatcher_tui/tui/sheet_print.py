"""Printing beside the desk at work: what came of it is said on the screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

from dispatcher_tui.desk.printing import hand_over_report, print_report
from dispatcher_tui.desk.watch.watch import Turn
from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.screens.base import DeskScreen


async def _put_out(screen: DeskScreen, *reports: Report) -> list[Path]:
    """Print one after the other: where the pages are; none where that failed, and it is said."""
    found = []
    try:
        for each in reports:
            paths = await asyncio.to_thread(print_report, screen.session.desk, each)
            found.append(paths[0])
    except Failure as failure:
        _say_why_not(screen, failure)
        return []
    return found


def _say_why_not(screen: DeskScreen, failure: Failure) -> None:
    words = _("The sheet was not saved: {reason}")
    screen.say(words.format(reason=explain_failure(failure)))


async def print_beside(screen: DeskScreen, *reports: Report) -> bool:
    """Print: where it is, or why it is not, is said; False where it is not."""
    paths = await _put_out(screen, *reports)
    _say_where(screen, paths)
    return bool(paths)


async def print_sheet(screen: DeskScreen, entry: Entry) -> str:
    """Print a signed hand-over into the site's folder: where it is, empty where that failed."""
    paths = await _put_out(screen, hand_over_report(screen.session.desk, entry))
    if not paths:
        return ""
    screen.say(_("The sheet was saved: {path}").format(path=paths[0]))
    return str(paths[0])


async def print_of_case(screen: DeskScreen, case_id: str, *, slip_alone: bool = False) -> None:
    """Print the dispatch record of a case, and its closing paper while that is out.

    ``slip_alone``: only the paper, as it is handed out.
    """
    from dispatcher_tui.desk.papers.case_reports import case_report, slip_report

    report = await screen.run_on_desk(lambda desk: case_report(desk, case_id), writes=False)
    if report is None:
        return
    slip, reports = report.case.slip, list[Report]([] if slip_alone else [report])
    if slip_alone or (slip.number and slip.received_at is None):
        try:
            reports.append(slip_report(report))
        except Failure as failure:
            _say_why_not(screen, failure)
            return
    await print_beside(screen, *reports)


async def print_of_watch(screen: DeskScreen, turn: Turn) -> None:
    """Print the work log of a watch."""
    from dispatcher_tui.desk.papers.case_reports import watch_report

    report = await screen.run_on_desk(lambda desk: watch_report(desk, turn), writes=False)
    if report is not None:
        await print_beside(screen, report)


def _say_where(screen: DeskScreen, paths: list[Path]) -> None:
    """The folder once, then every name in it: a long path leaves no room for two."""
    if paths:
        names = _(", ").join(path.name for path in paths)
        screen.say(_("Saved: {names} in {folder}").format(names=names, folder=paths[0].parent))
