"""The owners' relations, rule by rule: complaints within two days, serious ones, notices."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem, unjudged, write_off_items
from dispatcher_tui.domain.duties.triage import ladders, roles_to_tell
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact, FollowUpOutcome, Stage
from tests.domain.support import P1, SECOND, Story, local, proves_boundary, written_off

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
ORDINARY = {"P1-04": "running", "P1-06": "running"}
SERIOUS = {"P1-04": "running", "P1-07": "running"}
CUT: dict[str, object] = {"case_class": "notice", "tags": ("planned_cut",)}
ONE: dict[str, object] = {"case_class": "notice", "tags": ("single_notice",)}


def opened(**fields: object) -> Story:
    return Story(P1, OPENED).open(**fields)


def told(**fields: object) -> Story:
    return opened(**fields).call()


def solved(**fields: object) -> Story:
    """A valid case that was told and found done at 10:00."""
    story = told(**fields)
    story.do(cmd.JudgeValid())
    return story.at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED)


def planned(story: Story, begins: datetime) -> Story:
    """The cut's times are written down: it lasts two hours."""
    ends = begins + timedelta(hours=2)
    return story.step("cut_planned", cut_begins=begins.isoformat(), cut_ends=ends.isoformat())


@pytest.mark.rule("P1-01", "who")
@pytest.mark.parametrize(
    ("channel", "first"),
    [
        (Channel.PHONE, "affairs"),
        (Channel.VISIT, "affairs"),
        (Channel.LETTER, "operations"),
        (Channel.SUPERIOR, "operations"),
        (Channel.MEDIA, "operations"),
    ],
)
def test_the_estates_own_matter_and_the_companys(channel: Channel, first: str) -> None:
    story = opened(channel=channel)
    assert roles_to_tell(story.rules.procedure, story.case)[0] == first
    assert story.states() == ORDINARY


@pytest.mark.rule("P1-02", "recorded")
def test_source_content_and_time_of_receipt_are_recorded() -> None:
    story = opened(channel=Channel.STAFF, received_at=local("2026-11-18 08:30"))
    case = story.case
    assert (case.channel, case.verbatim) == (Channel.STAFF, "厨房漏水")
    assert (case.received_at, case.opened_at) == (local("2026-11-18 08:30"), local(OPENED))


@pytest.mark.rule("P1-03", "when", "signed")
@pytest.mark.parametrize("case_class", ["maintenance", "environment"])
def test_what_was_passed_on_is_signed_for_by_the_end_of_the_shift(case_class: str) -> None:
    story = opened(case_class=case_class).after(minutes=5)
    assert "P1-03" not in story.owed()
    story.call()
    proves_boundary(story, "P1-03", "2026-11-18 19:00")
    assert story.refused(cmd.RecordStep(step="receipt_signed")).rule == "P1-03"
    unsigned = cmd.RecordStep(step="receipt_signed", person="张伟")
    assert (story.refused(unsigned).code, story.refused(unsigned).detail["role"]) == (
        "wrong_role",
        "implementer",
    )
    before = story.states()
    story.step("receipt_signed")
    assert story.states() == {**before, "P1-03": "done_late"}


@pytest.mark.rule("P1-03")
@pytest.mark.parametrize("case_class", ["", "security", "service", "fee"])
def test_ones_own_matter_is_signed_for_by_nobody(case_class: str) -> None:
    assert "P1-03" not in told(case_class=case_class).owed()


@pytest.mark.rule("P1-03")
def test_nothing_is_final_before_the_receiver_has_signed() -> None:
    story = solved(case_class="maintenance").step("return_visit").write_off().paper("dept_head")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("receipt_signed", "P1-03"),)
    story.step("receipt_signed").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P1-04", "when")
def test_it_is_passed_on_within_ten_minutes() -> None:
    story = opened()
    proves_boundary(story, "P1-04", "2026-11-18 09:10")
    before = story.states()
    story.call(CallOutcome.NO_ANSWER)
    assert story.states() == before
    story.call()
    assert story.states() == {**before, "P1-04": "done_late"}


@pytest.mark.rule("P1-04", "when")
def test_another_person_is_told_anew_and_the_apology_comes_first() -> None:
    story = told().at("2026-11-18 11:00")
    story.do(cmd.NameAssignee(person="liu", name="刘芳"))
    proves_boundary(story, "P1-04·2", "2026-11-18 11:10")
    first = next(p for p in story.rules.procedure.prompts if p.at == "intake")
    assert first.rule == "P1-04"


