"""The service centre, rule by rule: receipt, first reply, the floor, other departments, visits."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem, write_off_items
from dispatcher_tui.domain.duties.triage import emergency_level, ladders, roles_to_tell
from dispatcher_tui.domain.procedure import Prompt
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import (
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
    Stage,
)
from tests.domain.support import P3, SECOND, Story, local, proves_boundary, written_off

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
GENERAL = {"P3-05/told": "running", "P3-05": "running", "P3-08": "running"}
MAJOR = {**GENERAL, "P3-10": "running", "P3-10/company": "running"}
THIRD_DAY = "2026-11-23 17:30"  # Thursday, Friday, Monday


def opened(**fields: object) -> Story:
    """A case whose caller or visitor heard the key points repeated as it was opened."""
    return repeated(Story(P3, OPENED).open(**fields))


def repeated(story: Story) -> Story:
    return story.step("points_repeated") if "P3-01" in story.owed() else story


def rest(story: Story) -> dict[str, str]:
    """How its duties stand, those of the receipt and of a letter aside."""
    aside = ("P3-01", "P3-03", "P3-03/leader", "P3-03/handled")
    return {name: how for name, how in story.states().items() if name not in aside}


def told(**fields: object) -> Story:
    return opened(**fields).call()


def replied(**fields: object) -> Story:
    """Told, and the resident has the first reply: the visit alone is left."""
    return told(**fields).step("first_reply")


def solved(**fields: object) -> Story:
    """A valid case that was told and found done at 10:00."""
    story = told(**fields)
    story.do(cmd.JudgeValid())
    return story.at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED)


def at_intake(channel: Channel) -> list[Prompt]:
    procedure = Story(P3, OPENED).rules.procedure
    return [
        prompt
        for prompt in procedure.prompts
        if prompt.at == "intake" and channel in (prompt.when.channels or tuple(Channel))
    ]


@pytest.mark.rule("P3-01")
def test_a_call_is_answered_within_three_rings_and_read_back() -> None:
    assert "三声" in at_intake(Channel.PHONE)[0].text.zh
    assert any("复述" in prompt.text.zh for prompt in at_intake(Channel.LETTER))
    case = opened(received_at=local("2026-11-18 08:50")).case
    assert (case.received_at, case.verbatim) == (local("2026-11-18 08:50"), "厨房漏水")


@pytest.mark.rule("P3-02", "what")
def test_a_visitor_is_met_with_a_seat_and_water_and_nobody_else() -> None:
    assert at_intake(Channel.VISIT)[0].rule == "P3-02"
    assert "P3-02" not in {prompt.rule for prompt in at_intake(Channel.PHONE)}
    assert rest(opened(channel=Channel.VISIT)) == GENERAL


@pytest.mark.rule("P3-03", "when")
def test_a_letter_is_answered_within_three_working_days() -> None:
    story = replied(channel=Channel.LETTER).step("letter_shown").step("return_visit")
    story.follow_up(FollowUpOutcome.COMPLETED).do(cmd.JudgeValid())
    story.step("dissatisfied").step("told_leader")
    assert story.states()["P3-03/handled"] == "done"
    proves_boundary(story, "P3-03", THIRD_DAY)
    assert story.refused(cmd.RecordStep(step="letter_answered")).rule == "P3-03"
    before = story.states()
    story.step("letter_answered", "已回函")
    assert story.states() == {**before, "P3-03": "done_late", "keep": "running"}


@pytest.mark.rule("P3-03", "when")
def test_a_letter_is_handled_within_the_same_three_working_days() -> None:
    story = replied(channel=Channel.LETTER).step("letter_shown").step("return_visit")
    story.step("letter_answered")
    proves_boundary(story, "P3-03/handled", THIRD_DAY)
    assert "P3-03/handled" not in told().owed()


@pytest.mark.rule("P3-03")
@pytest.mark.parametrize(
    ("received", "due", "confirmed"),
    [
        ("2026-11-20 16:00", "2026-11-25 17:30", True),
        ("2026-09-30 10:00", "2026-10-10 17:30", True),  # National Day; a Saturday is worked
        ("2026-02-12 10:00", "2026-02-24 17:30", True),  # a make-up Saturday, the Spring Festival
        ("2026-12-30 10:00", "2027-01-04 17:30", False),  # no table for 2027
    ],
)
def test_working_days_of_a_letter(received: str, due: str, confirmed: bool) -> None:
    duty = Story(P3, received).open(channel=Channel.LETTER).owed()["P3-03"]
    assert (duty.due, duty.confirmed) == (local(due), confirmed)


@pytest.mark.rule("P3-03", "who", "when", "recorded")
def test_the_letter_is_with_the_leader_within_a_working_day() -> None:
    story = replied(channel=Channel.LETTER)
    proves_boundary(story, "P3-03/leader", "2026-11-19 17:30")
    assert story.refused(cmd.RecordStep(step="letter_shown")).rule == "P3-03"
    before = story.states()
    bare = cmd.RecordStep(step="letter_shown", person="陈志强")
    assert story.refused(bare).missing == (MissingItem("letter_shown.copy_filed", "P3-03"),)
    story.step("letter_shown", copy_filed="来函册第3页")
    assert story.states() == {**before, "P3-03/leader": "done_late"}
    shown = story.rules.procedure.step("letter_shown")
    assert shown is not None
    assert (shown.to, story.case.filled[-1].value) == ("head", "来函册第3页")


@pytest.mark.rule("P3-03")
@pytest.mark.parametrize("channel", sorted(set(Channel) - {Channel.LETTER}))
def test_no_other_way_in_is_answered_by_letter(channel: Channel) -> None:
    story = opened(channel=channel)
    assert rest(story) == GENERAL
    assert not [name for name in story.owed() if name.startswith("P3-03")]


@pytest.mark.rule("P3-03")
def test_a_letter_is_not_written_off_unanswered() -> None:
    story = solved(channel=Channel.LETTER).step("return_visit")
    assert story.refused(written_off()).missing == (MissingItem("letter_answered", "P3-03"),)
    story.step("letter_answered").write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P3-04", "what")
def test_an_invalid_one_is_explained() -> None:
    story = told()
    refusal = story.refused(cmd.JudgeInvalid(reason=""))
    assert (refusal.code, refusal.rule) == ("explanation_missing", "P3-04")
    assert story.refused(written_off()).rule == "P3-04"
    story.do(cmd.JudgeInvalid(reason="合同约定由业主承担, 业户接受"))
    assert story.case.stage is Stage.INVALID
    assert not [duty for duty in story.owed().values() if duty.pending]
    assert story.at("2027-01-01 00:00").fire() == []


@pytest.mark.rule("P3-05", "when")
def test_nobody_told_is_a_duty_within_ten_minutes() -> None:
    story = opened()
    proves_boundary(story, "P3-05/told", "2026-11-18 09:10")
    story.call().after(minutes=30).do(cmd.NameAssignee(person="liu", name="刘芳"))
    assert story.due("P3-05/told·2") == story.now + 600 * SECOND


@pytest.mark.rule("P3-05", "when")
def test_the_first_reply_within_three_working_days_of_the_receipt() -> None:
    story = opened(received_at=local("2026-11-17 23:30")).call().step("return_visit")
    proves_boundary(story, "P3-05", "2026-11-20 17:30")
    assert story.refused(cmd.RecordStep(step="first_reply")).rule == "P3-05"
    before = story.states()
    story.step("first_reply", "正在排查")
    assert story.states() == {**before, "P3-05": "done_late", "keep": "running"}


@pytest.mark.rule("P3-05")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_the_last_second_is_in_time(second: int, expected: str) -> None:
    story = told().at(local(THIRD_DAY) + second * SECOND).step("first_reply")
    assert story.states()["P3-05"] == expected


@pytest.mark.rule("P3-05")
def test_solved_at_once_no_reply_is_owed_and_a_promise_is_a_duty() -> None:
    assert solved().states()["P3-05"] == "done"
    story = told()
    story.do(cmd.PromiseCaller(due=local("2026-11-18 16:00")))
    proves_boundary(story, "promise", "2026-11-18 16:00", rule="P3-05")


@pytest.mark.rule("P3-06", "when")
def test_what_happens_on_a_floor_now_has_the_keeper_there_in_ten_minutes() -> None:
    story = opened(facts=(Fact.NOW,), received_at=local("2026-11-18 08:58")).call()
    assert rest(story) == {**GENERAL, "P3-05/told": "done", "P3-06": "running"}
    assert roles_to_tell(story.rules.procedure, story.case)[0] == "keeper"
    proves_boundary(story, "P3-06", "2026-11-18 09:08")
    assert story.refused(cmd.RecordStep(step="keeper_there")).code == "name_missing"
    before = story.states()
    story.step("keeper_there")
    assert story.states() == {**before, "P3-06": "done_late"}
    assert "P3-06" not in opened(facts=(Fact.AGAIN,)).owed()


@pytest.mark.rule("P3-06")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_the_keeper_of_the_last_second_is_in_time(second: int, expected: str) -> None:
    story = opened(facts=(Fact.NOW,)).at(local("2026-11-18 09:10") + second * SECOND)
    assert story.step("keeper_there").states()["P3-06"] == expected


@pytest.mark.rule("P3-07", "when")
def test_what_is_beyond_our_authority_is_reported_within_half_an_hour() -> None:
    story = replied().at("2026-11-18 10:00")
    assert "P3-07" not in story.owed()
    assert story.refused(cmd.RecordStep(step="beyond_authority")).rule == "P3-07"
    story.step("beyond_authority", "要赔偿")
    proves_boundary(story, "P3-07", "2026-11-18 10:30")
    before = story.states()
    story.step("reported_up")
    assert story.states() == {**before, "P3-07": "done_late"}
    story.after(hours=1).step("beyond_authority", "又要退费")
    assert story.states()["P3-07·2"] == "running"


@pytest.mark.rule("P3-07", "when")
def test_another_departments_matter_is_passed_on_within_half_an_hour() -> None:
    story = replied(case_class="other_department")
    proves_boundary(story, "P3-07/passed", "2026-11-18 09:30")
    before = story.states()
    story.step("passed_on")
    assert story.states() == {
        **before,
        "P3-07/passed": "done_late",
        "P3-07/answer": "running",
    }
    assert "P3-07/passed" not in opened(case_class="maintenance").owed()


@pytest.mark.rule("P3-07", "when", "recorded")
@pytest.mark.parametrize("answer", ["dept_answered", "reasons_written"])
def test_the_department_answers_in_two_working_days_or_says_why_in_writing(answer: str) -> None:
    story = replied(case_class="other_department").step("passed_on").step("return_visit")
    late = {"P3-07/answer late": "running"}
    proves_boundary(story, "P3-07/answer", "2026-11-20 17:30", also=late)
    assert story.refused(cmd.RecordStep(step=answer)).rule == "P3-07"
    story.step(answer, "周五前换好").step("told_supervisor")
    assert story.states()["P3-07/answer"] == "done_late"
    assert story.states()["P3-07/answer late"] == "done"


@pytest.mark.rule("P3-07")
def test_the_two_working_days_go_over_a_holiday() -> None:
    story = Story(P3, "2026-09-30 10:00").open().call().step("passed_on")
    assert story.due("P3-07/answer") == local("2026-10-09 17:30")
    story.at("2026-10-09 17:30").step("dept_answered")
    assert story.states()["P3-07/answer"] == "done"
    assert "P3-07/answer late" not in story.owed()


@pytest.mark.rule("P3-08", "when")
def test_the_visit_on_site_by_the_third_working_day() -> None:
    story = replied()
    proves_boundary(story, "P3-08", THIRD_DAY)
    assert story.refused(cmd.RecordStep(step="return_visit")).rule == "P3-08"
    before = story.states()
    story.step("return_visit", "满意")
    assert story.states() == {**before, "P3-08": "done_late", "keep": "running"}


@pytest.mark.rule("P3-08")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_the_visit_of_the_last_second_is_in_time(second: int, expected: str) -> None:
    story = replied().at(local(THIRD_DAY) + second * SECOND).step("return_visit")
    assert story.states()["P3-08"] == expected


@pytest.mark.rule("P3-08", "when")
def test_satisfied_it_is_written_off_and_filed() -> None:
    story = solved()
    assert story.refused(written_off()).missing == (MissingItem("return_visit", "P3-08"),)
    assert "P3-08/off" not in story.owed()
    story.step("return_visit", "满意")
    assert story.due("P3-08/off") == local("2026-11-19 17:30")
    story.write_off()
    proves_boundary(story, "P3-08/paper", "2026-11-18 19:00")
    story.step("paper_chased")
    assert story.due("P3-08/paper·2") == local("2026-11-19 07:00")
    story.paper().do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P3-08")
def test_the_write_off_is_owed_within_a_working_day_of_the_visit() -> None:
    proves_boundary(solved().step("return_visit"), "P3-08/off", "2026-11-19 17:30")


@pytest.mark.rule("P3-09", "what")
def test_a_dissatisfied_resident_keeps_the_case_open() -> None:
    story = solved().step("return_visit", "还在漏")
    command = cmd.WriteOff(
        by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.DISSATISFIED
    )
    assert story.refused(command).missing == (MissingItem("satisfaction", "P3-09"),)
    story.step("dissatisfied", "还在漏")
    assert story.states()["P3-08/off"] == "done"
    proves_boundary(story, "P3-09", "2026-11-18 10:30")
    assert story.refused(cmd.RecordStep(step="told_leader", person="x")).rule == "P3-09"
    story.step("told_leader", "换一组人重做")
    assert story.states()["P3-09"] == "done_late"
    story.after(hours=2).step("return_visit", "好了")
    assert story.states()["P3-08/off·2"] == "running"
    story.write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P3-09")
def test_dissatisfied_again_the_leader_is_told_again() -> None:
    story = solved().step("dissatisfied").step("told_leader").after(hours=1).step("dissatisfied")
    assert (story.states()["P3-09"], story.states()["P3-09·2"]) == ("done", "running")


@pytest.mark.rule("P3-09")
def test_reopened_the_leader_is_told_within_half_an_hour() -> None:
    story = solved().step("return_visit").write_off()
    assert "P3-09/reopened" not in story.owed()
    story.at("2026-11-18 12:00").do(cmd.Reopen(reason="仍不满意"))
    story.call()
    proves_boundary(story, "P3-09/reopened", "2026-11-18 12:30")
    assert story.refused(cmd.WriteOff()).rule == "P3-04"


@pytest.mark.rule("P3-10")
def test_a_major_one_is_received_by_the_leader_and_told_to_the_company() -> None:
    story = opened(facts=(Fact.INJURY,))
    assert (story.case.level, story.case.level_rule) == ("major", "P3-10")
    assert rest(story) == MAJOR
    assert [ladder.id for ladder in ladders(story.rules.procedure, story.case)] == ["major"]
    story.call()
    proves_boundary(story, "P3-10", "2026-11-18 09:10")
    story.step("leader_receives")
    proves_boundary(story, "P3-10/company", "2026-11-18 09:30")


@pytest.mark.rule("P3-10")
@pytest.mark.parametrize("fact", [Fact.GROUP, Fact.MEDIA, Fact.AGAIN, Fact.CLAIM])
def test_the_rest_is_general(fact: Fact) -> None:
    story = opened(facts=(fact,))
    assert (story.case.level, rest(story)) == ("general", GENERAL)
    assert emergency_level(story.rules.procedure).id == "emergency"


@pytest.mark.rule("P3-10")
@pytest.mark.parametrize("left_out", ["leader_receives", "told_company"])
def test_no_major_one_is_written_off_before_both_were_told(left_out: str) -> None:
    story = solved(facts=(Fact.INJURY,)).step("return_visit")
    for step in {"leader_receives", "told_company"} - {left_out}:
        story.step(step)
    assert story.refused(written_off()).missing == (MissingItem(left_out, "P3-10"),)
    asked = {item.id for item in write_off_items(story.rules.procedure, story.case)}
    assert asked == {
        "feedback",
        "leader_receives",
        "told_company",
        "return_visit",
        "satisfaction",
        "cause",
    }


@pytest.mark.rule("P3-11", "who", "when", "recorded")
def test_after_a_major_one_a_special_meeting_and_nothing_is_final_without_its_minutes() -> None:
    story = solved(facts=(Fact.INJURY,)).step("return_visit")
    story.step("leader_receives").step("told_company")
    assert "P3-11" not in story.owed()
    story.write_off().paper()
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("meeting_held", "P3-11"),)
    for day in range(19, 26):
        story.at(f"2026-11-{day} 07:00").step("paper_chased")
        story.at(f"2026-11-{day} 17:00").step("paper_chased")
    proves_boundary(story, "P3-11", "2026-11-25 17:30")
    bare = cmd.RecordStep(step="meeting_held", note="原因、预防")
    assert story.refused(bare).code == "name_missing", "the leader of the office calls it"
    bare = cmd.RecordStep(step="meeting_held", person="陈志强")
    assert [each.item.partition(".")[2] for each in story.refused(bare).missing] == [
        *("company_leader", "attended", "causes", "prevention"),
    ]
    story.step("meeting_held", company_leader="孙明远", attended="张伟、梁红")
    minutes = story.rules.procedure.form("meeting_minutes")
    assert minutes is not None
    sources = {field.source for field in minutes.fields}
    assert {f"step.meeting_held.{each.field}" for each in story.case.filled[-4:]} <= sources
    story.do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
    general = solved().step("return_visit").write_off()
    assert "P3-11" not in general.owed()
