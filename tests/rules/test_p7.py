"""An estate's plant, rule by rule."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.triage import ladders, roles_to_tell
from dispatcher_tui.domain.emergency.call_tree import group_purpose, rung_purpose
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact, FollowUpOutcome, Stage
from tests.domain.support import SECOND, Story, local, proves_boundary, written_off

P7 = "estate-plant"
OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
OTHERS = ("municipal", "other_department")


def opened(*facts: Fact, **fields: object) -> Story:
    return Story(P7, OPENED).open(facts=facts, **fields)


def told(*facts: Fact, **fields: object) -> Story:
    """Plant staff told and in touch with the user at once."""
    return opened(*facts, **fields).call().step("user_contacted")


def done() -> Story:
    return told().at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED)


@pytest.mark.rule("P7-01", "recorded")
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.VISIT, Channel.LETTER])
def test_spoken_or_written_it_is_recorded_in_detail(channel: Channel) -> None:
    story = opened(channel=channel, received_at=local("2026-11-18 08:50"))
    case = story.case
    assert (case.channel, case.verbatim, case.place) == (channel, "厨房漏水", "3-2-1502")
    assert (case.received_at, case.opened_at) == (local("2026-11-18 08:50"), local(OPENED))
    assert story.rules.procedure.closing_paper.name.zh == "用户投诉记录"


@pytest.mark.rule("P7-02", "when")
def test_registered_plant_staff_are_told_at_once() -> None:
    story = opened()
    assert story.states(all_of=True) == {
        "P7-02": "running",
        "P7-03": "waiting",
        "P7-06/paper": "waiting",
    }
    assert roles_to_tell(story.rules.procedure, story.case) == ("plant_staff",)
    proves_boundary(story, "P7-02", "2026-11-18 09:05")
    story.call()
    assert story.states() == {"P7-02": "done_late", "P7-03": "running"}


@pytest.mark.rule("P7-02", "when")
def test_somebody_else_is_told_anew() -> None:
    story = told().at("2026-11-18 10:00")
    story.do(cmd.NameAssignee(person="liu", name="刘芳"))
    proves_boundary(story, "P7-02·2", "2026-11-18 10:05")


@pytest.mark.rule("P7-03", "when")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_the_staff_contact_the_user_within_half_an_hour(second: int, expected: str) -> None:
    proves_boundary(opened().call(), "P7-03", "2026-11-18 09:30")
    story = opened().call().at(local("2026-11-18 09:30") + second * SECOND)
    assert story.step("user_contacted").states()["P7-03"] == expected


@pytest.mark.rule("P7-03", "who")
@pytest.mark.parametrize("act", ["user_contacted", "verified", "return_visit", "user_answered"])
def test_it_is_the_plant_staff_who_contact_visit_and_verify(act: str) -> None:
    story = done() if act != "user_contacted" else opened().call()
    asked = story.rules.procedure.step(act)
    assert asked is not None
    assert (asked.to, asked.call) == ("plant_staff", False)
    nobody = story.refused(cmd.RecordStep(step=act, note="好了"))
    assert (nobody.code, nobody.rule) == ("name_missing", "P7-03")
    story.do(cmd.RecordStep(step=act, person="刘强", note="好了"))
    written = story.entries[-1].event
    assert isinstance(written, ev.StepRecorded)
    assert (written.step, written.person) == (act, "刘强")


@pytest.mark.rule("P7-03", "when")
def test_done_it_is_verified_and_visited_and_not_written_off_unverified() -> None:
    story = done()
    assert story.states() == {
        "P7-02": "done",
        "P7-03": "done",
        "P7-03/verify": "running",
        "P7-03/visit": "running",
        "P7-06": "running",
    }
    assert story.refused(written_off()).missing == (MissingItem("verified", "P7-03"),)
    story.step("result_written").step("return_visit")
    proves_boundary(story, "P7-03/verify", "2026-11-19 10:00")
    story.step("verified").write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P7-03", "when")
def test_the_return_visit_outlives_the_write_off() -> None:
    story = done().step("verified").step("result_written").write_off()
    story.step("effect_checked").at("2026-11-18 19:00").fire()
    story.at("2026-11-19 07:00").fire()
    proves_boundary(story, "P7-03/visit", "2026-11-19 10:00")
    story.paper("dispatcher")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("return_visit", "P7-03"),)
    story.step("return_visit").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P7-03", "when")
def test_what_cannot_be_solved_is_answered() -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.CANNOT)
    assert story.states()["P7-03/answer"] == "running"
    story.step("reported_head").step("head_decided")
    proves_boundary(story, "P7-03/answer", "2026-11-19 09:30")
    assert story.refused(cmd.RecordStep(step="user_answered")).rule == "P7-03"
    before = story.states()
    story.step("user_answered", "要等配件")
    assert story.states() == {**before, "P7-03/answer": "done_late", "keep": "running"}


@pytest.mark.rule("P7-04", "what")
@pytest.mark.parametrize(
    ("facts", "tags", "level"),
    [
        ((Fact.INJURY,), (), "grave"),
        ((Fact.GROUP,), (), "grave"),
        ((), ("building_utility",), "grave"),
        ((), ("accident",), "grave"),
        ((Fact.NOW, Fact.AGAIN), (), "ordinary"),
    ],
)
def test_what_is_urgent_or_grave(
    facts: tuple[Fact, ...], tags: tuple[str, ...], level: str
) -> None:
    assert opened(*facts, tags=tags).case.level == level


@pytest.mark.rule("P7-04")
def test_a_grave_one_that_the_staff_have_not_solved_goes_to_the_head_who_plans() -> None:
    story = told(Fact.GROUP)
    assert story.states() == {"P7-02": "done", "P7-03": "done", "P7-04": "running"}
    assert story.refused(cmd.RecordStep(step="head_decided", note="换泵")).missing == (
        MissingItem("reported_head", "P7-04"),
    )
    proves_boundary(story, "P7-04", "2026-11-18 09:15")
    story.call(purpose="reported_head")
    proves_boundary(story, "P7-04/plan", "2026-11-18 10:15:01")
    assert story.refused(cmd.RecordStep(step="head_decided")).code == "note_missing"
    before = story.states()
    story.step("head_decided", "换泵, 今晚抢修")
    assert {n: s for n, s in story.states().items() if before.get(n) != s} == {
        "P7-04/plan": "done_late",
        "keep": "running",
    }


@pytest.mark.rule("P7-04")
def test_solved_by_the_staff_alone_nothing_is_reported() -> None:
    story = told(Fact.GROUP).at("2026-11-18 09:14:59").follow_up(FollowUpOutcome.COMPLETED)
    assert story.states()["P7-04"] == "cancelled"
    assert story.at("2026-11-18 09:15").fire() == []


@pytest.mark.rule("P7-04")
def test_beyond_the_staff_any_one_is_reported_and_decided_it_is_stuck_no_more() -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.CANNOT).step("user_answered")
    proves_boundary(story, "P7-04/stuck", "2026-11-18 09:40")
    assert story.case.stuck
    story.step("reported_head").step("head_decided", "请厂家")
    assert not story.case.stuck


@pytest.mark.rule("P7-04")
def test_the_ladder_goes_from_plant_to_engineering() -> None:
    story = opened(Fact.INJURY)
    procedure = story.rules.procedure
    (ladder,) = ladders(procedure, story.case)
    assert [rung.role for rung in ladder.rungs] == ["plant_head", "engineering_manager"]
    assert rung_purpose(procedure, ladder, story.case) == "reported_head"
    reached = CallOutcome.REACHED
    assert group_purpose(procedure, ladder, story.case, reached) == "notified"
    assert group_purpose(procedure, ladder, story.call().case, reached) == "called_in"
    assert ladders(procedure, opened().case) == ()


@pytest.mark.rule("P7-05", "when")
@pytest.mark.parametrize("case_class", OTHERS)
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-18 09:00", "2026-11-22 00:00"),  # 24:00 of the third day after
        ("2026-11-17 23:59:59", "2026-11-21 00:00"),
    ],
)
def test_another_organisations_part_is_explained_within_three_days(
    case_class: str, received: str, due: str
) -> None:
    story = told(case_class=case_class, received_at=local(received)).step("org_contacted")
    story.at("2026-11-19 00:00").fire()
    proves_boundary(story, "P7-05", due)
    assert story.refused(cmd.RecordStep(step="complainant_explained")).rule == "P7-05"
    before = story.states()
    story.step("complainant_explained", "自来水公司周五来")
    assert {n: s for n, s in story.states().items() if before.get(n) != s} == {
        "P7-05": "done_late",
        "keep": "running",
    }


@pytest.mark.rule("P7-05", "when")
def test_the_organisation_is_contacted_and_its_opinion_passed_on() -> None:
    story = told(case_class="municipal").step("complainant_explained")
    proves_boundary(story, "P7-05/org", "2026-11-19 17:30")
    story.step("org_contacted")
    assert story.refused(cmd.RecordStep(step="opinion_told")).missing == (
        MissingItem("org_opinion", "P7-05"),
    )
    story.step("org_opinion", "下周一换表")
    proves_boundary(story, "P7-05/opinion", "2026-11-20 17:30:01")
    assert story.step("opinion_told").states()["P7-05/opinion"] == "done_late"


@pytest.mark.rule("P7-05", "when")
def test_found_out_later_the_three_days_count_from_then() -> None:
    story = told(case_class="maintenance").at("2026-11-20 15:00")
    assert not {name for name in story.owed() if name.startswith("P7-05")}
    story.step("other_found", "燃气公司的阀门").step("org_contacted")
    proves_boundary(story, "P7-05/found", "2026-11-24 00:00")


@pytest.mark.rule("P7-05")
@pytest.mark.parametrize("case_class", ["", "maintenance", "security"])
def test_ones_own_part_has_no_three_days(case_class: str) -> None:
    assert "P7-05" not in opened(case_class=case_class).owed()


@pytest.mark.rule("P7-06")
def test_the_staff_write_the_result_and_the_record_is_kept() -> None:
    story = done().step("return_visit").step("verified").write_off().step("effect_checked")
    assert story.refused(cmd.RecordStep(step="result_written")).code == "name_missing"
    story.at("2026-11-18 19:00").fire()
    story.step("paper_chased").at("2026-11-19 07:00").fire()
    proves_boundary(story, "P7-06", "2026-11-19 17:30")
    story.paper("dispatcher")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("result_written", "P7-06"),)
    story.step("result_written").do(cmd.CloseFinal())
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P7-06")
def test_the_record_is_chased_at_every_shifts_end() -> None:
    story = done().step("return_visit").step("verified").step("result_written").write_off()
    proves_boundary(story, "P7-06/paper", "2026-11-18 19:00")
    story.step("paper_chased")
    proves_boundary(story, "P7-06/paper·2", "2026-11-19 07:00")
    assert story.refused(cmd.CloseFinal()).missing[:1] == (MissingItem("paper_received", "P7-06"),)


@pytest.mark.rule("P7-07")
def test_the_director_checks_the_effect_before_it_is_final() -> None:
    story = done().step("return_visit").step("verified").step("result_written")
    assert "P7-07" not in story.owed()
    story.write_off().paper("dispatcher").at("2026-11-18 19:00").fire()
    proves_boundary(story, "P7-07", "2026-11-23 17:30")  # over a weekend
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("effect_checked", "P7-07"),)
    assert story.refused(cmd.RecordStep(step="effect_checked")).code == "note_missing"
    story.step("effect_checked", "效果好").do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
