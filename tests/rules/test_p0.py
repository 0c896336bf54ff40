"""The complaint procedure of the estate, rule by rule (opening, notice, reports, follow-ups)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact, FollowUpOutcome, Stage
from tests.domain.support import LIU, P0, SECOND, ZHANG, Story, local, proves_boundary

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00


def told(at: str = OPENED) -> Story:
    """An ordinary case whose implementer was reached a minute after the opening."""
    return Story(P0, at).open().after(minutes=1).call()


@pytest.mark.rule("P0-00", "recorded")
def test_complainant_content_time_and_class_are_on_the_record() -> None:
    story = Story(P0, OPENED)
    story.open(received_at=local("2026-11-18 08:57"), category="leak", case_class="maintenance")
    case, caller = story.case, story.case.caller
    assert caller is not None
    assert (caller.name, caller.phone, case.verbatim) == ("王先生", "13800000000", "厨房漏水")
    assert (case.received_at, case.opened_at) == (local("2026-11-18 08:57"), local(OPENED))
    assert (case.category, case.case_class) == ("leak", "maintenance")


@pytest.mark.rule("P0-00")
def test_a_promised_time_is_a_duty_to_the_second() -> None:
    story = told().after(minutes=1)
    story.follow_up(FollowUpOutcome.ARRANGED, timedelta(minutes=40))
    assert story.states()["promise"] == "running"
    proves_boundary(story, "promise", "2026-11-18 09:42", rule="P0-00")
    refusal = story.refused(cmd.FollowUp(outcome=FollowUpOutcome.IN_PROGRESS))
    assert (refusal.code, refusal.rule) == ("promise_missing", "P0-00")


@pytest.mark.rule("P0-00")
def test_where_no_clock_runs_the_case_is_followed_by_the_end_of_the_shift() -> None:
    story = told()
    for _ in range(2):
        story.after(minutes=5).follow_up(FollowUpOutcome.ARRANGED, timedelta(minutes=20))
    story.follow_up(FollowUpOutcome.UNREACHABLE).call()
    pending = {name for name, duty in story.owed().items() if duty.pending and duty.due}
    assert pending == {"keep"}
    proves_boundary(story, "keep", "2026-11-18 19:00", rule="P0-00")


@pytest.mark.rule("P0-01", "when", "recorded")
def test_a_complaint_is_open_the_moment_it_is_recorded() -> None:
    story = Story(P0, OPENED)
    events = story.do(
        cmd.OpenCase(id="c", number="261118-01", procedure="p", calendar="c", received_at=story.now)
    )
    assert [type(event) for event in events] == [ev.CaseOpened]
    assert (story.case.stage, story.case.level) == (Stage.OPEN, "ordinary")
    assert (story.case.level_rule, story.rules.procedure.level("ordinary").urgent) == (
        "P0-00",
        False,
    )
    assert story.states(all_of=True) == {
        "P0-02": "running",
        "P0-05": "waiting",
        "P0-06": "waiting",
        "P0-08": "waiting",
    }


@pytest.mark.rule("P0-01")
def test_a_record_is_of_what_has_happened() -> None:
    story = Story(P0, OPENED)
    opening = cmd.OpenCase(
        id="c", number="n", procedure="p", calendar="c", received_at=story.now + SECOND
    )
    assert story.refused(opening).code == "future"
    story.open()
    assert story.refused(cmd.AddNote(text="x"), occurred="2026-11-18 09:00:01").code == "future"


@pytest.mark.rule("P0-01")
@pytest.mark.parametrize("channel", list(Channel))
def test_every_way_in_opens_the_same_case(channel: Channel) -> None:
    story = Story(P0, OPENED).open(channel=channel)
    assert story.case.channel is channel
    assert story.states() == {"P0-02": "running"}


@pytest.mark.rule("P0-02", "when")
def test_ten_minutes_to_tell_the_one_responsible() -> None:
    proves_boundary(Story(P0, OPENED).open(), "P0-02", "2026-11-18 09:10")


@pytest.mark.rule("P0-02")
@pytest.mark.parametrize(("second", "expected"), [(-1, "done"), (0, "done"), (1, "done_late")])
def test_told_at_the_tenth_minute_is_in_time(second: int, expected: str) -> None:
    story = Story(P0, OPENED).open().at(local("2026-11-18 09:10") + second * SECOND)
    assert story.call().states()["P0-02"] == expected
    assert story.case.stage is Stage.NOTIFIED
    assert story.case.notified_at == story.now


@pytest.mark.rule("P0-02")
def test_naming_somebody_is_not_telling_them() -> None:
    story = Story(P0, OPENED).open().after(minutes=1)
    before = story.states(all_of=True)
    story.do(cmd.NameAssignee(person="zhang", name="张伟"))
    assert (story.states(all_of=True), story.case.notified_at) == (before, None)
    assert story.case.stage is Stage.OPEN


@pytest.mark.rule("P0-02", "recorded")
def test_a_relayed_word_counts_from_its_read_back() -> None:
    story = Story(P0, OPENED).open().after(minutes=1)
    before = story.states(all_of=True)
    story.call(CallOutcome.RELAYED)
    assert (story.states(all_of=True), story.case.notified_at) == (before, None)
    story.after(minutes=3).do(cmd.ConfirmReadBack())
    assert story.case.notified_at == local("2026-11-18 09:04")
    assert story.states() == {"P0-02": "done", "P0-05": "running", "P0-06": "running"}
    assert story.due("P0-05") == local("2026-11-18 11:04")
    assert story.refused(cmd.ConfirmReadBack()).code == "already_read_back"


@pytest.mark.rule("P0-02")
@pytest.mark.parametrize("outcome", [CallOutcome.REACHED, CallOutcome.IN_PERSON])
def test_reached_is_told_and_the_read_back_is_a_fact_of_its_own(outcome: CallOutcome) -> None:
    story = Story(P0, OPENED).open().after(minutes=1).call(outcome)
    before = story.states(all_of=True)
    assert story.case.notified_at == story.now
    story.after(seconds=20).do(cmd.ConfirmReadBack())
    assert story.states(all_of=True) == before
    assert story.case.notified_at == local("2026-11-18 09:01")
    assert story.case.calls[0].read_back_at == story.now


@pytest.mark.rule("P0-02", "when")
def test_another_person_keeps_the_time_and_opens_the_notice_anew() -> None:
    story = told().at("2026-11-18 09:30")
    story.do(cmd.NameAssignee(person="liu", name="刘芳"))
    assert story.case.notified_at == local("2026-11-18 09:01")
    assert story.states() == {
        "P0-02": "done",
        "P0-02·2": "running",
        "P0-05": "running",
        "P0-06": "running",
    }
    assert story.due("P0-05") == local("2026-11-18 11:01")
    proves_boundary(story, "P0-02·2", "2026-11-18 09:40")
    story.call(who=LIU)
    assert story.states()["P0-02·2"] == "done_late"
    assert story.case.notified_at == local("2026-11-18 09:01")
    assert story.due("P0-05") == local("2026-11-18 11:01")


@pytest.mark.rule("P0-02")
def test_every_further_person_opens_one_more_notice() -> None:
    story = told().at("2026-11-18 09:30").call(who=LIU)
    assert story.states()["P0-02·2"] == "done"
    story.at("2026-11-18 09:40").do(cmd.NameAssignee(person="wu", name="吴强"))
    assert story.states()["P0-02·3"] == "running"
    assert story.due("P0-02·3") == local("2026-11-18 09:50")
    assert story.do(cmd.NameAssignee(person="wu", name="吴强")) == ()


@pytest.mark.rule("P0-02")
def test_a_notice_noted_late_counts_from_when_it_happened() -> None:
    story = Story(P0, OPENED).open().at("2026-11-18 09:20")
    story.do(
        cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED),
        occurred="2026-11-18 09:05",
    )
    assert story.states()["P0-02"] == "done"
    assert story.due("P0-05") == local("2026-11-18 11:05")


@pytest.mark.rule("P0-03", "when")
@pytest.mark.parametrize("outcome", [CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.OFF])
def test_not_found_means_the_implementer_within_five_minutes(outcome: CallOutcome) -> None:
    story = Story(P0, OPENED).open().after(minutes=1).call(outcome)
    assert story.states() == {"P0-02": "running", "P0-03": "running"}
    assert story.case.notified_at is None
    proves_boundary(story, "P0-03", "2026-11-18 09:06")
    story.call(who=LIU)
    assert story.states() == {
        "P0-02": "done",
        "P0-03": "done_late",
        "P0-05": "running",
        "P0-06": "running",
    }


@pytest.mark.rule("P0-03")
def test_further_tries_in_vain_do_not_put_it_off() -> None:
    story = Story(P0, OPENED).open().after(minutes=1).call(CallOutcome.NO_ANSWER)
    story.after(minutes=2).call(CallOutcome.BUSY)
    assert story.due("P0-03") == local("2026-11-18 09:06")
    story.call(CallOutcome.RELAYED)
    assert story.states() == {"P0-02": "running", "P0-03": "running"}


@pytest.mark.rule("P0-03", "when")
def test_not_found_again_after_the_notice_starts_it_again() -> None:
    story = Story(P0, OPENED).open().after(minutes=1).call(CallOutcome.NO_ANSWER)
    story.after(minutes=1).call().after(hours=1).follow_up(FollowUpOutcome.UNREACHABLE)
    assert (story.states()["P0-03"], story.states()["P0-03·2"]) == ("done", "running")
    proves_boundary(story, "P0-03·2", "2026-11-18 10:07")


@pytest.mark.rule("P0-03")
def test_reached_at_once_never_asks_for_it() -> None:
    assert not [name for name in told().owed() if name.startswith("P0-03")]


@pytest.mark.rule("P0-04", "when")
@pytest.mark.parametrize("fact", [Fact.GROUP, Fact.MEDIA])
def test_a_grave_case_is_reported_within_five_minutes(fact: Fact) -> None:
    story = Story(P0, OPENED).open(facts=(fact,))
    assert (story.case.level, story.case.level_rule) == ("grave", "P0-04")
    assert story.rules.procedure.level("grave").urgent
    assert story.states() == {"P0-02": "running", "P0-04": "running"}
    proves_boundary(story, "P0-04", "2026-11-18 09:05")
    before = story.states()
    story.step("reported")
    assert story.states() == {**before, "P0-04": "done_late"}


@pytest.mark.rule("P0-04", "who")
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [(CallOutcome.REACHED, "done"), (CallOutcome.NO_ANSWER, "running")],
)
def test_the_head_must_be_reached_for_it(outcome: CallOutcome, expected: str) -> None:
    story = Story(P0, OPENED).open(tags=("building_utility",)).after(minutes=2)
    story.call(outcome, ("head", "赵主任"), purpose="reported")
    assert story.states() == {"P0-02": "running", "P0-04": expected}
    assert story.case.assignee is None


@pytest.mark.rule("P0-04", "when")
def test_what_becomes_grave_is_reported_from_then_on() -> None:
    story = told().at("2026-11-18 09:30")
    assert "P0-04" not in story.states(all_of=True)
    story.do(cmd.Regrade(level="grave", reason="记者来电"))
    proves_boundary(story, "P0-04", "2026-11-18 09:35")
    story.do(cmd.Regrade(level="ordinary", reason="误会"))
    assert story.after(minutes=1).step("reported").states()["P0-04"] == "missed"
    story.at("2026-11-18 10:00").do(cmd.Regrade(level="grave", reason="又来"))
    assert story.due("P0-04·2") == local("2026-11-18 10:05")


@pytest.mark.rule("P0-04", "when")
def test_what_cannot_be_handled_is_for_the_head_to_decide() -> None:
    story = told().at("2026-11-18 09:30").follow_up(FollowUpOutcome.CANNOT)
    assert story.case.stuck
    assert set(story.states()) == {"P0-02", "P0-04/stuck", "P0-05", "P0-06"}
    proves_boundary(story, "P0-04/stuck", "2026-11-18 09:35")
    assert story.refused(cmd.RecordStep(step="head_decided", note=" ")).code == "note_missing"
    story.step("head_decided", "请外协单位")
    assert (story.states()["P0-04/stuck"], story.case.stuck) == ("done_late", False)


@pytest.mark.rule("P0-04")
def test_stuck_again_is_to_be_decided_again() -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.CANNOT).after(minutes=1)
    story.follow_up(FollowUpOutcome.CANNOT).step("head_decided").after(minutes=30)
    assert story.states()["P0-04/stuck"] == "done"
    assert "P0-04/stuck·2" not in story.owed()
    story.follow_up(FollowUpOutcome.CANNOT)
    assert story.due("P0-04/stuck·2") == story.now + timedelta(minutes=5)


@pytest.mark.rule("P0-02")
@pytest.mark.rule("P0-04")
def test_the_desk_is_timed_from_the_opening_and_not_from_the_call() -> None:
    story = Story(P0, OPENED).open(received_at=local("2026-11-18 08:30"), facts=(Fact.GROUP,))
    assert story.due("P0-02") == local("2026-11-18 09:10")
    assert story.due("P0-04") == local("2026-11-18 09:05")


@pytest.mark.rule("P0-05", "when")
@pytest.mark.parametrize(
    ("opened", "notified", "due"),
    [
        ("09:00", "09:01", "11:01"),
        ("09:00", "09:00", "11:00"),
        ("09:00", "13:30", "15:30"),
    ],
)
def test_two_hours_after_the_later_of_opened_and_notified(
    opened: str, notified: str, due: str
) -> None:
    story = Story(P0, f"2026-11-18 {opened}").open()
    assert story.states(all_of=True)["P0-05"] == "waiting"
    story.at(f"2026-11-18 {notified}").call()
    proves_boundary(story, "P0-05", f"2026-11-18 {due}", also={"P0-05 late": "running"})


@pytest.mark.rule("P0-05")
def test_told_before_it_was_opened_counts_from_the_opening() -> None:
    story = Story(P0, OPENED).open(received_at=local("2026-11-18 08:40"))
    story.after(minutes=1).do(
        cmd.TryCall(person=ZHANG[0], name=ZHANG[1], outcome=CallOutcome.IN_PERSON),
        occurred="2026-11-18 08:45",
    )
    assert story.case.notified_at == local("2026-11-18 08:45")
    assert story.due("P0-05") == local("2026-11-18 11:00")
    assert story.states()["P0-02"] == "done"


@pytest.mark.rule("P0-05")
def test_a_follow_up_before_the_notice_is_not_the_first_follow_up() -> None:
    story = Story(P0, OPENED).open().after(minutes=1)
    story.follow_up(FollowUpOutcome.UNREACHABLE).after(minutes=1).call()
    assert story.states()["P0-05"] == "running"
    story.after(minutes=1).follow_up(FollowUpOutcome.IN_PROGRESS)
    assert story.states()["P0-05"] == "done"


@pytest.mark.rule("P0-05")
@pytest.mark.parametrize("outcome", list(FollowUpOutcome))
def test_any_follow_up_at_the_second_hour_is_in_time(outcome: FollowUpOutcome) -> None:
    story = told().at("2026-11-18 11:01").follow_up(outcome)
    assert story.states()["P0-05"] == "done"
    assert "P0-05 late" not in story.owed()
    assert "P0-05" not in story.fire()


@pytest.mark.rule("P0-05")
def test_a_missed_follow_up_is_told_to_the_head_within_ten_minutes() -> None:
    story = told().at("2026-11-18 11:01")
    assert story.fire() == ["P0-05"]
    proves_boundary(story, "P0-05 late", "2026-11-18 11:11")
    story.step("told_head")
    assert story.states() == {
        "P0-02": "done",
        "P0-05": "overdue",
        "P0-05 late": "done_late",
        "P0-06": "running",
    }


@pytest.mark.rule("P0-05")
def test_a_follow_up_in_the_very_second_leaves_nothing_to_tell() -> None:
    story = told().at("2026-11-18 11:01")
    assert story.fire() == ["P0-05"]
    story.follow_up(FollowUpOutcome.IN_PROGRESS)
    assert (story.states()["P0-05"], "P0-05 late" in story.owed()) == ("done", False)


@pytest.mark.rule("P0-05")
def test_a_follow_up_that_came_late_leaves_the_head_to_be_told() -> None:
    story = told().at("2026-11-18 11:01")
    story.fire()
    story.after(seconds=1).follow_up(FollowUpOutcome.IN_PROGRESS)
    assert (story.states()["P0-05"], story.states()["P0-05 late"]) == ("done_late", "running")
