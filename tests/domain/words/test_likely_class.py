"""Which class a caller's words are about: weighed, proposed, and measured on everyday calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.words.likely_class import MOST, likely_classes
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.categories import parse_categories
from tests.domain.support import DATA

CALLS = Path(__file__).parent / "calls"
FLOOR = 0.85
"""Of a hundred calls, how many stand among the proposals."""


def a_class(name: str, *cues: str, words: tuple[str, ...] = ()) -> Category:
    return Category(name, Label(name, name), "maintenance", "", words=words, cues=cues)


def ids(said: str, *classes: Category) -> list[str]:
    return [each.id for each in likely_classes(classes, said)]


def test_more_of_what_was_said_weighs_more() -> None:
    water, power = a_class("w", "没水"), a_class("p", "没电", "整栋 没电")
    assert ids("家里没水", water, power) == ["w"]
    assert ids("整栋没水没电", water, power) == ["p", "w"]


def test_every_part_of_a_cue_has_to_be_said() -> None:
    lift = a_class("lift", "电梯 人")
    assert ids("电梯坏了", lift) == []
    assert ids("有人在电梯里", lift) == ["lift"]


def test_what_stands_within_a_longer_cue_counts_once() -> None:
    once, twice = a_class("once", "漏水了"), a_class("twice", "漏水", "漏水了")
    assert ids("漏水了", once, twice) == ["once", "twice"]
    assert ids("漏水了", twice, once) == ["twice", "once"]


def test_a_name_and_a_word_count_like_a_cue_in_any_spelling() -> None:
    named, called = a_class("WIFI"), a_class("x", words=("光猫",))
    assert ids("ｗｉｆｉ 没了, 光猫亮红灯", named, called) == ["WIFI", "x"]


def test_no_more_than_three_and_none_without_words() -> None:
    classes = [a_class(str(n), "漏水") for n in range(MOST + 1)]
    assert ids("漏水", *classes) == ["0", "1", "2"]
    assert ids("", *classes) == ids("  ", *classes) == ids("[b]%s{x}", *classes) == []


@pytest.mark.parametrize(("file", "fewest"), [("everyday.txt", 200), ("held_out.txt", 100)])
def test_of_everyday_calls_the_class_is_among_the_proposals(file: str, fewest: int) -> None:
    shipped = parse_categories((DATA / "categories.toml").read_text("utf-8"))
    offered = [each for each in shipped if not each.procedures]
    lines = (CALLS / file).read_text("utf-8").splitlines()
    calls = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert len(calls) >= fewest
    assert {one for about, _said in calls for one in about.split("|")} <= {c.id for c in offered}
    missed = [
        (about, said)
        for about, said in calls
        if not {each.id for each in likely_classes(offered, said)} & set(about.split("|"))
    ]
    assert len(missed) <= (1 - FLOOR) * len(calls), missed
