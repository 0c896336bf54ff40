"""Who stands where in the order of calls: scenes by nearness, the ladder, the rest (E-02, E-03)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency import call_order as order
from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.procedure import Ladder, Offices, Procedure
from dispatcher_tui.domain.words.people import Nearness
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.domain.ringing import (
    AT,
    CREW,
    DAY,
    FULL,
    GATE,
    GUARD,
    LADDER,
    NIGHT,
    NUMBERS,
    PLAIN,
    SCENES,
    ZONE,
    call,
    found,
    names,
    outside,
    person,
    roster,
)


def test_the_order_of_the_card_and_nobody_twice() -> None:
    assert names(FULL) == [
        *("119", "lead", "walk", "gate", "night", "anyhow", *"hvg", "120", "[gas]"),
        *("s", "l", "day", "110"),
    ]  # fmt: skip
    slots = [target.slot for target in FULL]
    assert slots == [0, 1, 1, 2, 3, 3, 4, 4, 4, 5, 6, -1, -1, 1, -1]
    assert [t.want for t in FULL if t.slot == 1] == [2, 2, 2]
    both = found(roster(person("h", "head"), person("h", "vp")))
    assert [t.person for t in both if t.person] == ["h"]


def test_slots_of_a_ring_and_of_none() -> None:
    def slots(*ring: str, first: str = "") -> list[str]:
        return [s.name for s in order.slots_of(ring, first, SCENES, NUMBERS)]

    assert slots("gas", "fire", "guard", "fire", "nobody") == ["gas", "fire", "guard", HEAD]
    assert slots("head", "guard") == [HEAD, "guard"]
    assert slots() == ["guard", "gate", "engineering", HEAD]
    assert slots(first="fire") == ["fire", "guard", "gate", "engineering", HEAD]
    assert slots(first="0571-119") == ["0571-119", "guard", "gate", "engineering", HEAD]
    assert slots(first="no number") == ["guard", "gate", "engineering", HEAD]


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        ({}, Nearness.TO_REACH),
        ({"post": "3栋"}, Nearness.TO_REACH),
        (NIGHT, Nearness.ON_DUTY),
        ({"post": "3栋", **NIGHT}, Nearness.ON_ESTATE),
        ({"post": "3栋", **DAY}, Nearness.AT_HOME),
        ({"post": "3栋", **NIGHT, "valid_until": date(2026, 11, 20)}, Nearness.AT_HOME),
        ({"post": "3栋", "on_from": time(8), "on_until": time(8)}, Nearness.ON_ESTATE),
    ],
)
def test_where_the_roster_says_somebody_is(fields: dict[str, Any], near: Nearness) -> None:
    assert person("x", **fields).nearness(AT, ZONE) is near


@pytest.mark.parametrize(
    ("second", "first"), [((10, 59, 59), "day"), ((11, 0, 0), "lead"), ((11, 0, 1), "lead")]
)
def test_the_nearest_changes_with_the_shift_to_the_second(
    second: tuple[int, int, int], first: str
) -> None:
    at = datetime(2026, 11, 21, *second, tzinfo=UTC)  # 19:00 at the estate
    people = tree.Roster(CREW, at, ZONE)
    guards = [t.person for t in found(people) if t.slot == 1]
    assert guards[0] == first
    assert {"day", "lead"} <= set(guards), "who is off duty stays, and last"
    assert guards[-1] != first


def test_at_one_distance_the_scenes_roles_come_first_then_the_rosters_order() -> None:
    ours = [person(who, group="security", **NIGHT) for who in ("a", "b")]
    lead = person("c", "security_lead", **NIGHT)
    assert [t.person for t in found(roster(*ours, lead)) if t.slot == 1] == ["c", "a", "b"]


def test_who_stands_at_the_gate_belongs_to_it_alone_and_only_while_there() -> None:
    gate = [t.person for t in FULL if t.slot == 2]
    assert gate == ["gate"]
    off = [p for p in CREW if p.id != "gate"] + [
        person("gate", group="security", post="门岗", **DAY)
    ]
    places = {t.person: t.slot for t in found(roster(*off))}
    assert places["gate"] == 1, "at home they are a guard like any other"
    without = found(roster(*CREW), ("guard", "head"))
    assert "gate" in [t.person for t in without if t.slot == 0]


def test_whoever_holds_the_watch_is_not_rung() -> None:
    def ids(watch: str) -> list[str]:
        return names(found(replace(roster(*CREW), watch=watch)))

    assert "lead" not in ids(watch="LEAD")
    assert "h" not in ids(watch="H")
    twin = person("twin", name="LEAD", group="security", **NIGHT)
    both = names(found(replace(roster(*CREW, twin), watch="LEAD")))
    assert {"lead", "twin"} <= set(both), "of two of one name it is not known which"


def test_who_is_on_the_way_to_another_emergency_comes_last_and_is_marked() -> None:
    people = roster(*CREW, elsewhere={"lead": "261121-09"})
    guards = [t for t in found(people) if t.slot == 1]
    assert [t.person for t in guards] == ["walk", "day", "lead"]
    assert [t.elsewhere for t in guards] == ["", "", "261121-09"]
    assert [t.spare for t in guards] == [False, True, True]


def test_without_a_ladder_the_routes_are_told() -> None:
    given = order.targets(None, ("head", "vp"), roster(), (), ())
    assert [(t.person, t.rung) for t in given] == [("h", tree.GROUP), ("v", tree.GROUP)]


def test_a_leader_is_rung_at_any_hour_and_a_deputy_where_there_is_no_number() -> None:
    off = person("h", "head", on_from=time(8), on_until=time(17), deputy="d")
    people = (off, person("d", "clerk"), person("v", "vp"))
    assert [t.person for t in found(roster(*people)) if t.person] == ["h", "v"]
    silent = replace(off, phones=())
    given = [t for t in found(roster(silent, *people[1:])) if t.person]
    assert [(t.person, t.stands_for, t.rung) for t in given] == [
        ("d", "H", 0), ("h", "", 0), ("v", "", 1),
    ]  # fmt: skip


def test_who_stands_on_the_ladder_is_rung_there_and_not_to_the_scene() -> None:
    boss = person("h", "head", group="security", **NIGHT)
    (target,) = (t for t in found(roster(boss)) if t.person)
    assert (target.rung, target.slot) == (0, 4)


def test_of_the_group_those_on_duty_are_called_and_deputies_of_those_who_are_not() -> None:
    on = person("s1", "security_captain")
    off = person("s2", "security_captain", deputy="d", **DAY)
    gone = person("s3", "security_captain", valid_until=date(2026, 11, 20))
    deputy = person("d", "guard")
    given = [t for t in found(roster(off, gone, on, deputy)) if t.person]
    assert [(t.person, t.spare) for t in given] == [("s1", False), ("s2", True)]
    given = [t for t in found(roster(off, gone, deputy)) if t.person]
    assert [(t.person, t.stands_for, t.off_duty, t.spare) for t in given] == [
        ("d", "S2", False, False), ("s2", "", True, False),
    ]  # fmt: skip


def test_a_captain_with_nobody_on_duty_must_be_told_though_at_home() -> None:
    captain = person("s", "security_captain", group="security", **DAY)
    day = person("day", group="security", **DAY)
    spare = {t.person: t.spare for t in found(roster(captain, day, person("n", **NIGHT)))}
    assert (spare["s"], spare["day"]) == (False, True)


def test_deputies_in_a_circle_end_with_nobody() -> None:
    one = person("s1", "security_captain", deputy="s2", **DAY)
    two = person("s2", "lift_captain", deputy="s1", **DAY)
    assert roster(one, two).deputy(one) is None


def test_a_procedures_own_offices_go_to_the_scene() -> None:
    layer = parse_layer(read_text(data_dir() / LAYER), LAYER)
    path = data_dir() / "procedures" / "estate-dispatch.toml"
    procedure: Procedure = parse_procedure(read_text(path), path.name)
    mapped = replace(procedure, emergency=Offices({"security_lead": "keeper", "lift_captain": ""}))
    scenes = {scene.id: scene.roles for scene in order.scenes_under(layer, mapped)}
    assert scenes["guard"][0] == "keeper"
    assert scenes["lift"] == ()


def test_who_was_rung_stays_though_no_list_has_them_any_more() -> None:
    head = replace(call("old", CallOutcome.REACHED, back=True), role="head", purpose="reported")
    walked = call("gone", CallOutcome.NO_ANSWER, phone="1381")
    listed = (*PLAIN,)
    known = call("s", CallOutcome.NO_ANSWER, phone="139s")
    brigade = replace(call("", CallOutcome.REACHED, phone="119"), name="火警")
    calls = (head, walked, walked, known, brigade)
    more = tuple(order.rung_before(calls, listed, LADDER, "reported"))
    assert [(t.person, t.rung, t.phones) for t in more] == [
        ("old", 0, ()), ("gone", tree.GROUP, ("1381",)),
    ]  # fmt: skip
    assert tree.ladder_done((*listed, *more), calls)
    assert all(t.spare for t in more), "nobody has to be told who is on no list"


def test_scenes_and_ladder_without_a_card_are_our_own_alone() -> None:
    slots = order.slots_of((), "", (GUARD, GATE), {})
    given = order.targets(Ladder("x", LADDER.label, "E-02", LADDER.rungs), (), roster(*CREW), slots,
                          outside())  # fmt: skip
    assert [t.person for t in given if t.slot >= 0][:2] == ["lead", "walk"]
