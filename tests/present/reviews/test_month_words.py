"""Figures of the month in words: a rate never looks better than it is, parts add up."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record.month import Month, Timeliness
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.reviews.month_parts import paper_parts
from dispatcher_tui.present.reviews.month_words import Wording, percent, portion
from tests.domain.support import SHANGHAI


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


@pytest.mark.rule("P0-14", "recorded")
def test_the_formula_of_the_rate_is_printed_on_the_summary_with_its_numbers() -> None:
    figures = Month("2026-11", timeliness=Timeliness(due=7, in_time=6))
    paper = paper_parts(figures, Wording(SHANGHAI, Glossary()))
    parts = (paper.first, *paper.others)
    printed = [line for part in parts for table in part.grids for line in table.before]
    assert any("= 6 / 7 = 85.7 %" in line for line in printed)
    assert any("never done is late" in line for line in printed)