@pytest.mark.rule("P1-05", "what", "recorded")
def test_an_invalid_one_is_explained_and_ended() -> None:
    story = told()
    refusal = story.refused(cmd.JudgeInvalid(reason=" "))
    assert (refusal.code, refusal.rule) == ("explanation_missing", "P1-05")
    story.do(cmd.JudgeInvalid(reason="按物业管理条例, 专有部分由业主负责"))
    assert story.case.stage is Stage.INVALID
    assert not [duty for duty in story.owed().values() if duty.pending]
    assert story.at("2027-01-01 00:00").fire() == []


@pytest.mark.rule("P1-05")
def test_a_notice_is_no_complaint_and_is_not_judged() -> None:
    assert not unjudged(Story(P1, OPENED).rules.procedure, opened(**CUT).case)
    story = told()
    assert unjudged(story.rules.procedure, story.case)
    assert story.refused(written_off()).rule == "P1-05"


@pytest.mark.rule("P1-06", "when")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-18 00:00:01", "2026-11-21 00:00"),  # 24:00 of the 20th
        (OPENED, "2026-11-21 00:00"),
        ("2026-11-18 23:59:59", "2026-11-21 00:00"),
        ("2026-09-30 10:00", "2026-10-03 00:00"),  # calendar days: a holiday counts
        ("2027-12-30 10:00", "2028-01-02 00:00"),
    ],
)
def test_an_ordinary_one_has_two_calendar_days(start: str, due: str) -> None:
    story = Story(P1, start).open().call()
    assert story.owed()["P1-06"].confirmed
    proves_boundary(story, "P1-06", due, also={"P1-06 late": "running"})


@pytest.mark.rule("P1-06")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_solved_in_the_last_second_is_in_time(second: int, expected: str) -> None:
    story = told().at(local("2026-11-21 00:00") + second * SECOND)
    story.follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P1-06"] == expected


@pytest.mark.rule("P1-06")
def test_it_counts_from_the_receipt_and_the_manager_hears_when_it_ran_out() -> None:
    story = opened(received_at=local("2026-11-17 23:00")).call()
    assert story.due("P1-06") == local("2026-11-20 00:00")
    story.at("2026-11-20 00:00").fire()
    assert story.due("P1-06 late") == local("2026-11-20 00:30")
    story.step("told_head")
    assert story.states()["P1-06 late"] == "done"


@pytest.mark.rule("P1-07", "when")
@pytest.mark.parametrize("fact", [Fact.INJURY, Fact.MEDIA, Fact.CLAIM, Fact.GROUP])
def test_what_is_serious_is_reported_within_ten_minutes(fact: Fact) -> None:
    story = opened(facts=(fact,))
    assert (story.case.level, story.case.level_rule) == ("serious", "P1-07")
    group = {"P1-12": "running"} if fact is Fact.GROUP else {}
    assert story.states() == {**SERIOUS, **group}
    assert [ladder.id for ladder in ladders(story.rules.procedure, story.case)] == ["serious"]
    proves_boundary(story.call(), "P1-07", "2026-11-18 09:10")


@pytest.mark.rule("P1-07")
@pytest.mark.parametrize("fact", [Fact.NOW, Fact.AGAIN])
def test_the_rest_is_ordinary(fact: Fact) -> None:
    story = opened(facts=(fact,))
    assert (story.case.level, story.case.level_rule) == ("ordinary", "P1-06")
    assert story.states() == ORDINARY


@pytest.mark.rule("P1-07")
def test_no_serious_one_is_written_off_without_its_order() -> None:
    story = solved(facts=(Fact.CLAIM,))
    assert story.refused(written_off()).missing == (MissingItem("order_signed", "P1-07"),)
    story.step("reported").step("order_signed").write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P1-08", "when")
def test_the_return_visit_within_two_working_days_outlives_the_write_off() -> None:
    story = solved()
    assert "P1-08/visit" not in told().owed()
    story.write_off().paper("dept_head")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("return_visit", "P1-08"),)
    story.step("paper_chased").at("2026-11-19 07:00").step("paper_chased")
    story.at("2026-11-19 19:00").step("paper_chased").at("2026-11-20 07:00").step("paper_chased")
    proves_boundary(story, "P1-08/visit", "2026-11-20 17:30")
    story.step("return_visit", "满意").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P1-08")
