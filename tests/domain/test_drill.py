"""What a drill is measured by: each step from F9, and the silent numbers (E-02 … E-05)."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.call_tree import GROUP, Target
from dispatcher_tui.domain.case import Call, Called, Case, Entry, Grade
from dispatcher_tui.domain.drill import STEPS, measured, silent
from dispatcher_tui.domain.next_call import Tree
from dispatcher_tui.domain.terms import CallOutcome, Stage
from tests.domain.ringing import AT

MISSED, REACHED = CallOutcome.NO_ANSWER, CallOutcome.REACHED
HEAD = Target("h", "陈", "head", ("1391", "1392"), 0, tries=2)
YANG = Target("y", "杨", "captain", ("1393",), GROUP, tries=3)
HE = Target("e", "何", "lift", ("1394",), GROUP, tries=3)
CASE = Case(
    id="c",
    number="261121-01",
    procedure="p",
    calendar="k",
    stage=Stage.OPEN,
    grades=(Grade("emergency", "E-01", AT),),
    opened_at=AT,
    received_at=AT,
)


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
NAMED = Entry(2, after(2.4), AT, "李", "", ev.EmergencyNamed(case="c", kind="fire"))


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
    assert list(found.values()) == [2, 10, 50, 30, 70, 200, 500]


def test_a_step_that_was_not_come_to_is_left_out() -> None:
    assert steps(entries=()) == {}
    assert steps(*CALLS[:1]) == {"kind": 2, "first_call": 10}
    assert "all_told" not in steps(*CALLS[:3])


def test_nobody_but_those_to_be_told_makes_everybody_told() -> None:
    unread = (*CALLS[:2], call(HEAD, REACHED, 50), CALLS[3])
    assert "all_told" not in steps(*unread), "a leader who did not read back is not told"


def test_silent_is_the_number_and_not_the_person() -> None:
    other = replace(CALLS[2], phone="1392")
    assert silent((CALLS[0], CALLS[1], other)) == ("陈 1391",)
    assert silent((CALLS[0], replace(CALLS[0], outcome=CallOutcome.BUSY))) == ("陈 1391",)
    assert silent((CALLS[0], replace(CALLS[2], phone="1391"))) == ()
    assert silent((replace(CALLS[0], phone=""),)) == ()
