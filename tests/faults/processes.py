"""Promise 12: several processes on one file are safe, and only one of them is the desk.

A desk at its board, four writers beside it, one process that folds the log into the file again
and again, and one that opens and proves the file all the time. Then a second desk.
"""

from __future__ import annotations

import re
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.sqlite import connect
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.faults import allowed, fresh, limits, lives, screen, worker
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.harm import Ack, ack, harm
from tests.faults.promise import Outcome, Promise, outcome
from tests.terminal.harness import Terminal, why_not

WRITERS = 4
SECOND_WITHIN = 1.0
LOCKED = re.compile("locked|busy", re.IGNORECASE)


def write(pipe: Connection[Any, Any], site: Path, db: Path, seed: int, cases: int) -> None:
    """Take so many cases down, and tell each: an acknowledgement, or what kept it from being."""
    random = Random(seed)
    limits.small(random, busy=False)
    desk = estates.open_desk(Estate(site, db))
    for _ in range(cases):
        if allowed.gone() >= 1:
            break
        try:
            done = desk.open_case(lives.opening(random))
            pipe.send(ack(done))
            pipe.send(ack(lives.told(desk, done.case.id)))
        except Failure as failure:
            pipe.send(f"{failure.code}: {failure}")
    desk.store.close()


def storm(pipe: Connection[Any, Any], db: Path) -> None:
    """Fold the log into the file, as hard as SQLite can, until told to stop."""
    conn = connect(db)
    while not pipe.poll(0.005):
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    conn.close()


def look_on(pipe: Connection[Any, Any], db: Path) -> None:
    """Open the file, prove its chain, close it, until told to stop; tell what went wrong."""
    while not pipe.poll(0):
        try:
            store = Store.open(db, read_only=True)
            verdict = verify(store, deep=False)
            store.close()
            if not verdict.sound:
                pipe.send(f"unsound: {verdict.problems[0]}")
        except Failure as failure:
            pipe.send(f"{failure.code}: {failure}")


def _all_at_once(estate: Estate, cases: int) -> tuple[list[Ack], list[str]]:
    """Let everybody work until the writers are done; what was acknowledged, what went wrong."""
    first = fresh.seed("processes")
    seeds = range(first, first + WRITERS)
    beside = [worker.start(storm, estate.db), worker.start(look_on, estate.db)]
    writers = [worker.start(write, estate.site, estate.db, seed, cases) for seed in seeds]
    told: list[Any] = worker.drained_all([pipe for _, pipe in writers])
    for _, pipe in beside:
        pipe.send("stop")
    told += worker.drained_all([pipe for _, pipe in beside])
    for process, _ in (*writers, *beside):
        process.join()
        if process.exitcode:
            told.append(f"a process beside the desk ended with {process.exitcode}")
    acks = [found for found in told if isinstance(found, Ack)]
    return acks, [str(found) for found in told if not isinstance(found, Ack)]


def _second_desk(estate: Estate, first: Terminal) -> list[str]:
    """A second desk can only read, says who owns the file, and follows once that is gone."""
    problems, owner, before = [], f"pid {first.process.pid}", _cases(estate)
    with screen.opened(estate) as second:
        try:
            second.wait_for(owner, SECOND_WITHIN)
        except TimeoutError as late:
            problems.append(f"a second desk does not say {owner}: {late}")
        screen.take_down(second)
        second.read_for(0.5)
    if _cases(estate) != before:
        problems.append("a second desk has written")
    first.process.kill()
    first.process.wait()
    with screen.opened(estate) as third:
        third.read_for(SECOND_WITHIN)
        if "pid " in third.text():
            problems.append(f"after kill -9 the desk is still owned: {third.text()}")
    return problems


def _cases(estate: Estate) -> int:
    """How many cases there are; entries may come on from the first desk's clocks."""
    store = Store.open(estate.db, read_only=True)
    try:
        return sum(1 for _ in store.all_cases())
    finally:
        store.close()


def run(folder: Path, full: bool) -> Outcome:
    """Everybody at once, with a desk on a terminal where there is one; then a second desk."""
    estate, cases, problems = estates.make(folder), 10_000 if full else 25, list[str]()
    if why_not():
        acks, problems = _all_at_once(estate, cases)
    else:
        with screen.opened(estate) as first:
            acks, problems = _all_at_once(estate, cases)
            problems += _board_shows(first, len({told.case for told in acks}))
            problems += _second_desk(estate, first)
    locked = sum(bool(LOCKED.search(problem)) for problem in problems)
    problems += harm(estate, acks)
    numbers = {told.number for told in acks}
    if len(numbers) != len({told.case for told in acks}):
        problems.append("two cases have one number")
    measured = f"{WRITERS} writers, {len(acks):,} acknowledged, {locked} locked"
    return outcome(measured, problems)


def _board_shows(term: Terminal, cases: int) -> list[str]:
    """The desk beside the writers has every case on its board, and never told of a lock."""
    try:
        term.wait_for(f"Open {cases} ", 5.0)
    except TimeoutError as late:
        return [f"the board does not show {cases} cases: {late}"]
    return ["the desk told of a lock"] if LOCKED.search(term.text()) else []


PROMISE = Promise(
    12,
    "processes",
    "Several processes are safe",
    "0 lost, 0 locked; a second desk is read-only within 1 s and says who owns it",
    run,
)