@pytest.mark.parametrize(
    ("solved_at", "due", "confirmed"),
    [
        ("2026-09-30 10:00", "2026-10-09 17:30", True),  # the National Day holiday
        ("2026-10-08 10:00", "2026-10-10 17:30", True),  # a Saturday that is worked
        ("2026-12-31 10:00", "2027-01-04 17:30", False),  # no table for 2027
    ],
)
def test_working_days_of_the_visit(solved_at: str, due: str, confirmed: bool) -> None:
    story = Story(P1, solved_at).open().call().follow_up(FollowUpOutcome.COMPLETED)
    duty = story.owed()["P1-08/visit"]
    assert (duty.due, duty.confirmed) == (local(due), confirmed)


@pytest.mark.rule("P1-08", "when")
def test_the_result_is_entered_within_a_working_day() -> None:
    proves_boundary(solved(), "P1-08/off", "2026-11-19 17:30")


@pytest.mark.rule("P1-08", "when", "signed")
def test_the_record_is_chased_at_every_shifts_end_and_the_head_signs_it() -> None:
    story = solved().step("return_visit").write_off()
    proves_boundary(story, "P1-08", "2026-11-18 19:00")
    story.step("paper_chased")
    assert story.due("P1-08·2") == local("2026-11-19 07:00")
    story.do(cmd.ReceivePaper(number="FW-1"))
    for role in ("", "dispatcher", "head"):
        refusal = story.refused(cmd.SignPaper(signer="李建国", role=role))
        assert (refusal.code, refusal.rule) == ("wrong_signer", "P1-08")
    story.do(cmd.SignPaper(signer="梁红", role="dept_head"))
    story.do(cmd.FilePaper(binder="1", page="1"))
    story.do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P1-08")
def test_what_the_write_off_asks() -> None:
    procedure = Story(P1, OPENED).rules.procedure
    kinds: dict[str, dict[str, object]] = {
        "plain": {"case_class": "service"},
        "cut": CUT,
        "one": ONE,
        "repair": {"case_class": "maintenance"},
        "kept": {"tags": ("kept_property",)},
    }
    asked = {
        name: [item.id for item in write_off_items(procedure, opened(**fields).case)]
        for name, fields in kinds.items()
    }
    assert asked == {
        "plain": ["feedback", "satisfaction", "cause"],
        "cut": ["feedback", "cut_notice", "cause"],
        "one": ["feedback", "single_notice", "cause"],
        "repair": ["feedback", "sign_put_up", "satisfaction", "cause"],
        "kept": ["feedback", "loss_told", "satisfaction", "cause"],
    }


@pytest.mark.rule("P1-10", "when")
def test_the_notice_of_a_planned_cut_is_up_a_day_ahead() -> None:
    story = told(**CUT)
    assert (story.case.level, story.case.level_rule) == ("notice", "P1-10")
    assert story.states() == {"P1-04": "done", "P1-10/time": "running"}
    assert (story.owed()["P1-10"].due, story.states(all_of=True)["P1-10"]) == (None, "waiting")
    begins = local("2026-11-20 14:00")
    story.do(cmd.FollowUp(outcome=FollowUpOutcome.ARRANGED, promise=local("2026-11-25 09:00")))
    assert story.owed()["P1-10"].due is None, "a promised time is not when the cut begins"
    planned(story, begins)
    assert story.states()["P1-10/time"] == "done"
    proves_boundary(story, "P1-10", "2026-11-19 14:00", also={"P1-10 late": "running"})
    assert story.refused(cmd.RecordStep(step="cut_notice")).rule == "P1-10"
    story.step("cut_notice", "1-12栋单元门")
    assert story.states()["P1-10"] == "done_late"


@pytest.mark.rule("P1-10")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_up_in_the_last_second_is_in_time(second: int, expected: str) -> None:
    story = told(**CUT)
    planned(story, local("2026-11-20 14:00"))
    story.at(local("2026-11-19 14:00") + second * SECOND).step("cut_notice")
    assert story.states()["P1-10"] == expected


@pytest.mark.rule("P1-10")
def test_put_off_the_notice_has_a_new_time_and_is_called_out_once_more() -> None:
    story = told(**CUT)
    planned(story, local("2026-11-20 14:00"))
    assert story.at("2026-11-19 14:00").fire() == ["P1-10"]
    story.after(minutes=1)
    planned(story, local("2026-11-22 14:00"))
    assert story.due("P1-10") == local("2026-11-21 14:00")
    assert "P1-10 late" not in story.owed()
    assert story.at("2026-11-21 13:59:59").fire() == []
    assert story.at("2026-11-21 14:00").fire() == ["P1-10"]


