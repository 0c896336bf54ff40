"""What a list must be like for its keys to be measured."""

from __future__ import annotations

import pytest

from tests.bench.programs import board
from tests.bench.sessions import CLIMB, scrolls


@pytest.mark.parametrize(("rows", "keys"), [(2, 0), (CLIMB + 1, 0), (CLIMB + 2, 1), (200, 139)])
def test_only_what_is_left_above_the_climb_can_be_scrolled(rows: int, keys: int) -> None:
    assert scrolls(board(rows)) == keys


def test_the_board_alone_is_ready_when_its_last_case_stands_where_it_has_few() -> None:
    assert board(2).ready == "261121-02"
    assert board(40).ready == board(41).ready == "261121-40"
