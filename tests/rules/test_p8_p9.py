"""Guests of a bar and of a hotel, rule by rule."""

from __future__ import annotations

import msgspec
import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.emergency.call_tree import group_purpose, rung_purpose
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact, FollowUpOutcome, Stage
from dispatcher_tui.site.categories import parse_categories
from tests.domain.support import DATA, Story, local, proves_boundary, written_off

P8, P9 = "bar-guests", "hotel-guests"
OPENED = "2026-11-18 20:00"  # a Wednesday, in the night shift that ends at 07:00


def bar(*facts: Fact, **fields: object) -> Story:
    return Story(P8, OPENED).open(facts=facts, **fields)


def hotel(*facts: Fact, **fields: object) -> Story:
    return Story(P9, OPENED).open(facts=facts, **fields)


def noted(*facts: Fact) -> Story:
    """A hotel guest's case whose head was told, has answered, and is all written down."""
    return hotel(*facts).call().step("details_noted").step("dept_answered")


def ended(**items: str) -> cmd.WriteOff:
    return msgspec.structs.replace(written_off(), items=items)


BAR = {"P8-02": "running", "P8-05": "running", "P8-07": "running"}
HOTEL = {"P9-02": "running", "P9-03": "running"}


@pytest.mark.rule("P8-01", "what")
def test_the_cause_is_asked_at_the_end_and_offered_at_the_beginning() -> None:
    story = bar().call()
    assert story.refused(ended(thanked="done")).missing == (MissingItem("cause", "P8-01"),)
    story.do(ended(thanked="done", cause="出品慢"))
    assert story.case.stage is Stage.WRITTEN_OFF
    shown = [p for p in story.rules.procedure.prompts if p.rule == "P8-01"]
    assert [prompt.at for prompt in shown] == ["intake"]
    causes = parse_categories((DATA / "categories.toml").read_text("utf-8"))
    offered = [c.name.zh for c in causes if P8 in c.procedures]
    assert offered == ["无人接待", "出品太慢", "出品不好", "招呼遗漏", "价格不满", "埋单太久"]


@pytest.mark.rule("P8-02", "when")
def test_it_is_acted_on_at_once() -> None:
    story = bar()
    assert story.states() == BAR
    proves_boundary(story, "P8-02", "2026-11-18 20:05")
    assert story.call().states() == {**BAR, "P8-02": "done_late"}
    story.after(minutes=1).do(cmd.NameAssignee(person="liu", name="刘芳"))
    assert story.due("P8-02·2") == local("2026-11-18 20:11:01")


@pytest.mark.rule("P8-03")
@pytest.mark.parametrize(
    ("facts", "channel", "tags", "level"),
    [
        ((Fact.INJURY,), Channel.VISIT, (), "grave"),
        ((Fact.GROUP,), Channel.VISIT, (), "grave"),
        ((Fact.MEDIA,), Channel.VISIT, (), "grave"),
        ((), Channel.MEDIA, (), "grave"),
        ((), Channel.VISIT, ("accident",), "grave"),
        ((Fact.AGAIN, Fact.CLAIM), Channel.VISIT, (), "ordinary"),
    ],
)
def test_what_is_grave_in_a_bar(
    facts: tuple[Fact, ...], channel: Channel, tags: tuple[str, ...], level: str
) -> None:
    assert bar(*facts, channel=channel, tags=tags).case.level == level


@pytest.mark.rule("P8-03", "when")
def test_of_a_grave_one_a_superior_or_the_manager_knows_at_once() -> None:
    story = bar(Fact.INJURY).call()
    procedure = story.rules.procedure
    proves_boundary(story, "P8-03", "2026-11-18 20:05")
    (ladder,) = ladders(procedure, story.case)
    assert [rung.role for rung in ladder.rungs] == ["superior", "manager"]
    assert rung_purpose(procedure, ladder, story.case) == "told_superior"
    assert group_purpose(procedure, ladder, story.case, CallOutcome.REACHED) == "called_in"
    before = story.states()
    story.call(purpose="told_superior")
    assert story.states() == {**before, "P8-03": "done_late"}
    assert "P8-03" not in bar().owed()


