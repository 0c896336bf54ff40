"""Holiday tables together: the year each day belongs to, and what is known of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.time.calendar import (
    Calendar,
    HolidayTable,
    Shift,
    due_at,
    is_working_day,
)
from dispatcher_tui.domain.time.due import WorkingDays
from dispatcher_tui.domain.time.holidays import (
    belongs_with,
    by_year,
    completed,
    known,
    notice_of,
    years_lacking,
)
from dispatcher_tui.domain.words.terms import Label

SHIFTS = (Shift(Label("夜", "night"), time(20), time(8)),)


def table(off: str = "", work: str = "", *, partial: bool = False) -> HolidayTable:
    """A table of the days in two lists."""
    one, other = (frozenset(map(date.fromisoformat, each.split())) for each in (off, work))
    return HolidayTable(one, other, partial)


def of(tables: dict[int, HolidayTable]) -> Calendar:
    """A site's calendar with these tables."""
    return Calendar("Asia/Shanghai", time(8, 30), time(17, 30), SHIFTS, tables)


def calendar(**years: HolidayTable) -> Calendar:
    """A site's calendar with the tables ``y2026`` and so on."""
    return of({int(year.removeprefix("y")): each for year, each in years.items()})


def at(year: int, month: int, day: int) -> datetime:
    """Noon of a day at the site."""
    return datetime(year, month, day, 4, tzinfo=UTC)


NEW_YEAR = table("2026-12-31 2027-01-01", "2026-12-26")


@pytest.mark.parametrize(
    ("day", "with_2027"),
    [
        ("2026-11-30", False),
        ("2026-12-01", True),
        ("2026-12-31", True),
        ("2027-01-01", True),
        ("2027-12-31", True),
        ("2028-01-01", False),
        ("2025-12-31", False),
    ],
)
def test_a_notice_is_of_its_year_and_the_december_before(day: str, with_2027: bool) -> None:
    assert belongs_with(2027, date.fromisoformat(day)) is with_2027


def test_the_days_of_december_go_to_their_year() -> None:
    own = table("2026-01-01 2026-12-30", "2026-12-19")
    found = by_year({2026: own, 2027: NEW_YEAR})
    assert found[2026] == table("2026-01-01 2026-12-30 2026-12-31", "2026-12-19 2026-12-26")
    assert found[2027] == table("2027-01-01")


def test_where_two_notices_name_a_day_the_later_counts() -> None:
    found = by_year({2026: table("2026-01-01 2026-12-26", "2026-12-31"), 2027: NEW_YEAR})
    assert found[2026] == table("2026-01-01 2026-12-31", "2026-12-26")


def test_december_alone_makes_no_year_known() -> None:
    found = of(by_year({2027: NEW_YEAR}))
    assert found.holidays[2026] == table("2026-12-31", "2026-12-26", partial=True)
    assert (known(found, 2026), known(found, 2027)) == (False, True)
    assert is_working_day(found, date(2026, 12, 31)) == (False, True)
    assert is_working_day(found, date(2026, 12, 26)) == (True, True)
    assert is_working_day(found, date(2026, 12, 30)) == (True, False)
    assert due_at(found, WorkingDays(1), at(2026, 12, 25)).confirmed
    assert not due_at(found, WorkingDays(2), at(2026, 12, 25)).confirmed


def test_a_table_without_a_day_is_none() -> None:
    assert by_year({2027: table()}) == {}
    assert not known(calendar(y2027=table()), 2027)
    assert not known(calendar(), 2027)


def test_only_what_is_not_known_is_completed() -> None:
    pinned = calendar(y2026=table("2026-01-01"), y2028=table("2028-12-30", partial=True))
    later = calendar(
        y2026=table("2026-01-01 2026-01-02"), y2027=table("2027-01-01"), y2028=table("2028-01-01")
    )
    found = completed(pinned, later)
    assert found.holidays[2026] == pinned.holidays[2026], "a known year stays"
    assert found.holidays[2027] == later.holidays[2027]
    assert found.holidays[2028] == later.holidays[2028]
    assert completed(found, later) is found
    assert completed(pinned, calendar()) is pinned


def test_a_notice_comes_back_out_of_the_tables() -> None:
    found = of(by_year({2026: table("2026-01-01"), 2027: NEW_YEAR}))
    assert notice_of(found, 2027) == NEW_YEAR


DAYS = st.integers(0, 3 * 365).map(lambda n: date(2025, 6, 1) + timedelta(days=n))


@given(st.frozensets(DAYS), st.frozensets(DAYS))
def test_no_day_is_lost_or_in_a_wrong_year(off: frozenset[date], work: frozenset[date]) -> None:
    work -= off
    notices = {
        year: HolidayTable(
            frozenset(d for d in off if belongs_with(year, d)),
            frozenset(d for d in work if belongs_with(year, d)),
        )
        for year in (2026, 2027)
    }
    found = by_year(notices)
    for year, each in found.items():
        assert {day.year for day in each.off | each.work} <= {year}
        assert not each.off & each.work
    told = notices[2026], notices[2027]
    assert frozenset[date]().union(*(t.off for t in found.values())) == told[0].off | told[1].off
    assert frozenset[date]().union(*(t.work for t in found.values())) == told[0].work | told[1].work


@pytest.mark.parametrize(
    ("today", "of_2026", "both"),
    [
        ("2026-11-30", (), ()),
        ("2026-12-01", (2027,), ()),
        ("2026-12-31", (2027,), ()),
        ("2027-01-01", (2027,), ()),
        ("2027-11-30", (2027,), ()),
        ("2027-12-01", (2027, 2028), (2028,)),
    ],
)
def test_a_year_is_missed_from_the_december_before_on(
    today: str, of_2026: tuple[int, ...], both: tuple[int, ...]
) -> None:
    day, this = date.fromisoformat(today), table("2026-10-01")
    assert years_lacking(calendar(y2026=this), day) == of_2026
    assert years_lacking(calendar(y2026=this, y2027=table("2027-10-01")), day) == both
    begun = of(by_year({2026: this, 2027: table()}))
    assert years_lacking(begun, day) == of_2026, "a table without a day is none"
