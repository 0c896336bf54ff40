"""When exactly: every unit of time at its boundary, one second either side of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.time.calendar import (
    Calendar,
    HolidayTable,
    Shift,
    due_at,
    is_working_day,
    local_date,
    next_watch,
    watch_at,
)
from dispatcher_tui.domain.time.due import parse_due
from dispatcher_tui.domain.words.terms import DutyState, Label

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
DAY = Shift(Label("白班", "Day"), time(7), time(19))
NIGHT = Shift(Label("夜班", "Night"), time(19), time(7))


def days(*texts: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in texts)


def span(first: str, last: str) -> frozenset[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(start + timedelta(days=n) for n in range((end - start).days + 1))


Y2026 = HolidayTable(
    off=span("2026-01-01", "2026-01-03")
    | span("2026-02-15", "2026-02-23")
    | span("2026-04-04", "2026-04-06")
    | span("2026-05-01", "2026-05-05")
    | span("2026-06-19", "2026-06-21")
    | span("2026-09-25", "2026-09-27")
    | span("2026-10-01", "2026-10-07"),
    work=days("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
)
CALENDAR = Calendar("Asia/Shanghai", time(8, 30), time(17, 30), (DAY, NIGHT), {2026: Y2026})


def at(text: str) -> datetime:
    """A moment of Shanghai's clock, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def due(text: str, start: str) -> datetime:
    return due_at(CALENDAR, parse_due(text), at(start)).at


@pytest.mark.parametrize(
    ("spec", "start", "expected"),
    [
        ("90s", "2026-11-21 23:59:00", "2026-11-22 00:00:30"),
        ("10min", "2026-11-21 22:00:00", "2026-11-21 22:10:00"),
        ("2h", "2026-11-21 23:00:00", "2026-11-22 01:00:00"),
        ("24h", "2026-12-31 12:00:00", "2027-01-01 12:00:00"),
        ("2 days", "2026-11-21 00:00:00", "2026-11-24 00:00:00"),
        ("2 days", "2026-11-21 23:59:59", "2026-11-24 00:00:00"),
        ("1 day", "2026-11-22 00:00:00", "2026-11-24 00:00:00"),
        ("1 working day", "2026-11-20 09:00:00", "2026-11-23 17:30:00"),
        ("1 working day", "2026-11-20 23:59:59", "2026-11-23 17:30:00"),
        ("1 working day", "2026-11-21 00:00:00", "2026-11-23 17:30:00"),
        ("3 working days", "2026-11-18 09:00:00", "2026-11-23 17:30:00"),
        ("1 month", "2026-03-15 10:00:00", "2026-04-16 00:00:00"),
        ("1 month", "2026-01-31 10:00:00", "2026-03-01 00:00:00"),
        ("1 month", "2028-01-31 10:00:00", "2028-03-01 00:00:00"),
        ("1 month", "2028-01-29 10:00:00", "2028-03-01 00:00:00"),
        ("1 month", "2027-01-29 10:00:00", "2027-03-01 00:00:00"),
        ("1 month", "2026-12-31 10:00:00", "2027-02-01 00:00:00"),
        ("3 months", "2026-11-30 10:00:00", "2027-03-01 00:00:00"),
        ("12 months", "2028-02-29 10:00:00", "2029-03-01 00:00:00"),
        ("monday", "2026-11-21 22:47:00", "2026-11-24 00:00:00"),
        ("monday", "2026-11-22 23:59:59", "2026-11-24 00:00:00"),
        ("monday", "2026-11-23 00:00:00", "2026-12-01 00:00:00"),
        ("sunday", "2026-11-21 10:00:00", "2026-11-23 00:00:00"),
        ("day 25", "2026-11-24 23:59:59", "2026-11-26 00:00:00"),
        ("day 25", "2026-11-25 23:59:59", "2026-11-26 00:00:00"),
        ("day 25", "2026-11-26 00:00:00", "2026-12-26 00:00:00"),
        ("day 31", "2026-02-10 10:00:00", "2026-03-01 00:00:00"),
        ("day 31", "2028-02-29 10:00:00", "2028-03-01 00:00:00"),
        ("day 31", "2026-04-30 23:59:59", "2026-05-01 00:00:00"),
        ("day 30", "2026-01-31 10:00:00", "2026-03-01 00:00:00"),
        ("day 5", "2026-12-06 10:00:00", "2027-01-06 00:00:00"),
        ("shift end", "2026-11-21 07:00:00", "2026-11-21 19:00:00"),
        ("shift end", "2026-11-21 18:59:59", "2026-11-21 19:00:00"),
        ("shift end", "2026-11-21 19:00:00", "2026-11-22 07:00:00"),
        ("shift end", "2026-11-21 23:59:59", "2026-11-22 07:00:00"),
        ("shift end", "2026-11-22 00:00:00", "2026-11-22 07:00:00"),
        ("shift end", "2026-11-22 06:59:59", "2026-11-22 07:00:00"),
        ("shift end", "2026-11-22 07:00:00", "2026-11-22 19:00:00"),
    ],
)
def test_due_time_and_a_second_either_side(spec: str, start: str, expected: str) -> None:
    found = due_at(CALENDAR, parse_due(spec), at(start))
    assert found.at == at(expected)
    assert found.at.tzinfo is UTC
    assert found.opens is None
    duty = Duty(key="k", rule="R", label=Label("", ""), do="", start=at(start), due=found.at)
    assert state(duty, found.at - SECOND) is DutyState.RUNNING
    assert state(duty, found.at) is DutyState.RUNNING
    assert state(duty, found.at + SECOND) is DutyState.OVERDUE


