"""Whoever is on the estate comes before those at home, with the words of the task still open."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency import call_order as order
from dispatcher_tui.domain.emergency.call_progress import progress
from dispatcher_tui.domain.emergency.call_tree import GROUP, Roster, Target
from dispatcher_tui.domain.emergency.layer import Scene
from dispatcher_tui.domain.emergency.next_call import Tree, WhyNext, next_call
from dispatcher_tui.domain.emergency.task import place_of
from dispatcher_tui.domain.record.case import Call
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.terms import Label
from tests.domain.ringing import (
    AT,
    CAPTAINS,
    CREW,
    DAY,
    ENGINEERING,
    GATE,
    GUARD,
    LADDER,
    LEADERS,
    MISSED,
    NIGHT,
    NUMBERS,
    REACHED,
    ZONE,
    call,
    outside,
    person,
    roster,
)

OPEN = Label("门岗抬杆敞开。", "Leave the gate open.")
ANYBODY = Scene("anybody", Label("在场的人", "Whoever is here"), groups=("cleaning",), reserve=True)
SCENES = (GUARD, replace(GATE, leaving=OPEN), ENGINEERING, ANYBODY)
CARDIAC = ("guard:1", "ambulance", "gate", "head", "anybody")
SHOCK = ("engineering!", "ambulance", "guard", "engineering", "gate", "head")
RINGS = (
    CARDIAC,
    SHOCK,
    ("fire", "guard", "gate", "engineering", "head", "ambulance"),
    ("guard", "engineering", "head"),
    ("engineering", "guard", "head"),
    ("police", "fire", "guard", "ambulance", "gate", "engineering", "head"),
)
REPEATS = (WhyNext.NOT_ON_THE_WAY, WhyNext.NOT_ON_SCENE, WhyNext.NOT_REPORTED)


def estate(people: Roster, ring: tuple[str, ...]) -> tuple[Target, ...]:
    """Everybody who is rung by that order on an estate whose gate can be left open."""
    return order.targets(LADDER, (), people, order.slots_of(ring, "", SCENES, NUMBERS), outside())


def rung(
    found: tuple[Target, ...], silent: tuple[str, ...] = (), many: int = 6
) -> list[tuple[str, str]]:
    """Who is rung one after the other, and as what: ``silent`` never answer."""
    calls: list[Call] = []
    given: list[tuple[str, str]] = []
    while len(given) < many:
        following = next_call(Tree(found, tuple(calls), (), AT, purpose="reported"))
        if following is None:
            break
        target = following.target
        given.append((target.person or following.phone, target.scene_id))
        missed = target.person in silent
        outcome = MISSED if missed else REACHED
        calls.append(call(target.person, outcome, back=not missed, phone=following.phone))
    return given


CLEANER = person("mop", group="cleaning", post="大堂", **NIGHT)
THREE = (  # one on duty, one at home, one at the gate; those who decide and engineers at home
    *LEADERS,
    person("he", group="security", post="监控室", **NIGHT),
    person("gao", group="security", **DAY),
    person("li", group="security", post="大门岗门岗", **NIGHT),
    person("e", "electrician", skills=("electrician",), **DAY),
)


@pytest.mark.rule("E-03")
def test_who_stands_at_the_gate_goes_and_presses_where_no_guard_was_told() -> None:
    found = estate(roster(*THREE), CARDIAC)
    assert rung(found)[:3] == [("he", "guard"), ("120", ""), ("li", "gate")]
    silent = rung(found, ("he",))
    assert silent[:3] == [("he", "guard"), ("li", "guard"), ("120", "")]
    assert ("li", "gate") not in silent
    standing = Tree(found, (call("he", MISSED),), (), AT)
    (li,) = (each for each in found if each.person == "li")
    assert standing.sent(li).leaving == OPEN, "and the gate stays open behind them"
    told = Tree(found, (call("he", REACHED, back=True),), (), AT)
    assert told.sent(li) == li, "a guard was told: the gate is the gate's"
    assert Tree(found, (call("he", MISSED), call("li", REACHED)), (), AT).sent(li).leaving == OPEN


@pytest.mark.rule("E-03")
def test_of_two_at_the_gate_the_first_presses_and_the_second_opens_it() -> None:
    two = (*THREE, person("wu", group="security", post="门岗", **NIGHT))
    silent = rung(estate(roster(*two), CARDIAC), ("he",))
    assert silent[:4] == [("he", "guard"), ("li", "guard"), ("120", ""), ("wu", "gate")]


@pytest.mark.rule("E-03")
def test_where_no_guard_answers_whoever_is_on_the_estate_is_sent() -> None:
    found = estate(roster(*THREE, CLEANER), CARDIAC)
    silent = rung(found, ("he", "li"), many=4)
    assert silent == [("he", "guard"), ("li", "guard"), ("120", ""), ("mop", "guard")]
    alone = estate(roster(*THREE), CARDIAC)
    assert rung(alone, ("he", "li"), many=20).index(("gao", "guard")) > 3
    gone = [each for each in rung(found, many=20) if each[0] == "mop"]
    assert gone == [("mop", "")], "where the guard answers they come last of all"


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("ring", RINGS[2:])
def test_at_night_the_gate_comes_before_whoever_is_at_home_or_elsewhere(
    ring: tuple[str, ...],
) -> None:
    away = roster(*THREE, elsewhere={"he": "261130-03"})
    order_ = [who for who, _scene in rung(estate(away, ring), many=12)]
    assert "li" in order_
    assert order_.index("li") < order_.index("gao") < order_.index("he")


@pytest.mark.rule("E-03")
def test_who_is_under_way_elsewhere_comes_after_one_at_home_who_did_not_answer() -> None:
    away = roster(*THREE, elsewhere={"he": "261130-04", "li": "261130-05"})
    given = rung(estate(away, ("fire", "guard", "gate", "head")), ("gao",), many=12)
    tries = [n for n, (who, _scene) in enumerate(given) if who == "gao"]
    others = [n for n, (who, _scene) in enumerate(given) if who in ("he", "li")]
    assert len(tries) == 3
    assert max(tries) < min(others)


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("silent", [(), ("night",)])
def test_one_engineer_is_called_once_then_the_ambulance_whatever_came_of_it(
    silent: tuple[str, ...],
) -> None:
    found = estate(roster(*CREW), SHOCK)
    assert [target.person or target.phones[0] for target in found[:2]] == ["night", "120"]
    given = [who for who, _scene in rung(found, silent, many=5)]
    assert given[:4] == ["night", "120", "lead", "walk"]
    assert given[4] == ("anyhow" if silent else "gate")
    nobody = tuple(each for each in CREW if each.id != "night")
    at_once = estate(roster(*nobody), SHOCK)
    assert rung(at_once, many=1) == [("120", "")], "without hours nobody says where they are"


def test_a_scene_of_those_at_home_is_not_owed_a_call_where_the_gate_can_go() -> None:
    alone = tuple(each for each in THREE if each.id not in ("he", "e"))
    found = estate(roster(*alone), ("guard", "gate", "head"))
    calls = (call("li", REACHED, back=True), call("h", REACHED, back=True))
    assert progress(Tree(found, calls, (), AT, purpose="reported")).complete
    none = estate(roster(*(p for p in alone if p.id != "li")), ("guard", "gate", "head"))
    assert not progress(Tree(none, calls, (), AT, purpose="reported")).complete


def somebody(chance: random.Random, n: int) -> Person:
    """Somebody on the roster, of any group, with any hours, post and skills."""
    group = chance.choice(["security", "security", "security", "plant", "cleaning"])
    post = chance.choice(["", "3栋", "东门岗"])
    skills = chance.choice([(), ("electrician",)])
    hours = chance.choice([{}, NIGHT, NIGHT, DAY])
    role = chance.choice(["implementer", "implementer", "security_lead", "security_captain"])
    return person(f"p{n}", role, group=group, post=post, skills=skills, **hours)


@pytest.mark.rule("E-03")
def test_nobody_at_home_or_elsewhere_comes_before_one_on_the_estate_who_can_take_the_task() -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    chance = random.Random(seed)
    judged = 0
    for _ in range(150):
        crew = [somebody(chance, n) for n in range(chance.randrange(1, 9))]
        away = {each.id: "261130-03" for each in crew if chance.random() < 0.2}
        people = Roster((*LEADERS, *crew, *CAPTAINS), AT, ZONE, "", away)
        found = estate(people, chance.choice(RINGS))
        calls: list[Call] = []
        for _ in range(60):
            standing = Tree(found, tuple(calls), (), AT, purpose="reported")
            following = next_call(standing)
            if following is None:
                break
            target = following.target
            away_now = bool(target.elsewhere) or target.near is Nearness.AT_HOME
            if target.rung == GROUP and away_now and following.why not in REPEATS:
                place = place_of(target, calls)
                free = [
                    each.person
                    for each in found
                    if each.rung == GROUP and not each.elsewhere and each.near <= Nearness.ON_DUTY
                    if not standing.reach(each).made and place >= 0
                    if place in (each.slot, *(task.place for task in each.could))
                ]
                judged += 1
                assert free == [], (target.person, calls)
            missed = chance.random() < 0.5
            outcome = MISSED if missed else REACHED
            calls.append(call(target.person, outcome, back=not missed, phone=following.phone))
        else:
            raise AssertionError("the calls do not end")
    assert judged > 100
