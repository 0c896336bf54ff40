"""When two places of a panel's alarm are one."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.same_alarm import same_place


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("9-2-503", "9-2-0503", True),
        ("09栋2单元0503", "9-2-503", True),
        ("9-2-503", "9-2-5030", False),
        ("9-2-503", "9-20-503", False),
        ("9-0-503", "9-00-503", True),
        ("B1车库", "B1车库", True),
        ("007", "7", False),
        ("", "9-2-503", False),
    ],
)
def test_zeros_in_front_of_a_segment_make_no_other_place(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same
