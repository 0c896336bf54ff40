"""What is to be corrected is a case of its own: opened once, tied both ways, told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site, recall_site
from dispatcher_tui.desk.case.alarms import Alarms
from dispatcher_tui.desk.case.corrective import (
    corrective_of_rise,
    counts_as_complaint,
    open_corrective,
    tied,
)
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.record import duties_by, faithful
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.terms import CallOutcome, DutyState, Stage
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.site.load import load
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.verify import verify
from tests.desk.life import written_off
from tests.desk.on_watch import day_watch, put
from tests.domain.support import local

CALL = cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED)
FOUND = "11月18日 厨房漏水: 接头老化, 未按要求更换"


def asked(desk: Desk) -> str:
    """A complaint whose cause was substandard work; its id."""
    return written_off(desk, "2026-11-18 10:00", "yes").id


@pytest.mark.rule("P0-13")
def test_it_carries_the_number_it_comes_from_and_the_complaint_carries_its_own(
    tmp_path: Path,
) -> None:
    desk = day_watch(tmp_path)
    source = asked(desk)
    done = open_corrective(desk, of_case=source, text=FOUND)
    complaint, made = desk.record(source).case, desk.record(done.case.number).case
    assert (made.tied_to, made.verbatim) == (complaint.number, FOUND)
    assert (made.place, made.case_class) == (complaint.place, complaint.case_class)
    assert complaint.correctives == (made.number,)
    assert {d.rule for d in desk.record(source).duties if d.do == "corrective"} == {"P0-13"}
    assert not [d for d in desk.record(source).duties if d.do == "corrective" and d.pending]
    assert [each.stage for each in tied(desk, complaint.correctives)] == [Stage.OPEN]


@pytest.mark.rule("P0-13")
def test_one_at_a_time_and_another_once_the_first_has_ended(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    source = asked(desk)
    first = open_corrective(desk, of_case=source, text=FOUND).case
    rows = desk.store.rows()
    with pytest.raises(Refusal, match="corrective_open") as caught:
        open_corrective(desk, of_case=source, text=FOUND)
    assert caught.value.detail == {"number": first.number}
    assert desk.store.rows() == rows
    ended = desk.store.case(first.id)
    assert ended is not None
    _carry_through(desk, first.id)
    second = open_corrective(desk, of_case=source, text="又漏").case
    assert desk.record(source).case.correctives == (first.number, second.number)
    assert tied(desk, (first.number, second.number))[0].number == second.number


def _carry_through(desk: Desk, case_id: str) -> None:
    """Every act of it, its report signed by the head and filed."""
    for step in ("company_told", "cause_found", "measure_set", "carried_out", "verified"):
        desk.perform(case_id, cmd.RecordStep(step=step, person="陈志强", note="已办"))
    desk.perform(case_id, cmd.WriteOff())
    desk.perform(case_id, cmd.ReceivePaper(number="JZ-1"))
    desk.perform(case_id, cmd.SignPaper(signer="陈志强", role="head"))
    desk.perform(case_id, cmd.FilePaper(binder="质", page="1"))
    desk.perform(case_id, cmd.RecordStep(step="quality_filed", person="质量管理部"))
    desk.perform(case_id, cmd.CloseFinal())


@pytest.mark.rule("P2-10")
def test_a_rise_has_one_too_and_it_owes_the_quality_department_a_word(tmp_path: Path) -> None:
    desk = put(day_watch(tmp_path), "2026-12-01 09:00")
    made = open_corrective(desk, about="ordinary:2026-11", text="9月 11, 10月 14, 11月 20").case
    found = corrective_of_rise(desk, "ordinary:2026-11")
    assert found is not None
    assert (found.number, made.tied_to) == (made.number, "ordinary:2026-11")
    assert [d.due for d in desk.record(made.id).duties if d.rule == "P2-10"] == [
        local("2026-12-01 09:30")
    ]
    with pytest.raises(Refusal, match="corrective_open"):
        open_corrective(desk, about="ordinary:2026-11", text="again")
    assert corrective_of_rise(desk, "grave:2026-11") is None
    open_corrective(desk, about="grave:2026-11", text="another rise")


@pytest.mark.rule("P0-13")
def test_without_words_or_a_source_nothing_is_opened(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    source = asked(desk)
    rows = desk.store.rows()
    for given, code in (
        ({"of_case": source, "text": " \n"}, "note_missing"),
        ({"of_case": "no such", "text": "x"}, "no_case"),
        ({"text": "x"}, "no_case"),
    ):
        with pytest.raises(Refusal, match=code):
            open_corrective(desk, **given)
    assert desk.store.rows() == rows


@pytest.mark.rule("P0-13")
def test_it_is_no_complaint_and_stands_on_the_board_under_its_own_name(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    source = asked(desk)
    made = open_corrective(desk, of_case=source, text=FOUND).case
    lines = {line.id: line for line in desk.store.board(Lane.ALL)}
    assert [counts_as_complaint(desk, lines[key].procedure) for key in (source, made.id)] == [
        True,
        False,
    ]
    assert lines[made.id].level_zh == "纠正"
    assert not lines[made.id].emergency


@pytest.mark.rule("P0-13")
def test_at_three_in_the_morning_it_is_silent_though_nobody_was_told(tmp_path: Path) -> None:
    """It sounds once, as any duty does, when its working day ends; an untold complaint insists."""
    desk = day_watch(tmp_path)
    made = open_corrective(desk, of_case=asked(desk), text=FOUND).case
    line = desk.store.line(made.id)
    assert line is not None
    assert not line.shout
    assert line.assignee == ""
    alarms = Alarms()
    alarms.begin([line], (), local("2026-11-18 10:00"))
    assert alarms.wanted(local("2026-11-19 03:00")) == alarms.wanted(local("2026-11-18 10:01"))
    evening = alarms.wanted(local("2026-11-19 17:30"))
    assert evening.ordinary == local("2026-11-19 17:30")
    assert not evening.untold
    night = alarms.wanted(local("2026-11-20 03:00"))
    assert not (night.untold)
    assert not (night.unreached)
    assert not (night.at_once)


@pytest.mark.rule("P0-13")
def test_both_texts_are_adopted_and_prove_themselves(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    made = open_corrective(desk, of_case=asked(desk), text=FOUND).case
    assert made.procedure == desk.in_force.companions["estate-dispatch"] != desk.procedure_ref
    document = desk.store.document(made.procedure)
    assert document is not None
    assert document.name == "procedures/corrective-action.toml"
    before = desk.store.board(Lane.ALL)
    owed = duties_by(desk.rulebook)
    assert verify(desk.store, fold=fold, duties_of=owed, faithful=faithful).sound
    rebuild(
        desk.store,
        fold=fold,
        duties_of=owed,
        level_of=lambda case: desk.rules_of(case).procedure.level(case.level),
        initials=desk.initials,
        extra=desk._search_words,
    )
    assert desk.store.board(Lane.ALL) == before


@pytest.mark.rule("P0-13")
def test_an_edited_companion_counts_for_new_ones_alone(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    made = open_corrective(desk, of_case=asked(desk), text=FOUND).case
    file = desk.site.folder / "procedures" / "corrective-action.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('due = "3 working days"', 'due = "4 working days"'), "utf-8")
    adopt_site(desk, load(desk.site.folder))
    later = open_corrective(desk, about="ordinary:2026-11", text="x").case
    due = {
        case.id: [d.due for d in desk.perform(case.id, CALL).duties if d.clock == "cause"]
        for case in (made, later)
    }
    assert due == {made.id: [local("2026-11-23 17:30")], later.id: [local("2026-11-24 17:30")]}


@pytest.mark.rule("P0-13")
def test_a_desk_that_only_reads_takes_both_texts_from_the_record(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    known = desk.in_force.companions
    desk.in_force.companions = {}
    recall_site(desk, desk.site)
    assert desk.in_force.companions == known


@pytest.mark.rule("P0-13")
def test_a_desk_made_before_there_were_companions_adopts_one_at_its_next_start(
    tmp_path: Path,
) -> None:
    desk = day_watch(tmp_path)
    folder = desk.site.folder
    (folder / "procedures" / "corrective-action.toml").unlink()
    own = folder / "procedures" / "estate-dispatch.toml"
    text = own.read_text("utf-8")
    old = text[: text.index("[corrective]")] + text[text.index("[keep]") :]
    head, clock, rest = old.partition('[[clock]]\nrule = "P0-13"')
    own.write_text(head + rest[rest.index("\n# ----") :] if clock else old, "utf-8")
    adopt_site(desk, load(folder))
    source = asked(desk)
    assert desk.in_force.companions == {}
    with pytest.raises(Refusal, match="corrective_not_asked"):
        open_corrective(desk, of_case=source, text=FOUND)
    own.write_text(text, "utf-8")
    adopt_site(desk, load(folder))  # the folder has none of its own: the shipped one counts
    assert open_corrective(desk, of_case=source, text=FOUND).case.tied_to


@pytest.mark.rule("P0-13")
def test_its_acts_have_their_names_in_lists_of_every_procedure(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    names = Glossary(procedure=names_in_force(desk))
    assert names.item("cause_found") == "Cause found"
    assert names.duty("verify@20261118T010000.000000") == "Check the effect"
    assert names.item("paper_chased") == "Slip copy asked for"
    assert names.role("quality") == "Quality (supervision) department"


@pytest.mark.rule("P0-13")
def test_the_duty_to_open_it_is_on_the_board_until_it_is_opened(tmp_path: Path) -> None:
    desk = day_watch(tmp_path)
    source = asked(desk)
    owed = [d for d in desk.record(source).duties if d.do == "corrective"]
    assert [(d.pending, d.due) for d in owed] == [(True, local("2026-11-19 17:30"))]
    put(desk, "2026-11-19 17:30:01").fire()
    open_corrective(desk, of_case=source, text=FOUND)
    owed = [d for d in desk.record(source).duties if d.do == "corrective"]
    assert [state(d, desk.clock.now()) for d in owed] == [DutyState.DONE_LATE]
