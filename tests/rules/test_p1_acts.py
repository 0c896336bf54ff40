"""The owners' relations: orders, changes of contract, the committee's chair, what is widespread."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Fact, FollowUpOutcome
from tests.domain.support import SECOND, local, proves_boundary
from tests.rules.test_p1 import told


@pytest.mark.rule("P1-07", "who", "when", "recorded", "signed")
def test_the_coordination_order_has_measures_a_person_and_its_own_deadline() -> None:
    story = told(facts=(Fact.CLAIM,))
    ends = local("2026-11-18 14:00").isoformat()
    order = story.recording("order_signed", measures="换管", person="张伟", order_deadline=ends)
    assert story.refused(order).missing == (MissingItem("reported", "P1-07"),)
    story.at("2026-11-18 09:05").step("reported")
    proves_boundary(story, "P1-07/order", "2026-11-18 13:05")
    unsigned = cmd.RecordStep(step="order_signed", values=order.values)
    assert (story.refused(unsigned).code, story.refused(unsigned).detail["role"]) == (
        "wrong_role",
        "head",
    )
    bare = cmd.RecordStep(step="order_signed", role="head")
    assert story.refused(bare).missing == tuple(
        MissingItem(f"order_signed.{each}", "P1-07")
        for each in ("measures", "person", "order_deadline")
    )
    story.do(order, cosigner="陈志强")
    kept = {each.field: each.value for each in story.case.filled}
    assert (kept["measures"], kept["person"]) == ("换管", "张伟")
    late = {"P1-07/deadline late": "running"}
    proves_boundary(story, "P1-07/deadline", "2026-11-18 14:00", also=late)
    story.follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P1-07/deadline"] == "done_late"


@pytest.mark.rule("P1-07", "when")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_done_in_the_orders_last_second_is_in_time(second: int, expected: str) -> None:
    story = told(facts=(Fact.CLAIM,)).step("reported")
    ends = local("2026-11-18 12:00")
    story.step("order_signed", order_deadline=ends.isoformat())
    story.at(ends + second * SECOND).follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P1-07/deadline"] == expected


@pytest.mark.rule("P1-17", "what", "when", "recorded")
def test_a_change_of_contract_is_agreed_by_both_and_tracked_to_the_time_it_names() -> None:
    story = told()
    bare = story.refused(cmd.RecordStep(step="contract_changed"))
    assert [each.item.partition(".")[2] for each in bare.missing] == [
        *("change", "agreed_by", "tracked_by", "named_by", "change_done"),
    ]
    story.step("contract_changed", change_done=local("2026-11-18 15:00").isoformat())
    proves_boundary(story, "P1-17/tracked", "2026-11-18 15:00")
    story.step("change_tracked")
    assert story.states()["P1-17/tracked"] == "done_late"


@pytest.mark.rule("P1-17", "what", "when")
def test_what_cannot_be_met_is_told_the_customer_at_once() -> None:
    story = told()
    assert "P1-17/cannot" not in story.owed()
    story.step("cannot_meet")
    proves_boundary(story, "P1-17/cannot", "2026-11-18 09:30")
    story.step("customer_told").after(minutes=1).step("cannot_meet")
    assert story.due("P1-17/cannot·2") == story.now + 1800 * SECOND


@pytest.mark.rule("P1-15", "who", "recorded")
def test_a_matter_is_put_to_the_chair_of_the_committee_whose_word_is_recorded() -> None:
    story = told()
    early = story.recording("chair_reviewed", result="同意")
    assert story.refused(early).missing == (MissingItem("put_to_chair", "P1-15"),)
    story.step("put_to_chair", matter="动用维修金", chair="秦主任")
    assert story.due("P1-15") == local("2026-11-25 17:30")
    story.after(minutes=1).do(early)
    assert story.states()["P1-15"] == "done"
    assert {each.value for each in story.case.filled} == {"动用维修金", "秦主任", "同意"}


@pytest.mark.rule("P1-12", "what", "when")
def test_what_several_cases_are_about_is_apologised_for_as_well() -> None:
    story = told()
    story.step("widespread", cases="261118-01, 261117-04, 261116-09").do(cmd.JudgeValid())
    story.step("receipt_signed").follow_up(FollowUpOutcome.COMPLETED)
    story.step("return_visit").write_off().step("paper_chased")
    story.at("2026-11-19 07:00").step("paper_chased")
    proves_boundary(story, "P1-12/found", "2026-11-19 17:30")
    story.step("apology_planned").step("public_apology")
    assert story.states()["P1-12/found"] == "done_late"
