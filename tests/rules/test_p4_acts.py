"""The residents' station: loss, meetings, penalties, opinions and who verified it."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Fact, FollowUpOutcome
from tests.domain.support import P4, Story, local, proves_boundary
from tests.rules.test_p4 import OPENED, major, minor, told


@pytest.mark.rule("P4-02", "what")
def test_the_amount_of_a_great_loss_is_owed_and_raises_a_minor_one() -> None:
    story = Story(P4, OPENED).open(facts=(Fact.LOSS,)).call().step("reported_manager")
    story.step("agreed")
    assert story.due("P4-02/loss") == local("2026-11-19 17:30")
    proves_boundary(story.at("2026-11-19 09:00"), "P4-02/loss", "2026-11-19 17:30")
    other = minor().step("great_loss", "地板全毁", loss="52000.5")
    assert other.case.level == "major"
    assert "52000.50" in {each.value for each in other.case.filled}


@pytest.mark.rule("P4-19", "what", "recorded")
def test_the_manager_gives_an_opinion_on_what_the_departments_could_not_handle() -> None:
    story = told().step("resident_informed")
    assert "P4-19/stuck" not in story.owed()
    story.follow_up(FollowUpOutcome.CANNOT)
    act = story.rules.procedure.step("stuck_opinion")
    assert act is not None
    assert act.to == "property_manager"
    proves_boundary(story, "P4-19/stuck", "2026-11-19 17:30")
    assert story.refused(cmd.RecordStep(step="stuck_opinion")).code == "note_missing"
    story.step("stuck_opinion", "请外单位")
    assert story.states()["P4-19/stuck"] == "done_late"


@pytest.mark.rule("P4-19", "recorded")
def test_a_meeting_on_a_major_one_is_written_down_with_who_was_there() -> None:
    story = major().call()
    assert not [name for name in story.owed() if name == "P4-19"]
    bare = story.refused(cmd.RecordStep(step="meeting_held", person="周敏"))
    assert [each.item for each in bare.missing] == [
        f"meeting_held.{field}" for field in ("attended", "causes", "decided")
    ]
    before = story.states()
    story.step("meeting_held", attended="周敏、梁红", causes="漏检", decided="每周巡一次")
    assert story.states() == before, "as needed: no clock asks for it"
    minutes = story.rules.procedure.form("meeting_minutes")
    assert minutes is not None
    assert "step.meeting_held.attended" in {field.source for field in minutes.fields}


@pytest.mark.rule("P4-20", "who", "recorded")
def test_a_penalty_says_whom_by_which_rule_and_who_decided() -> None:
    story = told()
    bare = story.refused(cmd.RecordStep(step="penalty"))
    assert (bare.code, bare.rule) == ("fields_missing", "P4-20")
    assert [each.item for each in bare.missing] == [
        f"penalty.{field}" for field in ("whom", "by_rule", "measure", "decided_by")
    ]
    before = story.states()
    story.step("penalty", whom="张伟", by_rule="部门处罚制度3", measure="罚200", decided_by="周敏")
    assert story.states() == before
    assert {each.value for each in story.case.filled} == {
        *("张伟", "部门处罚制度3", "罚200", "周敏"),
    }


@pytest.mark.rule("P4-09", "recorded", "signed")
def test_who_verified_it_and_how_is_written_down_and_both_sign_on_the_form() -> None:
    story = told().follow_up(FollowUpOutcome.COMPLETED)
    bare = story.refused(cmd.RecordStep(step="verified", note="好了"))
    assert [each.item for each in bare.missing] == ["verified.verified_how", "verified.visitor"]
    story.step("verified", "已修好", verified_how="上门", visitor="李建国")
    assert {each.value for each in story.case.filled} == {"上门", "李建国"}
    form = story.rules.procedure.form("handling_form")
    assert form is not None
    assert [signer.role for signer in form.signers][1:3] == ["dispatcher", ""]
