"""A ladder with nobody to ring is told before the night: who leaves soon, who has no number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatcher_tui.present import words
from dispatcher_tui.present.site_problems import gaps_line
from tests.site.bad_files import leaving, on_the_roster


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = words.language()
    yield
    words.use(before)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("2026-11-20", False),
        ("2026-11-21", True),
        ("2026-11-28", True),
        ("2026-11-29", False),
        ("", False),
    ],
)
def test_a_leader_who_leaves_within_a_week_is_named(last: str, told: bool) -> None:
    assert bool(leaving("03-01,,", f"03-01,{last},")) is told


def test_only_leaders_are_named_before_they_leave() -> None:
    assert leaving(",08:30,17:30,,,", ",08:30,17:30,,2026-11-22,") == []


def test_the_boards_line_names_three_gaps_and_counts_the_rest() -> None:
    words.use("en")
    gaps = on_the_roster("13900000101", "")
    roles = {"vp": "Vice president", "sec": "Security captain"}
    line = gaps_line(gaps, roles.__getitem__)
    assert line == (
        "The emergency ladder has nobody to ring:"
        " 陈志强, Vice president (nobody), Security captain (nobody)"
    )
    assert gaps_line([*gaps, *gaps], roles.__getitem__).endswith("(nobody) and 3 more")
    words.use("zh")
    assert gaps_line(gaps, str).startswith("紧急阶梯缺号码：陈志强、")
