"""The clock is set: what the operator sees of it, and which duties fire."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.desk.watch.outage import growing, start_desk
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as wev
from dispatcher_tui.present.i18n import localized
from dispatcher_tui.store.verify import verify
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.watch.outage import OutageScreen
from tests.tui.outage import DAYS_45, begins, desk, entries, fired, heartbeat, on_top
from tests.tui.support import (
    PLACE,
    START,
    WIDE,
    Language,
    Night,
    Size,
    picture,
    press,
    settle,
)


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


@pytest.mark.parametrize("size", [(80, 24), WIDE])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_what_got_longer_is_named_on_the_screen_and_in_the_log(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        due = await held_desk(night, pilot, hours=2)
        (case,) = await night.run_on_desk(lambda d: list(d.store.all_cases()))
        first = next(x for x in case.duties if x.due == due)
        await press(pilot, "2")
        await settle(pilot)
        (line,) = [x for x in picture(pilot).splitlines() if "02:10:00+" in x]
        assert case.case.number in line
        assert localized(first.label) in line
        (noted,) = await entries(night, ev.LogNoted)
        assert {"en": "; 2 h longer: ", "zh": "；多出 2小时："}[lang] in noted.text
        assert f"{case.case.number} {localized(first.label)}" in noted.text
        night.clock.forward(seconds=1)
        await heartbeat(pilot)
        assert "02:09:59+" in picture(pilot)


@pytest.mark.parametrize(("seconds", "named"), [(599, True), (600, False), (601, False)])
async def test_what_is_over_by_both_clocks_got_no_longer(
    tmp_path: Path, seconds: int, named: bool
) -> None:
    """The nearest countdown has 10 min: by the computer's clock it still runs, ends, is over."""
    async with desk(tmp_path) as night, night.running() as pilot:
        due = await held_desk(night, pilot, hours=1)
        night.clock.forward(seconds=3600 + seconds)
        await heartbeat(pilot, 2)
        grown = await night.run_on_desk(growing)
        assert (due in {each.due for each in grown}) is named
        assert list(grown) == sorted(grown, key=lambda each: each.due)
        assert all(each.due > night.clock.at for each in grown)


async def test_nothing_grows_where_the_desks_time_stays(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert await night.run_on_desk(growing) == ()
        await held_desk(night, pilot, hours=2)
        await press(pilot, "1")
        await settle(pilot)
        (noted,) = await entries(night, ev.LogNoted)
        assert "longer" not in noted.text
        assert "+ " not in picture(pilot)


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


@pytest.mark.parametrize(("forward", "words"), [(2.0, "unchanged."), (61.0, "1 min longer.")])
async def test_a_clock_set_forward_before_is_said_once_it_is_set_back_by_more(
    tmp_path: Path, forward: float, words: str
) -> None:
    """The desk went with it; what it takes back of that no countdown gets for nothing."""
    async with desk(tmp_path) as night, night.running() as pilot:
        night.clock.pace = 1.0
        await night.open_case(place=PLACE, said="厨房漏水")
        await heartbeat(pilot)
        night.clock.set_by(seconds=forward)
        await heartbeat(pilot)
        before = night.desk.clock.now()
        night.clock.set_by(hours=-1)
        await heartbeat(pilot, 2)
        back = (before - night.desk.clock.now()).total_seconds()
        assert back == (forward if forward > 2 else 0)
        assert words in " ".join(picture(pilot).split())
