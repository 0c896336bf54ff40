"""A major complaint in a shop: head office, the general manager's approval, supervision."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.emergency.call_tree import group_purpose, rung_purpose
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact, FollowUpOutcome, Stage
from tests.domain.support import Story, local, proves_boundary, written_off

P2 = "shop-chain"
OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
FIRST = {"P2-05": "running", "P2-05/told": "running", "P2-10": "running"}
OFFICE = ("office", "办公室小陈")
TIE = cmd.TieCorrective(corrective="c2", number="261118-02")


def major() -> Story:
    return Story(P2, OPENED).open(facts=(Fact.MEDIA,), channel=Channel.VISIT)


def in_hand() -> Story:
    """Everybody who must know does, the plan is approved, and nothing ran late."""
    story = major().call().call(who=OFFICE, purpose="told_office")
    return story.step("told_supervision").step("plan_approved").step("cause_analysed")


@pytest.mark.rule("P2-05", "who")
def test_head_office_has_a_major_one_within_five_minutes_and_departments_help() -> None:
    story = major()
    assert story.states() == FIRST
    assert story.states(all_of=True) == {
        **FIRST,
        "P2-05/plan": "waiting",
        "P2-10/open": "waiting",
        "P2-11": "waiting",
        "P2-08/paper": "waiting",
    }
    proves_boundary(story, "P2-05", "2026-11-18 09:05")
    story.call(who=OFFICE, purpose="told_office").step("told_supervision")
    assert story.states()["P2-05"] == "done_late"
    proves_boundary(story, "P2-05/told", "2026-11-18 09:30")


@pytest.mark.rule("P2-05")
def test_the_ladder_goes_from_head_office_to_the_general_manager() -> None:
    story = major()
    procedure = story.rules.procedure
    (ladder,) = ladders(procedure, story.case)
    assert [rung.role for rung in ladder.rungs] == ["office", "gm"]
    assert ladder.group == ("duty_manager", "inspector")
    assert rung_purpose(procedure, ladder, story.case) == "told_office"
    missed, reached = CallOutcome.NO_ANSWER, CallOutcome.REACHED
    assert group_purpose(procedure, ladder, story.case, reached) == "notified"
    assert group_purpose(procedure, ladder, story.case, missed) == "called_in"
    assert group_purpose(procedure, ladder, story.call().case, reached) == "called_in"
    story.do(cmd.Regrade(level="serious", reason="误会"))
    assert ladders(procedure, story.case) == ()


@pytest.mark.rule("P2-05")
def test_a_major_one_that_turns_out_an_emergency_is_one() -> None:
    story = major()
    before = story.states()
    story.do(cmd.NameEmergency(kind="fire"))
    assert (story.case.emergency_kind, story.case.level) == ("fire", "emergency")
    assert {"E-02", "E-03", "E-05"} <= story.states().keys() - before.keys()


@pytest.mark.rule("P2-05", "signed")
def test_every_plan_of_a_major_one_is_approved_by_the_general_manager() -> None:
    story = major().call().step("told_supervision").step("cause_analysed").step("assessed")
    story.do(TIE)
    story.at("2026-11-18 09:03").call(who=OFFICE, purpose="told_office")
    assert story.due("P2-05/plan") == local("2026-11-19 09:03")
    proves_boundary(story, "P2-05/plan", "2026-11-19 09:03")
    ring = cmd.TryCall(
        person="gm", name="周总", outcome=CallOutcome.REACHED, purpose="plan_approved"
    )
    assert story.refused(ring).code == "not_by_call", "a bare call approves no plan"
    unsigned = cmd.RecordStep(step="plan_approved", person="周总", note="同意")
    assert (story.refused(unsigned).code, story.refused(unsigned).rule) == ("wrong_role", "P2-05")
    assert story.refused(written_off()).missing == (MissingItem("plan_approved", "P2-05"),)
    story.step("plan_approved", "退款并登门致歉").write_off()
    assert story.states()["P2-05/plan"] == "done_late"


@pytest.mark.rule("P2-05")
@pytest.mark.parametrize("level", ["minor", "serious"])
def test_lesser_ones_need_no_approval(level: str) -> None:
    story = major()
    story.after(minutes=1).do(cmd.Regrade(level=level, reason="误会"))
    assert {name for name, how in story.states().items() if how == "running"} == (
        {"P2-03"} if level == "minor" else {"P2-04"}
    )


@pytest.mark.rule("P2-06")
def test_the_result_goes_to_the_general_manager_in_a_report() -> None:
    story = in_hand().step("assessed").at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED)
    story.step("opinion_major")
    assert story.due("P2-06") == local("2026-11-19 17:30")
    ring = cmd.TryCall(
        person="gm", name="周总", outcome=CallOutcome.REACHED, purpose="result_reported"
    )
    assert story.refused(ring).code == "not_by_call"
    story.do(TIE)
    story.write_off().step("paper_chased")
    story.at("2026-11-18 19:00").fire()
    story.at("2026-11-19 07:00").fire()
    proves_boundary(story, "P2-06", "2026-11-19 17:30")
    story.paper("dispatcher")
    assert story.refused(cmd.CloseFinal()).missing == (
        MissingItem("result_reported", "P2-06"),
        MissingItem("capa_verified", "P2-10"),
    )
    story.step("result_reported").step("capa_verified").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P2-06")
def test_no_result_is_reported_of_a_plan_that_was_never_approved() -> None:
    refusal = major().refused(cmd.RecordStep(step="result_reported", person="周总"))
    assert refusal.missing == (MissingItem("plan_approved", "P2-06"),)


@pytest.mark.rule("P2-10", "when")
def test_supervision_is_told_of_a_major_one_at_once() -> None:
    story = major().call().call(who=OFFICE, purpose="told_office")
    proves_boundary(story, "P2-10", "2026-11-18 09:10")
    before = story.states()
    story.call(purpose="told_supervision")
    begun = {"P2-10/open": "running", "P2-11": "running"}
    assert story.states() == {**before, "P2-10": "done_late", **begun}


@pytest.mark.rule("P2-10", "who", "when")
@pytest.mark.rule("P2-10", "when")
def test_supervision_opens_a_corrective_action_by_the_end_of_the_next_working_day() -> None:
    story = major().call().call(who=OFFICE, purpose="told_office").step("plan_approved")
    assert story.owed()["P2-10/open"].due is None
    told = story.rules.procedure.step("told_supervision")
    assert told is not None
    assert told.to == "supervision"
    story.call(who=("xu", "老许"), purpose="told_supervision")
    assert story.owed()["P2-10/open"].do == "corrective"
    proves_boundary(story, "P2-10/open", "2026-11-19 17:30")
    before = story.states()
    story.do(TIE)
    assert story.states() == {**before, "P2-10/open": "done_late"}


@pytest.mark.rule("P2-10")
def test_no_write_off_ends_what_is_owed_to_supervision() -> None:
    story = major().call().step("plan_approved").write_off().paper("dispatcher")
    assert MissingItem("told_supervision", "P2-10") in story.refused(cmd.CloseFinal()).missing
    story.step("told_supervision").step("result_reported").step("opinion_major")
    assert story.refused(cmd.CloseFinal()).missing == (
        MissingItem("corrective", "P2-10"),
        MissingItem("cause_analysed", "P2-11"),
    )
    story.do(TIE)
    story.step("cause_analysed").step("capa_verified").step("assessed").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P2-10", "when")
def test_the_correction_is_verified_within_three_working_days_of_the_handling() -> None:
    story = in_hand().step("assessed").at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED)
    story.step("result_reported").step("opinion_major").write_off().paper("dispatcher")
    story.at("2026-11-18 19:00").fire()
    assert story.due("P2-10/verify") == local("2026-11-23 17:30")  # over a weekend
    proves_boundary(story, "P2-10/verify", "2026-11-23 17:30")


@pytest.mark.rule("P2-11", "who", "recorded")
def test_supervision_analyses_and_assesses() -> None:
    story = major().call().call(who=OFFICE, purpose="told_office").step("plan_approved")
    refusal = story.refused(cmd.RecordStep(step="cause_analysed", person="监督部老许"))
    assert refusal.missing == (MissingItem("told_supervision", "P2-11"),)
    story.step("told_supervision").do(TIE)
    story.at("2026-11-20 09:00").fire()
    proves_boundary(story, "P2-11", "2026-11-23 17:30")
    assert story.refused(cmd.RecordStep(step="assessed", person="老许")).rule == "P2-11"
    alone = cmd.RecordStep(
        step="cause_analysed", person="老许", values={"cause": "超时", "correction": "加人"}
    )
    assert story.refused(alone).missing == (MissingItem("cause_analysed.with_head", "P2-11"),)
    story.step("cause_analysed", with_head="周主任", cause="配送超时", correction="加人")
    proves_boundary(story, "P2-11/assess", "2026-11-26 17:30")
    before = story.states()
    story.step("assessed", whom="刘经理", by_rule="考核办法第9条", opinion="扣分")
    kept = {each.field: each.value for each in story.case.filled if each.step == "assessed"}
    assert kept == {"whom": "刘经理", "by_rule": "考核办法第9条", "opinion": "扣分"}
    assert {n: s for n, s in story.states().items() if before.get(n) != s} == {
        "P2-11/assess": "done_late",
        "keep": "running",
    }


@pytest.mark.rule("P2-10")
@pytest.mark.parametrize("fact", [Fact.AGAIN, Fact.NOW])
def test_supervision_is_not_told_of_lesser_ones(fact: Fact) -> None:
    story = Story(P2, OPENED).open(facts=(fact,), channel=Channel.VISIT)
    assert not {name for name in story.owed() if name.startswith(("P2-06", "P2-10", "P2-11"))}
