"""What a drill is measured by: each step from F9, and the silent numbers (E-02 … E-05)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_tree import FIRST, GROUP, OUTSIDE, Target
from dispatcher_tui.domain.emergency.drill import (
    GOES_TOLD,
    STEPS,
    DrillMark,
    difference,
    mark_of,
    measured,
    silent,
)
from dispatcher_tui.domain.emergency.next_call import Tree
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record.case import Call, Called, Case, Entry
from dispatcher_tui.domain.record.watch_events import DrillHeld
from dispatcher_tui.domain.words.terms import CallOutcome
from tests.domain.ringing import AT
from tests.domain.support import bare_case

MISSED, REACHED = CallOutcome.NO_ANSWER, CallOutcome.REACHED
HEAD = Target("h", "陈", "head", ("1391", "1392"), 0, tries=2)
YANG = Target("y", "杨", "captain", ("1393",), GROUP, tries=3)
HE = Target("e", "何", "lift", ("1394",), GROUP, tries=3)
CASE = bare_case(AT)


def after(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def call(target: Target, outcome: CallOutcome, seconds: float, *, back: bool = False) -> Call:
    at = after(seconds)
    read = at if back else None
    return Call(target.person, target.name, target.role, target.phones[0], outcome, "x", at, read)


CALLS = (
    call(HEAD, MISSED, 10),
    call(YANG, REACHED, 30),
    call(HEAD, REACHED, 50, back=True),
    call(HE, REACHED, 70),
)
NAMED = Entry(2, after(2.4), AT, "李", "", em.EmergencyNamed(case="c", kind="fire"))


def steps(*calls: Call, case: Case = CASE, entries: tuple[Entry, ...] = (NAMED,)) -> dict[str, int]:
    case = replace(case, calls=calls)
    tree = Tree((HEAD, YANG, HE), calls, case.called, after(600))
    return measured(case, entries, tree)


def test_every_step_is_counted_from_f9() -> None:
    came = Called("y", "杨", on_the_way_at=after(80), on_scene_at=after(200))
    late = Called("e", "何", on_scene_at=after(400))
    ended = replace(CASE, called=(late, came), stood_down_at=after(500))
    found = steps(*CALLS, case=ended)
    assert tuple(found) == STEPS
    assert list(found.values()) == [3, 10, 30, 30, 30, 30, 50, 50, 70, 80, 200, 500]


def test_a_step_that_was_not_come_to_is_left_out() -> None:
    assert steps(entries=()) == {}
    assert steps(*CALLS[:1]) == {"kind": 3, "first_call": 10}
    assert "all_told" not in steps(*CALLS[:3])


def test_nobody_but_those_to_be_told_makes_everybody_told() -> None:
    unread = (*CALLS[:2], call(HEAD, REACHED, 50), CALLS[3])
    assert "all_told" not in steps(*unread), "a leader who did not read back is not told"


FIRE = Target("", "fire", "", ("119",), FIRST, tries=3)
GAS = Target("", "gas", "", ("96777",), OUTSIDE)
DEPUTY = Target("v", "副", "vp", ("1395",), 1, tries=2)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (FIRE, {"first_told", "goes_told"}),
        (GAS, {"first_told", "goes_told"}),
        (YANG, {"first_told", "goes_told", "ours_told", "group_first"}),
        (HEAD, {"first_told", "ours_told", "leader", "head"}),
        (DEPUTY, {"first_told", "ours_told", "leader"}),
    ],
)
def test_who_is_told_decides_which_steps_are_come_to(target: Target, expected: set[str]) -> None:
    calls = (call(target, REACHED, 12),)
    case = replace(CASE, calls=calls)
    found = measured(case, (), Tree((HEAD, DEPUTY, FIRE, YANG, GAS), calls, (), after(600)))
    assert found == dict.fromkeys(expected | {"first_call"}, 12)


def held(**more: object) -> DrillHeld:
    return replace(DrillHeld(at=AT, operator="李"), **more)


@pytest.mark.parametrize(
    ("seconds", "step", "met"),
    [(59, 59, True), (59.001, 60, True), (60, 60, True), (60.001, 61, False), (61, 61, False)],
)
def test_the_mark_is_sixty_seconds_to_the_instant(seconds: float, step: int, met: bool) -> None:
    found = steps(call(HEAD, REACHED, 5), call(YANG, REACHED, seconds))
    assert found[GOES_TOLD] == step
    assert mark_of(held(steps=found)) == DrillMark(step, met)


def test_a_leader_alone_does_not_meet_the_mark() -> None:
    found = steps(call(HEAD, REACHED, 5, back=True), call(YANG, MISSED, 20))
    assert GOES_TOLD not in found
    assert mark_of(held(steps=found)) == DrillMark(None, False)


@pytest.mark.parametrize("speed", [1.1, 20.0])
def test_where_the_clock_ran_faster_the_mark_is_not_judged(speed: float) -> None:
    for seconds in (59, 60, 61, 400):
        at_once = held(speed=speed, steps={GOES_TOLD: seconds})
        assert mark_of(at_once) == DrillMark(seconds, None, judged=False)
    assert mark_of(held(speed=1.0, steps={GOES_TOLD: 61})) == DrillMark(61, False)


def test_of_a_drill_broken_off_before_nothing_is_said() -> None:
    assert mark_of(held(broken_off=True)) == DrillMark(None, None)
    assert mark_of(held(broken_off=True, steps={GOES_TOLD: 60})) == DrillMark(60, True)
    assert mark_of(held(broken_off=True, steps={GOES_TOLD: 61})) == DrillMark(61, False)


def test_f9_counts_and_not_the_opening_that_waited_for_the_kind() -> None:
    late = replace(CASE, received_at=after(-7))
    assert steps(call(YANG, REACHED, 53), case=late)[GOES_TOLD] == 60


def test_a_step_is_compared_where_both_drills_came_to_it() -> None:
    now, before = held(steps={"kind": 3, "leader": 40}), held(steps={"kind": 5, "head": 9})
    found = [difference(now, before, step) for step in ("kind", "leader", "head", "on_scene")]
    assert found == [-2, None, None, None]
    assert difference(now, None, "kind") is None


def test_silent_is_the_number_and_not_the_person() -> None:
    other = replace(CALLS[2], phone="1392")
    assert silent((CALLS[0], CALLS[1], other)) == ("陈 1391",)
    assert silent((CALLS[0], replace(CALLS[0], outcome=CallOutcome.BUSY))) == ("陈 1391",)
    assert silent((CALLS[0], replace(CALLS[2], phone="1391"))) == ()
    assert silent((replace(CALLS[0], phone=""),)) == ()
