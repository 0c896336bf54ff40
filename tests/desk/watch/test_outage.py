"""Start, end and sign of life; what is read of a gap, and that nothing loses it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.alive import AliveFile, last_stop, stop_desk
from dispatcher_tui.desk.watch.outage import (
    fire_and_read,
    note_breaks,
    review_outages,
    start_desk,
    unread_outages,
)
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as wev
from dispatcher_tui.domain.record.watch_events import StopReason
from dispatcher_tui.domain.time.clocks import ClockJump, Suspension
from dispatcher_tui.domain.watch.outage import Outage, OutageKind
from tests.tui.support import PLACE, START, desk

MINUTE = timedelta(minutes=1)


def kinds(desk: Desk, *wanted: type[ev.Event]) -> list[Any]:
    """The bodies of the entries of these kinds, in order."""
    told = [line.entry for line in desk.store.log(None, None)]
    told.sort(key=lambda entry: entry.seq)
    return [entry.event for entry in told if isinstance(entry.event, wanted)]


def fallen(desk: Desk) -> list[ev.DutyFellDue]:
    """Every firing in the journal."""
    return kinds(desk, ev.DutyFellDue)


async def test_the_first_start_of_a_site_has_nothing_behind_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        file = AliveFile(night.store.path)
        found = await night.run_on_desk(lambda d: start_desk(d, file))
        assert found.stop is None
        assert await night.run_on_desk(lambda d: kinds(d, wev.DeskStarted)) == [wev.DeskStarted()]
        assert not (await night.run_on_desk(fire_and_read)).breaks


async def test_an_end_in_order_is_told_from_one_that_was_not(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda d: start_desk(d, None))
        night.clock.forward(minutes=1)
        await night.run_on_desk(lambda d: stop_desk(d, StopReason.LEFT))
        left = night.clock.at
        night.clock.forward(minutes=2)
        found = await night.run_on_desk(lambda d: start_desk(d, None))
        assert found.stop == Outage(OutageKind.STOPPED, left, night.clock.at)
        begun = night.clock.at
        night.clock.forward(minutes=3)
        found = await night.run_on_desk(lambda d: start_desk(d, None))
        assert found.stop == Outage(OutageKind.CUT_OFF, begun, night.clock.at)
        assert await night.run_on_desk(lambda d: kinds(d, wev.DeskStarted)) == [
            wev.DeskStarted(),
            wev.DeskStarted(stopped_at=left),
            wev.DeskStarted(stopped_at=begun, clean=False),
        ]


async def test_the_sign_of_life_dates_a_crash(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        file = AliveFile(night.store.path)
        start = await night.run_on_desk(lambda d: start_desk(d, file))
        alive = night.clock.forward(hours=3)
        assert file.write(alive, start.seq)
        night.clock.forward(minutes=28)
        stop = await night.run_on_desk(lambda d: last_stop(d, file))
        assert stop == Outage(OutageKind.CUT_OFF, alive, night.clock.at)


@pytest.mark.parametrize(
    "kept", [b"", b'{"at":"2026-', b"[]", b'{"at":"nonsense","start":1}', None]
)
async def test_a_half_written_sign_of_life_gives_way_to_the_newest_entry(
    tmp_path: Path, kept: bytes | None
) -> None:
    async with desk(tmp_path) as night:
        file = AliveFile(night.store.path)
        await night.run_on_desk(lambda d: start_desk(d, file))
        noted = night.clock.forward(minutes=5)
        await night.run_on_desk(lambda d: d.note("a line"))
        night.clock.forward(minutes=5)
        night.desk.actor = "cli:root"
        await night.run_on_desk(
            lambda d: d.note("written beside the desk, when it was dead already")
        )
        night.clock.forward(minutes=5)
        if kept is not None:
            file.path.write_bytes(kept)
        stop = await night.run_on_desk(lambda d: last_stop(d, file))
        assert stop == Outage(OutageKind.CUT_OFF, noted, night.clock.at)


async def test_the_sign_of_life_of_another_run_does_not_count(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        file = AliveFile(night.store.path)
        first = await night.run_on_desk(lambda d: start_desk(d, file))
        file.write(night.clock.at, first.seq)
        begun = night.clock.forward(days=3)
        await night.run_on_desk(lambda d: start_desk(d, file))  # it died before its own first sign
        night.clock.forward(minutes=2)
        stop = await night.run_on_desk(lambda d: last_stop(d, file))
        assert stop is not None
        assert stop.since == begun


def test_a_sign_of_life_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    file = AliveFile(tmp_path / "no such folder" / "desk.sqlite3")
    assert not file.write(START, 1)
    assert file.read(1) is None
    good = AliveFile(tmp_path / "desk.sqlite3")
    assert good.write(START, 1)
    assert good.read(1) == START
    assert [path.name for path in tmp_path.iterdir()] == ["desk.sqlite3.alive"]


async def test_what_fell_due_while_the_desk_was_off_is_read_and_fired_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda d: start_desk(d, None))
        case = (await night.open_case(place=PLACE, said="厨房漏水")).case
        first = await night.run_on_desk(lambda d: d.store.next_firing())
        assert first is not None
        await night.run_on_desk(lambda d: stop_desk(d, StopReason.LEFT))
        night.clock.at = first + MINUTE
        await night.run_on_desk(lambda d: start_desk(d, None))
        assert await night.run_on_desk(fallen) == []
        gap = await night.run_on_desk(fire_and_read)
        assert gap.worth_reading
        (duty, *_more) = gap.duties
        assert (duty.number, duty.place, duty.due) == (case.number, PLACE, first)
        assert duty.pending
        assert duty.label is not None
        fired = await night.run_on_desk(fallen)
        assert [event.duty for event in fired] == [each.duty for each in gap.duties]
        assert await night.run_on_desk(fire_and_read) == gap
        assert await night.run_on_desk(fallen) == fired


async def test_a_short_stop_with_nothing_missed_is_forgotten_by_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="厨房漏水")
        await night.run_on_desk(lambda d: start_desk(d, None))
        night.clock.forward(seconds=40)
        await night.run_on_desk(lambda d: start_desk(d, None))
        assert not (await night.run_on_desk(fire_and_read)).worth_reading
        assert not (await night.run_on_desk(unread_outages)).breaks


async def test_an_unread_gap_outlives_the_next_crash_until_it_is_read(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda d: start_desk(d, None))
        night.clock.forward(minutes=28)
        await night.run_on_desk(lambda d: start_desk(d, None))
        before = night.clock.at
    async with desk(tmp_path, at=before + 5 * MINUTE) as night:
        await night.run_on_desk(lambda d: start_desk(d, None))
        gap = await night.run_on_desk(fire_and_read)
        assert [each.seconds for each in gap.breaks] == [28 * 60, 5 * 60]
        late = Suspension(night.clock.at, night.clock.forward(minutes=2), slept=True)
        await night.run_on_desk(lambda d: note_breaks(d, [late]))
        left = await night.run_on_desk(lambda d: review_outages(d, gap))
        assert [each.kind for each in left.breaks] == [OutageKind.STILL]
        assert not (await night.run_on_desk(lambda d: review_outages(d, left))).breaks
        assert await night.run_on_desk(lambda d: kinds(d, wev.GapReviewed)) == [
            wev.GapReviewed(since=gap.since, until=gap.until),
            wev.GapReviewed(since=late.since, until=late.until),
        ]


async def test_very_many_breaks_that_nobody_reads_stay_a_few_lines(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        for _ in range(30):
            still = Suspension(night.clock.at, night.clock.forward(minutes=2), slept=None)
            await night.run_on_desk(lambda d, s=still: note_breaks(d, [s]))  # type: ignore[misc]
        gap = await night.run_on_desk(unread_outages)
        assert len(gap.breaks) == 20
        assert (gap.since, gap.until) == (START, night.clock.at)
        assert len(await night.run_on_desk(lambda d: kinds(d, wev.DeskStoodStill))) == 30


@pytest.mark.parametrize("before", [None, (), (ev.LogNoted(text="先写"),)])
async def test_a_clock_set_back_while_the_desk_was_off_is_a_jump(
    tmp_path: Path, before: tuple[ev.Event, ...] | None
) -> None:
    """Once, whether or not something is adopted before the start is written down."""
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda d: start_desk(d, None))
        await night.run_on_desk(lambda d: stop_desk(d, StopReason.LEFT))
        stopped = night.clock.at
        back = night.clock.set_by(hours=-2)
        if before is not None:
            await night.run_on_desk(lambda d: d.store.transact(lambda tx: d.note_in(tx, *before)))
        found = await night.run_on_desk(lambda d: start_desk(d, None))
        assert found.stop == Outage(OutageKind.CLOCK_SET, stopped, back)
        assert await night.run_on_desk(lambda d: kinds(d, wev.ClockJumped)) == [
            wev.ClockJumped(before=stopped, after=back, seconds=-7200.0)
        ]
        assert (await night.run_on_desk(fire_and_read)).worth_reading


@pytest.mark.parametrize("days", [1 / 12, 45])
async def test_forward_and_back_again_nothing_fires_twice(tmp_path: Path, days: float) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="厨房漏水")
        first = await night.run_on_desk(lambda d: d.store.next_firing())
        assert first is not None
        for sign in (1, -1, 1):
            was = night.clock.at
            now = night.clock.set_by(days=sign * days)
            await night.run_on_desk(lambda d, b=was, a=now: note_breaks(d, [ClockJump(b, a)]))  # type: ignore[misc]
            await night.run_on_desk(fire_and_read)
        fired = [event.duty for event in await night.run_on_desk(fallen)]
        assert fired
        assert len(set(fired)) == len(fired)
