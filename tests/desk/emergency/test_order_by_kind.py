"""Who is rung one after the other in each kind, as the facts on emergencies say it.

Where they give a kind its order of calls, that one. Where they give none: the numbers outside by
which the kind is headed, in their order, then guards, gate, engineering and the head. A number that
is rung beside those stands where the deeds of the kind have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

import pytest

from dispatcher_tui.domain.emergency.call_tree import FIRST, Target
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.site.lists.roster import parse_roster
from tests.desk.first_told import MONDAY, all_who_are_rung, demo, rung_at_once, tree_of
from tests.site.test_cards import RING, card

CREW = parse_roster(
    "id,name,role,group,title,phone1,post,skills,on_from,on_until\n"
    "h,头,head,management,,13900000001,,,,\n"
    "g1,甲,security_lead,security,,13900000002,监控室,,,\n"
    "g2,乙,implementer,security,,13900000003,巡逻,,,\n"
    "m,丙,implementer,security,,13900000004,东门岗,,,\n"
    "e,丁,implementer,plant,,13900000005,设备房,electrician,,\n"
    "l,戊,lift_captain,lifts,,13900000006,机房,lift,,\n"
)
"""Somebody for every place in an order of calls, at a post at every hour."""

ENGINES, DOCTORS, POLICE = "119", "120", "110"
GUARDS, GATE, ENGINEERING, LIFTS, HEAD = "guard", "gate", "engineering", "lift", "head"
OURS = (GUARDS, GATE, ENGINEERING, HEAD)

FIRE_LIKE = (ENGINES, *OURS, DOCTORS, "gas", "power")

GIVEN: dict[tuple[str, int | None], tuple[str, ...]] = {
    # Not awake, not breathing: whoever stands beside him rings 120; first the guard with the AED.
    ("injury", 0): (GUARDS, DOCTORS, GATE, HEAD),
    ("injury", 1): (GUARDS, DOCTORS, GATE, HEAD),
    ("injury", 4): (DOCTORS, GUARDS, GATE, HEAD),  # no mobile: the desk rings 120 itself
    ("fire", None): FIRE_LIKE,
    ("battery_fire", None): FIRE_LIKE,
    ("fire_alarm", None): (GUARDS, ENGINEERING, HEAD),
    ("gas_smell", None): (ENGINES, "gas", *OURS),
    ("gas_smell", 0): (ENGINES, "gas", *OURS),  # strong, below ground, someone down, unknown
    ("gas_smell", 1): ("gas", ENGINES, *OURS),
    ("lift_entrapment", None): (LIFTS, "lift_contractor", "lift_rescue", GUARDS, HEAD),
    ("flood", None): (ENGINEERING, GUARDS, "water", HEAD),
    ("power_failure", None): (ENGINEERING, "power", GUARDS, HEAD),
    ("power_failure", 0): (LIFTS, "lift_contractor", ENGINEERING, "power", GUARDS, HEAD),
    ("power_failure", 1): (ENGINEERING, "power", GUARDS, HEAD),
}
"""Kinds with an order of calls of their own, by the answer to their first question."""

HEADED: dict[tuple[str, int | None], tuple[str, ...]] = {
    ("injury", None): (DOCTORS,),
    ("co", None): (DOCTORS,),
    ("co", 0): (DOCTORS, ENGINES),  # somebody is not out
    ("co", 1): (DOCTORS,),
    ("co", 2): (DOCTORS,),
    ("electric_shock", None): (DOCTORS,),
    ("electric_shock", 0): (DOCTORS,),
    ("electric_shock", 1): (DOCTORS,),
    ("drowning", None): (ENGINES, DOCTORS),  # in the water
    ("drowning", 0): (ENGINES, DOCTORS),
    ("drowning", 1): (ENGINES, DOCTORS),
    ("drowning", 2): (DOCTORS,),  # out of it
    ("drowning", 3): (DOCTORS,),
    ("traffic_accident", None): (DOCTORS, POLICE),
    ("traffic_accident", 0): (DOCTORS, POLICE),
    ("traffic_accident", 1): (ENGINES, DOCTORS, POLICE),  # pinned, or it burns
    ("traffic_accident", 2): (),  # nobody hurt
    ("fight", None): (POLICE,),
    ("intruder", None): (POLICE,),
    ("storm_garage", None): (ENGINES,),
    ("storm_garage", 0): (ENGINES,),  # trapped
    ("storm_garage", 1): (),
    ("confined_space", None): (ENGINES, DOCTORS),
    ("self_harm", None): (POLICE, ENGINES, DOCTORS),  # at a height
    ("self_harm", 0): (POLICE, ENGINES, DOCTORS),
    ("self_harm", 1): (DOCTORS,),  # cut, or pills
    ("suspicious_object", None): (POLICE,),
    ("crowd", None): (POLICE,),
    ("crowd", 0): (POLICE,),  # violence, or a lane blocked
    ("crowd", 1): (),
    ("falling_object", None): (DOCTORS, POLICE),  # somebody is hit
    ("falling_object", 0): (DOCTORS, POLICE),
    ("falling_object", 1): (),
    ("falling_object", 2): (),
    ("falling_object", 3): (),
    ("missing_person", None): (POLICE,),
    ("other", None): (),
}
"""Kinds without one: the numbers by which each is headed, by the answer to its first question."""

BESIDE: dict[tuple[str, int | None], set[str]] = {
    ("co", 1): {"gas"},
    ("electric_shock", 1): {"power", ENGINES},
    ("falling_object", 1): {ENGINES},
    ("falling_object", 2): {POLICE},
}
"""Numbers that the deeds of a kind have rung besides."""

STANDS_BY = {
    ("self_harm", None): DOCTORS,
    ("self_harm", 0): DOCTORS,
    ("traffic_accident", 1): POLICE,
}
"""The third number of a kind that is headed by three: the guards are told before it. Behind two
numbers ours are told within 90 s of the kind's key; behind three it would be 92 s."""

