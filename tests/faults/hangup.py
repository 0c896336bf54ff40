"""Promise 11: closing the terminal is safe.

However the desk loses its terminal: what was typed is on disk, the exit code says why it ended,
the desk can be taken over at once, and nothing is left that spins.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from dispatcher_tui.store.errors import Owned
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults import screen
from tests.faults.estate import Estate
from tests.faults.promise import Outcome, Promise, outcome, skipped
from tests.terminal.harness import F2, Terminal, why_not

LOCK_WITHIN = 1.0
EXIT_WITHIN = 3.0
EXIT_HANGUP, EXIT_TERMINATED = 129, 143
TYPED = "3-2-1502"


class Way(NamedTuple):
    """One way to lose a terminal; ``owned``: it was the desk's controlling terminal."""

    name: str
    end: Callable[[Terminal], None]
    code: int
    owned: bool = True
    within: float = LOCK_WITHIN


WAYS: tuple[Way, ...] = ()
if sys.platform != "win32":
    WAYS = (
        Way("SIGHUP", lambda term: term.signal(signal.SIGHUP), EXIT_HANGUP),
        Way("SIGTERM", lambda term: term.signal(signal.SIGTERM), EXIT_TERMINATED),
        Way("closed terminal", Terminal.hang_up, EXIT_HANGUP),
        # No signal comes; the next heartbeat notices.
        Way("lost terminal", Terminal.hang_up, EXIT_HANGUP, owned=False, within=LOCK_WITHIN + 1),
    )


def seconds_to_lock(estate: Estate, term: Terminal) -> float:
    """How long until the desk can be taken over."""
    start = time.monotonic()
    while (taken := time.monotonic() - start) < 10 * LOCK_WITHIN:
        lock = DeskLock.acquire(estate.db, "the next one")
        if not isinstance(lock, Owned):
            lock.release()
            return taken
        term.read(0.01)
        time.sleep(0.01)
    return taken


def drafts_of(estate: Estate) -> list[str]:
    """The forms that were kept, as stored."""
    store = Store.open(estate.db, read_only=True)
    try:
        return [draft.body.decode() for draft in store.drafts()]
    finally:
        store.close()


def one_ending(estate: Estate, way: Way) -> tuple[float, list[str]]:
    """Type, end it, and look at what is left; seconds until the desk was free."""
    problems = []
    with screen.opened(estate, owned=way.owned) as term:
        term.press(F2)
        term.wait_for(screen.INTAKE)
        term.press(b"1")
        term.read_for(0.5)
        term.press(TYPED.encode())
        term.wait_for(TYPED)  # shown is typed; it need not be on disk yet
        way.end(term)
        free = seconds_to_lock(estate, term)
        left = term.wait(EXIT_WITHIN)
        if left != way.code:
            problems.append(f"exit {left} instead of {way.code}")
    if free > way.within:
        problems.append(f"the lock was held for {free:.1f} s")
    if not any(TYPED in body for body in drafts_of(estate)):
        problems.append(f"what was typed is not on disk: {drafts_of(estate)}")
    return free, problems


def run(folder: Path, full: bool) -> Outcome:
    """Every way to lose a terminal."""
    why = why_not()
    if why:
        return skipped(why)
    template, problems, slowest = estates.make(folder / "template"), list[str](), 0.0
    rounds = 20 if full else 1
    for number in range(rounds):
        for way in WAYS:
            estate = estates.copy(template, folder / f"{way.name}-{number}")
            free, found = one_ending(estate, way)
            slowest = max(slowest, free)
            problems += [f"{way.name}: {problem}" for problem in found]
    made = rounds * len(WAYS)
    return outcome(f"{made} endings, desk free after {slowest:.2f} s at most", problems)


PROMISE = Promise(
    11,
    "hang-up",
    "Closing the terminal is safe",
    "draft saved, exit 129/143, lock given up ≤ 1 s, no spinning",
    run,
)
