"""Printing beside the desk at work: what came of it is said on the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.printing import print_hand_over
from dispatcher_tui.domain.case import Entry
from dispatcher_tui.domain.failure import Failure
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen

T = TypeVar("T")


async def print_beside(
    screen: DeskScreen, job: Callable[[Desk, T], tuple[Path, ...]], what: T, printed: str, not_: str
) -> str:
    """Print something into the site's folder: where it is; empty where that failed.

    What came of it is said on the screen: ``printed`` with the ``{path}``, or ``not_`` with the
    ``{reason}``.
    """
    try:
        paths = await asyncio.to_thread(job, screen.session.desk, what)
    except Failure as failure:
        screen.say(not_.format(reason=explain_failure(failure)))
        return ""
    where = str(paths[0])
    screen.say(printed.format(path=where))
    return where


async def print_sheet(screen: DeskScreen, entry: Entry) -> str:
    """Print a signed hand-over; see ``print_beside``."""
    printed = _("The sheet was printed: {path}")
    not_ = _("The sheet was not printed: {reason}")
    return await print_beside(screen, print_hand_over, entry, printed, not_)
