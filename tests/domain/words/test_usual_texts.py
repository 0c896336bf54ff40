"""Usual texts: by a digit alone, never instead of words that only begin with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.words.usual_texts import MOST, taken_by_digit, usual_texts
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.problems import SiteError

SHIPPED = parse_categories(
    (Path(__file__).parents[3] / "data/categories.toml").read_text(encoding="utf-8")
)


def test_the_shipped_ones_begin_with_what_a_night_hears_most() -> None:
    frequent = usual_texts(SHIPPED)
    assert len(frequent) == MOST
    assert [each.category for each in frequent][:2] == ["leak", "drain"]
    assert frequent[-1].category == "noise"
    own = usual_texts(SHIPPED, "noise")
    assert {each.category for each in own} == {"noise"}
    assert own[0] == frequent[-1]
    assert usual_texts(SHIPPED, "smoke_fire") == (), "a danger is never a preset text"


@pytest.mark.parametrize("said", ["", "0", "3楼漏水", "12", "4", "1 漏水", "１", "-", "a"])
def test_words_are_words(said: str) -> None:
    assert taken_by_digit(said, usual_texts(SHIPPED, "noise")) is None


def test_a_digit_alone_is_one_of_them() -> None:
    own = usual_texts(SHIPPED, "noise")
    assert len(own) == 3
    assert [taken_by_digit(str(n), own) for n in (1, 2, 3)] == list(own)
    assert taken_by_digit(" 2 ", own) == own[1]


def test_the_site_is_told_of_one_too_many_and_of_an_empty_one() -> None:
    one = '[[category]]\nid = "x"\nname = { zh = "甲", en = "X" }\nclass = "c"\ntexts = [%s]\n'
    text = '{ zh = "水", en = "wet" },'
    assert len(parse_categories(one % (text * MOST))[0].texts) == MOST
    for texts, key, code in (
        (text * (MOST + 1), "category[x].texts", "too_many_texts"),
        ('{ zh = "", en = "a" }', "category[x].texts[#1].zh", "empty_text"),
    ):
        given = one % texts
        with pytest.raises(SiteError) as refused:
            parse_categories(given)
        (problem,) = refused.value.problems
        assert (problem.key, problem.code) == (key, code)
