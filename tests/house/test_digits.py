"""Every digit that a screen answers stands on it and in its help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.digits import Answer, answered, in_help, on_screen, untold
from tests.house.exceptions import judged
from tests.look.screens import demo_running


@pytest.mark.slow
async def test_every_digit_is_told(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with demo_running(tmp_path / "demo", lang="en") as demo:
        found = await answered(demo)
    assert {each.number for each in found["BoardScreen"]} == {1, 2, 3, 4, 5, 6}
    assert {6, 7, 8} <= {each.number for each in found["SlipsScreen"]}, "of the pages behind"
    assert found["LockScreen"] == [], "there they are the PIN's"
    missing = untold(found)
    record_property("report", f"digits a screen answers and does not tell: {len(missing)}")
    assert judged("digits", missing) == {}


def test_a_digit_is_read_in_help_alone_and_in_a_range() -> None:
    assert in_help("1-3: pages; 5, then 7: print") == {1, 2, 3, 5, 7}
    assert in_help("F10, 12:30, P0-05, 60 s, [E-01]") == set()


def test_a_digit_on_the_screen_stands_before_a_word_or_in_a_range() -> None:
    assert on_screen("[1 All 15] 2 Due  3*Paper  8: report") == {1, 2, 3, 8}
    assert on_screen("  >1  New case\n   2  Notify") == {1, 2}
    assert on_screen("Deadlines: 1-3 or arrows") == {1, 2, 3}
    assert on_screen("Overdue 3   soon 12 · 3-2-1502  07:00  FW-000101") == set()


def test_what_is_missing_is_named_by_screen_digit_and_place() -> None:
    found = {"A": [Answer(1, "1 Go", "1: go"), Answer(2, "1 Go", "1: go")]}
    assert untold(found) == {"A 2 screen", "A 2 help"}
