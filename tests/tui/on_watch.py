"""The heartbeat by hand, the bell counted, and the site's settings changed under a running desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from msgspec.structs import replace
from textual.pilot import Pilot

from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.tui.app import DispatcherApp
from tests.tui.support import Night, settle


def desk_app(pilot: Pilot[Any]) -> DispatcherApp:
    """The application, by its own type."""
    assert isinstance(pilot.app, DispatcherApp)
    return pilot.app


async def beat(pilot: Pilot[Any]) -> None:
    """One heartbeat, and all that it sets off."""
    await desk_app(pilot)._heartbeat()
    await settle(pilot)


async def pass_time(night: Night, pilot: Pilot[Any], step: float, **length: float) -> None:
    """Let time pass with a heartbeat every ``step`` seconds, the last one at its end."""
    end: datetime = night.clock.at + timedelta(**length)
    while night.clock.at < end:
        night.clock.forward(seconds=min(step, (end - night.clock.at).total_seconds()))
        await beat(pilot)


@contextmanager
def listening(night: Night, pilot: Pilot[Any]) -> Iterator[list[tuple[str, float]]]:
    """What rings the bell: each tone, and the seconds since now by the desk's clock."""
    start, heard = night.clock.at, list[tuple[str, float]]()

    def ring(tone: Tone) -> None:
        heard.append((tone.value, (night.clock.at - start).total_seconds()))

    with patch.object(desk_app(pilot).alarm._player, "_bell", ring):
        yield heard


def set_site(night: Night, **settings: Any) -> None:
    """Change what the site's settings say, as when the file was edited."""
    night.desk.site.site = replace(night.desk.site.site, **settings)


async def written(night: Night) -> list[ev.WatchEvent]:
    """Every entry of no case, in order."""
    log = await night.run_on_desk(lambda it: it.store.log(None, None))
    return [line.entry.event for line in log if isinstance(line.entry.event, ev.WatchEvent)]
