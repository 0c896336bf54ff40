"""Until when a file is kept: 24:00 of the same day so many years on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dispatcher_tui.domain.papers.retention import EARLIEST, first_day_kept, kept_until, years_kept
from dispatcher_tui.domain.time.calendar import local_date
from tests.domain.support import SECOND, calendar, local


@pytest.mark.rule("P4-18", "when")
@pytest.mark.parametrize(
    ("ended", "until"),
    [
        ("2023-11-18 00:00", "2026-11-19 00:00"),
        ("2023-11-18 23:59:59", "2026-11-19 00:00"),
        ("2023-11-19 00:00", "2026-11-20 00:00"),
        ("2024-02-29 12:00", "2027-03-01 00:00"),  # there is no 29th: the 28th's end
        ("2024-02-28 12:00", "2027-03-01 00:00"),
        ("2025-02-28 12:00", "2028-02-29 00:00"),
    ],
)
def test_a_file_is_kept_to_the_end_of_the_same_day_three_years_on(ended: str, until: str) -> None:
    assert kept_until(calendar(), local(ended), 3) == local(until)


@pytest.mark.rule("P4-18")
def test_the_longer_time_counts() -> None:
    assert [years_kept(3, 5), years_kept(5, 3), years_kept(3, 3)] == [5, 3 + 2, 3]


@pytest.mark.rule("P4-18")
@pytest.mark.parametrize("years", [1, 3, 4])
def test_the_day_that_is_asked_for_says_the_same_of_every_day_around_a_leap_year(
    years: int,
) -> None:
    """Two ways to the same answer, on each of two thousand days and at each day's first second."""
    for n in range(2_000):
        today = date(2023, 1, 1) + timedelta(days=n)
        first = first_day_kept(today, years)
        midnight = local(f"{today} 00:00")
        for back in (-1, 0, 1):
            ended = local(f"{first + timedelta(days=back)} 13:00")
            over = kept_until(calendar(), ended, years) <= midnight
            assert over is (local_date(calendar(), ended) < first)


@pytest.mark.rule("P4-18")
def test_a_second_before_the_day_is_over_it_is_still_kept() -> None:
    until = kept_until(calendar(), local("2023-11-18 15:00"), 3)
    for at, over in ((until - SECOND, False), (until, True), (until + SECOND, True)):
        today = local_date(calendar(), at)
        assert (date(2023, 11, 18) < first_day_kept(today, 3)) is over


@pytest.mark.rule("P4-18")
def test_a_time_longer_than_any_record_asks_for_none() -> None:
    assert first_day_kept(date(2026, 11, 18), 9_000) == EARLIEST
