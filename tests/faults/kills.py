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

from tests.faults import command_line, screen, terminal, worker
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.harm import Ack, harm
from tests.faults.promise import Outcome, Promise, outcome

KILLS_A_FILE = 20
"""After so many kills a new file is begun, so that proving it stays quick."""

LONGEST_LIFE = 0.35
"""Seconds a worker may live after its first acknowledgement."""

ONE_COMMAND = 1.0
"""Seconds within which a command of the command line is killed, if it has not ended."""

AT_THE_SCREEN = 2.5
"""Seconds an operator works at the screen at most."""

Killing = Callable[[Estate, Random], list[Ack]]
"""Drive the program, kill it at a random moment, and give what it had acknowledged."""


def kill_worker(estate: Estate, random: Random) -> list[Ack]:
    """Through the desk's own commands, as fast as they go."""
    seed = random.randrange(1 << 30)
    process, pipe = worker.start(worker.live_on, estate.site, estate.db, seed)
    if random.random() < 0.9:  # else it is killed while it opens the file
        pipe.poll(30)
    time.sleep(random.uniform(0, LONGEST_LIFE))
    process.kill()
    process.join()
    return list(worker.drained(pipe))


def kill_command(estate: Estate, random: Random) -> list[Ack]:
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
        told, _ = process.communicate(timeout=random.uniform(0, ONE_COMMAND))
    except subprocess.TimeoutExpired:
        process.kill()
        told, _ = process.communicate()
    return [Ack("", line) for line in told.split("\n")[:-1]]


def kill_screen(estate: Estate, random: Random) -> list[Ack]:
    """Through the screen: cases are taken down by keys, and their numbers read off it."""
    acks, number, end = list[Ack](), "", time.monotonic() + 60.0
    with screen.opened(estate) as term:
        while time.monotonic() < end:
            screen.take_down(term)
            if not acks:  # from the first one on, it may end at any moment
                end = time.monotonic() + random.uniform(0, AT_THE_SCREEN)
            number = screen.number_shown(term, max(0.0, end - time.monotonic()))
            if number:
                acks.append(Ack("", number))
                screen.back_to_board(term)
        term.process.kill()
        term.read_for(0.1)
        number = screen.number_on(term.text())
    return acks if not number or number in {a.number for a in acks} else [*acks, Ack("", number)]


def repeat(folder: Path, kill: Killing, kills: int, random: Random) -> tuple[int, list[str]]:
    """Kill so many times; how many actions were acknowledged, and what was found wrong."""
    template = estates.make(folder / "template")
    estate, acks, total = template, list[Ack](), 0
    for number in range(kills):
        if number % KILLS_A_FILE == 0:
            shutil.rmtree(folder / "work", ignore_errors=True)
            estate, acks = estates.copy(template, folder / "work"), []
        fresh = kill(estate, random)
        acks += fresh
        total += len(fresh)
        problems = harm(estate, acks)
        if problems:
            return total, [f"after kill {number + 1}: {problem}" for problem in problems]
    return total, []


WAYS: dict[str, tuple[Killing, int, int]] = {
    "commands": (kill_worker, 36, 900),
    "command line": (kill_command, 10, 100),
    "screen": (kill_screen, 4, 50),
}
"""How the program is driven, and the kills of the short and of the full form."""


def run(folder: Path, full: bool) -> Outcome:
    """Kill the program in every way there is to drive it."""
    random, problems, told, killed, acknowledged = Random(7), list[str](), [], 0, 0
    ways = {name: way for name, way in WAYS.items() if way[0] is not kill_screen}
    for name, (kill, few, many) in (ways if terminal.why_not() else WAYS).items():
        kills = many if full else few
        count, found = repeat(folder / name, kill, kills, random)
        killed, acknowledged = killed + kills, acknowledged + count
        problems += [f"{name}, {problem}" for problem in found]
        told.append(f"{name} {kills}/{count}")
    measured = f"{killed:,} kills, {acknowledged:,} acknowledged ({', '.join(told)})"
    return outcome(f"{measured}, {len(problems)} lost or half", problems)


PROMISE = Promise(
    1,
    "kills",
    "What was acknowledged is never lost, never half done",
    "0 lost, 0 half; full: 1,000 kills, 100,000 acknowledged",
    run,
)
