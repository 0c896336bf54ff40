"""What goes by the default where several procedures are in force, and what by each one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.orders import issue_order
from dispatcher_tui.desk.leave import head_roles
from dispatcher_tui.desk.papers.running_book import running_books
from dispatcher_tui.desk.reviews.routines import do_routine, open_routines, owed_by_desk
from dispatcher_tui.desk.reviews.weekly_check import HeadMark, sign_check
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.domain.site.list_change import roster_change
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction
from tests.desk.heads import add_head
from tests.desk.on_watch import open_desk, put
from tests.desk.several import SECOND, add_second, set_in_force
from tests.domain.support import FEE, P0, local

PLANT, CENTRE = "estate-plant", "project-centre"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(tmp_path, local("2026-11-09 08:00"))


def procedure_of(desk: Desk, number: str) -> str:
    return desk.rules_of(desk.record(number).case).procedure.id


def test_an_order_goes_to_whoever_handles_orders_else_to_the_default(desk: Desk) -> None:
    set_in_force(desk, FEE, P0)
    fire = desk.open_emergency("fire", "3-2-1502").case
    assert procedure_of(desk, fire.id) == FEE
    order = issue_order(desk, fire.id, "陈志强", "封锁东门").case
    assert procedure_of(desk, order.id) == P0
    assert order.level == desk.rules_of(order).procedure.levels[-1].id
    set_in_force(desk, FEE)
    order = issue_order(desk, fire.id, "陈志强", "封锁西门").case
    assert procedure_of(desk, order.id) == FEE


def test_the_head_of_each_procedure_in_force_is_one(desk: Desk) -> None:
    set_in_force(desk, P0)
    assert head_roles(desk) == {"head"}
    set_in_force(desk, P0, PLANT)
    assert head_roles(desk) == {"head", "director"}


def test_a_step_is_signed_by_the_role_that_its_case_s_procedure_names(desk: Desk) -> None:
    set_in_force(desk, P0, PLANT)
    procedures = {each.id: each for each in desk.in_force.procedures}
    assert procedures[PLANT].emergency.roles["head"] == "director"
    fire = desk.open_case(Intake(said="着火", category="smoke_fire", procedure=PLANT)).case
    assert desk.rules_of(fire).procedure.emergency.roles["head"] == "director"
    (ladder, *_rest) = desk.rules_of(fire).procedure.ladders
    assert ladder.rungs[0].role == "director"


def test_a_roster_is_judged_by_the_ladders_of_all_of_them(desk: Desk) -> None:
    set_in_force(desk, P0, PLANT)
    people = desk.store.people()
    gone = [each for each in people if each.role != "head"]
    assert len(gone) < len(people)
    zone, at = desk.rules.calendar.tz, desk.clock.now()
    lost = [
        roster_change(people, gone, in_force, at, zone).rungs
        for in_force in (desk.in_force.procedures, reversed(desk.in_force.procedures))
    ]
    assert ["head" in each for each in lost] == [True, True]


def test_the_registers_are_those_of_the_month_s_procedure(desk: Desk) -> None:
    set_in_force(desk, P0, CENTRE)
    desk.open_case(Intake(said="漏水", category="leak"))
    desk.open_case(Intake(said="漏水", category="leak", procedure=CENTRE))
    (book,) = running_books(desk, f"2026-11/{CENTRE}")
    assert [each.rules.procedure.id for each in book.cases] == [CENTRE]
    (every,) = running_books(desk, "2026-11")
    assert every.cases == book.cases
    assert running_books(desk, f"2026-11/{P0}") == ()
    with pytest.raises(Refusal, match="procedure_not_in_force"):
        running_books(desk, f"2026-11/{FEE}")


def test_a_mark_by_phone_is_owed_by_the_words_of_its_own_procedure(desk: Desk) -> None:
    add_head(desk, "陈志强", "head", "864257")
    add_second(desk)
    file = desk.site.folder / "procedures" / f"{SECOND}.toml"
    owing = '[signature]\nrule = "P0-11"\nlabel = { zh = "补签", en = "Sign" }\ndue = "9 days"\n'
    file.write_text(f"{file.read_text('utf-8')}\n{owing}", "utf-8")
    set_in_force(desk, P0, SECOND)
    put(desk, "2026-11-18 10:00")
    owed = [
        entry.event
        for each in (P0, SECOND)
        for entry in (sign_check(desk, HeadMark(None, name="陈志强"), procedure=each),)
    ]
    assert all(isinstance(each, DeskSigned) for each in owed)
    first, second = (each.due for each in owed if isinstance(each, DeskSigned))
    assert first is not None
    assert second is not None
    assert first < second


def test_a_case_whose_procedure_left_is_worked_to_its_end_by_its_own_text(desk: Desk) -> None:
    add_second(desk, "EB-")
    set_in_force(desk, P0, SECOND)
    number = desk.open_case(Intake(place="3-2-1502", said="吵", category="noise")).case.number
    set_in_force(desk, P0)
    told = cmd.TryCall(person="zhangwei", name="张伟", outcome=CallOutcome.REACHED)
    done = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)
    desk.perform(number, told)
    paper = desk.issue_slip(number).case.slip.number
    assert paper == "EB-000001"
    for command in (
        done,
        cmd.ReceivePaper(number=paper),
        cmd.SignPaper(signer="王芳", role="dispatcher"),
        cmd.FilePaper(binder="2026-11", page="1"),
        cmd.CloseFinal(),
    ):
        desk.perform(number, command)
    case = desk.record(number).case
    assert case.final_at is not None
    assert procedure_of(desk, number) == SECOND
    assert desk.in_force.short_of(case.procedure) is not None


def test_a_routine_of_one_that_left_is_owed_no_more(desk: Desk) -> None:
    add_second(desk)
    set_in_force(desk, P0, SECOND)
    put(desk, "2026-12-20 09:00")
    (_own, theirs) = open_routines(desk, "charges")
    assert theirs.clock == f"{SECOND}/charges"
    set_in_force(desk, P0)
    assert not any(SECOND in duty.key for duty in owed_by_desk(desk))
    with pytest.raises(Refusal, match="no_routine"):
        do_routine(desk, theirs.key)
    # It comes back: what had begun before is owed anew only from then on.
    put(desk, "2026-12-21 09:00")
    set_in_force(desk, P0, SECOND)
    again = [duty for duty in owed_by_desk(desk) if duty.clock == f"{SECOND}/charges"]
    assert [duty.key for duty in again if duty.due and duty.due < desk.clock.now()] == []
