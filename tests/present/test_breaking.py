"""Lines of a measured width: everything fits, and nothing of a text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.present.breaking import broken, units

MIXED = st.text(alphabet="漏水到楼下，。（）《》abc .-3\u0301\n", max_size=80)


def measure(char: str) -> float:
    """A wide character is 1, another one 0.5, a mark that combines nothing."""
    if char == "\u0301":
        return 0.0
    return 1.0 if ord(char) > 0x2E80 else 0.5


def length(text: str) -> float:
    return sum(map(measure, text))


@given(MIXED, st.integers(3, 20))
def test_every_line_fits_and_nothing_is_lost(text: str, room: int) -> None:
    lines = broken(text, room, measure)
    assert all(length(line.rstrip(" ")) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("漏水到楼下两户", 4, ["漏水到楼", "下两户"]),
        ("漏水到楼，下", 4, ["漏水到", "楼，下"]),
        ("已报（保安）到场", 3, ["已报", "（保", "安）到", "场"]),
        ("First follow-up", 3, ["First", "follow", "-up"]),
        ("First follow-up", 5, ["First", "follow-up"]),
        ("abcdefgh", 2, ["abcd", "efgh"]),
        ("一\n二", 5, ["一", "二"]),
        ("", 5, [""]),
    ],
)
def test_where_lines_are_broken(text: str, room: float, lines: list[str]) -> None:
    assert broken(text, room, measure) == lines


def test_a_mark_that_combines_stays_with_its_letter() -> None:
    assert broken("aaaae\u0301b", 2.5, measure) == ["aaaae\u0301", "b"]


def test_units_are_words_and_wide_characters() -> None:
    assert units("3-2-1502 漏水，ab") == ["3-2-1502", " ", "漏", "水，", "ab"]