def test_not_before_opens_at_its_time_and_is_never_late_before() -> None:
    found = due_at(CALENDAR, parse_due("not before 24h"), at("2026-11-21 10:00:00"))
    opens = at("2026-11-22 10:00:00")
    assert found.opens == opens
    duty = Duty(
        key="k",
        rule="R",
        label=Label("", ""),
        do="",
        start=at("2026-11-21 10:00:00"),
        opens=opens,
        due=opens + timedelta(hours=24),
    )
    assert state(duty, opens - SECOND) is DutyState.WAITING
    assert state(duty, opens) is DutyState.RUNNING
    assert state(duty, opens + timedelta(hours=24)) is DutyState.RUNNING
    assert state(duty, opens + timedelta(hours=24) + SECOND) is DutyState.OVERDUE


@pytest.mark.parametrize("day", sorted(Y2026.work))
def test_make_up_days_of_2026_are_worked(day: date) -> None:
    assert day.weekday() >= 5
    assert is_working_day(CALENDAR, day) == (True, True)


@pytest.mark.parametrize("day", sorted(Y2026.off))
def test_holidays_of_2026_are_not_worked(day: date) -> None:
    assert is_working_day(CALENDAR, day) == (False, True)


@pytest.mark.parametrize(
    ("spec", "start", "expected"),
    [
        ("1 working day", "2026-09-30 10:00:00", "2026-10-08 17:30:00"),
        ("2 working days", "2026-09-30 10:00:00", "2026-10-09 17:30:00"),
        ("3 working days", "2026-09-30 10:00:00", "2026-10-10 17:30:00"),
        ("4 working days", "2026-09-30 10:00:00", "2026-10-12 17:30:00"),
        ("1 working day", "2026-02-13 10:00:00", "2026-02-14 17:30:00"),
        ("2 working days", "2026-02-13 10:00:00", "2026-02-24 17:30:00"),
        ("1 working day", "2026-09-19 10:00:00", "2026-09-20 17:30:00"),
        ("1 working day", "2026-01-01 10:00:00", "2026-01-04 17:30:00"),
    ],
)
def test_working_days_step_over_holidays_and_onto_make_up_days(
    spec: str, start: str, expected: str
) -> None:
    found = due_at(CALENDAR, parse_due(spec), at(start))
    assert (found.at, found.confirmed) == (at(expected), True)


def test_a_year_without_a_table_is_counted_by_weekdays_and_unconfirmed() -> None:
    assert is_working_day(CALENDAR, date(2027, 1, 1)) == (True, False)
    assert is_working_day(CALENDAR, date(2027, 1, 2)) == (False, False)
    over = due_at(CALENDAR, parse_due("1 working day"), at("2026-12-31 10:00:00"))
    assert (over.at, over.confirmed) == (at("2027-01-01 17:30:00"), False)
    within = due_at(CALENDAR, parse_due("1 working day"), at("2026-12-30 10:00:00"))
    assert (within.at, within.confirmed) == (at("2026-12-31 17:30:00"), True)


