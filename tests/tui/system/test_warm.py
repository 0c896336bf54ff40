"""What a first F9 needs is there before it: read and imported while nobody types."""

from __future__ import annotations

import asyncio
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat import warm
from dispatcher_tui.tui.heartbeat.warm import Warming
from tests.tui.support import Night, desk, press, settle


async def given_time(pilot: Pilot[int], seconds: float = 0.1) -> None:
    """Let timers run."""
    await pilot.pause(seconds)
    await settle(pilot)


async def left_to_read(night: Night) -> bool:
    """Whether there are calls that were not read yet."""
    return await night.run_on_desk(lambda desk: desk.calls.prepare(desk.clock.now()))


def app_of(pilot: Pilot[int]) -> DispatcherApp:
    """The program."""
    assert isinstance(pilot.app, DispatcherApp)
    return pilot.app


async def test_screen_cards_and_calls_are_there_before_the_first_f9(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "STILL", 0.001)
    monkeypatch.setattr(warm, "BETWEEN", 0.001)
    async with desk(tmp_path) as night, night.running() as pilot:
        assert "cards" not in vars(night.desk.site)
        with (
            patch.object(warm, "import_emergency") as imported,
            patch.object(warm, "import_likely") as others,
            patch.object(app_of(pilot).garbage, "settle") as settled,
        ):
            warming = Warming(app_of(pilot))
            warming.begin()
            for _ in range(50):
                if warming.done:
                    break
                await given_time(pilot)
        assert warming.done
        imported.assert_called_once_with()
        others.assert_called_once_with()
        settled.assert_called_once_with()
        assert "cards" in vars(night.desk.site)
        assert not await left_to_read(night)


async def test_nothing_is_done_while_somebody_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "STILL", 60.0)
    async with desk(tmp_path) as night, night.running() as pilot:
        app = app_of(pilot)
        assert app.alarm.idle.still_for() == float("inf")
        await press(pilot, "down")
        assert 0 <= app.alarm.idle.still_for() < 30
        warming = Warming(app)
        with patch.object(warm, "import_emergency") as imported:
            warming._go_on()
            await given_time(pilot)
        imported.assert_not_called()
        assert await left_to_read(night)


async def test_a_file_that_cannot_be_read_ends_it_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "STILL", 0.001)
    monkeypatch.setattr(warm, "BETWEEN", 0.001)
    async with desk(tmp_path) as night, night.running() as pilot:
        app = app_of(pilot)
        with patch.object(
            night.desk.calls, "prepare", side_effect=UnicodeDecodeError("", b"", 0, 1, "")
        ):
            warming = Warming(app)
            warming.begin()
            await given_time(pilot)
            await asyncio.sleep(0)
        assert not warming.done
        await press(pilot, "f9")
        assert type(app.screen).__name__ == "EmergencyScreen"
