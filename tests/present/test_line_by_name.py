"""A case that stands for its content elsewhere: an emergency without words by its kind's name."""

from __future__ import annotations

from dispatcher_tui.domain.site.register import NextFlat, NextTo
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.present.case.home_lines import next_flats_line
from dispatcher_tui.present.line_texts import by_name
from tests.domain.support import case_line

NAMES = {"fire": "起火", "leak": "漏水"}


def called(name: str) -> str:
    return NAMES.get(name, name)


def test_a_kind_or_a_class_stands_by_name_and_what_was_said_as_it_was() -> None:
    burning = case_line(content="fire", emergency=True)
    assert by_name(burning, called).content == "起火"
    assert by_name(case_line(content="冒烟了", emergency=True), called).content == "冒烟了"
    assert by_name(case_line(content="fire"), called).content == "fire", "a caller's own word"
    assert by_name(case_line(category="leak"), called).content == "漏水"
    near = [NextFlat(NextTo.ABOVE, Household("3-2-1602"), (burning,))]
    assert "起火" in next_flats_line(near, called)
    assert "fire" not in next_flats_line(near, called)
