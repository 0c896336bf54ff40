"""Which breaks are told, and which duties fell due in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dispatcher_tui.domain.time.clocks import Jump, Stillness
from dispatcher_tui.domain.watch.outage import Break, BreakKind, Fallen, Gap, break_of, breaks_of

AT = datetime(2026, 11, 21, 18, 13, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DUTY = Fallen("id", "261121-01", "3-2-1502", "notify@1", "P0-02", None, AT + SECOND, True)


def lasting(kind: BreakKind, seconds: float) -> Break:
    """A break of so many seconds."""
    return Break(kind, AT, AT + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("kind", "seconds", "worth"),
    [
        (BreakKind.STOPPED, 40_000.0, False),
        (BreakKind.CUT_OFF, 60.0, False),
        (BreakKind.CUT_OFF, 60.001, True),
        (BreakKind.STILL, 60.0, False),
        (BreakKind.STILL, 60.001, True),
        (BreakKind.CLOCK_SET, 3.0, True),
        (BreakKind.CLOCK_SET, -3.0, True),
    ],
)
def test_what_is_told_though_nothing_fell_due(kind: BreakKind, seconds: float, worth: bool) -> None:
    assert Gap((lasting(kind, seconds),)).worth_reading is worth


@pytest.mark.parametrize("kind", BreakKind)
def test_whatever_fell_due_is_told(kind: BreakKind) -> None:
    assert Gap((lasting(kind, 5),), (DUTY,)).worth_reading


def test_without_a_break_there_is_nothing_to_read() -> None:
    assert not Gap((), (DUTY,)).worth_reading


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
    ten_minutes = lasting(BreakKind.CUT_OFF, 600)
    assert ten_minutes.missed(AT + due * SECOND, AT + fired * SECOND) is missed


def test_nothing_falls_due_in_a_clock_that_was_set_back() -> None:
    back = lasting(BreakKind.CLOCK_SET, -7200)
    assert not any(back.missed(AT + n * SECOND, AT) for n in (-7200, -3600, 0, 1))


def test_what_two_heartbeats_showed_becomes_a_break() -> None:
    later = AT + timedelta(hours=2)
    assert break_of(Jump(AT, later)) == Break(BreakKind.CLOCK_SET, AT, later)
    assert break_of(Jump(later, AT)).seconds == -7200
    assert break_of(Stillness(AT, later, slept=True)) == Break(BreakKind.STILL, AT, later, True)
    assert not break_of(Stillness(AT, later, slept=None)).slept


def test_a_gap_reaches_from_its_first_break_to_its_last() -> None:
    first = lasting(BreakKind.STILL, 90)
    second = Break(BreakKind.CUT_OFF, AT + 200 * SECOND, AT + 500 * SECOND)
    gap = Gap((first, second))
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
    slept, jump = breaks_of((Stillness(AT, woken, True), Jump(woken, AT + timedelta(hours=1))))
    assert slept.until == woken
    assert slept.missed(AT + due * SECOND, AT + fired * SECOND) is missed
    assert not jump.missed(AT + due * SECOND, AT + fired * SECOND)
