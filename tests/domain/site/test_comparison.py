"""Two texts of a file line by line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.site.comparison import CONTEXT, ComparedLine, Side, compare

TEXT = st.lists(st.sampled_from(["a", "b", "c", "", "漏水"]), max_size=30).map("\n".join)


def test_a_changed_line_is_shown_as_the_sites_and_as_ours_with_a_little_around_it() -> None:
    lines = [str(n) for n in range(1, 10)]
    mine = [*lines[:4], "mine", *lines[5:]]
    found = compare("\n".join(mine), "\n".join(lines))
    assert (found.ours, found.shipped) == (1, 1)
    assert found.places == (
        (
            ComparedLine(Side.BOTH, 3, "3"),
            ComparedLine(Side.BOTH, 4, "4"),
            ComparedLine(Side.OURS, 5, "mine"),
            ComparedLine(Side.SHIPPED, 5, "5"),
            ComparedLine(Side.BOTH, 6, "6"),
            ComparedLine(Side.BOTH, 7, "7"),
        ),
    )


def test_places_far_apart_stand_apart() -> None:
    lines = [str(n) for n in range(20)]
    found = compare("\n".join(["x", *lines, "y"]), "\n".join(lines))
    assert len(found.places) == 2
    assert (found.ours, found.shipped) == (2, 0)
    assert all(len(place) == CONTEXT + 1 for place in found.places)


@given(TEXT, TEXT)
def test_nothing_that_differs_is_left_out(ours: str, shipped: str) -> None:
    """From the lines of one side and the rest of the shipped text the site's comes back."""
    found = compare(ours, shipped)
    rows = [row for place in found.places for row in place]
    mine = {row.number: row.text for row in rows if row.side is not Side.SHIPPED}
    new = [row.number for row in rows if row.side is Side.SHIPPED]
    lines, theirs = ours.splitlines(), shipped.splitlines()
    assert all(lines[number - 1] == text for number, text in mine.items())
    alone = {row.number for row in rows if row.side is Side.OURS}
    assert [line for n, line in enumerate(lines, 1) if n not in alone] == [
        line for n, line in enumerate(theirs, 1) if n not in new
    ]
    assert (not found.places) == (lines == theirs)
