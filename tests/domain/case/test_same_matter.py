"""Three of one class from one building within 48 hours are one matter, to the second."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dispatcher_tui.domain.case.same_matter import building, same_matter, to_link
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.site.register import NextFlat, NextTo
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.terms import Stage
from tests.domain.support import case_line, local

NOW = local("2026-11-21 22:47")
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def leak(number: int, ago: timedelta = HOUR, **changed: Any) -> CaseLine:
    """A leak in the building, opened so long ago."""
    values: dict[str, Any] = {
        "id": f"id-{number}",
        "number": f"261121-{number:02}",
        "place": f"3-{number}-0502",
        "category": "leak",
        "opened_at": NOW - ago,
        "emergency": False,
        "open": True,
        **changed,
    }
    return case_line(**values)


@pytest.mark.parametrize(
    ("ago", "n"),
    [(48 * HOUR - SECOND, 2), (48 * HOUR, 2), (48 * HOUR + SECOND, 0)],
)
def test_two_before_this_call_within_48_hours_make_three(ago: timedelta, n: int) -> None:
    assert len(same_matter([leak(1, ago), leak(2)], "3-2-1502", "leak", NOW)) == n


@pytest.mark.parametrize(
    "other",
    [
        leak(2, place="13-2-0502"),
        leak(2, place="北门"),
        leak(2, category="drain"),
        leak(2, stage=Stage.INVALID),
        leak(2, emergency=True),
        leak(2, opened_at=NOW + SECOND),
    ],
)
def test_what_is_no_third_of_them_leaves_it_at_two(other: CaseLine) -> None:
    assert same_matter([leak(1), other], "3-2-1502", "leak", NOW) == ()
    assert len(same_matter([leak(1), leak(3), other], "03-2-1502", "leak", NOW)) == 2


@pytest.mark.parametrize(("place", "category"), [("北门", "leak"), ("", "leak"), ("3-2-1502", "")])
def test_without_a_building_or_a_class_there_is_nothing_alike(place: str, category: str) -> None:
    lines = [leak(n, category=category, place=place) for n in (1, 2, 3)]
    assert same_matter(lines, place, category, NOW) == ()


def test_a_building_is_the_first_figure_of_a_unit_place() -> None:
    named = {"3-2-1502": "3", "03-2-1502": "3", "3栋2单元1502": "3", "A-0101": "A", "地下车库": ""}
    assert {place: building(place) for place in named} == named


def test_each_open_case_has_one_digit_and_only_the_newest_three_alike_have_one() -> None:
    here, above = leak(1), leak(2)
    flat = NextFlat(NextTo.ABOVE, Household("3-2-1602"), (above,))
    alike = tuple(leak(n) for n in (1, 2, 3, 4, 5))
    over = leak(9, open=False)
    assert to_link([here, over], [flat], alike) == (here, above, *alike[2:])
    assert to_link([over], [], (over,)) == ()
