"""Short waits for a program on a screen that is driven without a terminal, and styles read once."""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop, BaseEventLoop
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from dispatcher_tui.store.owner import OwnerThread
from dispatcher_tui.store.store import Store
from dispatcher_tui.tui import garbage
from dispatcher_tui.tui.screens.site import list_import

T = TypeVar("T")

LOOK_EVERY, RESTS_UNDER = 0.005, 0.001
"""Seconds between two looks whether the program rests, and of the processor's time it may have
used in between; Textual's own fiftieth adds up to most of what a test takes, six looks a key."""

LOOKED_FOR_AFTER = 50_000
"""Objects after which garbage is looked for: as in the rest of a run."""

_THREAD_AT_MOST = 5.0
"""Seconds for which a thread that was asked is waited for: some tests hold one on purpose."""
_ASKED = "asked"

_waiting: WeakKeyDictionary[AbstractEventLoop, Counter[str]] = WeakKeyDictionary()
"""Of each loop how many of its tasks wait for a thread: they go on as soon as it has answered."""


def _count(loop: AbstractEventLoop) -> Counter[str]:
    return _waiting.setdefault(loop, Counter())


_run, _run_in_executor = OwnerThread.run, BaseEventLoop.run_in_executor


async def _counted_run(owner: OwnerThread, job: Callable[[Store], T]) -> T:
    count = _count(asyncio.get_running_loop())
    count[_ASKED] += 1
    try:
        return await _run(owner, job)
    finally:
        count[_ASKED] -= 1


def _counted_executor(loop: BaseEventLoop, executor: Any, function: Any, *given: Any) -> Any:
    count = _count(loop)

    def answered(_future: object) -> None:
        count[_ASKED] -= 1

    asked = _run_in_executor(loop, executor, function, *given)
    count[_ASKED] += 1
    asked.add_done_callback(answered)
    return asked


async def all_run() -> None:
    """Let everything run that can run, until all of it waits: for a key, for a timer.

    Whoever waits for a thread, the desk's or another one, is waited for.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + _THREAD_AT_MOST
    while True:
        while loop._ready and loop.time() < end:  # type: ignore[attr-defined]  # noqa: ASYNC110
            await asyncio.sleep(0)
        if not _count(loop)[_ASKED] or loop.time() > end:
            return
        await asyncio.sleep(0.001)


@contextmanager
def counted() -> Iterator[None]:
    """Count who waits for a thread, for ``all_run``."""
    with (
        patch.object(OwnerThread, "run", _counted_run),
        patch.object(BaseEventLoop, "run_in_executor", _counted_executor),
    ):
        yield


_parse_rules = Stylesheet._parse_rules
_parsed: dict[object, list[RuleSet]] = {}


def _parsed_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    """What a sheet's text comes to with these variables: every test has the same sheets, and
    reading them is a sixth of what it takes to put the board up."""
    key = (*given, *sorted(named.items()), frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, *given, **named)
    return _parsed[key]


@contextmanager
def short_waits() -> Iterator[None]:
    """Look often whether it rests, and read each sheet of styles once a run."""
    with (
        patch("textual._wait.SLEEP_GRANULARITY", LOOK_EVERY),
        patch("textual._wait.SLEEP_IDLE", RESTS_UNDER),
        counted(),
        patch.object(garbage, "YOUNG", LOOKED_FOR_AFTER),
        patch.object(list_import, "_PAINTED", 0.0),  # the one pause that a screen makes itself
        patch.object(Stylesheet, "_parse_rules", _parsed_once),
    ):
        yield