@pytest.mark.parametrize("spec", ["2h", "2 days", "1 month", "monday", "day 25", "shift end"])
def test_only_working_days_need_a_table(spec: str) -> None:
    assert due_at(CALENDAR, parse_due(spec), at("2027-03-01 10:00:00")).confirmed


@pytest.mark.parametrize(
    ("moment", "shift", "start", "end"),
    [
        ("2026-11-21 06:59:59", NIGHT, "2026-11-20 19:00:00", "2026-11-21 07:00:00"),
        ("2026-11-21 07:00:00", DAY, "2026-11-21 07:00:00", "2026-11-21 19:00:00"),
        ("2026-11-21 18:59:59", DAY, "2026-11-21 07:00:00", "2026-11-21 19:00:00"),
        ("2026-11-21 19:00:00", NIGHT, "2026-11-21 19:00:00", "2026-11-22 07:00:00"),
        ("2026-11-22 00:00:00", NIGHT, "2026-11-21 19:00:00", "2026-11-22 07:00:00"),
    ],
)
def test_the_boundary_instant_belongs_to_the_new_shift(
    moment: str, shift: Shift, start: str, end: str
) -> None:
    watch = watch_at(CALENDAR, at(moment))
    assert (watch.shift, watch.start, watch.end) == (shift, at(start), at(end))


def test_the_next_watch_begins_where_this_one_ends() -> None:
    watch = watch_at(CALENDAR, at("2026-11-21 22:47:00"))
    after = next_watch(CALENDAR, watch)
    assert (after.shift, after.start) == (DAY, watch.end)
    assert next_watch(CALENDAR, after).shift == NIGHT


def test_one_shift_round_the_clock() -> None:
    whole = Shift(Label("全天", "All day"), time(8), time(8))
    calendar = Calendar("Asia/Shanghai", time(8), time(17), (whole,), {})
    assert watch_at(calendar, at("2026-11-21 07:59:59")).end == at("2026-11-21 08:00:00")
    assert watch_at(calendar, at("2026-11-21 08:00:00")).end == at("2026-11-22 08:00:00")


def test_a_gap_in_the_plan_waits_for_the_next_shift() -> None:
    calendar = Calendar("Asia/Shanghai", time(8), time(17), (DAY,), {})
    watch = watch_at(calendar, at("2026-11-21 19:00:00"))
    assert (watch.start, watch.end) == (at("2026-11-22 07:00:00"), at("2026-11-22 19:00:00"))


def test_days_are_local_not_utc() -> None:
    assert local_date(CALENDAR, datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC)) == date(
        2026, 11, 21
    )
    assert local_date(CALENDAR, datetime(2026, 11, 21, 16, tzinfo=UTC)) == date(2026, 11, 22)
    assert due("1 day", "2026-11-22 00:00:00") == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_elapsed_hours_pass_through_a_change_of_the_clocks_and_midnight_stays_local() -> None:
    berlin = Calendar("Europe/Berlin", time(8), time(17), (DAY, NIGHT), {})
    zone = ZoneInfo("Europe/Berlin")
    eve = datetime(2026, 3, 28, 23, tzinfo=zone).astimezone(UTC)  # one hour is left out that night
    assert due_at(berlin, parse_due("8h"), eve).at == eve + timedelta(hours=8)
    assert due_at(berlin, parse_due("shift end"), eve).at == eve + timedelta(hours=7)
    midnight = datetime(2026, 3, 30, tzinfo=zone).astimezone(UTC)
    assert due_at(berlin, parse_due("1 day"), eve).at == midnight


MOMENTS = st.integers(1_577_836_800, 2_208_988_800).map(  # 2020 to 2040
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
SPECS = st.sampled_from(
    [
        "10min",
        "2h",
        "1 day",
        "3 working days",
        "1 month",
        "shift end",
        "monday",
        "day 31",
        "not before 24h",
    ]
)


@given(MOMENTS, SPECS)
def test_nothing_is_due_before_it_starts(start: datetime, spec: str) -> None:
    assert due_at(CALENDAR, parse_due(spec), start).at > start


@given(MOMENTS)
def test_somebody_is_always_on_watch(moment: datetime) -> None:
    watch = watch_at(CALENDAR, moment)
    assert watch.start <= moment < watch.end
    assert watch.end - watch.start == timedelta(hours=12)
