"""Figures alone may be a PIN: covered from the second on, and from the fourth on no words."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.covered import covered, is_covered, may_be_pin


@pytest.mark.parametrize(
    ("text", "hidden", "pin"),
    [
        ("", False, False),
        ("3", False, False),
        ("39", True, False),
        ("392", True, False),
        ("3921", True, True),
        ("\uff13\uff19\uff12\uff11", True, True),
        ("39 21", True, True),
        ("246813579012", True, True),
        ("3-", False, False),
        ("3-2-1502", False, False),
        ("1502室", False, False),
        ("13900003534", False, False),
        ("1390000353", True, True),
        ("139000035344", True, True),
        ("12900003534", True, True),
    ],
)
def test_figures_alone_are_covered_but_for_a_whole_mobile_number(
    text: str, *, hidden: bool, pin: bool
) -> None:
    assert is_covered(text) is hidden
    assert may_be_pin(text) is pin
    assert covered(text) == ("****" if hidden else text)