NAMED = {"fire": ENGINES, "ambulance": DOCTORS, "police": POLICE}

WANTED = {**GIVEN, **{key: (*numbers, *OURS) for key, numbers in HEADED.items()}}
WANTED[("government_order", None)] = (HEAD, GUARDS, GATE, ENGINEERING)
"""Nobody is sent by an order before it is known to be one: called back, then the head."""


def place_of(target: Target) -> str:
    """What somebody who is rung stands for in an order of calls."""
    if target.rung == FIRST:
        return NAMED.get(target.name, target.name)
    return HEAD if target.rung >= 0 else target.scene_id


def rung(kind: str, answer: int | None, people: Sequence[Person], hour: int) -> Iterator[str]:
    """Who is rung one after the other, everybody answers; two of one place stand there once."""
    ring = rung_at_once(card(kind).order_after(answer))
    found = tree_of(ring, people, MONDAY + timedelta(hours=hour))
    for place, _all in groupby(map(place_of, all_who_are_rung(found))):
        if place:
            yield place


def test_no_order_of_calls_is_without_its_line_here() -> None:
    known: set[tuple[str, int | None]] = {(name, None) for name in RING}
    for name in RING:
        branch = card(name).branch
        known |= {(name, n) for n, each in enumerate(branch.answers if branch else ()) if each.ring}
    assert set(WANTED) == known


@pytest.mark.rule("E-02", "who")
@pytest.mark.rule("E-03", "who")
@pytest.mark.parametrize("hour", [3, 15])
@pytest.mark.parametrize(("kind", "answer"), sorted(WANTED, key=str))
def test_whom_a_kind_rings_in_which_order(kind: str, answer: int | None, hour: int) -> None:
    wanted = WANTED[kind, answer]
    besides, by = BESIDE.get((kind, answer), set()), STANDS_BY.get((kind, answer))
    crew = [place for place in rung(kind, answer, CREW, hour) if place not in besides]
    if by is not None:
        assert crew.index(by) == crew.index(GUARDS) + 1
        crew.remove(by)
        crew.insert(crew.index(GUARDS), by)
    assert tuple(crew[: len(wanted)]) == wanted
    every = list(rung(kind, answer, CREW, hour))
    assert besides <= set(every)
    # The demo estate has nobody at a gate by day, and the same order otherwise.
    estate = [p for p in rung(kind, answer, demo(), hour) if p in every]
    seen = list(dict.fromkeys(estate))
    assert seen == [place for place in dict.fromkeys(every) if place in seen]


@pytest.mark.parametrize("key", sorted(BESIDE, key=str))
def test_a_number_rung_besides_never_comes_before_those_of_the_heading(
    key: tuple[str, int],
) -> None:
    order = list(rung(*key, CREW, 3))
    for number in BESIDE[key]:
        assert order.index(number) > order.index(GUARDS)
        assert all(order.index(number) > order.index(first) for first in HEADED[key])
