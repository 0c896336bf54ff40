"""The project centre and the campus, rule by rule; all their times are the site's settings."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem, write_off_items
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
    Stage,
)
from tests.domain.support import P5, P6, Story, local, proves_boundary

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
BASE = {"P5-06/told": "running", "P5-05": "running", "P5-05/slip": "running"}
OF_LEVEL = {
    "major": {"P5-01": "running", "P5-06/major": "running"},
    "complex": {"P5-02": "running", "P5-06/complex": "running"},
    "simple": {"P5-06/simple": "running"},
}
CAMPUS = dict.fromkeys(("P6-04", "P6-05", "P6-06/department"), "running")


def project(**fields: object) -> Story:
    return Story(P5, OPENED).open(**fields)


def booked(**fields: object) -> Story:
    """Told, in the book, with its slip: what its level asks is left."""
    return project(**fields).call().step("registered").step("order_out")


def campus(**fields: object) -> Story:
    return Story(P6, OPENED).open(**fields)


def off(how: Satisfaction = Satisfaction.SATISFIED, **signed: str) -> cmd.WriteOff:
    return cmd.WriteOff(
        by=FeedbackBy.PHONE,
        source="张伟",
        satisfaction=how,
        items={"cause": "管道老化", "course": "已换管", "lessons": "入汛前检查"},
        signed=signed,
    )


def rung(name: str, purpose: str) -> cmd.TryCall:
    """Somebody reached by phone for a step."""
    return cmd.TryCall(person="", name=name, outcome=CallOutcome.REACHED, purpose=purpose)


@pytest.mark.rule("P5-01", "what")
@pytest.mark.parametrize(
    "fields",
    [
        *({"facts": (f,)} for f in (Fact.GROUP, Fact.MEDIA, Fact.INJURY)),
        {"channel": Channel.MEDIA},
        {"channel": Channel.PRESS},
        {"channel": Channel.LETTER, "facts": (Fact.CLAIM,)},  # a letter that claims money
        {"tags": ("accident",)},
    ],
)
def test_what_is_major(fields: dict[str, object]) -> None:
    story = project(**fields)
    assert (story.case.level, story.case.level_rule) == ("major", "P5-01")
    assert story.states() == {**BASE, **OF_LEVEL["major"]}
    assert [ladder.id for ladder in ladders(story.rules.procedure, story.case)] == ["major"]


@pytest.mark.rule("P5-02", "what")
@pytest.mark.parametrize(
    "fields",
    [
        {"facts": (Fact.AGAIN, Fact.UNMET)},  # dissatisfied with how the first was handled
        {"channel": Channel.LETTER},
        {"channel": Channel.BOX},
        {"channel": Channel.ASSOCIATION},
        {"channel": Channel.SUPERIOR},
        {"tags": ("conduct",)},
    ],
)
def test_what_is_complex(fields: dict[str, object]) -> None:
    story = project(**fields)
    assert (story.case.level, story.case.level_rule) == ("complex", "P5-02")
    assert story.states() == {**BASE, **OF_LEVEL["complex"]}


@pytest.mark.rule("P5-03", "what")
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"facts": (Fact.NOW,)},
        {"facts": (Fact.CLAIM,)},  # spoken: a letter with a claim is another thing
        {"facts": (Fact.AGAIN,)},  # once more, and nothing wrong with how it was handled
        {"facts": (Fact.UNMET,)},
        {"channel": Channel.VISIT},
        {"tags": ("building_utility",)},
    ],
)
def test_the_rest_is_simple(fields: dict[str, object]) -> None:
    story = project(**fields)
    assert (story.case.level, story.case.level_rule) == ("simple", "P5-03")
    assert story.states() == {**BASE, **OF_LEVEL["simple"]}


@pytest.mark.rule("P5-01")
def test_a_major_one_reaches_the_manager_within_ten_minutes() -> None:
    story = booked(facts=(Fact.GROUP,))
    proves_boundary(story, "P5-01", "2026-11-18 09:10")
    before = story.states()
    story.step("reported_manager")
    assert story.states() == {**before, "P5-01": "done_late"}


@pytest.mark.rule("P5-01")
def test_a_slip_that_says_dissatisfied_makes_it_major_at_once() -> None:
    story = booked().at("2026-11-18 10:00")
    assert "P5-01/slip" not in story.owed()
    assert story.refused(cmd.RecordStep(step="slip_dissatisfied")).rule == "P5-01"
    story.step("slip_dissatisfied", "呼叫中心回访不满意")
    assert story.fire() == []
    assert story.after(seconds=1).fire() == ["P5-01/slip", "level major"]
    assert (story.case.level, story.case.level_rule) == ("major", "P5-01")
    assert story.fire() == []
    assert story.states() == {
        "P5-06/told": "done",
        "P5-05": "done",
        "P5-05/slip": "done",
        "P5-01/slip": "missed",
        "P5-06/simple": "cancelled",
        **OF_LEVEL["major"],
    }


@pytest.mark.rule("P5-02")
def test_a_complex_one_reaches_the_departments_head_within_half_an_hour() -> None:
    proves_boundary(booked(facts=(Fact.AGAIN, Fact.UNMET)), "P5-02", "2026-11-18 09:30")


@pytest.mark.rule("P5-04", "signed")
def test_nothing_is_invalid_before_it_was_applied_for_and_approved() -> None:
    story = project().call()
    judged = cmd.JudgeInvalid(reason="非我司责任, 已说明")
    approve = cmd.RecordStep(
        step="invalid_approved", person="罗文斌", note="同意", role="property_manager"
    )
    assert story.refused(judged).missing == tuple(
        MissingItem(step, "P5-04") for step in ("registered", "invalid_applied", "invalid_approved")
    )
    story.step("registered", "第7页")
    assert story.refused(approve).missing == (MissingItem("invalid_applied", "P5-04"),)
    story.step("invalid_applied", "非我司责任")
    by_hand = cmd.RecordStep(step="invalid_approved", person="李建国", note="同意")
    assert (story.refused(by_hand).code, story.refused(by_hand).rule) == ("wrong_role", "P5-04")
    ring = cmd.TryCall(
        person="", name="罗文斌", outcome=CallOutcome.REACHED, purpose="invalid_approved"
    )
    assert story.refused(ring).code == "not_by_call"
    story.do(approve)
    assert story.refused(cmd.JudgeInvalid(reason=" ")).rule == "P5-04"
    story.do(judged)
    assert story.case.stage is Stage.INVALID
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P5-04")
def test_the_approval_is_owed_within_a_working_day_of_the_application() -> None:
    story = booked(facts=(Fact.AGAIN, Fact.UNMET)).step("reported_dept").step("resident_informed")
    assert "P5-04" not in story.owed()
    story.step("invalid_applied")
    proves_boundary(story, "P5-04", "2026-11-19 17:30")


@pytest.mark.rule("P5-05", "what")
def test_every_one_is_in_the_book_within_half_an_hour_even_solved_on_the_spot() -> None:
    story = project().call().step("order_out").follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P5-05", "2026-11-18 09:30")
    assert story.refused(cmd.RecordStep(step="registered")).rule == "P5-05"
    story.do(cmd.JudgeValid())
    assert story.refused(off()).missing == (MissingItem("registered", "P5-05"),)
    story.step("registered", "第7页").do(off())
    assert story.states()["P5-05"] == "done_late"


@pytest.mark.rule("P5-05", "what")
def test_every_one_gets_a_slip_within_the_hour_even_solved_on_the_spot() -> None:
    story = project().call().step("registered").follow_up(FollowUpOutcome.COMPLETED)
    story.do(cmd.JudgeValid())
    story.do(off())
    proves_boundary(story, "P5-05/slip", "2026-11-18 10:00")
    story.do(cmd.ReceivePaper(number="GD-1"))
    assert story.states()["P5-05/slip"] == "done_late"


@pytest.mark.rule("P5-05")
def test_issued_and_the_handler_told_the_slip_is_out_and_later_chased() -> None:
    story = project().call()
    story.do(cmd.IssueSlip(number="GD-000001"))
    assert story.states()["P5-05/slip"] == "done"
    story.step("registered").follow_up(FollowUpOutcome.COMPLETED).do(cmd.JudgeValid())
    story.do(off())
    proves_boundary(story, "P5-05/paper", "2026-11-18 19:00")
    story.step("paper_chased").paper().do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P5-06")
def test_nobody_told_is_a_duty() -> None:
    proves_boundary(project(), "P5-06/told", "2026-11-18 09:15")


@pytest.mark.rule("P5-06")
@pytest.mark.parametrize(
    ("facts", "name", "due"),
    [
        ((Fact.MEDIA,), "P5-06/major", "2026-11-18 13:00"),
        ((Fact.AGAIN, Fact.UNMET), "P5-06/complex", "2026-11-19 09:00"),
        ((), "P5-06/simple", "2026-11-19 09:00"),
    ],
)
def test_the_resident_hears_in_time(facts: tuple[Fact, ...], name: str, due: str) -> None:
    story = booked(facts=facts)
    for step in {"P5-06/major": ["reported_manager"], "P5-06/complex": ["reported_dept"]}.get(
        name, []
    ):
        story.step(step)
    proves_boundary(story, name, due)


@pytest.mark.rule("P5-06", "what")
def test_it_is_followed_until_they_are_satisfied() -> None:
    story = booked()
    story.do(cmd.JudgeValid())
    story.follow_up(FollowUpOutcome.COMPLETED)
    assert story.due("P5-06") == local("2026-11-19 17:30")
    assert story.refused(off(Satisfaction.DISSATISFIED)).missing == (
        MissingItem("satisfaction", "P5-06"),
    )
    story.step("dissatisfied", "还在漏")
    assert story.states()["P5-06"] == "done"
    proves_boundary(story, "P5-06/again", "2026-11-18 10:00")
    story.follow_up(FollowUpOutcome.ARRANGED).follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P5-06·2"] == "running"
    story.do(off(Satisfaction.FAIR))
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P5-06")
def test_satisfaction_is_asked_within_a_working_day() -> None:
    proves_boundary(booked().follow_up(FollowUpOutcome.COMPLETED), "P5-06", "2026-11-19 17:30")


@pytest.mark.rule("P6-02")
@pytest.mark.parametrize(
    "fields",
    [
        {"facts": (Fact.INJURY,)},
        {"tags": ("accident",)},
        {"tags": ("building_utility",)},
    ],
)
def test_a_sudden_event_reaches_the_leader_within_ten_minutes(fields: dict[str, object]) -> None:
    story = campus(**fields)
    assert (story.case.level, story.case.level_rule) == ("sudden", "P6-02")
    assert story.states() == {**CAMPUS, "P6-02/sudden": "running"}
    proves_boundary(story.call(), "P6-02/sudden", "2026-11-18 09:10")


@pytest.mark.rule("P6-02", "what")
def test_the_cause_is_one_of_six_and_the_write_off_asks_for_it() -> None:
    procedure = Story(P6, OPENED).rules.procedure
    causes = next(p for p in procedure.prompts if p.rule == "P6-02")
    assert causes.at == "close"
    for cause in ("房屋", "配套", "设备", "服务", "费用", "突发"):
        assert cause in causes.text.zh
    item = next(i for i in procedure.write_off if i.id == "cause")
    assert (item.rule, item.required) == ("P6-02", True)
    assert campus(facts=(Fact.MEDIA,)).case.level == "ordinary"


@pytest.mark.rule("P6-03", "what")
def test_who_complains_and_in_what_mood_is_prompted_and_kept() -> None:
    procedure = Story(P6, OPENED).rules.procedure
    said = " ".join(p.text.zh for p in procedure.prompts if p.rule == "P6-03")
    for word in ("职业", "问题", "潜在", "尊重", "发泄", "补偿", "解决"):
        assert word in said
    assert ("complainant", "P6-03") in [(i.id, i.rule) for i in procedure.write_off]


@pytest.mark.rule("P6-04", "what")
def test_quick_response_within_two_hours_of_the_receipt() -> None:
    story = Story(P6, "2026-11-18 09:30").open(received_at=local(OPENED)).call()
    proves_boundary(story, "P6-04", "2026-11-18 11:00")
    assert story.refused(cmd.RecordStep(step="replied")).rule == "P6-04"
    before = story.states()
    story.step("replied")
    assert story.states() == {**before, "P6-04": "done_late"}


def planned() -> Story:
    """The department's cause and a plan, at 10:00."""
    story = campus().call().step("replied").at("2026-11-18 10:00")
    return story.step("cause_found", "管道老化").step("plan_made", "换管")


