"""A desk whose clock is set, that sleeps or is cut off, and what it wrote down of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.pilot import Pilot

from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.tui.app import DispatcherApp
from tests.tui.support import (
    START,
    Night,
    settle,
)
from tests.tui.support import desk as any_desk

FIRST = "This comes first: F10"

DAYS_45 = timedelta(days=45).total_seconds()
FIRST = "This comes first: F10"


@asynccontextmanager
async def desk(folder: Path, *, at: datetime = START, hides: int = 0) -> AsyncIterator[Night]:
    """A desk whose names are not hidden when nobody touches it, unless after so many minutes."""
    async with any_desk(folder, at=at) as night:
        night.desk.site.site = replace(night.desk.site.site, hide_minutes=hides)
        yield night


def begins(night: Night) -> Callable[[DispatcherApp], None]:
    """What a desk that owns its file does after the first frame."""
    file = AliveFile(night.store.path)

    def begin(app: DispatcherApp) -> None:
        app.run_worker(app.heart.begin(app, file), exit_on_error=False)

    return begin


async def heartbeat(pilot: Pilot[int], times: int = 1) -> None:
    """So many heartbeats, and everything they set off."""
    app = pilot.app
    assert isinstance(app, DispatcherApp)
    for _ in range(times):
        await app._heartbeat()
        await settle(pilot)


async def entries(night: Night, *kinds: type[ev.Event]) -> list[Any]:
    """The bodies of the entries of these kinds, in the order they were written."""
    log = await night.run_on_desk(lambda d: d.store.log(None, None))
    told = sorted((line.entry for line in log), key=lambda entry: entry.seq)
    return [entry.event for entry in told if isinstance(entry.event, kinds)]


async def fired(night: Night) -> list[str]:
    """The keys of every duty that was fired."""
    return [event.duty for event in await entries(night, ev.DutyFellDue)]


def on_top(pilot: Pilot[int]) -> type[object]:
    """Which screen is on top."""
    return type(pilot.app.screen)
