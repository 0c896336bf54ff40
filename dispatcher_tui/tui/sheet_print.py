"""Printing beside the desk at work: what came of it is said on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from dispatcher_tui.desk.printing import print_hand_over
from dispatcher_tui.desk.watch.watch import Turn
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.screens.base import DeskScreen


async def _put_out(screen: DeskScreen, *prints: Callable[[], tuple[Path, ...]]) -> list[Path]:
    """Print one after the other: where the pages are; none where that failed, and it is said."""
    found = []
    try:
        for each in prints:
            paths = await asyncio.to_thread(each)
            found.append(paths[0])
    except Failure as failure:
        words = _("The sheet was not printed: {reason}")
        screen.say(words.format(reason=explain_failure(failure)))
        return []
    return found


async def print_beside(screen: DeskScreen, make: Callable[[], tuple[Path, ...]]) -> bool:
    """Print one thing: where it is, or why it is not, is said; False where it is not."""
    paths = await _put_out(screen, make)
    _say_where(screen, paths)
    return bool(paths)


async def print_sheet(screen: DeskScreen, entry: Entry) -> str:
    """Print a signed hand-over into the site's folder: where it is, empty where that failed."""
    desk = screen.session.desk
    paths = await _put_out(screen, lambda: print_hand_over(desk, entry))
    if not paths:
        return ""
    screen.say(_("The sheet was printed: {path}").format(path=paths[0]))
    return str(paths[0])


async def print_of_case(screen: DeskScreen, case_id: str, *, slip_alone: bool = False) -> None:
    """Print the dispatch record of a case, and its closing paper while that is out.

    ``slip_alone``: only the paper, as it is handed out.
    """
    from dispatcher_tui.desk.papers.case_papers import case_paper, print_case, print_slip

    paper = await screen.run_on_desk(lambda desk: case_paper(desk, case_id), writes=False)
    if paper is None:
        return
    desk, slip = screen.session.desk, paper.case.slip
    prints = [] if slip_alone else [lambda: print_case(desk, paper)]
    if slip_alone or (slip.number and slip.received_at is None):
        prints.append(lambda: print_slip(desk, paper))
    _say_where(screen, await _put_out(screen, *prints))


async def print_of_watch(screen: DeskScreen, turn: Turn) -> None:
    """Print the work log of a watch."""
    from dispatcher_tui.desk.papers.case_papers import print_work_log, watch_paper

    paper = await screen.run_on_desk(lambda desk: watch_paper(desk, turn), writes=False)
    if paper is not None:
        desk = screen.session.desk
        _say_where(screen, await _put_out(screen, lambda: print_work_log(desk, paper)))


def _say_where(screen: DeskScreen, paths: list[Path]) -> None:
    """The folder once, then every name in it: a long path leaves no room for two."""
    if paths:
        names = _(", ").join(path.name for path in paths)
        screen.say(_("Printed: {names} in {folder}").format(names=names, folder=paths[0].parent))
