"""Corrective and preventive action: asked for by a complaint, carried through, filed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.reviews.corrective import RISE, is_complaint
from dispatcher_tui.domain.words.terms import FeedbackBy, Satisfaction, Stage
from tests.domain.support import CAPA, P0, P4, Story, local, proves_boundary, rules

OPENED = "2026-11-18 09:00"  # a Wednesday; the office closes at 17:30
TIE = cmd.TieCorrective(corrective="c2", number="261118-02")


def substandard(answer: str = "yes", at: str = "2026-11-18 10:00") -> Story:
    """A complaint written off with an answer to whether substandard work caused it."""
    story = Story(P0, OPENED).open().call().at(at)
    story.do(
        cmd.WriteOff(
            by=FeedbackBy.WORD,
            source="张伟",
            satisfaction=Satisfaction.FAIR,
            items={"substandard": answer} if answer else {},
        )
    )
    return story


def corrective(*tags: str) -> Story:
    """A corrective action just opened on a Wednesday at nine."""
    return Story(CAPA, OPENED).open(tags=tags)


def under_way() -> Story:
    """One that the company and the responsible person know of since ten past nine."""
    story = corrective().after(minutes=10).call()
    return story.step("company_told")


def verified() -> Story:
    """One whose measure was found effective on the Friday five weeks later."""
    story = under_way().step("cause_found").step("measure_set")
    return story.after(days=1).step("carried_out").at("2026-12-11 15:00").step("verified")


@pytest.mark.rule("P0-13", "when")
def test_a_complaint_caused_by_substandard_work_owes_a_report_to_the_company() -> None:
    story = substandard()
    assert story.states()["P0-13"] == "running"
    story.paper()
    proves_boundary(story, "P0-13", "2026-11-19 17:30")


@pytest.mark.rule("P0-13")
@pytest.mark.parametrize("answer", ["no", ""])
def test_any_other_owes_none(answer: str) -> None:
    assert "P0-13" not in substandard(answer).owed()


@pytest.mark.rule("P0-13")
def test_it_is_not_final_while_the_report_is_owed() -> None:
    story = substandard().paper()
    refusal = story.refused(cmd.CloseFinal())
    assert (refusal.code, refusal.rule) == ("final_incomplete", "P0-13")
    assert refusal.missing == (MissingItem("corrective", "P0-13"),)
    story.do(TIE)
    assert story.states()["P0-13"] == "done"
    story.do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P0-13")
def test_the_head_may_decide_that_none_is_needed_and_says_why() -> None:
    story = substandard()
    no = cmd.RecordStep(step="no_corrective", person="陈志强", note="外单位施工引起")
    assert story.refused(cmd.RecordStep(step="no_corrective", note="x")).code == "name_missing"
    assert story.refused(cmd.RecordStep(step="no_corrective", person="陈")).code == "note_missing"
    story.do(no)
    assert story.states()["P0-13"] == "done"


@pytest.mark.rule("P0-13")
def test_the_cause_may_be_known_before_the_write_off_or_after_the_end() -> None:
    story = Story(P0, OPENED).open().call().step("substandard")
    assert story.states()["P0-13"] == "running"
    story.do(TIE)
    ended = substandard("no").paper()
    ended.do(cmd.CloseFinal())
    ended.do(TIE)
    assert ended.case.stage is Stage.FINAL
    assert ended.case.correctives == ("261118-02",)


@pytest.mark.rule("P0-13")
def test_a_yes_that_is_on_record_already_is_not_recorded_twice() -> None:
    story = Story(P0, OPENED).open().call().step("substandard").after(hours=1)
    command = cmd.WriteOff(
        by=FeedbackBy.WORD,
        source="张伟",
        satisfaction=Satisfaction.FAIR,
        items={"substandard": "yes"},
    )
    assert not [e for e in story.do(command) if isinstance(e, ev.StepRecorded)]
    assert [name for name in story.owed() if name.startswith("P0-13")] == ["P0-13"]


@pytest.mark.rule("P0-13")
def test_neither_an_invalid_case_nor_a_corrective_one_is_corrected() -> None:
    assert corrective().refused(TIE).code == "corrective_of_itself"
    story = Story(P4, OPENED).open()
    story.do(cmd.JudgeInvalid(reason="不归物业管"))
    assert story.refused(TIE).code == "case_ended"


@pytest.mark.rule("P0-13")
def test_that_it_was_opened_is_not_taken_back() -> None:
    story = substandard().after(minutes=5)
    story.do(TIE)
    assert isinstance(story.entries[-1].event, rec.CorrectiveOpened)
    with pytest.raises(Exception, match="not_taken_back"):
        story.take_back()


@pytest.mark.rule("P0-13")
def test_only_its_own_cases_are_no_complaints() -> None:
    assert [is_complaint(rules(name).procedure) for name in (P0, P4, CAPA)] == [True, True, False]


@pytest.mark.rule("P0-13", "when")
def test_the_company_is_told_by_the_end_of_the_next_working_day() -> None:
    story = corrective().after(minutes=10).call()
    proves_boundary(story, "company", "2026-11-19 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
def test_so_is_the_responsible_person() -> None:
    proves_boundary(corrective().step("company_told"), "told", "2026-11-19 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
def test_no_clock_of_it_runs_out_at_night() -> None:
    procedure = rules(CAPA).procedure
    ours = [clock for clock in procedure.clocks if not clock.when.tags]  # a rise is told of at once
    assert {clock.due.partition(" ")[2] for clock in ours} == {
        "working day",
        "working days",
    }
    assert procedure.keep.due == "5 working days"
    assert [clock.key for clock in procedure.clocks if clock.quiet] == ["told"]


@pytest.mark.rule("P0-13")
def test_the_cause_is_found_in_three_working_days_from_the_telling() -> None:
    story = corrective().step("company_told").at("2026-11-19 09:00").call()
    proves_boundary(story, "cause", "2026-11-24 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
def test_the_measure_is_set_in_three_working_days_from_the_cause() -> None:
    story = under_way().at("2026-11-20 12:00").step("cause_found")
    proves_boundary(story, "measure", "2026-11-25 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
def test_it_is_carried_out_in_ten_working_days() -> None:
    story = under_way().step("cause_found").after(hours=1).step("measure_set")
    proves_boundary(story, "carry_out", "2026-12-02 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
def test_its_effect_is_checked_about_a_month_later() -> None:
    story = under_way().step("cause_found").step("measure_set").after(hours=1).step("carried_out")
    proves_boundary(story, "verify", "2026-12-16 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
def test_one_without_effect_begins_again_with_the_cause() -> None:
    story = under_way().step("cause_found").step("measure_set").step("carried_out")
    story.at("2026-12-01 10:00")
    story.do(cmd.RecordStep(step="not_effective", person="质量部", note="又漏了"))
    states = story.states()
    assert (states["cause·2"], states["verify"]) == ("running", "done")
    story.step("cause_found").step("measure_set").step("carried_out")
    assert story.due("verify·2") == local("2026-12-29 17:30")


@pytest.mark.rule("P0-13")
def test_once_effective_it_is_written_off_in_three_working_days() -> None:
    proves_boundary(verified(), "end", "2026-12-16 17:30", rule="P0-13")


@pytest.mark.rule("P0-13")
@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        ((), ["company_told", "cause_found", "measure_set", "carried_out", "verified"]),
        (("company_told", "cause_found", "measure_set", "carried_out"), ["verified"]),
    ],
)
def test_it_is_not_written_off_before_its_effect_is_checked(
    steps: tuple[str, ...], missing: list[str]
) -> None:
    story = corrective().call()
    for step in steps:
        story.step(step)
    refusal = story.refused(cmd.WriteOff())
    assert [each.item for each in refusal.missing] == missing


@pytest.mark.rule("P0-13")
def test_the_report_is_asked_for_until_it_is_filed() -> None:
    story = verified()
    story.do(cmd.WriteOff())
    proves_boundary(story, "report", "2026-12-16 17:30", rule="P0-13")
    story.step("paper_chased")
    assert story.due("report·2") == local("2026-12-21 17:30")


@pytest.mark.rule("P0-13", "who", "signed")
def test_the_head_alone_signs_the_report_and_the_quality_department_gets_it() -> None:
    story = verified()
    story.do(cmd.WriteOff())
    story.do(cmd.ReceivePaper(number="JZ-000001"))
    wrong = story.refused(cmd.SignPaper(signer="李建国", role="dispatcher"))
    assert (wrong.code, wrong.detail) == ("wrong_signer", {"role": "head"})
    story.do(cmd.SignPaper(signer="陈志强", role="head"))
    story.do(cmd.FilePaper(binder="质-1", page="7"))
    refusal = story.refused(cmd.CloseFinal())
    assert refusal.missing == (MissingItem("quality_filed", "P0-13"),)
    assert story.due("quality") == local("2026-12-14 17:30")
    story.do(cmd.RecordStep(step="quality_filed", person="质量管理部"))
    story.do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P0-13")
def test_the_quality_department_has_it_by_the_end_of_the_next_working_day() -> None:
    story = verified()
    story.do(cmd.WriteOff())
    story.do(cmd.ReceivePaper(number="JZ-000001"))
    story.do(cmd.SignPaper(signer="陈志强", role="head"))
    proves_boundary(story, "quality", "2026-12-14 17:30", rule="P0-13")


@pytest.mark.rule("P2-10", "who", "when")
def test_of_a_rise_supervision_is_told_at_once() -> None:
    story = corrective(RISE).after(minutes=10).call().step("company_told")
    told = story.rules.procedure.step("quality_told")
    assert told is not None
    assert told.to == "quality"
    proves_boundary(story, "supervision", "2026-11-18 09:30", rule="P2-10")
    assert "supervision" not in under_way().owed()


@pytest.mark.rule("P0-13")
def test_it_always_owes_something_until_it_ends() -> None:
    story = under_way()
    for step in ("cause_found", "measure_set", "carried_out", "verified"):
        assert any(duty.pending and duty.due for duty in story.owed().values())
        story.at(story.now + timedelta(hours=1)).step(step)
    assert any(duty.pending and duty.due for duty in story.owed().values())