@pytest.mark.rule("P8-04")
def test_beyond_ones_authority_it_is_written_down_and_passed_up() -> None:
    story = bar().call().step("guest_told").step("plan_made").step("second_contact")
    story.follow_up(FollowUpOutcome.CANNOT)
    proves_boundary(story, "P8-04", "2026-11-18 20:05")
    refusal = story.refused(cmd.RecordStep(step="reported_up", person="李经理"))
    assert (refusal.code, refusal.rule) == ("note_missing", "P8-04")
    before = story.states()
    story.step("reported_up", "菜里有头发, 要求免单")
    assert {n: s for n, s in story.states().items() if before.get(n) != s} == {
        "P8-04": "done_late",
        "keep": "running",
    }
    story.follow_up(FollowUpOutcome.CANNOT)
    assert story.states()["P8-04·2"] == "running"


@pytest.mark.rule("P8-04")
def test_the_note_on_paper_makes_it_final() -> None:
    story = bar().call()
    story.do(ended(thanked="done", cause="价格"))
    proves_boundary(story, "P8-04/paper", "2026-11-19 07:00")
    story.step("paper_chased")
    proves_boundary(story, "P8-04/paper·2", "2026-11-19 19:00")
    assert story.refused(cmd.CloseFinal()).rule == "P8-04"
    story.paper("dispatcher").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P8-05", "what")
def test_before_the_second_contact_there_is_a_plan() -> None:
    story = bar().call().step("guest_told")
    refusal = story.refused(cmd.RecordStep(step="second_contact", note="见了"))
    assert (refusal.code, refusal.missing) == (
        "steps_missing",
        (MissingItem("plan_made", "P8-05"),),
    )
    proves_boundary(story, "P8-05", "2026-11-18 20:15")
    assert story.refused(cmd.RecordStep(step="plan_made")).code == "note_missing"
    story.step("plan_made", "换一份, 打八折")
    proves_boundary(story, "P8-05/contact", "2026-11-18 20:30:01")
    story.step("second_contact", "客人同意")
    assert story.states()["P8-05/contact"] == "done_late"


@pytest.mark.rule("P8-05")
def test_reopened_it_needs_a_plan_anew() -> None:
    story = bar().call().step("plan_made").step("second_contact")
    story.do(ended(thanked="done", cause="价格"))
    story.after(minutes=1).do(cmd.Reopen(reason="客人又来"))
    refusal = story.refused(cmd.RecordStep(step="second_contact", note="见了"))
    assert refusal.code == "steps_missing"


@pytest.mark.rule("P8-05")
def test_settled_on_the_spot_there_is_no_second_contact() -> None:
    story = bar().call().after(minutes=5).follow_up(FollowUpOutcome.COMPLETED)
    assert story.states() == {
        "P8-02": "done",
        "P8-05": "cancelled",
        "P8-07": "cancelled",
        "P8-08": "running",
    }


@pytest.mark.rule("P8-06")
def test_what_is_not_ones_own_duty_is_handed_over_in_person() -> None:
    story = bar().call().step("guest_told").step("plan_made").step("second_contact")
    assert "P8-06" not in story.owed()
    story.step("not_ours", "酒水部的事")
    proves_boundary(story, "P8-06", "2026-11-18 20:05")
    ring = cmd.TryCall(
        person="liu", name="刘芳", outcome=CallOutcome.REACHED, purpose="handed_over"
    )
    assert story.refused(ring).code == "not_by_call"
    assert story.refused(cmd.RecordStep(step="handed_over")).code == "name_missing"
    assert story.step("handed_over").states()["P8-06"] == "done_late"


@pytest.mark.rule("P8-07", "when")
def test_the_guest_hears_that_it_is_in_hand() -> None:
    story = bar().call()
    proves_boundary(story, "P8-07", "2026-11-18 20:10")
    before = story.states()
    assert story.step("guest_told").states() == {**before, "P8-07": "done_late"}
    story.do(cmd.PromiseCaller(due=local("2026-11-18 20:14")))
    proves_boundary(story, "promise", "2026-11-18 20:14", rule="P8-07")


