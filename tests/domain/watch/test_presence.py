"""When the lone operator is asked, by when a key is awaited, and when names are hidden."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.watch.presence import (
    Presence,
    PresenceCheck,
    answer_by,
    answered,
    idle_for,
    to_ask,
    to_hide,
    to_miss,
)

ZONE = ZoneInfo("Asia/Shanghai")
CHECK = PresenceCheck(every=60, start=time(23, 0), until=time(6, 0), answer=5)
SECOND = timedelta(seconds=1)


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of the night at the site, in UTC."""
    day = 21 if hour >= 12 else 22
    return datetime(2026, 11, day, hour, minute, second, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(("seconds", "asked"), [(-1, False), (0, True), (1, True)])
def test_it_is_asked_after_so_many_minutes_without_a_key(seconds: int, asked: bool) -> None:
    now = at(1, 30) + seconds * SECOND
    assert to_ask(CHECK, Presence(at(0, 30)), now, ZONE) is asked


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        (at(22, 59, 59), False),
        (at(23), True),
        (at(23, 0, 1), True),
        (at(5, 59, 59), True),
        (at(6), False),
        (at(6, 0, 1), False),
    ],
)
def test_it_is_asked_at_night_alone(now: datetime, asked: bool) -> None:
    assert to_ask(CHECK, Presence(at(20)), now, ZONE) is asked


@pytest.mark.parametrize(
    ("start", "until", "hour", "asked"),
    [(1, 5, 0, False), (1, 5, 1, True), (1, 5, 5, False), (0, 0, 14, True), (0, 0, 3, True)],
)
def test_a_window_within_one_day_and_one_of_a_whole_day(
    start: int, until: int, hour: int, asked: bool
) -> None:
    check = PresenceCheck(every=60, start=time(start), until=time(until))
    assert to_ask(check, Presence(at(12)), at(hour), ZONE) is asked


def test_every_0_switches_it_off_and_it_is_asked_once() -> None:
    assert not to_ask(PresenceCheck(every=0), Presence(at(20)), at(3), ZONE)
    assert not to_ask(CHECK, Presence(at(20), asked_at=at(23)), at(3), ZONE)


@pytest.mark.parametrize(("seconds", "missed"), [(-1, False), (0, True), (1, True)])
def test_an_answer_is_missed_when_its_time_is_over(seconds: int, missed: bool) -> None:
    asked = Presence(at(0), asked_at=at(1))
    assert answer_by(CHECK, asked) == at(1, 5)
    assert to_miss(CHECK, asked, at(1, 5) + seconds * SECOND) is missed


def test_it_is_missed_once_and_only_where_it_was_asked() -> None:
    assert not to_miss(CHECK, Presence(at(0), at(1), missed=True), at(3))
    assert not to_miss(CHECK, Presence(at(0)), at(3))
    assert answer_by(CHECK, Presence(at(0))) is None


def test_a_key_answers_what_was_asked() -> None:
    assert answered(Presence(at(0), asked_at=at(1)), at(1, 2, 3)) == 123
    assert answered(Presence(at(0), asked_at=at(1)), at(0)) == 0
    assert answered(Presence(at(0)), at(1)) is None


@pytest.mark.parametrize(("seconds", "hidden"), [(-1, False), (0, True), (1, True)])
def test_names_are_hidden_after_so_many_minutes(seconds: int, hidden: bool) -> None:
    assert to_hide(10, Presence(at(0)), at(0, 10) + seconds * SECOND) is hidden


def test_0_minutes_hide_never_and_a_clock_set_back_is_no_idleness() -> None:
    assert not to_hide(0, Presence(at(0)), at(5))
    assert idle_for(Presence(at(5)), at(1)) == timedelta(0)
    assert not to_ask(CHECK, Presence(at(5)), at(1), ZONE)
