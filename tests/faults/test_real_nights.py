"""The judge of the program's own nights finds a heartbeat that does not do its work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from dispatcher_tui.desk.clock import Clock
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.tui.heartbeat import heartbeat as heart
from dispatcher_tui.tui.screens.watch import outage as screen
from tests.faults.night_desk import BrokenError
from tests.faults.real_nights import RealNight
from tests.tui.outage import desk


class _Back(RealNight):
    """A night in which the clock is set back by an hour and the computer is said to be right."""

    def _set(self) -> None:
        self.night.clock.set_by(hours=-1)
        self.random = _Second()


class _Second(Random):
    """Says yes to every question, and answers it by the second key."""

    def random(self) -> float:
        return 0.0

    def choice(self, seq):  # type: ignore[no-untyped-def]
        return seq[-1]


async def _broken(folder: Path, spoil: Callable[[], None]) -> str:
    async with desk(folder) as night:
        night.clock.pace = 1.0
        real = _Back(night, Random(1))
        await real.start()
        try:
            await real.act()
            spoil()
            await real.clock_set()
            await real.read()
            night.clock.forward(hours=3)
            await real.beat()
        except BrokenError as broken:
            return str(broken)
        finally:
            await real.stack.aclose()
    return ""


async def test_a_heartbeat_that_does_its_work_breaks_nothing(tmp_path: Path) -> None:
    assert await _broken(tmp_path, lambda: None) == ""


async def test_a_clock_that_is_not_held_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_it_is(clock: Clock, _seconds: float) -> Clock:
        return clock

    found = await _broken(tmp_path, lambda: monkeypatch.setattr(heart, "set_by", as_it_is))
    assert found.startswith("the desk's time went back by 3600")


async def test_a_countdown_that_grows_without_its_name_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_given: object) -> str:
        return ""

    found = await _broken(tmp_path, lambda: monkeypatch.setattr(screen, "grown_names", nothing))
    assert found.startswith("what got longer:")


async def test_what_nobody_fires_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_desk: Desk) -> list[Done]:
        return []

    found = await _broken(tmp_path, lambda: monkeypatch.setattr(Desk, "fire", nothing))
    assert found.startswith("missed:")
