"""The clock is set, the workstation sleeps, the desk is cut off: what the operator sees of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.desk.watch.outage import start_desk
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as wev
from dispatcher_tui.domain.record.watch_events import StopReason
from dispatcher_tui.store.errors import DiskFull
from dispatcher_tui.store.verify import verify
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.watch.outage import OutageScreen
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
    settle,
)
from tests.tui.support import desk as any_desk

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


@pytest.mark.parametrize("hours", [2, -2])
async def test_a_clock_that_is_set_is_written_down_once_and_shown(
    tmp_path: Path, hours: int
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await heartbeat(pilot)
        after = night.clock.set_by(hours=hours)
        await heartbeat(pilot, 3)
        assert await entries(night, wev.ClockJumped) == [
            wev.ClockJumped(before=START, after=after, seconds=hours * 3600.0)
        ]
        assert on_top(pilot) is OutageScreen
        words = f"Clock set {'forward' if hours > 0 else 'back'} by 2 h: it showed"
        assert words in picture(pilot)


async def held_desk(night: Night, pilot: Pilot[int], **back: float) -> datetime:
    """The clock was set back under a running case; gives when its nearest duty is due."""
    night.clock.pace = 1.0
    case = (await night.open_case(place=PLACE, said="厨房漏水")).case
    await heartbeat(pilot)
    night.clock.set_by(**{unit: -n for unit, n in back.items()})
    await heartbeat(pilot, 2)
    found = await night.run_on_desk(
        lambda d: min(x.due for x in d.record(case.number).duties if x.due)
    )
    assert isinstance(found, datetime)
    return found


@pytest.mark.parametrize("size", [(80, 24), WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_set_back_countdowns_run_on_and_it_is_said_and_asked(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        due = await held_desk(night, pilot, hours=2)
        now = night.desk.clock.now()
        assert (due - now).total_seconds() == 600
        assert now == START
        zone = night.desk.rules.calendar.tz
        desks = f"{START.astimezone(zone):%H:%M}"
        own = f"{(START - timedelta(hours=2)).astimezone(zone):%H:%M}"
        shown = " ".join(picture(pilot).split())
        for words in (
            (f"值班台按 {desks} 继续", f"1 值班台 {desks}", f"2 电脑 {own}")
            if lang == "zh"
            else (f"goes on by {desks}", f"1 the desk's {desks}", f"2 the computer's {own}")
        ):
            assert words in shown


async def test_the_desks_time_stays_and_it_is_asked_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        due = await held_desk(night, pilot, hours=2)
        await press(pilot, "1")
        await settle(pilot)
        assert "Which is right?" not in picture(pilot)
        assert "goes on by" in picture(pilot)
        (noted,) = await entries(night, ev.LogNoted)
        assert noted.text.startswith("Clock: the desk goes on by")
        await press(pilot, "1")
        await press(pilot, "2")
        await settle(pilot)
        assert len(await entries(night, ev.LogNoted)) == 1
        night.clock.forward(seconds=1)
        await heartbeat(pilot)
        assert (due - night.desk.clock.now()).total_seconds() == 599
        assert len(await entries(night, wev.ClockJumped)) == 1
        await press(pilot, "f10")
        assert on_top(pilot) is BoardScreen
        assert "00:09:59" in picture(pilot)
        verdict = await night.run_on_desk(lambda d: verify(d.store))
        assert (verdict.sound, verdict.notes) == (True, ())


async def test_the_computers_time_counts_once_somebody_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        due = await held_desk(night, pilot, hours=2)
        await press(pilot, "2")
        await settle(pilot)
        assert night.desk.clock.now() == START - timedelta(hours=2)
        assert (due - night.desk.clock.now()).total_seconds() == 7800
        assert "go by the computer now: 2 h longer." in picture(pilot)
        assert "?" not in picture(pilot), "it is asked once"
        await heartbeat(pilot, 2)
        await press(pilot, "f10")
        assert on_top(pilot) is BoardScreen
        verdict = await night.run_on_desk(lambda d: verify(d.store))
        assert (verdict.sound, verdict.notes) == (True, ())


async def test_set_right_again_the_desk_goes_with_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        due = await held_desk(night, pilot, hours=2)
        night.clock.set_by(hours=2)
        await heartbeat(pilot)
        assert night.desk.clock.now() == night.clock.at == START
        assert (due - night.desk.clock.now()).total_seconds() == 600
        assert "Which is right?" not in picture(pilot)
        assert await fired(night) == []


@pytest.mark.parametrize(("seconds", "held"), [(2.0, False), (2.001, True)])
async def test_two_seconds_back_are_not_held(tmp_path: Path, seconds: float, held: bool) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await held_desk(night, pilot, seconds=seconds)
        assert (night.desk.clock.now() == START) is held


async def test_a_write_before_the_heartbeat_says_it_and_the_heartbeat_does_not_repeat_it(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await night.open_case(place=PLACE, said="厨房漏水")
        await heartbeat(pilot)
        night.clock.set_by(hours=-2)
        await night.open_case(place="3-2-1503", said="漏水")
        assert len(await entries(night, wev.ClockJumped)) == 1
        await heartbeat(pilot, 2)
        assert len(await entries(night, wev.ClockJumped)) == 1
        assert on_top(pilot) is OutageScreen
        assert "Clock set back by 2 h" in picture(pilot)


async def test_two_jumps_within_seconds_are_two(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        due = await held_desk(night, pilot, seconds=10)
        night.clock.forward(seconds=1)
        night.clock.set_by(seconds=-10)
        await heartbeat(pilot, 2)
        told = await entries(night, wev.ClockJumped)
        assert [each.seconds for each in told] == [-10.0, -10.0]
        assert (due - night.desk.clock.now()).total_seconds() == 599


async def test_beside_the_desk_and_after_a_restart_its_time_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        file = AliveFile(night.store.path)
        async with night.running() as pilot:
            await held_desk(night, pilot, hours=2)
            pilot.app.heart._start = 1  # type: ignore[attr-defined]
            await pilot.app.heart._sign(pilot.app, file)  # type: ignore[attr-defined]
        night.desk.clock = night.clock
        for passed, alive in ((0, True), (30, True), (1, False)):
            night.clock.forward(seconds=passed)
            beside = file.beside(night.clock)
            assert (beside.now() - night.clock.at == timedelta(hours=2)) is alive
        assert file.behind(night.clock) == 7200
        night.clock.set_by(hours=2)
        assert file.behind(night.clock) == 0
        night.clock.set_by(seconds=-2)
        assert file.behind(night.clock) == 0
        night.clock.apart += 1e6  # started anew: the other clock begins again
        night.clock.set_by(hours=-2)
        assert file.behind(night.clock) == 0


async def test_set_back_while_the_desk_was_off_it_goes_on_and_asks(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        file = AliveFile(night.store.path)
        night.clock.pace = 1.0
        start = await night.run_on_desk(lambda d: start_desk(d, None))
        assert file.write(night.clock.at, start.seq, night.clock.boot())
        night.clock.forward(minutes=10)
        expected = night.clock.at
        night.clock.set_by(hours=-2)
        async with night.running(begin=begins(night)) as pilot:
            await heartbeat(pilot, 3)
            assert night.desk.clock.now() == expected
            assert on_top(pilot) is OutageScreen
            assert "Which is right?" in picture(pilot)
            assert len(await entries(night, wev.ClockJumped)) == 1


async def test_two_seconds_are_not_worth_a_word(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await heartbeat(pilot)
        night.clock.set_by(seconds=2)
        await heartbeat(pilot)
        night.clock.forward(seconds=30)
        await heartbeat(pilot)
        assert await entries(night, wev.ClockJumped, wev.DeskStoodStill) == []
        assert on_top(pilot) is BoardScreen


@pytest.mark.parametrize("seconds", [7200.0, DAYS_45])
async def test_forward_duties_fire_once_by_the_wall_clock_and_back_none_fires_again(
    tmp_path: Path, seconds: float
) -> None:
    async with desk(tmp_path) as night:
        number = (await night.open_case(place=PLACE, said="厨房漏水")).case.number
        async with night.running() as pilot:
            night.clock.pace = 1.0
            await heartbeat(pilot)
            night.clock.set_by(seconds=seconds)
            await heartbeat(pilot, 3)
            once = await fired(night)
            assert once
            assert len(set(once)) == len(once)
            # In 45 days the desk's own Mondays and months fall due as well.
            told = "one duty fell due" if seconds < DAYS_45 else "duties fell due"
            assert told in picture(pilot)
            assert number in picture(pilot)
            await press(pilot, "f10")
            assert on_top(pilot) is BoardScreen
            assert number in picture(pilot)
            night.clock.set_by(seconds=-seconds)
            await heartbeat(pilot, 3)
            assert on_top(pilot) is OutageScreen
            await press(pilot, "f10")
            assert await fired(night) == once
            assert len(await entries(night, wev.GapReviewed)) == 2
            due = await night.run_on_desk(
                lambda d: min(x.due for x in d.record(number).duties if x.due)
            )
            left = (due - night.clock.at).total_seconds()
            assert left > 0
            assert f"00:{int(left) // 60:02d}:{int(left) % 60:02d}" in picture(pilot)


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
            assert "Stopped 22:47–22:50 (3 min): nothing fell due" in picture(pilot)
        night.clock.forward(seconds=5)
        async with night.running(begin=begins(night)) as pilot:
            assert on_top(pilot) is BoardScreen
            assert "Cut off (crash or power cut) 22:50–22:50 (5 s)" in picture(pilot)


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
