"""Whoever is at home is rung after those of ours who are not, whatever the card (E-02, E-03)."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time
from typing import Any

import pytest

from dispatcher_tui.domain.emergency import call_order as order
from dispatcher_tui.domain.emergency.call_tree import GROUP, Roster, Target
from dispatcher_tui.domain.emergency.layer import Scene
from dispatcher_tui.domain.emergency.next_call import Tree, next_call, waits
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.domain.ringing import BUSY, MISSED, REACHED, ZONE, call, outside, person

pytestmark = [pytest.mark.rule("E-02"), pytest.mark.rule("E-03")]

AT = datetime(2026, 11, 30, 8, 40, tzinfo=UTC)
"""16:40 at the estate."""
HOURS: list[dict[str, Any]] = [
    {},
    {"on_from": time(8), "on_until": time(18)},
    {"on_from": time(19), "on_until": time(20)},
    {"on_from": time(19), "on_until": time(7)},
]
DAY, AT_HOME = HOURS[1], HOURS[2]
CREW = [
    ("security_captain", "security"),
    ("implementer", "security"),
    ("security_lead", "security"),
    ("maintenance_lead", "maintenance"),
    ("implementer", "plant"),
    ("lift_captain", "lifts"),
    ("implementer", "cleaning"),
    ("head", ""),
    ("vp", ""),
]
LAYER_READ = parse_layer(read_text(data_dir() / LAYER), LAYER)
NUMBERS = {"fire": "119", "police": "110", "ambulance": "120", "lift_rescue": "96333"}


def tree_of(ring: tuple[str, ...], people: list[Person], *calls: Call, numbers: Any = None) -> Tree:
    """The tree of a card's order over these people at 16:40, after these calls."""
    slots = order.slots_of(ring, "", LAYER_READ.scenes, NUMBERS if numbers is None else numbers)
    roster = Roster(tuple(people), AT, ZONE)
    found = order.targets(LAYER_READ.ladder, (), roster, slots, outside())
    return Tree(targets=found, calls=calls, called=(), now=AT, purpose="reported")


def rings() -> dict[str, tuple[str, ...]]:
    """The orders of all cards that are shipped, by the card's file."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((data_dir() / "emergency").glob("*.toml")):
        card = parse_card(read_text(path), path.name)
        found[path.stem] = card.ring
    return found


RINGS = rings()


def on_duty_and_not_rung(tree: Tree) -> list[Target]:
    """Those of ours who are not at home, free, and were never rung; the leader whose turn it is
    among them."""
    ours = [t for t in tree.targets if t.rung == GROUP and not t.spare]
    if not tree.decided:
        ours += [t for t in tree.targets if t.rung >= 0 and waits(tree, t)][:1]
    return [t for t in ours if t.ready and waits(tree, t) and not tree.reach(t).made]


def answer(tree: Tree, draw: random.Random) -> Call | None:
    """The next call with some answer; None where nobody is rung any more."""
    following = next_call(tree)
    if following is None:
        return None
    outcome = draw.choice([REACHED, REACHED, MISSED, BUSY])
    target, back = following.target, outcome is REACHED
    return call(target.person, outcome, back=back, phone=following.phone)


@pytest.mark.parametrize("kind", RINGS)
def test_nobody_at_home_comes_before_one_of_ours_on_duty(kind: str) -> None:
    seed = random.randrange(2**32)
    print(f"{seed = }")
    draw = random.Random(seed)
    scene: dict[str, Scene] = {each.id: each for each in LAYER_READ.scenes}
    at_home = 0
    for _roster in range(12):
        people = [
            person(f"p{n}", role, group=group, post=draw.choice(["", "大门", "3栋"]), **hours)
            for n, (role, group) in enumerate(draw.choices(CREW, k=draw.randint(1, 9)))
            for hours in [draw.choice(HOURS)]
        ]
        calls: list[Call] = []
        for _call in range(30):
            tree = tree_of(RINGS[kind], people, *calls)
            following = next_call(tree)
            if following is None:
                break
            target = following.target
            first = not tree.reach(target).made
            named = target.scene_id and scene[target.scene_id].certified
            if target.rung == GROUP and target.off_duty and first and not named:
                at_home += 1
                assert on_duty_and_not_rung(tree) == []
            made = answer(tree, draw)
            assert made is not None
            calls.append(made)
    assert at_home, "somebody at home was rung in the end"


@pytest.mark.parametrize("hours", [{}, DAY], ids=["always", "by day"])
@pytest.mark.parametrize("first", ["fire", "ambulance", "police"])
def test_a_captain_at_home_is_rung_after_gate_engineering_and_head(
    first: str, hours: dict[str, Any]
) -> None:
    people = [
        person("captain", "security_captain", group="security", **AT_HOME),
        person("gate", group="security", post="大门", **hours),
        person("engineer", "maintenance", group="maintenance", **hours),
        person("h", "head", **hours),
    ]
    calls: list[Call] = []
    for who in ("", "gate", "engineer", "h", "captain"):
        following = next_call(
            tree_of((first, "guard", "gate", "engineering", "head"), people, *calls)
        )
        assert following is not None
        assert following.target.person == who
        calls.append(call(who, REACHED, back=True, phone=following.phone))


@pytest.mark.parametrize("hours", [DAY, AT_HOME], ids=["on duty", "at home"])
@pytest.mark.parametrize("contractor", ["", "13800000000"])
def test_the_lift_officer_is_followed_by_contractor_and_platform_before_the_guards(
    contractor: str, hours: dict[str, Any]
) -> None:
    people = [
        person("officer", "lift_captain", group="lifts", **hours),
        person("guard", group="security", **DAY),
        person("h", "head", **DAY),
    ]
    numbers = NUMBERS | ({"lift_contractor": contractor} if contractor else {})
    calls: list[Call] = []
    wanted = ["officer", *filter(None, [contractor]), "96333", "guard"]
    for who in wanted:
        tree = tree_of(RINGS["lift_entrapment"], people, *calls, numbers=numbers)
        following = next_call(tree)
        assert following is not None
        assert who in (following.target.person, following.phone)
        calls.append(
            call(following.target.person, MISSED if who == "officer" else REACHED,
                 back=who != "officer", phone=following.phone)
        )  # fmt: skip
