"""Promise 9: the desk runs for months: memory and widgets do not grow, whatever goes by.

The real application without a terminal, its clock set forward a second with every heartbeat,
cases living and ending meanwhile, screens opened and left.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.faults import allowed, worker
from tests.faults.promise import Outcome, Promise, outcome

MAY_GROW = 10 * 1024 * 1024
SCREENS = ("f2", "f3", "f7", "f8", "f1")
SETTLE = 50
"""After so many ticks the screen is given the time to come to rest."""

TICKS_A_VISIT = 2_000
"""After so many ticks a screen is opened and left; in the short form more often."""

LOOKS = 12
"""How often memory is looked at; the first quarter of the looks is warming up."""


class Look(NamedTuple):
    """What the desk amounts to at one moment: bytes in memory, widgets, objects; and how many
    ticks and cases that is after."""

    memory: int
    widgets: int
    objects: int
    ticks: int
    cases: int


def _memory() -> int:
    """Bytes of this process that are in memory."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096


def _look(ticks: int, cases: int) -> Look:
    """Look after the garbage has gone."""
    from textual.widget import Widget

    for _ in range(3):
        gc.collect()
    every = gc.get_objects()
    return Look(_memory(), sum(isinstance(o, Widget) for o in every), len(every), ticks, cases)


async def _live(night: Any, case: str, step: int) -> str:
    """The next step of a case; a new one where the last has ended."""
    from tests.faults import lives

    steps = (*lives.HANDLING, *lives.CLOSING)
    if step == 0:
        form = lives.opening(Random(night.clock.at.timestamp()))
        done = await night.run_on_desk(lambda desk: desk.open_case(form))
    else:
        done = await night.run_on_desk(lambda desk: steps[step - 1](desk, case))
    return str(done.case.id)


async def _visit(pilot: Any, key: str) -> None:
    """Open a screen, and go back to the board however far that is."""
    from dispatcher_tui.tui.screens.case.board import BoardScreen
    from tests.tui.support import press

    await press(pilot, key)
    while not isinstance(pilot.app.screen, BoardScreen):
        await press(pilot, "escape")


async def _months(folder: Path, ticks: int, cases: int, tell: Callable[[Look], None]) -> None:
    """Let so many seconds and cases go by."""
    from tests.faults import lives
    from tests.tui.support import desk, settle

    steps = 1 + len(lives.HANDLING) + len(lives.CLOSING)
    every, done, case = max(1, ticks // (cases * steps)), 0, ""
    visits, looks = max(LOOKS, ticks // TICKS_A_VISIT), 0
    async with desk(folder) as night, night.running() as pilot:
        app: Any = pilot.app
        for tick in range(1, ticks + 1):
            night.clock.at += timedelta(seconds=1)
            await app._heartbeat()
            await asyncio.sleep(0)
            if tick % every == 0 and done < cases * steps:
                case = await _live(night, case, done % steps)
                done += 1
            if tick % SETTLE == 0:
                await pilot.pause()
            if tick % (ticks // visits) == 0:
                await _visit(pilot, SCREENS[tick * visits // ticks % len(SCREENS)])
            if max(tick / ticks, allowed.gone()) * LOOKS >= looks + 1:
                await settle(pilot)  # what was left is gone, what was asked for is there
                tell(_look(tick, done // steps))
                looks += 1
            if looks == LOOKS:
                break


def months(pipe: Connection[Any, Any], folder: Path, ticks: int, cases: int) -> None:
    """The worker: months in a process of its own."""
    asyncio.run(_months(folder, ticks, cases, pipe.send))


def run(folder: Path, full: bool) -> Outcome:
    """A month of seconds in the full form, half an hour in the short one."""
    if not sys.platform.startswith("linux"):
        return Outcome("", skipped="memory is read from /proc")
    ticks, cases = (2_600_000, 10_000) if full else (2_000, 20)
    process, pipe = worker.start(months, folder, ticks, cases)
    looks: list[Look] = worker.drained(pipe)
    process.join()
    if process.exitcode or len(looks) < LOOKS:
        return outcome("", [f"the desk ended with {process.exitcode} after {len(looks)} looks"])
    warm, last = looks[LOOKS // 4], looks[-1]
    grown, widgets = last.memory - warm.memory, last.widgets - warm.widgets
    problems = []
    if grown > MAY_GROW:
        problems.append(f"memory grew by {grown / 1e6:.1f} MB")
    if widgets > 0:
        problems.append(f"{widgets} widgets more than after warming up")
    figures = (
        f"{grown / 1e6:+.1f} MB, {widgets:+d} widgets, {last.objects - warm.objects:+d} objects"
    )
    return outcome(f"{last.ticks:,} ticks, {last.cases:,} cases: {figures}", problems)


PROMISE = Promise(
    9,
    "months",
    "It runs for months",
    "memory ≤ +10 MB after warm-up, widget count flat",
    run,
)
