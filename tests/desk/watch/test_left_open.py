"""A desk that stood open when it stopped: opened again at once it is open, later it is locked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.alive import AliveFile, stop_desk
from dispatcher_tui.desk.watch.left_open import STAYS_OPEN, lock_left_open
from dispatcher_tui.desk.watch.outage import start_desk
from dispatcher_tui.desk.watch.watchkeeping import lock, sign_in
from dispatcher_tui.domain.record.watch_events import DeskLocked, StopReason
from tests.desk.on_watch import DAY, WANG, clock_of, day_watch, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Wang Fang has the watch at a desk that runs."""
    made = day_watch(tmp_path)
    start_desk(made, None)
    return made


def gone_for(desk: Desk, seconds: float, *, in_order: bool = False) -> bool:
    """Start it so long after its last sign of life; whether it is locked."""
    if in_order:
        stop_desk(desk, StopReason.LEFT)
    clock_of(desk).at += timedelta(seconds=seconds)
    return lock_left_open(desk, None)


@pytest.mark.parametrize("in_order", [False, True])
def test_within_a_minute_it_is_open_a_second_later_it_is_locked(
    desk: Desk, *, in_order: bool
) -> None:
    rows = desk.store.rows() + in_order
    assert not gone_for(desk, STAYS_OPEN, in_order=in_order)
    assert (desk.store.rows(), desk.store.post().locked) == (rows, False)
    clock_of(desk).at += timedelta(seconds=1)
    assert lock_left_open(desk, None)
    last = desk.store.last_of("desk_locked")
    assert last is not None
    assert last.event == DeskLocked(name=WANG.name, left_open=True)
    assert (desk.store.rows(), desk.store.post().locked) == (rows + 1, True)


def test_killed_and_started_again_at_the_lock_it_is_still_locked(desk: Desk) -> None:
    assert gone_for(desk, STAYS_OPEN + 1)
    rows = desk.store.rows()
    start_desk(desk, None)
    assert gone_for(desk, 1)
    assert desk.store.rows() == rows + 1, "its start, and no second lock"
    sign_in(desk, WANG.name, WANG.pin)
    assert not gone_for(desk, 1)


def test_the_sign_of_life_is_what_counts(desk: Desk, tmp_path: Path) -> None:
    file = AliveFile(desk.store.path)
    start = desk.store.last_of("desk_started")
    assert start is not None
    clock_of(desk).at += timedelta(hours=3)
    assert file.write(desk.clock.now(), start.seq)
    clock_of(desk).at += timedelta(seconds=STAYS_OPEN)
    assert not lock_left_open(desk, file)
    clock_of(desk).at += timedelta(seconds=1)
    assert lock_left_open(desk, file)


def test_where_the_clock_was_set_back_nobody_knows_how_long_it_was(desk: Desk) -> None:
    assert gone_for(desk, -3600)


def test_an_emergency_goes_on_without_a_pin(desk: Desk) -> None:
    desk.open_emergency("fire", "3-2")
    rows = desk.store.rows()
    assert not gone_for(desk, 3600)
    assert desk.store.rows() == rows


def test_a_drill_is_nobodys_desk(desk: Desk) -> None:
    desk.scratch = True
    assert not gone_for(desk, 3600)


def test_what_was_locked_is_and_a_desk_without_a_watch_is_not(desk: Desk, tmp_path: Path) -> None:
    lock(desk)
    assert gone_for(desk, 1)
    vacant = open_desk(tmp_path / "vacant", DAY)
    start_desk(vacant, None)
    assert not gone_for(vacant, 3600)
    vacant.store.close()


def test_one_that_nobody_could_open_again_is_not_locked(desk: Desk) -> None:
    desk.store.db.run("UPDATE operators SET disabled = 1")
    assert not gone_for(desk, 3600)
    assert not desk.store.post().locked
