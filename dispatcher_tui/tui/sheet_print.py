"""Printing a signed hand-over beside the desk at work: what came of it is said on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from dispatcher_tui.desk.printing import print_hand_over
from dispatcher_tui.domain.case import Entry
from dispatcher_tui.domain.failure import Failure
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen


async def print_beside(screen: DeskScreen, make: Callable[[], tuple[Path, ...]]) -> bool:
    """Print something in a thread of its own; where it is, or why it is not, is said."""
    try:
        paths = await asyncio.to_thread(make)
    except Failure as failure:
        screen.say(_("Not printed: {reason}").format(reason=explain_failure(failure)))
        return False
    screen.say(_("Printed: {path}").format(path=paths[0]))
    return True


async def print_sheet(screen: DeskScreen, entry: Entry) -> str:
    """Print it into the site's folder: where it is; empty where that failed, and it is said why."""
    desk = screen.session.desk
    try:
        paths = await asyncio.to_thread(print_hand_over, desk, entry)
    except Failure as failure:
        words = _("The sheet was not printed: {reason}")
        screen.say(words.format(reason=explain_failure(failure)))
        return ""
    where = str(paths[0])
    screen.say(_("The sheet was printed: {path}").format(path=where))
    return where
