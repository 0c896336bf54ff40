"""What callers say for a danger: one word of it is enough to say F9 (E-01)."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.danger_words import danger_said
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.problems import SiteError
from tests.domain.support import DATA, P0, P4, rules

CLASSES = parse_categories((DATA / "categories.toml").read_text("utf-8"))


def said(text: str, procedure: str = P0) -> tuple[str, str]:
    """The word that was found and the id of its class; empty where none was."""
    found = danger_said(rules(procedure).procedure, CLASSES, text)
    return (found[0], found[1].id) if found else ("", "")


@pytest.mark.rule("E-01")
@pytest.mark.parametrize("procedure", [P0, P4])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我家着火了", "smoke_fire"),
        ("楼道里在冒烟", "smoke_fire"),
        ("配电房爆炸了", "smoke_fire"),
        ("我被困在5栋电梯里", "lift_entrapment"),
        ("电梯困人", "lift_entrapment"),
        ("厨房里有煤气味", "gas_smell"),
        ("有人触电了", "electric_shock"),
        ("孩子溺水了", "drowning"),
        ("老人晕倒在楼下", "person_hurt"),
        ("他没呼吸了", "person_hurt"),
        ("楼下打起来了", "fight"),
        ("The bin is ON FIRE", "smoke_fire"),
        ("my father is NOT breathing", "person_hurt"),
        ("someone is stuck in the lift", "lift_entrapment"),
        ("I can smell gas", "gas_smell"),
        ("there's a fire, help", "smoke_fire"),
        ("he wants to commit suicide", "self_harm"),
        ("ｏｎ　ｆｉｒｅ", "smoke_fire"),
        ("电动车着火", "battery_fire"),
        ("先是打起来, 后来着火了", "fight"),
    ],
)
def test_a_word_of_danger_is_found_under_every_procedure(
    text: str, kind: str, procedure: str
) -> None:
    assert said(text, procedure)[1] == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "卫生间漏水",
        "煤气费怎么交",
        "又跳闸了, 说是要跳闸",
        "被电梯门夹了一下",
        "化粪池满了",
        "烟味太大",
        "the fire door does not close",
        "火",
        "着 火",
    ],
)
def test_an_ordinary_call_is_not_led_to_f9(text: str) -> None:
    assert said(text) == ("", "")


def test_every_class_of_danger_has_words_and_no_word_is_of_two() -> None:
    level = next(each for each in rules(P0).procedure.levels if each.emergency)
    named = [c for c in CLASSES if not set(level.tags).isdisjoint(c.tags)]
    assert {c.id for c in named if not c.words} == {"fire_alarm", "other_emergency"}
    words = [word.casefold() for c in CLASSES for word in c.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("word", "sound"), [("火", False), (" 火 ", False), ("", False), ("火灾", True)]
)
def test_a_word_of_one_character_is_a_fault_of_the_file(word: str, *, sound: bool) -> None:
    text = (
        '[[category]]\nid = "x"\nname = { zh = "甲", en = "A" }\nclass = "security"\n'
        f'words = ["{word}"]\n'
    )
    if sound:
        assert parse_categories(text)[0].words == (word,)
        return
    with pytest.raises(SiteError) as error:
        parse_categories(text)
    assert [(p.key, p.code) for p in error.value.problems] == [("category[x].words", "short_word")]
