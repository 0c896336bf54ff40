"""The workstation sleeps, the desk is cut off: what the operator sees of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.domain.record import watch_events as wev
from dispatcher_tui.domain.record.watch_events import StopReason
from dispatcher_tui.store.errors import DiskFull
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.watch.outage import OutageScreen
from tests.tui.outage import FIRST, begins, desk, entries, fired, heartbeat, on_top
from tests.tui.support import (
    PLACE,
    START,
    WIDE,
    Language,
    Night,
    Size,
    compare_golden,
    picture,
    press,
)


async def test_a_sleep_is_told_and_what_fell_due_in_it_is_fired(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case = (await night.open_case(place=PLACE, said="厨房漏水")).case
        async with night.running() as pilot:
            night.clock.pace = 1.0
            await heartbeat(pilot)
            woken = night.clock.sleep(hours=8)
            await heartbeat(pilot)
            assert await entries(night, wev.DeskStoodStill) == [
                wev.DeskStoodStill(since=START, until=woken)
            ]
            assert await entries(night, wev.ClockJumped) == []
            shown = picture(pilot)
            assert "The workstation slept" in shown
            assert "(8 h)" in shown
            assert case.number in shown
            assert await fired(night)


@pytest.mark.parametrize(("seconds", "top"), [(60, BoardScreen), (61, OutageScreen)])
async def test_a_short_standstill_is_a_line_a_long_one_a_report(
    tmp_path: Path, seconds: int, top: type[object]
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await heartbeat(pilot)
        night.clock.forward(seconds=seconds)
        await heartbeat(pilot, 2)
        assert on_top(pilot) is top
        assert "Stood still" in picture(pilot)
        assert "nothing fell due" in picture(pilot)
        assert len(await entries(night, wev.DeskStoodStill)) == 1


async def test_what_cannot_be_written_now_is_written_later_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await heartbeat(pilot)
        night.clock.set_by(hours=2)

        def full(*_args: object) -> None:
            raise DiskFull("no room")

        with monkeypatch.context() as patch:
            patch.setattr(night.store, "transact", full)
            await heartbeat(pilot, 2)
            assert on_top(pilot) is BoardScreen
        assert await entries(night, wev.ClockJumped) == []
        await heartbeat(pilot, 2)
        assert len(await entries(night, wev.ClockJumped)) == 1
        assert on_top(pilot) is OutageScreen


async def test_a_form_that_is_being_typed_comes_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await heartbeat(pilot)
        await press(pilot, "f2", "1")
        night.clock.set_by(hours=2)
        await heartbeat(pilot, 2)
        assert on_top(pilot).__name__ == "IntakeScreen"
        assert "Clock set forward by 2 h" in picture(pilot)
        await press(pilot, *"3-2-1502")
        assert PLACE in picture(pilot)
        await press(pilot, "escape", "escape")
        await heartbeat(pilot)
        assert on_top(pilot) is OutageScreen
        assert "forms left unfinished: 1" in picture(pilot)


async def gap_of_28_minutes(night: Night) -> str:
    """The desk was cut off for 28 minutes in which a case's duties fell due; the case's number."""
    number = (await night.open_case(place=PLACE, said="厨房漏水")).case.number
    async with night.running(begin=begins(night)) as pilot:
        assert on_top(pilot) is BoardScreen
        night.clock.forward(minutes=2)
        await pilot.app.heart._sign(pilot.app, AliveFile(night.store.path))  # type: ignore[attr-defined]
    night.clock.forward(minutes=28)
    return number


@pytest.mark.parametrize(
    ("lang", "size"), [("zh", (80, 24)), ("en", WIDE)], ids=["zh-80x24", "en-120x36"]
)
async def test_the_report_after_a_crash(tmp_path: Path, lang: Language, size: Size) -> None:
    async with desk(tmp_path) as night:
        await gap_of_28_minutes(night)
        async with night.running(size, lang, begins(night)) as pilot:
            assert on_top(pilot) is OutageScreen
            compare_golden(f"gap-{lang}-{size[0]}", picture(pilot))


async def test_the_report_is_worked_through_before_the_board(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        number = await gap_of_28_minutes(night)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is OutageScreen
            await press(pilot, "enter")
            assert on_top(pilot).__name__ == "CaseScreen"
            assert number in picture(pilot)
            await press(pilot, "escape")
            assert on_top(pilot) is OutageScreen
            await press(pilot, "end", "enter")
            assert on_top(pilot) is BoardScreen
            await heartbeat(pilot, 2)
            assert on_top(pilot) is BoardScreen
        (read,) = await entries(night, wev.GapReviewed)
        assert set(read.duties) == set(await fired(night))
        assert read.until - read.since == timedelta(minutes=28)


async def test_esc_leads_nowhere_before_it_was_read(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await gap_of_28_minutes(night)
        async with night.running(begin=begins(night)) as pilot:
            await press(pilot, "escape", "escape")
            assert on_top(pilot) is OutageScreen
            assert FIRST in picture(pilot)
            await press(pilot, "f2", "escape", "escape", "escape")
            assert on_top(pilot) is OutageScreen
            assert len(pilot.app.screen_stack) == len({*pilot.app.screen_stack})
        night.clock.forward(seconds=1)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is OutageScreen
            assert "(28 min)" in picture(pilot)
            await press(pilot, "f10")
        night.clock.forward(seconds=1)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is BoardScreen


@pytest.mark.parametrize(("key", "screen"), [("f2", "IntakeScreen"), ("f9", "EmergencyScreen")])
async def test_a_call_and_an_emergency_go_over_it(tmp_path: Path, key: str, screen: str) -> None:
    async with desk(tmp_path) as night:
        await gap_of_28_minutes(night)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is OutageScreen
            await press(pilot, key)
            assert on_top(pilot).__name__ == screen


async def test_a_step_of_a_case_is_done_from_its_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        number = await gap_of_28_minutes(night)
        async with night.running(begin=begins(night)) as pilot:
            await press(pilot, "f4")
            assert on_top(pilot).__name__ == "NotifyScreen"
            assert number in picture(pilot)
            await press(pilot, "1", "1", "escape")
            await heartbeat(pilot)
            assert on_top(pilot) is OutageScreen
            assert "seen to" in picture(pilot)


async def test_leaving_is_an_end_in_order_and_a_short_stop_is_a_line(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        async with night.running(begin=begins(night)) as pilot:
            assert "Stopped" not in picture(pilot)
            await pilot.press("ctrl+q")
            await asyncio.sleep(0.1)
        assert await entries(night, wev.DeskStopped) == [wev.DeskStopped(reason=StopReason.LEFT)]
        night.clock.forward(minutes=3)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is BoardScreen
            assert "Stopped 22:47-22:50 (3 min): nothing fell due" in picture(pilot)
        night.clock.forward(seconds=5)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is BoardScreen
            assert "Cut off (crash or power cut) 22:50-22:50 (5 s)" in picture(pilot)


async def test_a_desk_that_only_reads_writes_nothing_of_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        night.session.read_only = "somebody"
        async with night.running() as pilot:
            night.clock.pace = 1.0
            await heartbeat(pilot)
            night.clock.set_by(hours=2)
            await heartbeat(pilot)
            assert "Clock set forward by 2 h" in picture(pilot)
            assert on_top(pilot) is BoardScreen
            await pilot.press("ctrl+q")
            await asyncio.sleep(0.1)
        assert await entries(night, wev.ClockJumped, wev.DeskStopped) == []


async def test_a_veiled_desk_shows_the_report_to_whoever_comes_back(tmp_path: Path) -> None:
    async with desk(tmp_path, hides=10) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await heartbeat(pilot)
        night.clock.sleep(hours=8)
        await heartbeat(pilot, 2)
        assert on_top(pilot).__name__ == "PrivacyScreen"
        await press(pilot, "down")
        await heartbeat(pilot)
        assert on_top(pilot) is OutageScreen
