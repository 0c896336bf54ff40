"""Processes that a run starts, feeds and kills; what they acknowledge goes down a pipe.

They come out of a fork server that has the program imported already, so that a run can kill
hundreds of them. Nothing of SQLite is open in the server.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from typing import Any

from tests.faults import allowed, limits, lives
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.harm import ack


def start(work: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Connection[Any, Any]]:
    """Start a worker; its first argument is the other end of the pipe that comes back."""
    if sys.platform == "win32":
        server = multiprocessing.get_context("spawn")
    else:
        server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.faults.worker"])
    mine, theirs = server.Pipe()
    known = allowed.known()
    process = server.Process(target=_work, args=(known, work, theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return process, mine


def _work(known: dict[str, str], work: Callable[..., None], *arguments: Any) -> None:
    """Do the work within the time allowed now: the server that forks knows an older one."""
    os.environ.update(known)
    work(*arguments)


def live_on(pipe: Connection[Any, Any], site: Path, db: Path, seed: int) -> None:
    """Live one case after the other on a desk with small limits, without end; tell what was
    acknowledged."""
    random = Random(seed)
    limits.small(random)
    desk = estates.open_desk(Estate(site, db))
    while True:
        for done in lives.life(desk, random):
            pipe.send(ack(done))


def drained_all(pipes: list[Connection[Any, Any]]) -> list[Any]:
    """Everything that workers tell, read as it comes, until all of them have ended."""
    found, left = [], list(pipes)
    while left:
        for pipe in wait(left):
            assert isinstance(pipe, Connection)
            try:
                found.append(pipe.recv())
            except (EOFError, OSError):
                left.remove(pipe)
                pipe.close()
    return found


def drained(pipe: Connection[Any, Any]) -> list[Any]:
    """Everything a dead worker had told; a message it was cut off in does not count."""
    found = []
    try:
        while True:
            found.append(pipe.recv())
    except (EOFError, OSError):
        return found
    finally:
        pipe.close()
