"""What a list does, in lines: of whatever is too long to be listed it is said how much is not."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.site.list_lines import change_lines, refused_lines
from dispatcher_tui.site.lists.list_sheet import first_of


@pytest.mark.parametrize(("refused", "more"), [(1, 0), (50, 0), (51, 1), (128, 78)])
def test_rows_that_are_refused_and_not_named_are_counted(refused: int, more: int) -> None:
    use("en")
    lines = refused_lines([f"row {n}" for n in range(refused)])
    assert lines[: min(refused, 50)] == [f"row {n}" for n in range(min(refused, 50))]
    assert (f"and {more} more, not named here" in lines) == (more > 0)
    assert str(refused) in lines[-1]
    assert len(lines) == min(refused, 50) + (more > 0) + 1


@pytest.mark.parametrize(("count", "more"), [(5, ""), (6, " and 1 more"), (30, " and 25 more")])
def test_names_beyond_the_first_are_counted(count: int, more: str) -> None:
    use("en")
    change = ListChange(before=0, after=count, new=tuple(f"N{n}" for n in range(count)))
    line = list(change_lines("f", count, change, str))[1]
    assert line == f"  new: {count} (N0, N1, N2, N3, N4{more})"


def test_rows_of_a_note_beyond_the_first_are_counted() -> None:
    assert first_of(range(5)) == "0, 1, 2, 3, 4"
    assert first_of(range(6)) == "0, 1, 2, 3, 4 .. +1"
    assert first_of("abc", 2) == "a, b .. +1"
