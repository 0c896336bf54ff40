"""A ladder with nobody to ring is told before the night: who leaves soon, who has no number."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.site.site_problems import gaps_line
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.check import judge_scenes
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.domain.support import shipped_procedure
from tests.rules.test_e_over import EVERY
from tests.site.bad_files import group_of, leaving, on_the_roster, reached

KINDS = len(list((data_dir() / "emergency").glob("*.toml")))


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("2026-11-20", False),
        ("2026-11-21", True),
        ("2026-11-28", True),
        ("2026-11-29", False),
        ("", False),
    ],
)
def test_a_leader_who_leaves_within_a_week_is_named(last: str, told: bool) -> None:
    assert bool(leaving("03-01,,", f"03-01,{last},")) is told


def test_only_leaders_are_named_before_they_leave() -> None:
    assert leaving(",08:30,17:30,,,", ",08:30,17:30,,2026-11-22,") == []


def test_a_role_of_the_group_that_nobody_holds_is_no_fault_of_the_ladder() -> None:
    assert [gap.detail["name"] for gap in group_of("head", "head")] == ["sec"]
    assert [gap.detail["name"] for gap in on_the_roster("head", "head")] == ["vp"]
    assert group_of(",supervisor,", ",sec,") == []


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (",supervisor,service,", False),
        (",supervisor,security,", True),
        (",sec,service,", True),
        (",security_lead,service,", True),
    ],
)
def test_a_kind_reaches_whoever_goes_there_and_can_be_rung(row: str, found: bool) -> None:
    missed = reached(",supervisor,service,", row)
    assert [problem.code for problem in missed] == ([] if found else ["kinds_reach_nobody"])


def gone_to(procedure: str, *people: Person) -> int:
    """How many kinds of emergency reach nobody who goes there, under a shipped procedure."""
    layer = parse_layer(read_text(data_dir() / LAYER), LAYER)
    folder = sorted((data_dir() / "emergency").glob("*.toml"))
    cards = [parse_card(read_text(path), path.name) for path in folder]
    found = judge_scenes(cards, shipped_procedure(procedure), layer, people)
    titles = ", ".join(card.title.en for card in cards)
    assert not found or found[0].detail["en"] == titles, "each kind, or none"
    return len(cards) if found else 0


@pytest.mark.parametrize("procedure", EVERY)
def test_leaders_alone_go_to_no_scene_and_one_guard_is_enough(procedure: str) -> None:
    own = shipped_procedure(procedure)
    (ladder,) = (each for each in own.ladders if each.id == "emergency")
    rungs = (rung.role for rung in ladder.rungs)
    leaders = [
        Person(role, role, role, phones=("13900000101",), skills=("cpr", "电工"))
        for role in (*rungs, *own.emergency.leaders)
    ]
    leaders = [p if p.role not in own.emergency.leaders else replace(p, skills=()) for p in leaders]
    assert gone_to(procedure, *leaders) == KINDS, "a leader who knows first aid leads all the same"
    guard = Person("g", "甲", "guard", phones=("13900000102",), group="security")
    assert gone_to(procedure, *leaders, guard) == 0
    assert gone_to(procedure, *leaders, replace(guard, phones=())) == KINDS, "nobody can ring him"
    assert gone_to(procedure, *leaders, replace(guard, group="")) == KINDS


def test_the_kinds_that_reach_nobody_are_named() -> None:
    (problem,) = reached("13900000104,8001", ",")
    assert (problem.detail["zh"], problem.detail["en"]) == ("起火", "Fire")


def test_the_boards_line_names_three_gaps_and_counts_the_rest() -> None:
    words.use("en")
    gaps = on_the_roster("13900000101", "")
    roles = {"vp": "Vice president"}
    line = gaps_line(gaps, roles.__getitem__)
    assert line == ("The emergency ladder has nobody to ring: 陈志强, Vice president (nobody)")
    assert gaps_line([*gaps, *gaps], roles.__getitem__).endswith("陈志强 and 1 more")
    words.use("zh")
    assert gaps_line(gaps, str).startswith("紧急阶梯缺号码：陈志强、")
