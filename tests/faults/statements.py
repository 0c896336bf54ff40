"""Promises 1 and 15, statement by statement: a process ends between any two it puts to SQLite.

Nothing of Python's or SQLite's own tidying is done then, as after SIGKILL; what the operating
system was given it keeps. The statements of the schema's own triggers count as well.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from dispatcher_tui.store import db as speaking
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.sqlite import Connection as Sqlite
from dispatcher_tui.store.sqlite import connect
from tests.faults import estate as estates
from tests.faults import fresh, lives, power_work, worker
from tests.faults.harm import Ack, ack, harm
from tests.faults.power import FIRST_FORM, JUDGES, estate_in, prepared
from tests.faults.power_work import BACKUP, CASE, MOVE, RESTORE
from tests.faults.promise import Outcome, Promise, outcome

DESK = "desk"
FEW, MANY = 2, 400
"""Kills of each work in the short and in the full form; each statement of each migration then."""

_KILLED = 137


class _Told(io.StringIO):
    """What a command prints, told line by line as it is printed."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        super().__init__()
        self._pipe, self._begun = pipe, ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._pipe.send(line)
        return len(text)


def die_at(pipe: Connection[Any, Any], folder: Path, seed: int, at: int) -> None:
    """Do the work of a folder and end before its statement of that number; 0: how many it has."""
    put, real = 0, connect

    def count(_sql: str) -> None:
        nonlocal put
        put += 1
        if put == at:
            os._exit(_KILLED)

    def counted(*arguments: Any, **named: Any) -> Sqlite:
        conn = real(*arguments, **named)
        conn.set_trace_callback(count)
        return conn

    patch.object(speaking, "connect", counted).start()
    if folder.name == DESK:
        desk = estates.open_desk(estate_in(folder))
        for done in lives.life(desk, Random(seed)):
            pipe.send(ack(done))
        desk.store.close()
    else:
        sys.stdout, sys.stderr = _Told(pipe), io.StringIO()
        power_work.work(folder)
    pipe.send(put)


def _died(folder: Path, seed: int, at: int) -> list[Any]:
    """What was told until then."""
    process, pipe = worker.start(die_at, folder, seed, at)
    told = worker.drained_all([pipe])
    process.join()
    return told


def _judged(folder: Path, told: list[Any]) -> list[str]:
    if folder.name == DESK:
        return harm(estate_in(folder), [each for each in told if isinstance(each, Ack)])
    return JUDGES[folder.name.partition("-")[0]](folder, [str(each) for each in told])


def _cuts(name: str, statements: int, full: bool, random: Random) -> list[int]:
    every = range(1, statements + 1)
    if full and name.startswith(MOVE):
        return list(every)
    return sorted(random.sample(every, min(MANY if full else FEW, statements)))


def run(folder: Path, full: bool) -> Outcome:
    """Every work, ended before some of its statements, or before very many."""
    seed = fresh.seed("kills between statements")
    random, problems, made, known = Random(seed), list[str](), 0, 0
    forms = list(range(FIRST_FORM, CURRENT))
    works = prepared(folder, forms if full else random.sample(forms, 1))
    shutil.copytree(works / CASE, works / DESK)
    for work in sorted(works.iterdir()):
        at_work = folder / "cut" / work.name
        shutil.copytree(work, at_work)
        statements = _died(at_work, seed, 0)[-1]
        shutil.rmtree(at_work)
        known += statements
        for at in _cuts(work.name, statements, full, random):
            shutil.copytree(work, at_work)
            try:
                told = _died(at_work, seed, at)
                found = _judged(at_work, told)
                if told and isinstance(told[-1], int):
                    found.append("was not ended")
            except Exception as error:  # Whatever breaks at such a file is a finding.
                found = [repr(error)]
            where = f"{work.name}, statement {at} of {statements}"
            problems += [f"{where}: {problem}" for problem in found]
            shutil.rmtree(at_work)
            made += 1
    names = ", ".join((DESK, CASE, BACKUP, RESTORE, f"{len(forms) if full else 1} moves"))
    measured = f"{made} kills among {known} statements ({names}), seed {seed}"
    return outcome(f"{measured}, {len(problems)} lost or half", problems)


PROMISE = Promise(
    15,
    "statements",
    "Ended between any two statements: what was acknowledged is there, each move whole or not",
    "0 lost, 0 half; full: every statement of every migration, 400 of each other work",
    run,
)
