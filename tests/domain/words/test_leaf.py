"""A binder and a page as they are typed."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.leaf import bare_leaf


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2", "2"),
        (" 2 ", "2"),
        ("第2页", "2"),
        ("第 12 册", "12"),
        ("3页", "3"),
        ("A-3", "A-3"),
        ("封底页", "封底"),
        ("第", "第"),
        ("页", "页"),
        ("第2册第3页", "第2册第3页"),
        ("", ""),
    ],
)
def test_the_number_alone_is_kept(typed: str, kept: str) -> None:
    assert bare_leaf(typed) == kept
