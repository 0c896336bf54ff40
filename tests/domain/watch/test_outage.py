"""Which breaks are told, and which duties fell due in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dispatcher_tui.domain.time.clocks import ClockJump, Suspension
from dispatcher_tui.domain.watch.outage import (
    MissedDuty,
    Outage,
    OutageKind,
    OutageReport,
    outage_of,
    outages_of,
)

AT = datetime(2026, 11, 21, 18, 13, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DUTY = MissedDuty("id", "261121-01", "3-2-1502", "notify@1", "P0-02", None, AT + SECOND, True)


def lasting(kind: OutageKind, seconds: float) -> Outage:
    """A break of so many seconds."""
    return Outage(kind, AT, AT + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("kind", "seconds", "worth"),
    [
        (OutageKind.STOPPED, 40_000.0, False),
        (OutageKind.CUT_OFF, 60.0, False),
        (OutageKind.CUT_OFF, 60.001, True),
        (OutageKind.STILL, 60.0, False),
        (OutageKind.STILL, 60.001, True),
        (OutageKind.CLOCK_SET, 3.0, True),
        (OutageKind.CLOCK_SET, -3.0, True),
    ],
)
def test_what_is_told_though_nothing_fell_due(
    kind: OutageKind, seconds: float, worth: bool
) -> None:
    assert OutageReport((lasting(kind, seconds),)).worth_reading is worth


@pytest.mark.parametrize("kind", OutageKind)
def test_whatever_fell_due_is_told(kind: OutageKind) -> None:
    assert OutageReport((lasting(kind, 5),), (DUTY,)).worth_reading


def test_without_a_break_there_is_nothing_to_read() -> None:
    assert not OutageReport((), (DUTY,)).worth_reading


@pytest.mark.parametrize(
    ("due", "fired", "missed"),
    [
        (0, 600, True),
        (300, 600, True),
        (600, 600, True),
        (601, 601, False),
        (-1, 600, True),  # its heartbeat may have been the one that did not come
        (-2, 600, False),
        (300, 598, True),  # the wall clock may lag behind by the tolerance
        (300, 597, False),
        (1, 1, False),  # it was fired, and the sign of life came before
    ],
)
def test_a_duty_is_missed_that_fell_due_in_it_and_was_fired_after_it(
    due: int, fired: int, missed: bool
) -> None:
    ten_minutes = lasting(OutageKind.CUT_OFF, 600)
    assert ten_minutes.missed(AT + due * SECOND, AT + fired * SECOND) is missed


def test_nothing_falls_due_in_a_clock_that_was_set_back() -> None:
    back = lasting(OutageKind.CLOCK_SET, -7200)
    assert not any(back.missed(AT + n * SECOND, AT) for n in (-7200, -3600, 0, 1))


def test_what_two_heartbeats_showed_becomes_a_break() -> None:
    later = AT + timedelta(hours=2)
    assert outage_of(ClockJump(AT, later)) == Outage(OutageKind.CLOCK_SET, AT, later)
    assert outage_of(ClockJump(later, AT)).seconds == -7200
    assert outage_of(Suspension(AT, later, slept=True)) == Outage(OutageKind.STILL, AT, later, True)
    assert not outage_of(Suspension(AT, later, slept=None)).slept


def test_a_gap_reaches_from_its_first_break_to_its_last() -> None:
    first = lasting(OutageKind.STILL, 90)
    second = Outage(OutageKind.CUT_OFF, AT + 200 * SECOND, AT + 500 * SECOND)
    gap = OutageReport((first, second))
    assert (gap.since, gap.until) == (AT, AT + 500 * SECOND)


@pytest.mark.parametrize(
    ("due", "fired", "missed"),
    [
        (1, 3600, True),
        (3600, 3600, True),
        (3601, 3601, False),  # it falls due after the waking, and is fired in time
        (-5, 3600, False),
    ],
)
def test_a_sleep_may_end_on_a_clock_that_was_set_back(due: int, fired: int, missed: bool) -> None:
    woken = AT + timedelta(hours=9)
    slept, jump = outages_of(
        (Suspension(AT, woken, True), ClockJump(woken, AT + timedelta(hours=1)))
    )
    assert slept.until == woken
    assert slept.missed(AT + due * SECOND, AT + fired * SECOND) is missed
    assert not jump.missed(AT + due * SECOND, AT + fired * SECOND)
