"""A case handed over to another procedure: what stays, what ends, and what runs from when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.case.as_of import case_at
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.kinds import decode, encode
from dispatcher_tui.domain.words.terms import Channel, Fact, FollowUpOutcome, Stage
from tests.domain.support import CAPA, P0, P1, P4, SECOND, Story, local, shipped_procedure

PLANT = "estate-plant"
NEAR = (-SECOND, timedelta(0), SECOND)
"""One second before a boundary, at it, after it."""


class Handed(Story):
    """A story that can go over to another procedure, whose hash is its id here."""

    def open(self, **fields: object) -> Handed:
        super().open(**{"procedure": self.rules.procedure.id, **fields})
        return self

    def to(self, procedure: str | Procedure, reason: str = "归机电管") -> Handed:
        new = shipped_procedure(procedure) if isinstance(procedure, str) else procedure
        old = self.rules
        self.do(cmd.MoveCase(to=new.id, procedure=new, reason=reason))
        former = {**old.former, old.procedure.id: old.procedure}
        self.rules = Rules(new, old.calendar, former)
        return self

    def under(self, before: str) -> dict[str, Duty]:
        """The duties of one procedure by their clocks; of that now where empty."""
        return {
            duty.clock: duty
            for duty in self.owed().values()
            if duty.before == before and not duty.key.endswith("/tell")
        }


def story(procedure: str = P0, at: str = "2026-11-18 09:00", **fields: object) -> Handed:
    return Handed(procedure, at).open(**fields)


def test_what_began_at_the_opening_does_not_begin_again() -> None:
    case = story()
    case.after(minutes=5).call()
    case.after(minutes=25).to(PLANT)
    told = local("2026-11-18 09:05")
    assert case.case.opened_at == local("2026-11-18 09:00")
    assert case.case.procedure == PLANT
    assert case.under("")["P7-03"].due == told + timedelta(minutes=30)
    assert "P7-02" not in case.under("")  # they were told: that was the other one's
    done, left = case.under(P0)["P0-02"], case.under(P0)["P0-05"]
    assert (done.done_at, done.moved) == (told, False)
    assert (left.cancelled_at, left.moved, left.missed) == (case.now, True, False)
    assert not [duty for duty in case.owed().values() if duty.before and duty.pending]


@pytest.mark.parametrize(
    ("off", "how"), list(zip(NEAR, ("running", "running", "overdue"), strict=True))
)
def test_a_clock_of_the_new_one_stands_as_if_it_had_had_the_case(off: timedelta, how: str) -> None:
    case = story()
    case.at(local("2026-11-18 09:05") + off).to(PLANT)
    assert case.states()["P7-02"] == how
    fired = case.fire()
    assert fired == (["P7-02"] if off >= timedelta(0) else [])
    assert case.fire() == []


@pytest.mark.parametrize(("off", "missed"), [*zip(NEAR, (False, False, True), strict=True)])
def test_a_clock_of_the_old_one_ends_moved_and_was_missed_if_it_was_late(
    off: timedelta, missed: bool
) -> None:
    case = story()
    case.at(local("2026-11-18 09:10") + off).to(PLANT)
    duty = case.under(P0)["P0-02"]
    assert (duty.moved, duty.missed, duty.cancelled_at) == (True, missed, case.now)
    assert case.states()["P0-02"] == ("missed" if missed else "cancelled")
    assert "P0-02" not in case.fire()


def test_what_fell_due_under_the_old_one_falls_due_under_the_new_one_by_itself() -> None:
    twin = replace(shipped_procedure(P0), id="twin")
    case = story()
    assert case.after(minutes=10).fire() == ["P0-02"]
    case.after(minutes=2).to(twin)
    assert case.under(P0)["P0-02"].missed
    assert len(case.do(cmd.FireDuties())) == 1
    keys = [duty.key for duty in case.owed().values()]
    assert len(set(keys)) == len(keys)
    assert case.do(cmd.FireDuties()) == ()


def test_the_level_is_the_new_one_s_by_its_own_criteria_from_the_opening_on() -> None:
    case = story(facts=(Fact.GROUP,))
    assert case.case.level == "grave"
    case.after(minutes=20).to(P1, "归业户关系")
    level = shipped_procedure(P1).level(case.case.level)
    assert not level.emergency
    assert Fact.GROUP in level.facts
    assert case.case.level_rule == level.rule
    # What runs from the opening for such a level does so, though it has it only from now on.
    assert case.under("")["P1-07"].start == case.case.opened_at


def test_what_was_found_to_be_no_emergency_becomes_none_by_changing_hands() -> None:
    case = story(facts=(Fact.FIRE,))
    assert case.case.level == "emergency"
    assert case.refused(cmd.MoveCase(to=PLANT, procedure=shipped_procedure(PLANT), reason="x"))
    case.after(minutes=1).stood_down().do(cmd.Regrade(level="ordinary", reason="误报"))
    case.after(minutes=1).to(PLANT)
    assert not case.rules.procedure.level(case.case.level).emergency


@pytest.mark.parametrize(
    ("code", "to", "reason"),
    [("same_procedure", P0, "x"), ("reason_missing", PLANT, "  ")],
)
def test_a_move_that_is_none(code: str, to: str, reason: str) -> None:
    command = cmd.MoveCase(to=to, procedure=shipped_procedure(to), reason=reason)
    assert story().refused(command).code == code


def test_what_has_ended_or_is_none_of_theirs_stays_where_it_is() -> None:
    away = cmd.MoveCase(to=PLANT, procedure=shipped_procedure(PLANT), reason="x")
    case = story()
    case.call()
    case.after(minutes=1).write_off()
    assert case.refused(away).code == "already_written_off"
    case.paper("dispatcher").do(cmd.CloseFinal())
    assert case.refused(away).code == "case_ended"
    assert story(CAPA).refused(away).code == "companion_not_moved"
    fire = story()
    fire.do(cmd.Regrade(level="emergency", reason="冒烟"))
    assert fire.refused(away).code == "emergency_not_moved"


def test_papers_promises_and_who_was_told_stay() -> None:
    case = story()
    case.call()
    case.do(cmd.IssueSlip(number="FW-000007"))
    case.follow_up(FollowUpOutcome.ARRANGED, timedelta(hours=3))
    promised = case.owed()["promise"]
    case.after(minutes=1).to(PLANT)
    after = case.owed()["promise"]
    assert (after.key, after.due, after.pending, after.before) == (
        promised.key,
        promised.due,
        True,
        "",
    )
    assert after.rule == shipped_procedure(PLANT).promise.rule
    assert (case.case.slip.number, case.case.stage) == ("FW-000007", Stage.ARRANGED)
    assert case.case.assignee is not None


def test_taking_it_back_puts_everything_as_it_was() -> None:
    case = story()
    case.after(minutes=1)
    before, owed, rules = case.case, case.owed(), case.rules
    case.to(PLANT)
    of = tuple(entry.seq for entry in case.entries[-2:])
    assert [type(entry.event) for entry in case.entries[-2:]] == [ev.Moved, ev.LevelChanged]
    case.after(seconds=30).do(cmd.TakeBack(of=of))
    case.rules = rules
    assert (case.case, case.owed()) == (before, owed)


def test_handed_over_twice_each_has_its_own_tenure() -> None:
    case = story()
    case.after(minutes=2).to(PLANT)
    case.after(minutes=2).to(P4, "归驻点")
    assert [move.before for move in case.case.moves] == [P0, PLANT]
    assert case.under(PLANT)["P7-02"].cancelled_at == local("2026-11-18 09:04")
    assert case.under(P0)["P0-02"].cancelled_at == local("2026-11-18 09:02")
    keys = [duty.key for duty in case.owed().values()]
    assert len(set(keys)) == len(keys)
    assert fold(case.entries) == case.case
    assert any(duty.pending and duty.due for duty in case.owed().values())


@pytest.mark.parametrize(("off", "procedure"), [*zip(NEAR, (P0, P0, PLANT), strict=True)])
def test_as_of_a_moment_it_is_where_it_was_then(off: timedelta, procedure: str) -> None:
    case = story()
    case.after(minutes=10).to(PLANT)
    then = case_at(case.entries, case.now + off)
    assert then is not None
    assert then.procedure == procedure
    assert then.level in {level.id for level in shipped_procedure(procedure).levels}


def test_a_reopened_case_begins_anew_under_the_one_that_has_it() -> None:
    case = story()
    case.after(minutes=1).to(PLANT)
    case.call()  # at the very moment of the move, and after it
    case.after(minutes=1).held(ev.WrittenOff(case="case-1"))
    case.after(minutes=1).do(cmd.Reopen(reason="又坏了"))
    anew = [duty for duty in case.owed().values() if duty.pending]
    assert {duty.clock for duty in anew} >= {"P7-02"}
    assert {duty.before for duty in anew} == {""}
    assert case.under(P0)["P0-02"].moved


def test_the_journal_says_from_to_and_why() -> None:
    case = story(channel=Channel.PHONE)
    case.to(PLANT)
    event = case.entries[-2].event
    body = encode(event)
    assert b'"from":"estate-dispatch"' in body
    assert decode("moved", body) == event