@pytest.mark.rule("P8-08", "what")
def test_satisfaction_is_asked_and_the_guest_is_thanked() -> None:
    story = bar().call().after(minutes=2).follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P8-08", "2026-11-18 20:17")
    assert story.refused(ended(cause="态度")).missing == (MissingItem("thanked", "P8-08"),)
    bare = cmd.WriteOff(items={"thanked": "done", "cause": "态度", "feedback": "张伟"})
    assert story.refused(bare).missing == (MissingItem("satisfaction", "P8-08"),)
    story.do(ended(thanked="done", cause="态度"))
    assert story.states()["P8-08"] == "done_late"


@pytest.mark.rule("P9-01", "when")
def test_of_a_grave_one_the_manager_knows_at_once() -> None:
    story = noted(Fact.AGAIN)
    assert (story.case.level, story.case.level_rule) == ("grave", "P9-01")
    proves_boundary(story, "P9-01", "2026-11-18 20:05")
    (ladder,) = ladders(story.rules.procedure, story.case)
    assert [rung.role for rung in ladder.rungs] == ["manager", "duty_gm"]
    assert rung_purpose(story.rules.procedure, ladder, story.case) == "told_manager"
    before = story.states()
    story.call(purpose="told_manager")
    assert {n: s for n, s in story.states().items() if before.get(n) != s} == {
        "P9-01": "done_late",
        "keep": "running",
    }


@pytest.mark.rule("P9-01")
@pytest.mark.parametrize("facts", [(), (Fact.INJURY,)])
def test_the_manager_is_not_told_of_the_others_by_that_rule(facts: tuple[Fact, ...]) -> None:
    assert "P9-01" not in hotel(*facts).owed()


@pytest.mark.rule("P9-02", "recorded")
def test_name_department_and_matter_are_recorded() -> None:
    story = hotel().call().step("dept_answered")
    proves_boundary(story, "P9-02", "2026-11-18 20:15")
    assert story.refused(cmd.RecordStep(step="details_noted")).code == "note_missing"
    assert story.refused(ended(result="换房")).missing == (MissingItem("details_noted", "P9-02"),)
    before = story.states()
    story.step("details_noted", "王先生, 客房部, 空调不冷")
    assert story.states() == {**before, "P9-02": "done_late"}


@pytest.mark.rule("P9-03")
def test_the_head_of_the_department_is_told_and_answers() -> None:
    story = hotel().step("details_noted")
    assert story.states(all_of=True) == {
        "P9-02": "done",
        "P9-03": "running",
        "P9-03/answer": "waiting",
        "P9-04": "waiting",
        "P9-06/paper": "waiting",
    }
    proves_boundary(story, "P9-03", "2026-11-18 20:10")
    story.call()
    proves_boundary(story, "P9-03/answer", "2026-11-18 20:40:01")
    assert story.refused(cmd.RecordStep(step="dept_answered")).rule == "P9-03"
    before = story.states()
    story.step("dept_answered", "换房或退一晚房费")
    assert story.states() == {**before, "P9-03/answer": "done_late"}


@pytest.mark.rule("P9-04", "what")
def test_a_simple_one_is_solved_in_good_time_and_the_opinion_asked() -> None:
    proves_boundary(noted(), "P9-04", "2026-11-18 22:00")
    story = noted().after(hours=1).follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P9-04"] == "done"
    assert not {name for name in story.owed() if name.endswith("result")}
    bare = cmd.WriteOff(items={"result": "换房", "feedback": "张伟"})
    assert story.refused(bare).missing == (MissingItem("satisfaction", "P9-04"),)


@pytest.mark.rule("P9-04", "what")
def test_a_hard_one_is_reported_and_its_result_told() -> None:
    story = noted().after(minutes=30).follow_up(FollowUpOutcome.CANNOT)
    proves_boundary(story, "P9-04/hard", "2026-11-18 20:40")
    refusal = story.refused(cmd.RecordStep(step="reported_hard", person="陈经理"))
    assert (refusal.code, refusal.rule) == ("note_missing", "P9-04")
    story.step("reported_hard", "工程部说要换机").after(minutes=10)
    story.follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P9-04/hard_result", "2026-11-18 21:20:01")
    story.do(ended(result="换机"))
    story.paper("gm")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("result_told", "P9-04"),)
    story.step("result_told", "已致歉").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P9-04")
