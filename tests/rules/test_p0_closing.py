"""The complaint procedure of the estate: second follow-up, write-off, paper, reopening."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.closing import MissingItem, write_off_items
from dispatcher_tui.domain.procedure import Item
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.reviews.timeliness import DutyAtEnd, timeliness
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
    Stage,
)
from tests.domain.support import LIU, P0, SECOND, Story, local, proves_boundary, written_off

OPENED = "2026-11-18 09:00"  # a Wednesday, in the day shift that ends at 19:00
NOT_IN_HAND = [FollowUpOutcome.CANNOT, FollowUpOutcome.UNREACHABLE]


def told(at: str = OPENED) -> Story:
    """An ordinary case whose implementer was reached as it was opened."""
    return Story(P0, at).open().call()


def write_off_items_of(story: Story) -> tuple[Item, ...]:
    return write_off_items(story.rules.procedure, story.case)


def done(at: str = "2026-11-18 10:00") -> Story:
    """An ordinary case that was written off."""
    return told().at(at).write_off()


@pytest.mark.rule("P0-06")
@pytest.mark.parametrize(
    ("notified", "due"),
    [
        ("2026-11-18 09:00", "2026-11-18 19:00"),
        ("2026-11-18 16:59:59", "2026-11-18 19:00"),
        ("2026-11-18 17:00", "2026-11-18 19:00"),  # due with the first one: stays
        ("2026-11-18 17:00:01", "2026-11-19 07:00"),  # the first one is due later: moves
        ("2026-11-18 18:59:59", "2026-11-19 07:00"),
        ("2026-11-18 19:00", "2026-11-19 07:00"),  # the night shift's own end
        ("2026-11-19 05:00", "2026-11-19 07:00"),
        ("2026-11-19 05:00:01", "2026-11-19 19:00"),
    ],
)
def test_the_second_follow_up_is_due_at_a_shifts_end_and_never_before_the_first(
    notified: str, due: str
) -> None:
    story = Story(P0, "2026-11-18 08:59").open().at(notified).call()
    assert story.due("P0-06") == local(due)
    assert story.due("P0-06") >= story.due("P0-05")


@pytest.mark.rule("P0-06", "when")
def test_it_falls_due_at_the_shifts_end() -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.COMPLETED)
    proves_boundary(story, "P0-06", "2026-11-18 19:00")


@pytest.mark.rule("P0-06")
def test_it_takes_two_follow_ups() -> None:
    story = told().after(minutes=5).follow_up(FollowUpOutcome.IN_PROGRESS)
    assert story.states() == {
        "P0-02": "done",
        "P0-05": "done",
        "P0-06": "running",
        "promise": "running",
    }
    story.at("2026-11-18 19:00").follow_up(FollowUpOutcome.IN_PROGRESS)
    assert story.states()["P0-06"] == "done"
    assert "P0-06/tell" not in story.owed()


@pytest.mark.rule("P0-06", "who", "when")
@pytest.mark.parametrize("second", NOT_IN_HAND)
def test_nothing_arranged_at_the_second_is_told_to_the_head_at_once(
    second: FollowUpOutcome,
) -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.UNREACHABLE).call()
    assert "P0-06/tell" not in story.owed()
    story.at("2026-11-18 18:00").follow_up(second)
    assert story.states()["P0-06/tell"] == "running"
    assert story.owed()["P0-06/tell"].rule == "P0-06"
    at = local("2026-11-18 18:05")
    assert story.due("P0-06/tell") == at
    story.at(at - SECOND)
    assert "P0-06/tell" not in story.fire()
    assert "P0-06/tell" in story.at(at).fire()
    story.step("told_head")
    assert story.states()["P0-06/tell"] == "done"


@pytest.mark.rule("P0-06")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FollowUpOutcome.ARRANGED, FollowUpOutcome.UNREACHABLE),
        (FollowUpOutcome.UNREACHABLE, FollowUpOutcome.ARRANGED),
        (FollowUpOutcome.CANNOT, FollowUpOutcome.IN_PROGRESS),
        (FollowUpOutcome.UNREACHABLE, FollowUpOutcome.COMPLETED),
    ],
)
def test_what_is_handled_or_arranged_is_not_told(
    first: FollowUpOutcome, second: FollowUpOutcome
) -> None:
    story = told().after(minutes=30).follow_up(first).after(minutes=30).follow_up(second)
    assert "P0-06/tell" not in story.owed()


@pytest.mark.rule("P0-06")
def test_still_nothing_arranged_is_told_again() -> None:
    story = told()
    for _ in range(2):
        story.after(minutes=10).follow_up(FollowUpOutcome.UNREACHABLE)
    story.after(minutes=1).step("told_head").after(minutes=30)
    story.follow_up(FollowUpOutcome.UNREACHABLE)
    assert (story.states()["P0-06/tell"], story.states()["P0-06/tell·2"]) == ("done", "running")


@pytest.mark.rule("P0-07", "when")
def test_confirmed_done_is_written_off_within_ten_minutes() -> None:
    story = told().after(minutes=30).follow_up(FollowUpOutcome.COMPLETED)
    assert story.case.stage is Stage.NOTIFIED
    proves_boundary(story, "P0-07", "2026-11-18 09:40")


@pytest.mark.rule("P0-07", "who")
@pytest.mark.parametrize("by", list(FeedbackBy))
def test_word_phone_or_paper_confirms_and_the_write_off_comes_at_once(by: FeedbackBy) -> None:
    story = told().after(minutes=30)
    events = story.do(cmd.WriteOff(by=by, source="张伟", satisfaction=Satisfaction.DISSATISFIED))
    assert [type(event) for event in events] == [ev.FeedbackReceived, ev.WrittenOff]
    assert (story.case.stage, story.case.written_off_at) == (Stage.WRITTEN_OFF, story.now)
    assert story.case.final_at is None
    assert story.states() == {
        "P0-02": "done",
        "P0-05": "cancelled",
        "P0-06": "cancelled",
        "P0-07": "done",
        "P0-08": "running",
    }


@pytest.mark.rule("P0-07")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"satisfaction": Satisfaction.FAIR}, MissingItem("feedback", "P0-07")),
        (
            {"by": FeedbackBy.WORD, "satisfaction": Satisfaction.FAIR},
            MissingItem("feedback", "P0-07"),
        ),
        ({"by": FeedbackBy.WORD, "source": "张伟"}, MissingItem("satisfaction", "P0-00")),
    ],
)
def test_nothing_is_written_off_unconfirmed(given: dict[str, object], missing: MissingItem) -> None:
    story = told()
    refusal = story.refused(cmd.WriteOff(**given))  # type: ignore[arg-type]
    assert (refusal.code, refusal.missing) == ("write_off_incomplete", (missing,))
    assert story.case.stage is Stage.NOTIFIED


@pytest.mark.rule("P0-00")
def test_cause_and_lessons_are_asked_and_may_be_left_open() -> None:
    story = told()
    asked = {item.id: (item.rule, item.required) for item in write_off_items_of(story)}
    assert asked == {
        "feedback": ("P0-07", True),
        "satisfaction": ("P0-00", True),
        "cause": ("P0-00", False),
        "substandard": ("P0-13", False),
        "lessons": ("P0-00", False),
    }


@pytest.mark.rule("P0-07")
def test_what_is_written_off_is_followed_no_more() -> None:
    story = done()
    assert story.refused(written_off()).code == "already_written_off"
    for command in (
        cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED),
        cmd.NameAssignee(person="liu", name="刘芳"),
        cmd.TryCall(person="liu", name="刘芳", outcome=CallOutcome.REACHED),
    ):
        assert story.refused(command).code == "already_written_off"


@pytest.mark.rule("P0-07")
def test_a_read_back_after_the_write_off_starts_no_clock() -> None:
    story = Story(P0, OPENED).open().call(CallOutcome.RELAYED).after(minutes=1).write_off()
    story.after(minutes=1).do(cmd.ConfirmReadBack())
    after = {"P0-02": "cancelled", "P0-07": "done", "P0-08": "running"}
    assert (story.states(all_of=True), story.case.stage) == (after, Stage.WRITTEN_OFF)


@pytest.mark.rule("P0-08")
def test_final_lacks_each_part_of_the_paper_until_it_is_there() -> None:
    story = told()
    parts = ["written_off", "paper_received", "paper_signed", "paper_filed"]
    acts: list[cmd.Command] = [
        written_off(),
        cmd.ReceivePaper(number="FW-000123"),
        cmd.SignPaper(signer="李建国", role="dispatcher"),
        cmd.FilePaper(binder="2026-11", page="7"),
    ]
    for nth, command in enumerate(acts):
        refusal = story.refused(cmd.CloseFinal())
        assert (refusal.code, refusal.rule) == ("final_incomplete", "P0-08")
        assert refusal.missing == tuple(MissingItem(part, "P0-08") for part in parts[nth:])
        assert (story.case.stage is Stage.FINAL, story.case.final_at) == (False, None)
        story.do(command)
    story.do(cmd.CloseFinal())
    assert (story.case.stage, story.case.final_at) == (Stage.FINAL, story.now)
    assert not [duty for duty in story.owed().values() if duty.pending]


@pytest.mark.rule("P0-08", "recorded", "signed")
@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        (0, cmd.SignPaper(signer="李建国", role=""), "paper_not_received"),
        (0, cmd.FilePaper(binder="1", page="1"), "paper_not_signed"),
        (1, cmd.FilePaper(binder="1", page="1"), "paper_not_signed"),
        (0, cmd.ReceivePaper(number="  "), "paper_number_missing"),
        (2, cmd.FilePaper(binder="1", page=" "), "binder_missing"),
        (2, cmd.FilePaper(binder="", page="1"), "binder_missing"),
        (1, cmd.ReceivePaper(number="FW-2"), "paper_already_received"),
        (2, cmd.SignPaper(signer="李建国", role=""), "paper_already_signed"),
        (3, cmd.FilePaper(binder="1", page="1"), "paper_already_filed"),
    ],
)
def test_the_paper_goes_its_way_step_by_step(before: int, command: cmd.Command, code: str) -> None:
    story = done()
    way: list[cmd.Command] = [
        cmd.ReceivePaper(number="FW-1"),
        cmd.SignPaper(signer="李建国", role=""),
        cmd.FilePaper(binder="1", page="1"),
    ]
    for step in way[:before]:
        story.do(step)
    refusal = story.refused(command)
    assert (refusal.code, refusal.rule) == (code, "P0-08")


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize("command", [cmd.ReceivePaper(number="FW-1"), cmd.CloseFinal()])
def test_no_paper_before_the_write_off(command: cmd.Command) -> None:
    assert told().refused(command).code in {"not_written_off", "final_incomplete"}


@pytest.mark.rule("P0-08", "when")
def test_the_paper_is_chased_at_every_shifts_end() -> None:
    story = done()
    proves_boundary(story, "P0-08", "2026-11-18 19:00")
    story.step("paper_chased")
    assert story.states()["P0-08"] == "done_late"
    proves_boundary(story, "P0-08·2", "2026-11-19 07:00")
    story.at("2026-11-19 18:40").step("paper_chased")
    proves_boundary(story, "P0-08·3", "2026-11-19 19:00")


@pytest.mark.rule("P0-08")
def test_a_paper_chased_before_the_shifts_end_is_next_chased_in_the_next_shift() -> None:
    story = done().at("2026-11-18 18:40").step("paper_chased")
    assert story.states()["P0-08"] == "done"
    assert story.due("P0-08·2") == local("2026-11-19 07:00")
    assert story.at("2026-11-18 19:00").fire() == []


@pytest.mark.rule("P0-08")
def test_finality_ends_the_chase() -> None:
    story = done().after(hours=1).step("paper_chased").after(hours=1).paper()
    assert story.states()["P0-08·2"] == "running"
    story.do(cmd.CloseFinal())
    assert story.states()["P0-08·2"] == "done"
    assert story.at("2026-11-21 19:00").fire() == []


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize("final", [False, True])
def test_reopening_starts_the_clocks_anew_and_ends_the_stale_ones(final: bool) -> None:
    story = done()
    if final:
        story.paper().do(cmd.CloseFinal())
    stale = story.states()
    assert story.refused(cmd.Reopen(reason=" ")).code == "reason_missing"
    story.at("2026-11-19 08:00").do(cmd.Reopen(reason="又漏了"))
    case = story.case
    assert (case.stage, case.notified_at, case.written_off_at) == (Stage.OPEN, None, None)
    assert (case.slip.complete, case.final_at, case.number) == (False, None, "261118-01")
    assert case.assignee is not None
    assert case.assignee.notified_at is None
    ended = {**stale, "P0-08": "done" if final else "missed"}
    assert story.states() == {**ended, "P0-02·2": "running"}
    assert story.due("P0-02·2") == local("2026-11-19 08:10")
    story.call(who=LIU)
    assert (story.due("P0-05·2"), story.due("P0-06·2")) == (
        local("2026-11-19 10:00"),
        local("2026-11-19 19:00"),
    )
    refusal = story.refused(cmd.CloseFinal())
    assert len(refusal.missing) == 4


@pytest.mark.rule("P0-08")
def test_reopened_the_word_relayed_before_counts_no_more() -> None:
    story = Story(P0, OPENED).open().call(CallOutcome.RELAYED).after(minutes=1).write_off()
    story.after(minutes=1).do(cmd.Reopen(reason="又漏了"))
    assert story.after(minutes=1).refused(cmd.ConfirmReadBack()).code == "read_back_without_reach"


@pytest.mark.rule("P0-08")
def test_the_signed_paper_is_not_taken_back() -> None:
    story = done().after(seconds=1)
    story.do(cmd.ReceivePaper(number="FW-1"))
    story.take_back()
    assert (story.case.slip.received_at, story.case.stage) == (None, Stage.WRITTEN_OFF)
    story.after(seconds=1).paper().do(cmd.CloseFinal())
    with pytest.raises(Exception, match="not_taken_back"):
        story.take_back()


@pytest.mark.rule("P0-08")
def test_a_graver_level_in_the_new_round_leaves_the_old_one_alone() -> None:
    story = done().after(hours=1)
    story.do(cmd.Reopen(reason="又漏了"))
    story.after(minutes=1).do(cmd.Regrade(level="grave", reason="三户"))
    reports = [name for name in story.owed() if name.startswith("P0-04")]
    assert reports == ["P0-04"]
    assert story.due("P0-04") == story.now + timedelta(minutes=5)


@pytest.mark.rule("P0-08")
@pytest.mark.parametrize(("second", "ended"), [(-1, "cancelled"), (0, "cancelled"), (1, "missed")])
def test_what_had_fallen_due_before_the_reopening_is_missed_and_only_the_rest_cancelled(
    second: int, ended: str
) -> None:
    story = done().at(local("2026-11-18 19:00") + second * SECOND)
    before = story.states()
    assert before.pop("P0-08") == ("overdue" if second > 0 else "running")
    story.do(cmd.Reopen(reason="又漏了"))
    assert story.states() == {**before, "P0-08": ended, "P0-02·2": "running"}
    found = timeliness(
        [DutyAtEnd("1", story.owed()["P0-08"])],
        local("2026-11-01 00:00"),
        local("2026-12-01 00:00"),
    )
    assert (found.due, found.in_time) == (int(ended == "missed"), 0), "the month says the same"
    story.after(days=3)
    assert story.states()["P0-08"] == ended
    assert fold(story.entries) == story.case


@pytest.mark.rule("P0-08")
def test_what_rang_at_its_second_was_missed_though_it_is_reopened_in_the_same() -> None:
    story = done().at("2026-11-18 19:00")
    assert story.fire() == ["P0-08"]
    story.do(cmd.Reopen(reason="又漏了"))
    assert story.states()["P0-08"] == "missed"


@pytest.mark.rule("P0-05")
@pytest.mark.parametrize(("second", "ended"), [(-1, "cancelled"), (0, "cancelled"), (1, "missed")])
def test_what_a_write_off_ends_undone_is_missed_from_the_second_after_its_time(
    second: int, ended: str
) -> None:
    story = told().at(local("2026-11-18 11:00") + second * SECOND).write_off()
    assert (story.states()["P0-05"], story.states()["P0-06"]) == (ended, "cancelled")
    story.after(hours=1).do(cmd.Reopen(reason="又漏了"))
    assert (story.states()["P0-05"], story.states()["P0-06"]) == (ended, "cancelled")
