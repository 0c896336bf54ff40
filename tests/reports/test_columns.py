"""The widths of a table's columns: never more than there is, and no number broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dispatcher_tui.reports.columns import Need, needs, spread
from dispatcher_tui.reports.document import Column, Table

WIDTHS = st.lists(
    st.tuples(st.integers(1, 9), st.floats(1, 300), st.floats(0.05, 1)), min_size=1, max_size=9
)


@given(WIDTHS, st.booleans())
def test_columns_never_take_more_than_there_is(
    given_: list[tuple[int, float, float]], fill: bool
) -> None:
    asked = [Need(share, natural, natural * part) for share, natural, part in given_]
    widths = spread(asked, 100.0, fill=fill)
    assert sum(widths) <= 100.0001
    assert min(widths) > 0
    if sum(need.natural for need in asked) <= 100:
        assert all(w >= need.natural - 0.001 for w, need in zip(widths, asked, strict=True))
    if fill:
        assert sum(widths) == pytest.approx(100.0)


def test_numbers_stay_whole_and_words_uncut_while_the_long_text_is_broken() -> None:
    columns = (Column("No", 1, whole=True), Column("Assignee", 1), Column("Said", 1))
    table = Table(columns, (("261121-02", "张伟", "漏水" * 100),))
    number, assignee, said = spread(needs(table, cell_len, 60.0), 60.0)
    assert number == cell_len("261121-02")
    assert assignee >= cell_len("Assignee")
    assert said == pytest.approx(60.0 - number - assignee)


def test_columns_that_cannot_even_hold_their_words_are_cut_alike() -> None:
    assert spread([Need(1, 90, 60), Need(1, 90, 60)], 60.0) == [30.0, 30.0]