@pytest.mark.parametrize(
    ("fact", "step"), [(Fact.AGAIN, "told_manager"), (Fact.INJURY, "reported_gm")]
)
def test_of_a_graver_one_the_result_is_always_told(fact: Fact, step: str) -> None:
    story = noted(fact).step(step).follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P9-04/result", "2026-11-18 20:30")
    story.step("result_told", "已致歉")
    assert story.states()["P9-04/result"] == "done_late"


@pytest.mark.rule("P9-05")
@pytest.mark.parametrize(
    ("facts", "channel", "level"),
    [
        ((Fact.INJURY,), Channel.VISIT, "major"),
        ((Fact.MEDIA,), Channel.VISIT, "major"),
        ((), Channel.MEDIA, "major"),
        ((Fact.GROUP,), Channel.VISIT, "grave"),
        ((Fact.NOW, Fact.CLAIM), Channel.VISIT, "ordinary"),
    ],
)
def test_what_is_major_in_a_hotel(facts: tuple[Fact, ...], channel: Channel, level: str) -> None:
    assert hotel(*facts, channel=channel).case.level == level


@pytest.mark.rule("P9-05", "when")
def test_of_a_major_one_the_general_manager_or_the_duty_manager_knows_at_once() -> None:
    story = hotel(Fact.INJURY)
    assert story.states() == {**HOTEL, "P9-05": "running"}
    procedure = story.rules.procedure
    (ladder,) = ladders(procedure, story.case)
    assert [rung.role for rung in ladder.rungs] == ["gm", "duty_gm"]
    assert rung_purpose(procedure, ladder, story.case) == "reported_gm"
    story.call()
    assert group_purpose(procedure, ladder, story.case, CallOutcome.REACHED) == "called_in"
    proves_boundary(story, "P9-05", "2026-11-18 20:05")
    story.call(CallOutcome.NO_ANSWER, ("gm", "周总"), purpose="reported_gm")
    assert story.states()["P9-05"] == "overdue", "absent is not told"
    story.call(CallOutcome.REACHED, ("duty", "总值班"), purpose="reported_gm")
    assert story.states()["P9-05"] == "done_late"


@pytest.mark.rule("P9-05", "when")
@pytest.mark.parametrize("facts", [(), (Fact.AGAIN,)])
def test_an_important_guests_complaint_is_major_however_small(facts: tuple[Fact, ...]) -> None:
    story = noted(*facts).at("2026-11-18 20:03")
    assert "P9-05" not in story.owed()
    story.step("vip", "长住客, 白金会员")
    assert (story.case.level, story.case.level_rule) == ("major", "P9-05")
    proves_boundary(story, "P9-05", "2026-11-18 20:08")


@pytest.mark.rule("P9-06", "who")
def test_it_is_filed_only_after_the_general_managers_remarks() -> None:
    story = noted().after(minutes=5).follow_up(FollowUpOutcome.COMPLETED)
    assert story.refused(ended()).missing == (MissingItem("result", "P9-06"),)
    story.do(ended(result="换房"))
    story.do(cmd.ReceivePaper(number="JL-1"))
    assert story.refused(cmd.FilePaper(binder="1", page="1")).code == "paper_not_signed"
    for role in ("", "dispatcher", "manager", "duty_gm"):
        refusal = story.refused(cmd.SignPaper(signer="李建国", role=role))
        assert (refusal.code, refusal.detail["role"]) == ("wrong_signer", "gm")
    story.at("2026-11-19 07:00").fire()
    proves_boundary(story, "P9-06", "2026-11-19 17:30")
    story.do(cmd.SignPaper(signer="周总", role="gm"))
    assert story.states()["P9-06"] == "done_late"
    story.do(cmd.FilePaper(binder="1", page="1"))
    story.do(cmd.CloseFinal())
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P9-06")
def test_the_record_is_chased_at_every_shifts_end() -> None:
    story = noted()
    story.do(ended(result="换房"))
    proves_boundary(story, "P9-06/paper", "2026-11-19 07:00")
    story.step("paper_chased")
    assert story.due("P9-06/paper·2") == local("2026-11-19 19:00")
