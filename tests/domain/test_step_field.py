"""A day that has come, as it is typed, and at every stroke on the way there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.step_field import past_day

TODAY = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("03-31", date(2027, 3, 31)),
        ("4.1", date(2026, 4, 1)),
        ("11/20", date(2026, 11, 20)),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day(typed: str, day: date) -> None:
    assert past_day(typed, TODAY) == day


def test_the_29th_of_february_is_that_of_the_year_that_had_one() -> None:
    assert past_day("02-29", date(2029, 1, 5)) == date(2028, 2, 29)
    with pytest.raises(ValueError, match="02-29"):
        past_day("02-29", TODAY)


@pytest.mark.parametrize(
    "typed", ["", "1", "11", "11-", "-", "2027-04-01", "13-01", "1-2-3-4", "9" * 30 + "-1", "²-1"]
)
def test_what_is_no_day_yet_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        past_day(typed, TODAY)


@given(st.text(max_size=12))
def test_no_text_does_anything_else(typed: str) -> None:
    try:
        assert past_day(typed, TODAY) <= TODAY
    except ValueError:
        return
