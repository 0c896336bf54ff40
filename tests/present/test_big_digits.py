"""Big digits."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.present.big_digits import big
from dispatcher_tui.present.cells import width


def test_a_place_to_read_back() -> None:
    assert [row.rstrip() for row in big("3-25")] == [
        " _       _   _",
        " _|  _   _| |_",
        " _|     |_   _|",
    ]


def test_every_digit_is_told_from_every_other() -> None:
    for one, other in combinations("0123456789-. ", 2):
        assert big(one) != big(other)


def test_full_width_digits_count_as_plain_ones() -> None:
    assert big("１３８－０") == big("138-0")


def test_the_rows_are_plain_ascii() -> None:
    assert all(row.isascii() for row in big("0123456789-. "))


def test_what_has_no_big_form_stands_on_the_lowest_row() -> None:
    top, middle, bottom = big("A座")
    assert bottom == "A 座"
    assert (top, middle) == ("    ", "    ")


@given(st.text(max_size=20))
def test_rows_stand_under_one_another(text: str) -> None:
    assert len({width(row) for row in big(text)}) == 1
