"""A text that is typed where somebody's name is asked for."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.people import NAME_LIMIT, bare_figure, is_name


@pytest.mark.parametrize("typed", ["1", "11", " 11 ", "1 1 1", "１１", "3-2-1502", "+86 139", "½1"])
def test_figures_alone_name_nobody(typed: str) -> None:
    assert bare_figure(typed)
    assert not is_name(typed)


@pytest.mark.parametrize(
    "typed", ["", " ", "张伟", "张伟2", "3号岗", "Wang 2", "😀", "e\u0301", "Ⅳ-a"]
)
def test_a_letter_an_emoji_or_nothing_is_no_bare_figure(typed: str) -> None:
    assert not bare_figure(typed)


def test_a_name_ends_at_its_limit() -> None:
    assert is_name("张" * NAME_LIMIT)
    assert not is_name("张" * (NAME_LIMIT + 1))
