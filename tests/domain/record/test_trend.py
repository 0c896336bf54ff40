"""Three months running: what is a rise, what is none, and what a quarter comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.record.trend import OpenedCount, Rise, TrendSeries, by_quarter, rising
from dispatcher_tui.domain.time.periods import period_named


def series(
    *counts: int, last: str = "2026-11", procedure: str = "p", level: str = ""
) -> TrendSeries:
    """Counts of months that follow one another, the last one of ``last``."""
    period, months = period_named(last), []
    for n in reversed(counts):
        months.append(OpenedCount(period.name, n))
        period = period.before()
    return TrendSeries(procedure, level, tuple(reversed(months)))


def test_a_rise_tells_its_numbers() -> None:
    found = rising((series(9, 3, 4, 7, level="grave"),))
    three = (OpenedCount("2026-09", 3), OpenedCount("2026-10", 4), OpenedCount("2026-11", 7))
    assert found == (Rise("p", "grave", three),)


@pytest.mark.parametrize(
    "counts",
    [(), (5,), (1, 2), (3, 3, 4), (3, 4, 4), (4, 3, 5), (3, 5, 4), (0, 0, 0), (1, 2, 3, 3)],
)
def test_equal_falling_or_too_short_is_no_rise(counts: tuple[int, ...]) -> None:
    assert rising((series(*counts),)) == ()


def test_it_goes_on_over_the_turn_of_the_year() -> None:
    (found,) = rising((series(0, 1, 2, last="2027-01"),))
    assert [opened.month for opened in found.months] == ["2026-11", "2026-12", "2027-01"]


def test_every_series_stands_for_itself() -> None:
    trend = (series(1, 2, 3, level="a"), series(3, 2, 1, level="b"), series(4, 5, 6))
    assert [rise.level for rise in rising(trend)] == ["a", ""]


@given(st.lists(st.integers(0, 5), max_size=14))
def test_only_the_last_three_months_count(counts: list[int]) -> None:
    strictly = len(counts) >= 3 and counts[-3] < counts[-2] < counts[-1]
    assert bool(rising((series(*counts),))) is strictly


def test_a_quarter_is_summed_once_all_of_it_is_there() -> None:
    assert by_quarter(series(1, 2, 3, 4, 5, last="2027-02")) == (("2026-Q4", 6),)
    assert by_quarter(series(1, 2, 3, last="2026-09")) == (("2026-Q3", 6),)
    assert by_quarter(series(1, 2, 3, last="2026-11")) == ()
