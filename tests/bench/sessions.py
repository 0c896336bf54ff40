"""One program on one pseudo-terminal: the figures that any program with a list can give."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Sequence
from typing import NamedTuple

import pyte

from tests.bench.programs import DOWN, ENVIRONMENT, HOME, PAGE_DOWN, ROOT, UP, Program
from tests.bench.ptyrun import PtyRun, Reaction, Seen

LEAVE = b"\x11"
"""Ctrl+Q: the desk writes down that it was left, and a program of Textual's ends."""

PACE = 0.02
"""Seconds between a reaction and the next key: a hand, not a held key."""

STEPS = 20
"""How far down the first page a move goes before it turns, where the list is so long."""

PAGES, CLIMB = 6, 60
"""How the cursor comes to the top line of a page far down: so many pages, so many lines back."""

Figures = dict[str, float]


class Plan(NamedTuple):
    """How long to measure: keys for each latency, seconds of leaving alone, which figures."""

    keys: int
    idle: float
    wanted: frozenset[str]


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0 to 1) of `values` lie, nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def open_program(program: Program) -> PtyRun:
    """Start it, in the environment that is the same for all."""
    return PtyRun(program.command, env=ENVIRONMENT, cwd=ROOT, leave=LEAVE)


def figures(program: Program, plan: Plan, found: Figures) -> None:
    """Fill `found` with what one session of `program` gives of `plan`; times in seconds.

    Filled as it goes, so that a session that fails keeps what it measured before.
    """
    with open_program(program) as run:
        found["start"] = run.start(program.ready, DOWN, program.cursor)
        run.settle()
        if "key" in plan.wanted:
            times = _moves(run, program, plan.keys)
            found["key p50"] = statistics.median(times)
            found["key p95"] = percentile(times, 0.95)
            found["key p99"] = percentile(times, 0.99)
        if "scroll" in plan.wanted:
            found |= _scroll(run, program, min(scrolls(program), max(20, plan.keys // 4)))
        if "idle" in plan.wanted:
            run.settle()
            idle = run.idle(plan.idle)
            found["idle cpu"] = idle.cpu / idle.seconds * 60
            found["idle bytes"] = idle.size / idle.seconds
        found["memory"] = float(run.memory())


def _shown(reaction: Reaction, what: str) -> float:
    """The time to the picture; a key that was not answered is an error, not a fast one."""
    if reaction.shown is None:
        raise TimeoutError(f"{what}: the key was not answered")
    return reaction.shown


def _at(program: Program, line: int) -> Seen:
    """The picture in which the cursor stands on screen line `line`."""
    return lambda screen: program.cursor(screen) == line


def _moves(run: PtyRun, program: Program, count: int) -> list[float]:
    """Moves within the first page, some down and as many up in turn, each timed."""
    steps = min(STEPS, program.rows - 1)
    run.press(HOME)
    run.settle()
    times = []
    for number in range(count):
        line = program.cursor(run.screen)
        if line is None:
            raise TimeoutError(f"{program.name}: no cursor on the screen:\n{run.text()}")
        down = number % (2 * steps) < steps
        reaction = run.react(DOWN if down else UP, _at(program, line + (1 if down else -1)))
        times.append(_shown(reaction, program.name))
        time.sleep(PACE)
    return times


def scrolls(program: Program) -> int:
    """How many keys scroll from where the climb ends; none where the list is too short."""
    return max(0, program.rows - 1 - CLIMB)


def _scroll(run: PtyRun, program: Program, count: int) -> Figures:
    """Line by line up from some pages down, the cursor at the top: every key scrolls."""
    for key in (PAGE_DOWN,) * PAGES + (UP,) * CLIMB:
        run.press(key)
        run.settle(quiet=0.03)
    times, sizes = [], []
    for _ in range(count):
        before = _table_text(run.screen, program)
        reaction = run.react(UP, lambda s, old=before: _table_text(s, program) != old)  # type: ignore[misc]
        times.append(_shown(reaction, f"{program.name} scrolling"))
        sizes.append(reaction.size)
        time.sleep(PACE)
    return {
        "scroll": statistics.median(times),
        "scroll p99": percentile(times, 0.99),
        "scroll bytes": statistics.median(sizes),
    }


_NUMBER = re.compile(r"\d{6}-\d{2,}")


def _table_text(screen: pyte.Screen, program: Program) -> list[str]:
    """The case numbers on the screen; countdowns may change without a scroll."""
    return [found.group() for line in screen.display if (found := _NUMBER.search(line))]
