"""The project and the campus: a larger loss, the time for handling, the return visit."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Fact, FollowUpOutcome
from tests.domain.support import P6, Story, local, proves_boundary
from tests.rules.test_p5_p6 import booked, off, planned


@pytest.mark.rule("P6-05", "when")
def test_it_is_handled_in_seven_days_of_the_receipt() -> None:
    story = Story(P6, "2026-11-18 09:30").open(received_at=local("2026-11-17 23:59:59")).call()
    story.step("replied").step("cause_found").step("plan_made").step("plan_approved")
    story.at("2026-11-24 09:00").fire()
    proves_boundary(story, "P6-05", "2026-11-25 00:00")
    story.follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P6-05"] == "done_late"


@pytest.mark.rule("P6-05", "when")
def test_the_return_visit_is_made_in_three_days_and_outlives_the_write_off() -> None:
    story = planned().step("plan_approved").follow_up(FollowUpOutcome.COMPLETED)
    story.do(cmd.JudgeValid())
    story.do(off(head="陈志强"))
    story.paper()
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("return_visit", "P6-05"),)
    due = story.due("P6-05/visit")
    assert due == local("2026-11-22 00:00")
    assert story.at(due).step("return_visit").states()["P6-05/visit"] == "done"


@pytest.mark.rule("P5-01", "what")
def test_a_larger_loss_makes_it_major_and_its_amount_is_owed() -> None:
    story = booked(facts=(Fact.LOSS,)).step("reported_manager").step("resident_informed")
    assert story.case.level == "major"
    proves_boundary(story, "P5-01/loss", "2026-11-19 17:30")
    story.step("great_loss", loss="12000")
    assert story.states()["P5-01/loss"] == "done_late"