@pytest.mark.rule("P6-06")
def test_the_department_is_told_within_a_quarter() -> None:
    proves_boundary(campus(), "P6-06/department", "2026-11-18 09:15")


@pytest.mark.rule("P6-06", "what")
def test_each_stage_of_the_flow_waits_for_the_one_before() -> None:
    story = campus().call().step("replied")
    plan = cmd.RecordStep(step="plan_made", note="换管")
    approve = cmd.RecordStep(step="plan_approved", person="陈志强", note="同意")
    assert story.refused(plan).missing == (MissingItem("cause_found", "P6-06"),)
    assert story.refused(approve).missing == (MissingItem("plan_made", "P6-06"),)
    proves_boundary(story, "P6-06/cause", "2026-11-19 17:30")
    story.step("cause_found", "管道老化")
    proves_boundary(story, "P6-06/plan", "2026-11-20 17:30")
    story.step("plan_made", "换管")
    proves_boundary(story, "P6-06/approval", "2026-11-23 17:30")
    ring = cmd.TryCall(
        person="", name="陈志强", outcome=CallOutcome.REACHED, purpose="plan_approved"
    )
    assert story.refused(ring).code == "note_missing"
    story.step("plan_approved", "同意")
    proves_boundary(story, "P6-06", "2026-11-25 17:30")


