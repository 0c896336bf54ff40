"""Two clocks side by side: what is a jump, what is a standstill, and what is neither."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dispatcher_tui.domain.time.clocks import (
    STILL_AFTER,
    TOLERANCE,
    ClockJump,
    ClockReading,
    Suspension,
    compare,
)

AT = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
BOOT = 5_000.0
HOURS = 3600.0


def later(boot: float, wall: float, awake: float | None = None, pace: float = 1.0) -> ClockReading:
    """A heartbeat after so many seconds by each of the clocks."""
    asleep = None if awake is None else BOOT + awake
    return ClockReading(AT + timedelta(seconds=wall), BOOT + boot, asleep, pace)


FIRST = later(0, 0, 0)


def test_the_limits_are_as_promised() -> None:
    assert (TOLERANCE, STILL_AFTER) == (2.0, 30.0)


@pytest.mark.parametrize("boot", [0.0, 1.0, 1.25, 29.9, 30.0])
def test_time_that_passes_alike_is_nothing(boot: float) -> None:
    assert compare(FIRST, later(boot, boot, boot)) == ()


@pytest.mark.parametrize("off", [2.0, -2.0, 1.9, -1.9])
def test_up_to_two_seconds_are_no_jump(off: float) -> None:
    assert compare(FIRST, later(0, off)) == ()


@pytest.mark.parametrize("off", [2.001, -2.001, 7200.0, -7200.0, 45 * 24 * HOURS])
def test_beyond_two_seconds_the_clock_was_set(off: float) -> None:
    (jump,) = compare(FIRST, later(0, off))
    assert jump == ClockJump(AT, AT + timedelta(seconds=off))
    assert jump.seconds == off


def test_a_jump_is_told_from_where_the_clock_should_have_been() -> None:
    (jump,) = compare(FIRST, later(1.0, 1.0 - 2 * HOURS, 1.0))
    assert jump == ClockJump(AT + timedelta(seconds=1), AT + timedelta(seconds=1 - 2 * HOURS))
    assert jump.seconds == -2 * HOURS


def test_a_night_of_slow_correction_is_never_a_jump() -> None:
    before, told = FIRST, list[Suspension | ClockJump]()
    for second in range(1, 12 * 3600):
        after = later(second, second * 1.0005)
        told += compare(before, after)
        before = after
    assert told == []


def test_slow_correction_is_allowed_for_in_a_long_sleep_as_well() -> None:
    hours = 8 * HOURS
    assert [type(each) for each in compare(FIRST, later(hours, hours * 1.0005, 1.0))] == [
        Suspension
    ]
    assert [type(x) for x in compare(FIRST, later(hours, hours * 1.0005 + 2.1, 1.0))] == [
        Suspension,
        ClockJump,
    ]


def test_more_than_thirty_seconds_without_a_heartbeat_is_a_standstill() -> None:
    (still,) = compare(FIRST, later(30.001, 30.001, 30.001))
    assert still == Suspension(AT, AT + timedelta(seconds=30.001), slept=False)
    assert still.seconds == 30.001


@pytest.mark.parametrize(
    ("awake", "slept"), [(1.0, True), (299.9, True), (300.1, False), (None, None)]
)
def test_sleep_is_told_from_standing_still(awake: float | None, slept: bool | None) -> None:
    (still,) = compare(FIRST, later(600, 600, awake))
    assert isinstance(still, Suspension)
    assert still.slept is slept


def test_a_clock_that_was_set_in_a_sleep_tells_both_by_the_clock_as_it_stood() -> None:
    still, jump = compare(FIRST, later(600, 600 - 2 * HOURS, 1.0))
    assert still == Suspension(AT, AT + timedelta(seconds=600), slept=True)
    assert jump == ClockJump(AT + timedelta(seconds=600), AT + timedelta(seconds=600 - 2 * HOURS))


def test_a_boot_clock_that_goes_back_is_taken_to_stand() -> None:
    assert compare(FIRST, later(-5, 1)) == ()


@pytest.mark.parametrize(("seconds", "count"), [(1800.0, 0), (1801.0, 1)])
def test_a_faster_clock_is_judged_by_its_own_pace(seconds: float, count: int) -> None:
    before = later(0, 0, 0, pace=60.0)
    assert len(compare(before, later(seconds, seconds, seconds, pace=60.0))) == count