@pytest.mark.rule("P1-10")
def test_a_cut_in_less_than_a_day_is_late_at_once() -> None:
    story = told(**CUT)
    planned(story, local("2026-11-19 08:00"))
    assert story.due("P1-10") == local("2026-11-18 08:00")
    assert story.fire() == ["P1-10"]
    assert story.states()["P1-10"] == "overdue"


@pytest.mark.rule("P1-10", "when")
def test_when_the_cut_begins_is_asked_within_half_an_hour_and_nowhere_else() -> None:
    proves_boundary(told(**CUT), "P1-10/time", "2026-11-18 09:30")
    assert not {"P1-10", "P1-10/time"} & set(opened().owed())
    story = told(**CUT)
    assert story.refused(written_off()).missing == (MissingItem("cut_notice", "P1-10"),)
    story.step("cut_notice").write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P1-11", "when")
def test_after_an_unplanned_cut_the_apology_is_up_within_a_day() -> None:
    assert "P1-11" not in told(tags=("building_utility",)).owed()
    assert "P1-11" not in solved().owed()
    story = solved(tags=("building_utility",)).step("return_visit").write_off()
    story.step("paper_chased").at("2026-11-19 07:00").step("paper_chased")
    proves_boundary(story, "P1-11", "2026-11-19 10:00")
    assert story.refused(cmd.RecordStep(step="cut_apology")).rule == "P1-11"
    story.paper("dept_head")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("cut_apology", "P1-11"),)
    story.step("cut_apology")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("cut_apology_down", "P1-11"),)
    story.step("cut_apology_down").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P1-12", "when")
def test_widespread_dissatisfaction_is_apologised_for_in_public_within_a_working_day() -> None:
    story = told(facts=(Fact.GROUP,)).step("reported").step("order_signed")
    story.at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED)
    story.do(cmd.JudgeValid())
    story.step("return_visit").write_off()
    story.step("paper_chased").at("2026-11-19 07:00").step("paper_chased")
    proves_boundary(story, "P1-12", "2026-11-19 17:30")
    assert story.refused(cmd.RecordStep(step="public_apology")).rule == "P1-12"
    story.step("apology_planned", wrong="停水两天", plan="下周换泵").step("public_apology")
    assert story.states()["P1-12"] == "done_late"
    assert "P1-12" not in opened(facts=(Fact.MEDIA,)).owed()


@pytest.mark.rule("P1-13", "what")
def test_a_single_customer_gets_a_notice_within_a_working_day() -> None:
    story = told(**ONE)
    proves_boundary(story, "P1-13", "2026-11-19 17:30")
    assert story.refused(written_off()).missing == (MissingItem("single_notice", "P1-13"),)
    story.step("single_notice", "3-2-1502 签收").write_off()
    assert story.states()["P1-13"] == "done_late"
    assert "P1-13" not in opened(**CUT).owed()


@pytest.mark.rule("P1-14", "what")
def test_a_sign_is_asked_for_where_something_is_under_repair() -> None:
    procedure = Story(P1, OPENED).rules.procedure
    prompt = next(p for p in procedure.prompts if p.rule == "P1-14")
    assert (prompt.at, prompt.when.classes) == ("notify", ("maintenance",))
    story = told(case_class="maintenance")
    before = story.states()
    story.step("sign_put_up")
    assert story.states() == before
    assert "sign_put_up" in story.case.steps


@pytest.mark.rule("P1-17", "when")
def test_the_owner_hears_of_a_loss_in_our_keeping_within_two_hours() -> None:
    story = told(case_class="service", tags=("kept_property",))
    proves_boundary(story, "P1-17", "2026-11-18 11:00")
    assert story.refused(cmd.RecordStep(step="loss_told")).rule == "P1-17"
    before = story.states()
    story.step("loss_told", thing="单车一辆", state="不适用", owner_told="王先生")
    kept = {each.field: each.value for each in story.case.filled}
    assert kept == {"thing": "单车一辆", "state": "不适用", "owner_told": "王先生"}
    assert story.states() == {**before, "P1-17": "done_late"}
    assert "P1-17" not in opened().owed()
