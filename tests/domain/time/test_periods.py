"""Weeks, months, quarters and years: their names, their bounds, the one before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.time.periods import EVERY, period_at, period_named, period_of
from tests.domain.support import calendar, local

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("every", "day", "name", "first", "beyond"),
    [
        ("week", "2026-11-23", "2026-W48", "2026-11-23", "2026-11-30"),
        ("week", "2026-11-29", "2026-W48", "2026-11-23", "2026-11-30"),
        ("week", "2027-01-03", "2026-W53", "2026-12-28", "2027-01-04"),
        ("week", "2024-12-30", "2025-W01", "2024-12-30", "2025-01-06"),
        ("month", "2026-02-28", "2026-02", "2026-02-01", "2026-03-01"),
        ("month", "2026-12-31", "2026-12", "2026-12-01", "2027-01-01"),
        ("quarter", "2026-11-30", "2026-Q4", "2026-10-01", "2027-01-01"),
        ("quarter", "2026-01-01", "2026-Q1", "2026-01-01", "2026-04-01"),
        ("year", "2026-06-15", "2026", "2026-01-01", "2027-01-01"),
    ],
)
def test_a_day_lies_in_its_period(every: str, day: str, name: str, first: str, beyond: str) -> None:
    period = period_of(every, date.fromisoformat(day))
    assert (period.name, str(period.first), str(period.beyond)) == (name, first, beyond)
    assert period_named(name) == period


@given(st.sampled_from(EVERY), DAYS)
def test_periods_follow_one_another_without_a_gap(every: str, day: date) -> None:
    period = period_of(every, day)
    assert period.first <= day < period.beyond
    assert period_named(period.name) == period
    assert period.after().before() == period
    assert period.after().first == period.beyond
    assert period_of(every, period.beyond - timedelta(days=1)) == period


@pytest.mark.parametrize(
    "name", ["", "26-11", "2026-13", "2026-00", "2026-W54", "2025-W53", "2026-Q5", "2026-11-01"]
)
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        period_named(name)


def test_a_moment_lies_in_the_sites_own_week() -> None:
    before, at = local("2026-11-22 23:59:59"), local("2026-11-23 00:00")
    assert period_at("week", calendar(), before).name == "2026-W47"
    assert period_at("week", calendar(), at).name == "2026-W48"
    assert period_at("week", calendar(), at).span(calendar()) == (at, local("2026-11-30 00:00"))
