"""What follows an emergency: its handling, its aftermath, the leaders' orders (E-06 to E-08)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Responder, Stage
from tests.domain.support import P0, P4, SECOND, Story, local, proves_boundary, written_off
from tests.rules.sending import CREW, emergency, over, report, tell, tell_head
from tests.rules.test_e_course import OPENED, held, stand_down, story_in_hand, worked


def back(procedure: str) -> Story:
    """An emergency to which somebody was sent, who has reported back."""
    return report(tell(tell_head(emergency(procedure)), CREW[0]), CREW[0], Responder.REPORTED_BACK)


@pytest.mark.rule("E-06", "when")
def test_the_handling_is_followed_two_hours_after_standing_down() -> None:
    story = worked().after(minutes=3)
    story.do(cmd.ReportResponder(person="yang", name="杨军", stage=Responder.REPORTED_BACK))
    assert "E-06" not in story.owed()
    stand_down(story.at("2026-11-18 09:30"))
    story.follow_up(story_in_hand(), timedelta(days=2))
    assert story.states()["E-06"] == "running"
    proves_boundary(story, "E-06", "2026-11-18 11:30")


@pytest.mark.rule("E-06", "recorded")
def test_it_wants_words() -> None:
    story = stand_down(worked().after(minutes=20))
    assert story.refused(cmd.RecordStep(step="handling_followed")).code == "note_missing"
    story.step("handling_followed", "电梯已停用待检")
    assert story.states()["E-06"] == "done"


@pytest.mark.rule("E-06", "when")
@pytest.mark.rule("E-09")
def test_the_write_off_goes_on_beside_it_and_does_not_end_it() -> None:
    story = stand_down(worked().at("2026-11-18 09:30")).after(minutes=1)
    story.write_off(head="赵主任")
    assert story.case.stage is Stage.WRITTEN_OFF
    assert (story.states()["E-06"], story.states()["E-07"]) == ("running", "running")
    proves_boundary(story, "E-06", "2026-11-18 11:30")
    story.step("handling_followed", "电梯已停用待检")
    assert (story.states()["E-06"], story.states()["E-07"]) == ("done_late", "running")


@pytest.mark.rule("E-06")
def test_it_lives_on_after_the_write_off_and_is_asked_for_before_the_case_is_final() -> None:
    story = stand_down(worked().after(minutes=20)).after(minutes=1).write_off(head="赵主任")
    story.after(minutes=1).paper().step("aftermath_over", "已赔付结案")
    refusal = story.refused(cmd.CloseFinal())
    assert (refusal.code, refusal.rule) == ("final_incomplete", "E-06")
    story.step("handling_followed", "电梯已停用待检").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("E-07", "when")
def test_the_aftermath_is_followed_at_every_shifts_end_until_it_is_over() -> None:
    story = stand_down(worked().at("2026-11-18 09:30")).after(minutes=1)
    story.write_off(head="赵主任")
    story.step("paper_chased", "问过了")
    proves_boundary(story, "E-07", "2026-11-18 19:00")
    story.step("aftermath_followed", "医院复查")
    assert story.due("E-07·2") == local("2026-11-19 07:00")
    story.after(minutes=1).step("aftermath_over", "已赔付结案")
    assert not [n for n, d in story.owed().items() if n.startswith("E-07") and d.pending]


@pytest.mark.rule("E-07")
def test_it_lives_on_after_the_write_off_and_keeps_the_case_from_being_final() -> None:
    story = stand_down(worked().after(minutes=20)).after(minutes=1).write_off(head="赵主任")
    assert story.states()["E-07"] == "running"
    story.after(minutes=1).paper()
    story.step("handling_followed", "电梯已停用待检")
    refusal = story.refused(cmd.CloseFinal())
    assert (refusal.code, refusal.rule) == ("final_incomplete", "E-07")
    story.step("aftermath_over", "已赔付结案").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("E-07")
@pytest.mark.rule("E-06")
def test_a_false_alarm_has_no_aftermath_and_still_wants_the_heads_signature() -> None:
    story = stand_down(worked().after(minutes=4), false_alarm=True)
    assert not held(story)
    assert not {"E-06", "E-07"} & {name for name, how in story.states().items()}
    assert story.states()["E-03/report"] == "cancelled"

    assert story.refused(written_off()).rule == "E-09"
    story.write_off(head="赵主任")
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("E-06")
@pytest.mark.rule("E-07")
@pytest.mark.parametrize("procedure", [P0, P4])
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_graded_down_after_it_was_really_over_it_is_followed_all_the_same(
    procedure: str, second: int
) -> None:
    story = over(back(procedure).at("2026-11-18 09:30"))
    story.at(local("2026-11-18 11:30") + second * SECOND)
    lower = story.rules.procedure.levels[-1].id
    story.do(cmd.Regrade(level=lower, reason="没有那么重"))
    assert story.states()["E-06"] == ("overdue" if second > 0 else "running")
    assert story.states()["E-07"] == "running"
    story.step("handling_followed", "电梯已停用待检")
    assert story.states()["E-06"] == ("done_late" if second > 0 else "done")
    story.at(local("2026-11-18 19:00") + second * SECOND).step("aftermath_over", "已赔付结案")
    assert story.states()["E-07"] == ("done_late" if second > 0 else "done")
    assert not {"E-06·2", "E-07·2"} & set(story.owed())


@pytest.mark.rule("E-06")
@pytest.mark.rule("E-07")
@pytest.mark.parametrize(("second", "ended"), [(-1, "cancelled"), (0, "cancelled"), (1, "missed")])
@pytest.mark.parametrize(("clock", "due"), [("E-06", "11:30"), ("E-07", "19:00")])
@pytest.mark.parametrize("lowered", [False, True])
def test_reopened_it_stays_overdue_no_longer_and_is_missed_where_it_had_fallen_due(
    lowered: bool, clock: str, due: str, second: int, ended: str
) -> None:
    story = over(back(P0).at("2026-11-18 09:30")).after(minutes=1)
    if lowered:
        story.do(cmd.Regrade(level="ordinary", reason="没有那么重"))
    story.write_off(head="赵主任")
    story.at(local(f"2026-11-18 {due}") + second * SECOND)
    assert story.states()[clock] == ("overdue" if second > 0 else "running")
    story.do(cmd.Reopen(reason="又停了"))
    assert story.states()[clock] == ended
    assert story.after(days=2).states()[clock] == ended
    if clock == "E-06":
        assert story.states()["E-07"] == "cancelled", "that had not fallen due"


@pytest.mark.rule("E-08", "who", "recorded")
def test_every_order_is_tied_to_the_emergency_and_needs_who_and_what() -> None:
    story = worked()
    order = cmd.IssueOrder(order="case-2", number="261118-02", by="孙副总", text="封闭一单元")
    story.do(order)
    story.do(cmd.IssueOrder(order="case-3", number="261118-03", by="郭总", text="贴告示"))
    assert story.case.orders == ("261118-02", "261118-03")
    nobody = cmd.IssueOrder(order="x", number="1", by=" ", text="y")
    assert story.refused(nobody).code == "name_missing"
    nothing = cmd.IssueOrder(order="x", number="1", by="郭总", text=" ")
    assert story.refused(nothing).code == "order_missing"


@pytest.mark.rule("E-08")
def test_an_order_is_a_case_with_duties_of_its_own_and_holds_no_post() -> None:
    story = Story(P0, OPENED).open(level="ordinary", tied_to="261118-01", verbatim="封闭一单元")
    assert story.case.tied_to == "261118-01"
    assert not held(story)
    proves_boundary(story, "P0-02", "2026-11-18 09:10")


@pytest.mark.rule("E-08")
@pytest.mark.rule("E-09")
def test_orders_come_also_after_standing_down_and_block_no_write_off() -> None:
    story = stand_down(worked().after(minutes=5)).write_off(head="赵主任")
    story.do(cmd.IssueOrder(order="case-2", number="261118-02", by="郭总", text="排查全部电梯"))
    assert story.case.stage is Stage.WRITTEN_OFF
    assert story.case.orders == ("261118-02",)
