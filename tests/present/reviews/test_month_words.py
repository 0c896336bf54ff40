"""Figures of the month in words: a rate never looks better than it is, parts add up."""

from __future__ import annotations

import pytest

from dispatcher_tui.present.reviews.month_words import percent, portion


@pytest.mark.parametrize(
    ("rate", "shown"),
    [(None, "-"), (0.0, "0.0 %"), (0.8999, "89.9 %"), (0.9, "90.0 %"), (0.9999, "99.9 %")],
)
def test_a_rate_below_its_aim_is_not_shown_as_reaching_it(rate: float | None, shown: str) -> None:
    assert percent(rate) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 7, "0.0 %"),
        (1, 7, "14.3 %"),
        (4, 7, "57.1 %"),
        (1, 2000, "0.1 %"),
        (1, 2001, "0.0 %"),
        (7, 7, "100.0 %"),
    ],
)
def test_a_part_is_shown_to_the_nearest_tenth(part: int, whole: int, shown: str) -> None:
    assert portion(part, whole) == shown
