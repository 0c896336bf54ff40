"""A row of the call tree: who, how far, and the colour of that word alone (E-03)."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, OUTSIDE, Target
from dispatcher_tui.domain.emergency.next_call import Tree
from dispatcher_tui.domain.record.case import Call, Called
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.emergency.tree_lines import LEAST_CELLS, TREE_CELLS, how_far, tree_row
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.spans import Span, cells_of, plain
from tests.domain.ringing import AT, ZONE, call
from tests.domain.support import P0, rules

GUARD = Target("s", "马国栋", "", ("13900000109",), GROUP, title="保安部经理")
LIFT = Target("", "lift_rescue", "", ("96333",), OUTSIDE)
PROCEDURE = rules(P0).procedure


def tree(*calls: Call, called: tuple[Called, ...] = (), target: Target = GUARD) -> Tree:
    """The calls of one emergency to one target."""
    return Tree((target,), calls, called, AT)


def far(*calls: Call, called: tuple[Called, ...] = (), target: Target = GUARD) -> tuple[Span, str]:
    """How far they came, and when."""
    return how_far(target, tree(*calls, called=called, target=target), AT, ZONE)


def test_green_is_only_what_a_person_confirmed() -> None:
    use("zh")
    assert far() == (Span("待打", "fg2"), "")
    assert far(call("s", CallOutcome.REACHED)) == (Span("未复述", "warn"), "22:47")
    assert far(call("s", CallOutcome.REACHED, back=True)) == (Span("已复述", "okt"), "22:47")
    assert far(call("s", CallOutcome.NO_ANSWER)) == (Span("无人接", "overt", bold=True), "22:47")
    assert far(call("s", CallOutcome.RELAYED))[0].role == "overt"
    word = call("s", CallOutcome.RELAYED)
    assert far(word)[0].text == "仅转告 不知由谁转告"
    assert far(replace(word, taken_by="李四"))[0].text == "仅转告 李四转告"
    went = Called("s", "马国栋", on_the_way_at=AT)
    reached = call("s", CallOutcome.REACHED, back=True)
    assert far(reached, called=(went,)) == (Span("已出发", "fg0"), "22:47")
    there = replace(went, on_scene_at=AT + timedelta(minutes=1))
    assert far(reached, called=(there,)) == (Span("已到场", "okt"), "22:48")


def test_the_number_that_is_up_is_the_one_to_ring_until_it_was_rung() -> None:
    use("zh")
    assert how_far(GUARD, tree(), AT, ZONE, up=True)[0] == Span("现在打", "fg0")
    busy = call("s", CallOutcome.BUSY)
    assert how_far(GUARD, tree(busy), AT, ZONE, up=True)[0].text == "占线"


def test_a_row_beside_the_look_at_the_card() -> None:
    use("zh")
    row = tree_row(GUARD, tree(call("s", CallOutcome.REACHED)), PROCEDURE, ZONE, TREE_CELLS - 1)
    assert plain(row) == "+  马国栋 保安部经理     未复述       22:47"
    assert [span.role for span in row if span.text.strip()] == ["fg2", "fg0", "", "warn", "fg2"]
    outside = tree_row(LIFT, tree(target=LIFT), PROCEDURE, ZONE, TREE_CELLS - 1)
    assert plain(outside).split() == ["电梯救援", "96333", "待打"]


def test_the_number_stands_in_the_row_from_the_width_that_has_room_for_it() -> None:
    use("zh")
    for cells, shown in ((LEAST_CELLS - 2, False), (LEAST_CELLS - 1, True), (79, True)):
        text = plain(tree_row(GUARD, tree(), PROCEDURE, ZONE, cells))
        assert ("13900000109" in text) is shown
        assert width(text) <= cells


def test_what_happened_is_worth_more_than_what_they_are() -> None:
    use("en")
    both = (
        call("s", CallOutcome.REACHED),
        replace(call("s", CallOutcome.NO_ANSWER), at=AT + timedelta(minutes=5)),
    )
    text = plain(tree_row(GUARD, tree(*both), PROCEDURE, ZONE, TREE_CELLS - 1))
    assert "马国栋" in text
    assert "told 22:47, then No answer 22:52" in text
    assert "保安部经理" not in text


def test_a_service_whose_number_nobody_knows_says_so() -> None:
    use("zh")
    gas = Target("", "gas", "", (), FIRST)
    row = tree_row(gas, tree(target=gas), PROCEDURE, ZONE, TREE_CELLS - 1)
    assert row[-1].role == "overt"
    assert "燃气公司" in plain(row)


@pytest.mark.parametrize("name", ["欧阳" * 100, "王é" * 60, "👨‍👩‍👧" * 40])
def test_a_name_without_end_is_cut_before_how_far_they_are(name: str) -> None:
    use("zh")
    for cells in (45, 59, 79):
        row = plain(tree_row(replace(GUARD, name=name), tree(target=GUARD), PROCEDURE, ZONE, cells))
        assert width(row) <= cells
        assert ".." in row
        assert row.rstrip().endswith("待打") or "待打" in row


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_row_is_wider_than_its_pane_and_none_loses_the_name(lang: str) -> None:
    use("zh" if lang == "zh" else "en")
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _each in range(400):
        name = "阿卜杜热合曼买买提江艾力"[: rng.randrange(2, 13)]
        who = replace(
            GUARD, name=name, rung=rng.choice([0, 1, GROUP]), title="职" * rng.randrange(12)
        )
        outcome = rng.choice(list(CallOutcome))
        calls = [call("s", outcome, back=rng.random() < 0.5)] * rng.randrange(3)
        cells = rng.choice([45, 45, 59, 79])
        row = tree_row(who, tree(*calls, target=who), PROCEDURE, ZONE, cells)
        assert name in plain(row)
        assert cells_of(row) <= cells, plain(row)
