"""Promise 1: what was acknowledged is never lost and never half done.

The program is killed at random moments, through the desk's own commands, through the command
line and through the screen. Whatever it had acknowledged by then must be in the file whole, and
nothing may be in the file in part.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults import allowed, command_line, fresh, screen, worker
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.harm import Ack, harm
from tests.faults.promise import Outcome, Promise, outcome
from tests.terminal.harness import why_not

ENOUGH = 100_000
"""Acknowledged actions of the full form."""

KILLS_A_FILE = 20
"""After so many kills a new file is begun, so that proving it stays quick."""

Killing = Callable[[Estate, Random, float], list[Ack]]
"""Drive the program, kill it within so many seconds, and give what it had acknowledged."""


class Way(NamedTuple):
    """A way to drive the program: kills and longest life (s) of the short and of the full form."""

    name: str
    kill: Killing
    few: int
    many: int
    soon: float
    late: float


def kill_worker(estate: Estate, random: Random, longest: float) -> list[Ack]:
    """Through the desk's own commands, as fast as they go."""
    seed = random.randrange(1 << 30)
    process, pipe = worker.start(worker.live_on, estate.site, estate.db, seed)
    if random.random() < 0.9:  # else it is killed while it opens the file
        pipe.poll(30)
    time.sleep(random.uniform(0, longest))
    process.kill()
    process.join()
    return list(worker.drained(pipe))


def kill_command(estate: Estate, random: Random, longest: float) -> list[Ack]:
    """Through the command line: one case, whose number on stdout is the acknowledgement."""
    process = subprocess.Popen(
        command_line.program(estate, *command_line.INTAKE),
        cwd=command_line.ROOT,
        env=command_line.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        told, _ = process.communicate(timeout=random.uniform(0, longest))
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
    return [Ack("", line) for line in told.split("\n")[:-1]]


def kill_screen(estate: Estate, random: Random, longest: float) -> list[Ack]:
    """Through the screen: cases are taken down by keys, and their numbers read off it."""
    acks, number, end = list[Ack](), "", time.monotonic() + 60.0
    with screen.opened(estate) as term:
        while time.monotonic() < end:
            screen.take_down(term)
            if not acks:  # from the first one on, it may end at any moment
                end = time.monotonic() + random.uniform(0, longest)
            number = screen.number_shown(term, max(0.0, end - time.monotonic()))
            if number:
                acks.append(Ack("", number))
                screen.back_to_board(term)
        term.process.kill()
        term.read_for(0.1)
        number = screen.number_on(term.text())
    return acks if not number or number in {a.number for a in acks} else [*acks, Ack("", number)]


def repeat(
    folder: Path, way: Way, full: bool, random: Random, until: float
) -> tuple[int, int, list[str]]:
    """Kill as often as the form asks, or until so much of the time allowed has gone.

    Gives how often that was, how many actions were acknowledged, and what was found wrong.
    """
    template, least = estates.make(folder / "template"), way.late if full else way.soon
    longest = least
    estate, acks, total, kills = template, list[Ack](), 0, way.many if full else way.few
    for number in range(kills):
        if allowed.gone() > until:
            return number, total, []
        if number % KILLS_A_FILE == 0:
            shutil.rmtree(folder / "work", ignore_errors=True)
            estate, acks = estates.copy(template, folder / "work"), []
        fresh = way.kill(estate, random, longest)
        acks += fresh
        # On a slow machine nothing is acknowledged in that time: the next one lives longer.
        longest = max(least, longest * 0.9) if fresh else longest * 1.2
        total += len(fresh)
        problems = harm(estate, acks)
        if problems:
            return number + 1, total, [f"after kill {number + 1}: {p}" for p in problems]
    return kills, total, []


WAYS = (
    Way("commands", kill_worker, few=36, many=900, soon=0.35, late=2.0),
    Way("command line", kill_command, few=10, many=100, soon=1.0, late=1.0),
    Way("screen", kill_screen, few=4, many=50, soon=2.5, late=10.0),
)


def run(folder: Path, full: bool) -> Outcome:
    """Kill the program in every way there is to drive it."""
    seed, problems, told = fresh.seed("kills"), list[str](), list[str]()
    random, killed, acknowledged = Random(seed), 0, 0
    for nth, way in enumerate(WAYS, 1):
        if way.kill is kill_screen and why_not():
            continue
        kills, count, found = repeat(folder / way.name, way, full, random, nth / len(WAYS))
        killed, acknowledged = killed + kills, acknowledged + count
        problems += [f"{way.name}, {problem}" for problem in found]
        told.append(f"{way.name} {kills}/{count}")
    if full and acknowledged < ENOUGH and not allowed.limited():
        problems.append(f"only {acknowledged:,} acknowledged: the machine is too slow to tell")
    measured = f"{killed:,} kills, {acknowledged:,} acknowledged ({', '.join(told)}), seed {seed}"
    return outcome(f"{measured}, {len(problems)} lost or half", problems)


PROMISE = Promise(
    1,
    "kills",
    "What was acknowledged is never lost, never half done",
    "0 lost, 0 half; full: 1,000 kills, 100,000 acknowledged",
    run,
)
