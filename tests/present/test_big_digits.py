"""Big digits: how wide they are, how they are grouped, and that each is told from every other."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.present.big_digits import ROWS, big, grouped, shape
from dispatcher_tui.present.spans import cells_of

DIGITS = "0123456789"


def wide(text: str, cells: int) -> int:
    """How many cells a number takes where there are so many; 0 where it is not drawn."""
    rows = big(text, cells)
    return cells_of(rows[0]) if rows else 0


def test_a_place_to_read_back() -> None:
    assert shape(big("3-25", 20)).splitlines() == [
        "333    222 555",
        "  3      2 5",
        "333 -- 222 555",
        "  3    2     5",
        "333    222 555",
    ]


def test_a_one_is_two_cells_wide() -> None:
    assert shape(big("11", 9)).splitlines() == [" 1  1", "11 11", " 1  1", " 1  1", " 1  1"]


def test_every_digit_is_told_from_every_other_by_its_filled_cells_alone() -> None:
    filled = {
        digit: "".join(
            "#" if c == digit else " "
            for row in big(digit, 3)
            for c in "".join(span.text for span in row)
        )
        for digit in f"{DIGITS}-:/."
    }
    for one, other in combinations(filled.values(), 2):
        assert one != other


def test_only_filled_cells_have_a_role_and_each_holds_its_own_digit() -> None:
    for row in big("3-2 07", 80):
        for span in row:
            assert (span.role == "digit") == bool(span.text.strip())
            assert len(set(span.text)) == 1


@pytest.mark.parametrize(
    ("number", "cells"),
    [
        ("13900003534", 46),
        ("01062345578", 46),
        ("010-6234 5578", 46),
        ("96333", 19),
        ("119", 9),
        ("3-2-1502", 28),
    ],
)
def test_how_wide_a_number_is_on_a_small_screen(number: str, cells: int) -> None:
    assert wide(number, cells) == cells


@pytest.mark.parametrize(
    ("number", "cells"), [("13900003534", 90), ("13800004471", 88), ("119", 18), ("96333", 38)]
)
def test_twice_as_wide_where_it_fits_and_once_one_cell_before(number: str, cells: int) -> None:
    assert wide(number, cells) == cells
    assert 0 < wide(number, cells - 1) <= cells // 2 + 1


def test_the_gaps_between_groups_give_way_first() -> None:
    assert [wide("13900003534", cells) for cells in (46, 45, 44, 43, 42, 41)] == [
        46,
        44,
        44,
        42,
        42,
        0,
    ]


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("13900003534", ("139", "0000", "3534")),
        ("139-0000-3534", ("139", "0000", "3534")),
        ("01062345678", ("010", "6234", "5678")),
        ("021-62345678", ("021", "6234", "5678")),
        ("05718234567", ("0571", "823", "4567")),
        ("0571-82345678", ("0571", "8234", "5678")),
        ("62345678", ("6234", "5678")),
        ("8234567", ("823", "4567")),
        ("4008208820", ("400", "820", "8820")),
        ("119", ("119",)),
        ("95598", ("95598",)),
        ("057182345678-801", ("057182345678", "801")),
        ("+8613900003534", ("+8613900003534",)),
        ("3-2-1502", ("3-2-1502",)),
        ("12-2-0301", ("12-2-0301",)),
        ("1-1-101", ("1-1-101",)),
        ("04:12", ("04:12",)),
    ],
)
def test_a_number_stands_in_the_groups_in_which_it_is_said(
    number: str, groups: tuple[str, ...]
) -> None:
    assert grouped(number) == groups


def test_full_width_digits_count_as_plain_ones() -> None:
    assert big("１３８－０") == big("138-0")


def test_what_has_no_big_form_stands_plain_on_the_lowest_row() -> None:
    *above, lowest = shape(big("A座", 5)).splitlines()
    assert (above, lowest) == (["", "", "", ""], "A 座")


def test_nothing_is_drawn_of_nothing_nor_where_it_has_no_room() -> None:
    assert big("", 80) == big(" ", 80) == ()
    assert wide("119", 9) == 9
    assert wide("119", 8) == 0


@given(st.text(max_size=20), st.integers(0, 130))
def test_rows_stand_under_one_another_within_their_room(text: str, cells: int) -> None:
    rows = big(text, cells)
    assert len(rows) in (0, ROWS)
    assert len({cells_of(row) for row in rows}) <= 1
    assert all(cells_of(row) <= cells for row in rows)