@pytest.mark.rule("P6-06")
def test_another_plan_is_approved_anew() -> None:
    story = planned().step("plan_approved").step("plan_made", "再换阀门")
    assert story.states()["P6-06/approval·2"] == "running"


@pytest.mark.rule("P6-06", "signed")
def test_nothing_is_written_off_without_the_leaders_approval_and_signature() -> None:
    story = planned().follow_up(FollowUpOutcome.COMPLETED)
    assert story.due("P6-06/off") == local("2026-11-19 17:30")
    assert story.refused(off(head="陈志强")).rule == "P6-06"
    story.do(cmd.JudgeValid())
    assert story.refused(off(head="陈志强")).missing == (MissingItem("plan_approved", "P6-06"),)
    story.step("plan_approved", "同意")
    assert story.refused(off()).missing == (MissingItem("leader_signature", "P6-06"),)
    story.do(cmd.AgreeByPhone(subject="leader_signature", name="陈志强"))
    assert story.case.stage is not Stage.WRITTEN_OFF
    assert story.due("signature") == local("2026-11-19 17:30")
    owed = story.owed()["signature"].key
    story.do(cmd.SignOwed(key=owed, name="陈志强", role="head"))
    story.do(off())
    proves_boundary(story, "P6-06/paper", "2026-11-18 19:00")
    story.step("paper_chased").step("return_visit").paper().do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P6-06")
def test_what_does_not_stand_is_explained() -> None:
    story = campus().call()
    assert story.refused(cmd.JudgeInvalid(reason="")).rule == "P6-06"
    story.do(cmd.JudgeInvalid(reason="已说明收费依据"))
    assert story.case.stage is Stage.INVALID


@pytest.mark.rule("P6-04", "what")
def test_the_lessons_are_asked_for() -> None:
    story = planned().step("plan_approved").follow_up(FollowUpOutcome.COMPLETED)
    story.do(cmd.JudgeValid())
    bare = cmd.WriteOff(
        by=FeedbackBy.PHONE,
        source="张伟",
        satisfaction=Satisfaction.SATISFIED,
        items={"cause": "房屋"},
        signed={"head": "陈志强"},
    )
    assert story.refused(bare).missing == (MissingItem("lessons", "P6-04"),)
    optional = [i.id for i in write_off_items(story.rules.procedure, story.case) if not i.required]
    assert optional == ["complainant"]
