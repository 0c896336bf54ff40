"""A case handed over at a desk: the record, its months, its paper, and the duties of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.case.moving import move_case, others_than
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.papers.case_reports import case_report, form_report, slip_report
from dispatcher_tui.desk.papers.form_book import issue_form
from dispatcher_tui.desk.record import Record, duties_by, faithful, level_by
from dispatcher_tui.desk.reviews.months import read_month, report_month
from dispatcher_tui.desk.reviews.routines import is_of
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.month import CaseFlow
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome, Stage
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.present.case.timeline import entry_text
from dispatcher_tui.present.names import Glossary, names_of
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.verify import verify
from tests.desk.on_watch import open_desk, put
from tests.desk.several import set_in_force
from tests.domain.support import P0, P4, local, written_off

PLANT = "estate-plant"
TOLD = cmd.TryCall(person="zhangwei", name="张伟", outcome=CallOutcome.REACHED)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return set_in_force(open_desk(tmp_path, local("2026-11-09 08:00")), P0, PLANT)


def leak(desk: Desk, at: str = "2026-11-18 10:00") -> str:
    form = Intake(place="3-2-1502", said="漏水", category="leak")
    return put(desk, at).open_case(form).case.number


def sound(desk: Desk) -> bool:
    owed = duties_by(desk.rulebook)
    return verify(desk.store, fold=fold, duties_of=owed, faithful=faithful).sound


def flow(desk: Desk, name: str) -> CaseFlow:
    return read_month(desk, name).figures.flow


def test_it_is_the_other_s_from_here_and_the_record_proves_it(desk: Desk) -> None:
    number = leak(desk)
    paper = desk.issue_slip(number).case.slip.number
    put(desk, "2026-11-18 10:03")
    done = move_case(desk, number, PLANT, " 归机电管 ")
    assert [entry.event.__class__.__name__ for entry in done.entries] == ["Moved", "LevelChanged"]
    case = desk.record(number).case
    assert desk.rules_of(case).procedure.id == PLANT
    assert (case.slip.number, paper) == (paper, "FW-000001")
    assert (is_of(desk, case, P0), is_of(desk, case, PLANT)) == (False, True)
    assert desk.in_force.short_of(case.procedure) is not None
    assert sound(desk)
    owed, level = duties_by(desk.rulebook), level_by(desk.rulebook)
    before = desk.record(number)
    rebuild(desk.store, fold=fold, duties_of=owed, level_of=level, initials=desk.initials)
    assert desk.record(number).case == before.case
    assert desk.record(number).duties == before.duties
    # Another one is drawn where the case has none yet: from the range of whoever has it.
    other = leak(desk, "2026-11-18 11:00")
    move_case(desk, other, PLANT, "归机电管")
    assert desk.issue_slip(other).case.slip.number == "JD-000001"


def test_the_new_clocks_fall_due_once_and_the_old_ones_never(desk: Desk) -> None:
    number = leak(desk)
    put(desk, "2026-11-18 10:04")
    move_case(desk, number, PLANT, "归机电管")
    put(desk, "2026-11-18 10:04:59")
    assert desk.fire() == []
    put(desk, "2026-11-18 10:05")
    assert [len(done.entries) for done in desk.fire()] == [1]
    put(desk, "2026-11-18 12:30")
    assert not any(entry for done in desk.fire() for entry in done.entries if "P0-" in str(entry))


def test_the_log_calls_a_duty_of_the_new_one_by_its_name(desk: Desk) -> None:
    number = leak(desk)
    move_case(desk, number, PLANT, "归机电管")
    put(desk, "2026-11-18 10:05")
    (done,) = desk.fire()
    told = Record(desk.store, desk.clock).case(number)
    zone, names = desk.rules.calendar.tz, Glossary(procedure=names_of(told.rules))
    assert "Tell plant staff" in entry_text(done.entries[0], zone, names)


def test_programs_are_told_which_duties_ended_so(desk: Desk) -> None:
    number = leak(desk)
    put(desk, "2026-11-18 10:04")
    move_case(desk, number, PLANT, "归机电管")
    told = Record(desk.store, desk.clock).case(number)
    shown = case_object(
        told.case, told.duties, told.rules, desk.clock.now(), told.entries or (), Glossary()
    )
    assert shown["procedure"] == PLANT
    moved = {duty["rule"]: duty["state"] for duty in shown["duties"] if duty["reason"] == "moved"}
    assert moved["P0-02"] == "cancelled"
    assert not any(rule.startswith("P7") for rule in moved)
    told_of = next(entry for entry in shown["entries"] if entry["kind"] == "moved")
    assert "Dispatch" in told_of["text"]
    assert "归机电管" in told_of["text"]


def test_a_month_counts_it_where_it_is_and_says_moved_out_where_it_was(desk: Desk) -> None:
    leak(desk)
    number = leak(desk, "2026-11-18 11:00")
    put(desk, "2026-11-20 09:00")
    move_case(desk, number, PLANT, "归机电管")
    ours, theirs = flow(desk, f"2026-11/{P0}"), flow(desk, f"2026-11/{PLANT}")
    assert (ours.opened, ours.moved_out) == (1, 1)
    assert (theirs.opened, theirs.moved_out) == (1, 0)
    assert ours.balanced
    assert theirs.balanced
    # What was owed before the move counts for whom it was owed by.
    rules = {
        name: {tally.rule for tally in read_month(desk, f"2026-11/{name}").figures.timeliness.rules}
        for name in (P0, PLANT)
    }
    assert not any(rule.startswith("P7") for rule in rules[P0])
    assert not any(rule.startswith("P0") for rule in rules[PLANT])


@pytest.mark.parametrize(
    ("at", "november", "december"),
    [
        ("2026-11-30 23:59:59", (0, 1, 1), (0, 0, 1)),
        ("2026-12-01 00:00:00", (1, 0, 0), (0, 1, 1)),
        ("2026-12-01 00:00:01", (1, 0, 0), (0, 1, 1)),
    ],
)
def test_a_move_at_a_month_s_end(
    desk: Desk, at: str, november: tuple[int, ...], december: tuple[int, ...]
) -> None:
    number = leak(desk)
    put(desk, at)
    move_case(desk, number, PLANT, "归机电管")
    put(desk, "2026-12-20 09:00")
    first, second = flow(desk, f"2026-11/{P0}"), flow(desk, f"2026-11/{PLANT}")
    assert (first.opened, first.moved_out, second.opened) == november
    first, second = flow(desk, f"2026-12/{P0}"), flow(desk, f"2026-12/{PLANT}")
    assert (first.carried_in, first.moved_out, second.carried_in) == december


def test_a_month_that_was_drawn_hears_of_a_move_into_it(desk: Desk) -> None:
    number = leak(desk)
    put(desk, "2026-12-02 09:00")
    report_month(desk, f"2026-11/{P0}", "平稳")
    assert not read_month(desk, f"2026-11/{P0}").stale
    move_case(desk, number, PLANT, "归机电管")
    assert flow(desk, f"2026-11/{P0}").opened == 1  # as it stood at the month's end


def test_only_one_in_force_is_moved_into(desk: Desk) -> None:
    number = leak(desk)
    assert [each.id for each in others_than(desk, P0)] == [PLANT]
    for to, code in ((P4, "procedure_not_in_force"), (P0, "same_procedure")):
        with pytest.raises(Refusal, match=code):
            move_case(desk, number, to, "x")
    with pytest.raises(Refusal, match="reason_missing"):
        move_case(desk, number, PLANT, "   ")
    assert desk.record(number).case.moves == ()


def test_it_is_taken_back_like_any_other_act(desk: Desk) -> None:
    number = leak(desk)
    before = desk.record(number)
    put(desk, "2026-11-18 10:01")
    move_case(desk, number, PLANT, "归机电管")
    put(desk, "2026-11-18 10:02")
    desk.take_back(number)
    after = desk.record(number)
    assert (after.case, after.duties) == (before.case, before.duties)
    assert sound(desk)


def test_one_that_left_the_list_is_left_and_its_case_goes_on(desk: Desk) -> None:
    set_in_force(desk, P0, PLANT, P4)
    number = leak(desk)
    move_case(desk, number, P4, "归驻点")
    set_in_force(desk, P0, PLANT)
    move_case(desk, number, PLANT, "驻点撤了")
    put(desk, "2026-11-18 10:01")
    desk.perform(number, TOLD)
    assert desk.rules_of(desk.record(number).case).procedure.id == PLANT
    assert sound(desk)


def test_a_paper_that_is_out_stays_what_it_is_and_closes_the_case(desk: Desk) -> None:
    number = leak(desk)
    desk.perform(number, TOLD)
    desk.issue_slip(number)
    move_case(desk, number, PLANT, "归机电管")  # in the very moment that it was issued
    rules = desk.rules_of(desk.record(number).case)
    printed = slip_report(case_report(desk, number))
    assert (printed.form.id, printed.number) == ("service_slip", "FW-000001")
    assert rules.procedure.closing_paper.name.en == desk.rules.procedure.closing_paper.name.en
    assert "complaint_record" not in {form.id for form in rules.procedure.forms}
    told = Record(desk.store, desk.clock).case(number)
    names = Glossary(procedure=names_of(told.rules))
    issued = next(e for e in told.entries or () if isinstance(e.event, ev.SlipIssued))
    assert "FW-000001" in entry_text(issued, desk.rules.calendar.tz, names)
    put(desk, "2026-11-18 11:00")
    desk.perform(number, cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED))
    for act in ("user_contacted", "result_written", "verified", "return_visit"):
        desk.perform(number, cmd.RecordStep(step=act, person="刘强", note="好了"))
    desk.perform(number, written_off())
    desk.perform(number, cmd.ReceivePaper(number="FW-000001"))
    desk.perform(number, cmd.SignPaper(signer=desk.actor, role=""), cosigner=desk.actor)
    desk.perform(number, cmd.FilePaper(binder="2026-11", page="7"))
    desk.perform(number, cmd.RecordStep(step="effect_checked", person="陈志强", note="好了"))
    assert desk.perform(number, cmd.CloseFinal()).case.stage is Stage.FINAL
    assert sound(desk)


def test_a_paper_issued_after_the_move_is_the_new_ones(desk: Desk) -> None:
    number = leak(desk)
    move_case(desk, number, PLANT, "归机电管")
    put(desk, "2026-11-18 10:00:01")
    desk.issue_slip(number)
    printed = slip_report(case_report(desk, number))
    assert (printed.form.id, printed.number) == ("complaint_record", "JD-000001")


def test_a_numbered_form_that_is_out_is_still_known_by_whom_it_was_issued(desk: Desk) -> None:
    set_in_force(desk, P0, PLANT, P4)
    number = leak(desk)
    move_case(desk, number, P4, "归驻点")
    put(desk, "2026-11-18 10:01")
    issue_form(desk, desk.record(number).case.id, "liaison_sheet")
    put(desk, "2026-11-18 10:02")
    move_case(desk, number, PLANT, "归机电管")
    assert form_report(case_report(desk, number), "liaison_sheet").number == "LX-000001"
    with pytest.raises(Refusal, match="no_such_form"):
        form_report(case_report(desk, number), "meeting_minutes")
    told = Record(desk.store, desk.clock).case(number)
    names = Glossary(procedure=names_of(told.rules))
    zone = desk.rules.calendar.tz
    assert any("Liaison sheet" in entry_text(e, zone, names) for e in told.entries or ())


def test_after_an_undone_move_the_log_still_says_its_level_in_words(desk: Desk) -> None:
    set_in_force(desk, P0, P4)
    number = leak(desk)
    put(desk, "2026-11-18 10:01")
    done = move_case(desk, number, P4, "归驻点")
    put(desk, "2026-11-18 10:01:10")
    desk.perform(number, cmd.RecordStep(step="resident_informed", note="在路上"))
    put(desk, "2026-11-18 10:01:30")
    desk.take_back(number)
    desk.take_back(number)
    told = Record(desk.store, desk.clock).case(number)
    assert told.case.moves == ()
    zone, alone = desk.rules.calendar.tz, Glossary(procedure=names_of(told.rules))
    level = next(e for e in done.entries if isinstance(e.event, ev.LevelChanged))
    assert "Level now Minor" in entry_text(level, zone, alone)
    beside = Glossary(procedure=names_of(told.rules, names_in_force(desk)))
    lines = [entry_text(entry, zone, beside) for entry in told.entries or ()]
    assert any("Resident informed" in line for line in lines)
    assert not any("resident_informed" in line for line in lines)
