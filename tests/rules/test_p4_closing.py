"""The residents' station: major complaints, return visits, the handling form, finality."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem, write_off_items
from dispatcher_tui.domain.duties.triage import ladders
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import CallOutcome, Fact, FollowUpOutcome, Stage
from tests.domain.support import P4, SECOND, Story, local, proves_boundary, written_off

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00


def solved(facts: tuple[Fact, ...] = ()) -> Story:
    """A valid case that was told, reported, and found done at 10:00."""
    story = Story(P4, OPENED).open(facts=facts).call().step("resident_informed")
    major, minor = (
        ("reported_manager", "agreed", "home_visited"),
        ("reported_station", "told_manager"),
    )
    for step in major if facts else minor:
        story.step(step)
    story.do(cmd.JudgeValid())
    return story.at("2026-11-18 10:00").follow_up(FollowUpOutcome.COMPLETED).step("verified")


@pytest.mark.rule("P4-10")
def test_the_manager_writes_an_opinion_within_a_working_day() -> None:
    story = solved().step("return_visit")
    assert story.due("P4-10/opinion") == local("2026-11-19 17:30")
    proves_boundary(story, "P4-10/opinion", "2026-11-19 17:30")
    assert story.refused(cmd.RecordStep(step="manager_opinion")).rule == "P4-10"
    before = story.states()
    story.step("manager_opinion", "同意")
    assert story.states() == {**before, "P4-10/opinion": "done_late"}


@pytest.mark.rule("P4-10")
def test_what_the_write_off_asks() -> None:
    procedure = Story(P4, OPENED).rules.procedure
    minor, major = Story(P4, OPENED).open().case, solved((Fact.INJURY,)).case
    asked = [(item.id, item.rule, item.required) for item in write_off_items(procedure, minor)]
    assert asked == [
        ("feedback", "P4-09", True),
        ("verified", "P4-09", True),
        ("resident_informed", "P4-07", True),
        ("satisfaction", "P4-09", True),
        ("manager_opinion", "P4-10", False),
        ("cause", "P4-17", False),
    ]
    mine = {item.id for item in write_off_items(procedure, major)}
    assert mine ^ {item[0] for item in asked} == {"home_visited", "agreed", "resident_informed"}


@pytest.mark.rule("P4-10")
def test_the_opinion_is_asked_once_verified_and_nothing_is_final_without_it() -> None:
    assert "P4-10/opinion" not in Story(P4, OPENED).open().call().owed()
    story = solved().step("return_visit").write_off()
    assert story.states()["P4-10/opinion"] == "running"
    story.paper("property_manager")
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem("manager_opinion", "P4-10"),)
    story.step("manager_opinion", "同意").do(cmd.CloseFinal())
    assert story.states()["P4-10/opinion"] == "done"


@pytest.mark.rule("P4-09")
def test_where_no_clock_runs_the_case_is_tracked_by_the_end_of_the_shift() -> None:
    story = Story(P4, OPENED).open(facts=(Fact.AGAIN, Fact.UNMET)).call()
    assert story.rules.procedure.level("major").urgent
    for step in ("resident_informed", "reported_manager", "agreed"):
        story.after(minutes=1).step(step)
    assert story.states()["keep"] == "running"
    proves_boundary(story, "keep", "2026-11-18 19:00", rule="P4-09")


@pytest.mark.rule("P4-10")
def test_a_working_day_skips_the_weekend() -> None:
    story = Story(P4, "2026-11-20 16:00").open().call().step("verified")
    assert story.due("P4-10/opinion") == local("2026-11-23 17:30")


@pytest.mark.rule("P4-10")
def test_only_the_manager_signs_the_form_and_only_then_it_is_filed() -> None:
    story = solved().step("return_visit").step("manager_opinion").write_off()
    story.do(cmd.ReceivePaper(number="CZ-1"))
    for role in ("", "dispatcher", "station_head", "dept_head"):
        refusal = story.refused(cmd.SignPaper(signer="李建国", role=role))
        assert (refusal.code, refusal.rule, refusal.detail["role"]) == (
            "wrong_signer",
            "P4-10",
            "property_manager",
        )
    assert story.refused(cmd.FilePaper(binder="1", page="1")).rule == "P4-10"
    assert story.refused(cmd.CloseFinal()).missing == (
        MissingItem("paper_signed", "P4-10"),
        MissingItem("paper_filed", "P4-10"),
    )
    story.do(cmd.SignPaper(signer="周经理", role="property_manager"))
    story.do(cmd.FilePaper(binder="1", page="1"))
    story.do(cmd.CloseFinal())
    assert (story.case.stage, story.case.slip.signed_by) == (Stage.FINAL, "周经理")
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P4-10")
def test_the_form_is_chased_at_every_shifts_end() -> None:
    story = solved().step("return_visit").step("manager_opinion").write_off()
    proves_boundary(story, "P4-10", "2026-11-18 19:00")
    story.step("paper_chased")
    proves_boundary(story, "P4-10·2", "2026-11-19 07:00")


@pytest.mark.rule("P4-02")
def test_what_becomes_major_is_reported_from_then_on_and_rings_the_manager() -> None:
    story = Story(P4, OPENED).open().call().at("2026-11-18 12:00")
    assert ladders(story.rules.procedure, story.case) == ()
    story.do(cmd.Regrade(level="major", reason="多次投诉未解决"))
    assert [ladder.id for ladder in ladders(story.rules.procedure, story.case)] == ["major"]
    assert story.states() == {
        "P4-08/told": "done",
        "P4-02": "cancelled",
        "P4-06": "missed",
        "P4-06/manager": "missed",
        "P4-07": "running",
        "P4-13": "running",
    }
    proves_boundary(story, "P4-13", "2026-11-18 12:10")


@pytest.mark.rule("P4-02")
def test_minor_again_it_has_a_month_again() -> None:
    story = Story(P4, OPENED).open().at("2026-11-20 09:00")
    story.do(cmd.Regrade(level="major", reason="有人受伤"))
    story.at("2026-11-21 09:00").do(cmd.Regrade(level="minor", reason="没有受伤"))
    assert story.states()["P4-02"] == "cancelled"
    assert story.due("P4-02·2") == local("2026-12-22 00:00")


@pytest.mark.rule("P4-13", "when")
@pytest.mark.parametrize(("second", "expected"), [(0, "done"), (1, "done_late")])
def test_a_major_one_reaches_the_manager_within_ten_minutes(second: int, expected: str) -> None:
    story = Story(P4, OPENED).open(facts=(Fact.INJURY,)).call()
    proves_boundary(story, "P4-13", "2026-11-18 09:10")
    other = Story(P4, OPENED).open(facts=(Fact.INJURY,))
    other.at(local("2026-11-18 09:10") + second * SECOND)
    other.call(CallOutcome.REACHED, ("mgr", "周经理"), purpose="reported_manager")
    assert other.states()["P4-13"] == expected


@pytest.mark.rule("P4-14", "when")
def test_a_solution_is_agreed_within_twelve_hours_of_the_manager_having_it() -> None:
    story = Story(P4, OPENED).open(facts=(Fact.INJURY,)).call()
    assert story.states(all_of=True)["P4-14"] == "waiting"
    story.do(cmd.Regrade(level="minor", reason="没有受伤"))
    assert "P4-14" not in story.owed()
    story.after(seconds=1).do(cmd.Regrade(level="major", reason="确有受伤"))
    assert story.states(all_of=True)["P4-14"] == "waiting"
    story.at("2026-11-18 09:05").step("reported_manager")
    proves_boundary(story, "P4-14", "2026-11-18 21:05")
    assert story.refused(cmd.RecordStep(step="agreed")).rule == "P4-14"
    story.step("agreed").step("verified").step("home_visited").do(cmd.JudgeValid())
    assert story.states()["P4-14"] == "done_late"


@pytest.mark.rule("P4-14", "who")
def test_it_is_the_manager_who_agrees_it_with_the_resident() -> None:
    story = Story(P4, OPENED).open(facts=(Fact.INJURY,)).call().step("reported_manager")
    act = story.rules.procedure.step("agreed")
    assert act is not None
    assert (act.to, act.call) == ("property_manager", False)
    nobody = story.refused(cmd.RecordStep(step="agreed", note="同意换管"))
    assert (nobody.code, nobody.rule) == ("name_missing", "P4-14")
    assert story.states()["P4-14"] == "running"
    story.do(cmd.RecordStep(step="agreed", person="周敏", note="同意换管"))
    assert story.states()["P4-14"] == "done"
    written = story.entries[-1].event
    assert isinstance(written, ev.StepRecorded)
    assert written.person == "周敏"


@pytest.mark.rule("P4-14")
@pytest.mark.rule("P4-15")
@pytest.mark.parametrize(
    ("left_out", "missing"),
    [
        ("agreed", MissingItem("agreed", "P4-14")),
        ("home_visited", MissingItem("home_visited", "P4-15")),
    ],
)
def test_a_major_one_is_not_written_off_before_it_is_agreed_and_visited(
    left_out: str, missing: MissingItem
) -> None:
    story = Story(P4, OPENED).open(facts=(Fact.INJURY,)).step("verified")
    story.do(cmd.JudgeValid())
    for step in {"agreed", "home_visited"} - {left_out}:
        story.step(step)
    assert story.refused(written_off()).missing == (missing,)
    story.step(left_out).write_off()
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("P4-16", "when")
def test_a_minor_one_is_visited_within_a_day_of_being_solved() -> None:
    story = solved().step("manager_opinion")
    proves_boundary(story, "P4-16", "2026-11-19 10:00")
    assert story.refused(cmd.RecordStep(step="return_visit", note=" ")).rule == "P4-16"
    before = story.states()
    story.step("return_visit")
    assert story.states() == {**before, "P4-16": "done_late"}


@pytest.mark.rule("P4-16")
def test_a_minor_one_may_be_visited_at_once_and_up_to_the_last_second() -> None:
    assert solved().step("return_visit").states()["P4-16"] == "done"
    story = solved().at("2026-11-19 10:00").step("return_visit")
    assert story.states()["P4-16"] == "done"


@pytest.mark.rule("P4-16", "when")
def test_a_major_one_is_not_visited_before_a_day_has_passed() -> None:
    story = solved((Fact.INJURY,))
    before = story.states()
    assert before["P4-16/major"] == "waiting"
    assert "P4-16" not in before
    for moment in ("2026-11-18 10:00", "2026-11-19 09:59:59"):
        story.at(moment)
        refusal = story.refused(
            cmd.RecordStep(step="station_visit", person="谢广平", note="去过了")
        )
        assert (refusal.code, refusal.rule) == ("too_early", "P4-16")
        assert refusal.detail["opens"] == local("2026-11-19 10:00").isoformat()
    assert story.at("2026-11-19 10:00").states()["P4-16/major"] == "running"
    story.step("station_visit", "住户满意")
    assert story.states()["P4-16/major"] == "done"


@pytest.mark.rule("P4-16", "when")
def test_a_major_ones_visit_is_never_late_before_its_grace_is_over() -> None:
    story = solved((Fact.INJURY,)).step("manager_opinion")
    assert story.at("2026-11-19 10:00").fire() == []
    proves_boundary(story, "P4-16/major", "2026-11-20 10:00")


@pytest.mark.rule("P4-16", "who")
@pytest.mark.parametrize(
    ("facts", "visit", "role", "other"),
    [
        ((), "return_visit", "dispatcher", "station_visit"),
        ((Fact.INJURY,), "station_visit", "station_head", "return_visit"),
    ],
)
def test_a_minor_one_is_visited_by_the_order_taker_a_major_one_by_the_head_of_the_station(
    facts: tuple[Fact, ...], visit: str, role: str, other: str
) -> None:
    story = solved(facts).step("manager_opinion").at("2026-11-19 10:00")
    act = story.rules.procedure.step(visit)
    assert act is not None
    assert (act.to, act.call) == (role, False)
    nobody = story.refused(cmd.RecordStep(step=visit, note="满意"))
    assert (nobody.code, nobody.rule) == ("name_missing", "P4-16")
    owed = "P4-16/major" if facts else "P4-16"
    assert story.step(other).states()[owed] == "running"
    assert story.step(visit).states()[owed] == "done"


@pytest.mark.rule("P4-16")
@pytest.mark.parametrize("facts", [(), (Fact.INJURY,)])
def test_the_visit_outlives_the_write_off_and_finality_waits_for_it(
    facts: tuple[Fact, ...],
) -> None:
    story = solved(facts).step("manager_opinion").write_off().paper("property_manager")
    visit = "station_visit" if facts else "return_visit"
    assert story.refused(cmd.CloseFinal()).missing == (MissingItem(visit, "P4-16"),)
    story.at("2026-11-19 10:00").step(visit).do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P4-16")
def test_the_visit_counts_from_the_write_off_where_that_brought_the_confirmation() -> None:
    story = Story(P4, OPENED).open().step("verified").step("resident_informed")
    story.do(cmd.JudgeValid())
    story.at("2026-11-18 15:00").write_off()
    assert story.due("P4-16") == local("2026-11-19 15:00")


@pytest.mark.rule("P4-16")
def test_reopened_the_visit_is_owed_no_more_and_later_anew() -> None:
    story = solved().write_off().at("2026-11-18 12:00")
    story.do(cmd.Reopen(reason="又漏了"))
    assert story.states()["P4-16"] == "cancelled"
    assert story.due("P4-07·2") == local("2026-11-19 12:00")
    assert story.case.valid is None
    assert story.refused(written_off()).rule == "P4-12"
    story.after(hours=1).follow_up(FollowUpOutcome.COMPLETED)
    assert story.due("P4-16·2") == local("2026-11-19 13:00")


@pytest.mark.rule("P4-16")
def test_a_level_of_the_new_round_asks_no_visit_of_the_old_one() -> None:
    story = solved((Fact.INJURY,)).write_off().at("2026-11-18 12:00")
    story.do(cmd.Reopen(reason="又漏了"))
    story.after(minutes=1).do(cmd.Regrade(level="minor", reason="没有受伤"))
    visits = {name: how for name, how in story.states().items() if name.startswith("P4-16")}
    assert visits == {"P4-16/major": "cancelled"}
