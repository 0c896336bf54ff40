"""The order of calls with one handset: ladder, group in between, nobody told twice (E-02, E-03)."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from dispatcher_tui.domain import call_tree as tree
from dispatcher_tui.domain.case import Call, Case, Grade
from dispatcher_tui.domain.people import Person
from dispatcher_tui.domain.procedure import Ladder, Procedure, Rung
from dispatcher_tui.domain.terms import CallOutcome, Label, Stage
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.text import read_text

AT = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
LADDER = Ladder(
    id="emergency",
    label=Label("紧急通知", "Emergency calls"),
    rule="E-02",
    rungs=(Rung("head"), Rung("vp"), Rung("gm")),
    group=("security_captain", "lift_captain"),
    group_rule="E-03",
)
ROLES = {"head": "h", "vp": "v", "gm": "g", "security_captain": "s", "lift_captain": "l"}


def in_role(role: str) -> list[Person]:
    """One person in each role."""
    who = ROLES.get(role)
    return [Person(id=who, name=who.upper(), role=role, phones=(f"139{who}",))] if who else []


FIRST = tree.Target("", "fire", "", ("119",), tree.FIRST)
OUTSIDE = [
    tree.Target("", "police", "", ("110",), tree.OUTSIDE),
    tree.Target("", "fire", "", ("119",), tree.OUTSIDE),
]
PLAIN = tree.targets(LADDER, (), in_role, None, OUTSIDE)


def call(who: str, outcome: CallOutcome, *, back: bool = False, phone: str = "") -> Call:
    """A try to reach somebody; an outside number has no person."""
    return Call(who, who.upper(), "", phone, outcome, "reported", AT, AT if back else None)


def nxt(*calls: Call, found: tuple[tree.Target, ...] = PLAIN) -> str:
    """Who comes next: the person's id, the outside number, or nothing."""
    target = tree.next_target(found, calls)
    return "" if target is None else target.person or target.phones[0]


MISSED, BUSY, REACHED = CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.REACHED


def test_ladder_first_then_group_then_outside_and_nobody_twice() -> None:
    found = tree.targets(LADDER, (), in_role, FIRST, OUTSIDE)
    assert [t.person or t.phones[0] for t in found] == ["119", *"hvgsl", "110"]
    both = tree.targets(LADDER, (), lambda role: in_role("head"), None, ())
    assert [t.person for t in both] == ["h"]


def test_without_a_ladder_the_routes_are_told() -> None:
    found = tree.targets(None, ("head", "vp"), in_role, None, ())
    assert [(t.person, t.rung) for t in found] == [("h", tree.GROUP), ("v", tree.GROUP)]


def test_the_head_is_rung_first() -> None:
    assert nxt() == "h"


def test_a_call_to_the_group_goes_between_two_tries() -> None:
    assert nxt(call("h", MISSED)) == "s"
    assert nxt(call("h", MISSED), call("s", REACHED)) == "h"


def test_who_is_not_reached_within_the_set_tries_is_skipped() -> None:
    calls = [call("h", MISSED), call("s", REACHED), call("h", BUSY), call("l", REACHED)]
    assert nxt(*calls) == "v"


def test_the_ladder_stops_at_the_first_who_read_it_back() -> None:
    assert nxt(call("h", REACHED)) == "h"
    assert nxt(call("h", REACHED, back=True)) == "s"
    told = [call("h", REACHED, back=True), call("s", REACHED), call("l", REACHED)]
    assert nxt(*told) == ""
    assert tree.ladder_done(PLAIN, told)


def test_a_relayed_word_counts_once_it_is_read_back() -> None:
    assert not tree.reach(PLAIN[0], [call("h", CallOutcome.RELAYED)]).told
    assert tree.reach(PLAIN[0], [call("h", CallOutcome.RELAYED, back=True)]).told


def test_busy_ones_of_the_group_come_again_after_the_others() -> None:
    calls = [call("h", REACHED, back=True), call("s", BUSY)]
    assert nxt(*calls) == "l"
    assert nxt(*calls, call("l", REACHED)) == "s"


def test_a_cards_number_comes_before_the_ladder_and_again_after_one_call() -> None:
    found = tree.targets(LADDER, (), in_role, FIRST, OUTSIDE)
    assert nxt(found=found) == "119"
    assert nxt(call("", BUSY, phone="119"), found=found) == "h"
    assert nxt(call("", BUSY, phone="119"), call("h", MISSED), found=found) == "119"
    assert nxt(call("", REACHED, phone="119"), found=found) == "h"


def test_nobody_without_a_number_is_suggested() -> None:
    found = tuple(replace(t, phones=()) if t.person == "h" else t for t in PLAIN)
    assert nxt(found=found) == "v"


def estate() -> Procedure:
    """The shipped default procedure."""
    path = data_dir() / "procedures" / "estate-dispatch.toml"
    return parse_procedure(read_text(path), path.name)


def test_what_a_call_is_for() -> None:
    procedure = estate()
    case = Case(
        id="c",
        number="1",
        procedure="",
        calendar="",
        stage=Stage.OPEN,
        grades=(Grade("emergency", "E-01", AT),),
        opened_at=AT,
        received_at=AT,
    )
    told = replace(case, notified_at=AT)
    ladder = procedure.ladders[0]
    assert tree.rung_purpose(procedure, ladder, case) == "reported"
    assert tree.rung_purpose(procedure, None, case) == tree.NOTICE
    assert tree.group_purpose(procedure, ladder, case, REACHED) == tree.NOTICE
    assert tree.group_purpose(procedure, ladder, case, MISSED) == "called_out"
    assert tree.group_purpose(procedure, ladder, told, REACHED) == "called_out"
    assert tree.group_purpose(procedure, None, told, REACHED) == tree.NOTICE
