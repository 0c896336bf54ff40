"""The residents' station: the department is told, has the form, and gives it back; upgrading."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from tests.domain.support import local, proves_boundary
from tests.rules.test_p4 import minor, reported, told


@pytest.mark.rule("P4-08", "when")
def test_nobody_told_of_it_is_a_duty() -> None:
    proves_boundary(reported(minor()), "P4-08/told", "2026-11-18 09:30")


@pytest.mark.rule("P4-08", "when")
def test_another_person_is_told_anew() -> None:
    story = told().at("2026-11-18 11:00")
    story.do(cmd.NameAssignee(person="liu", name="刘芳"))
    proves_boundary(story, "P4-08/told·2", "2026-11-18 11:30")


@pytest.mark.rule("P4-08", "when")
def test_the_form_is_back_within_an_hour_of_reaching_the_department() -> None:
    story = told().after(minutes=5)
    assert "P4-08" not in story.owed()
    story.step("form_sent")
    assert story.due("P4-08") == local("2026-11-18 10:05")
    proves_boundary(story, "P4-08", "2026-11-18 10:05")
    assert story.refused(cmd.RecordStep(step="form_returned")).rule == "P4-08"
    before = story.states()
    story.step("form_returned", "周五前修好")
    assert story.states() == {**before, "P4-08": "done_late"}


@pytest.mark.rule("P4-08", "when")
@pytest.mark.parametrize("first", ["told", "issued"])
def test_issued_and_the_department_told_the_form_has_reached_it(first: str) -> None:
    story = reported(minor())
    if first == "told":
        story.call()
    else:
        story.do(cmd.IssueSlip(number="FW-000001"))
    assert "P4-08" not in story.owed(), "told without a form, or a form nobody has"
    story.after(minutes=5)
    if first == "told":
        story.do(cmd.IssueSlip(number="FW-000001"))
    else:
        story.call(CallOutcome.RELAYED)
        assert "P4-08" not in story.owed()
        story.do(cmd.ConfirmReadBack())
    assert story.case.steps.count("form_sent") == 1
    proves_boundary(story, "P4-08", "2026-11-18 10:05")


@pytest.mark.rule("P4-08")
def test_the_form_is_handed_over_and_not_rung() -> None:
    story = told()
    ring = cmd.TryCall(
        person="zhang", name="张伟", outcome=CallOutcome.REACHED, purpose="form_sent"
    )
    assert story.refused(ring).code == "not_by_call"
    assert story.refused(cmd.RecordStep(step="form_sent")).code == "name_missing"


@pytest.mark.rule("P4-08")
def test_sent_again_the_form_has_its_hour_again() -> None:
    story = told().step("form_sent").after(minutes=20).step("form_sent").after(minutes=20)
    assert story.due("P4-08") == local("2026-11-18 10:00")
    story.step("form_returned").after(minutes=20).step("form_sent")
    assert (story.states()["P4-08"], story.states()["P4-08·2"]) == ("done", "running")
    assert story.due("P4-08·2") == local("2026-11-18 11:00")


@pytest.mark.rule("P4-11")
def test_an_upgraded_complaint_is_passed_on_within_half_an_hour() -> None:
    story = told().at("2026-11-18 10:00")
    assert "P4-11" not in story.owed()
    assert story.refused(cmd.RecordStep(step="upgraded")).rule == "P4-11"
    story.step("upgraded", "要求赔偿三千元, 三天内答复")
    proves_boundary(story, "P4-11", "2026-11-18 10:30")
    before = story.states()
    story.step("upgrade_passed")
    assert story.states() == {**before, "P4-11": "done_late"}
    story.after(hours=1).step("upgraded", "又升级")
    assert story.states()["P4-11·2"] == "running"
