"""P0 over the changes of the watch: what is owed is owed to the second, whoever is on watch."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome
from tests.domain.on_watch import WatchStory, named
from tests.domain.support import SECOND, local, proves_boundary

DAY, NIGHT = "2026-11-18", "2026-11-19"


def day_watch(until: str = "") -> WatchStory:
    """The day watch, taken at 07:00 of a Wednesday and planned to 19:00."""
    return WatchStory(f"{DAY} 07:00").sign_in(until=until)


def shift_ends(story: WatchStory) -> set[object]:
    """What the entries of the case say about the watch they were made in."""
    return {e.event.shift_end for e in story.entries if isinstance(e.event, ev.CaseEvent)}


def second_follow_up_is_due(story: WatchStory, due: str) -> None:
    """After a first follow-up nothing but the second one falls due, and at that very moment."""
    story.follow_up(FollowUpOutcome.IN_PROGRESS, promise=timedelta(days=2))
    proves_boundary(story, "P0-06", due)


@pytest.mark.rule("P0-06")
def test_taken_over_early_counts_to_the_end_of_the_watch_to_come() -> None:
    story = day_watch().at(f"{DAY} 18:40")
    assert story.hand_over().until == local(f"{NIGHT} 07:00")
    story.at(f"{DAY} 18:45").open().call()
    assert shift_ends(story) == {local(f"{NIGHT} 07:00")}
    assert story.planned_end() == local(f"{DAY} 19:00")
    second_follow_up_is_due(story, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-06")
def test_the_hand_over_at_the_last_moment_that_leaves_time_for_both() -> None:
    """At 17:00 P0-05 is due when the day watch ends: only who is on watch tells the ends apart."""
    story = day_watch().at(f"{DAY} 17:00")
    story.open().call()
    assert story.due("P0-05") == local(f"{DAY} 19:00")
    assert story.due("P0-06") == local(f"{DAY} 19:00")
    taken = day_watch().at(f"{DAY} 17:00")
    taken.hand_over()
    taken.open().call()
    assert taken.due("P0-05") == local(f"{DAY} 19:00")
    second_follow_up_is_due(taken, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-06")
@pytest.mark.parametrize(
    ("second", "due"), [(-1, f"{DAY} 19:00"), (0, f"{NIGHT} 07:00"), (1, f"{NIGHT} 07:00")]
)
def test_a_second_before_at_and_after_the_hand_over(second: int, due: str) -> None:
    handed, told = local(f"{DAY} 17:00"), local(f"{DAY} 17:00") + second * SECOND
    story = day_watch().at(min(handed, told))
    if second < 0:
        story.open().call()
    story.at(handed).hand_over()
    if second >= 0:
        story.at(told).open().call()
    assert story.due("P0-06") == local(due)
    second_follow_up_is_due(story, due)


@pytest.mark.rule("P0-06")
@pytest.mark.parametrize(
    ("at", "due"),
    [
        (f"{DAY} 18:59:59", f"{NIGHT} 07:00"),
        (f"{DAY} 19:00", f"{NIGHT} 07:00"),
        (f"{DAY} 19:20", f"{NIGHT} 07:00"),
        (f"{NIGHT} 07:10", f"{NIGHT} 19:00"),
    ],
)
def test_who_stays_on_late_counts_to_the_next_planned_end(at: str, due: str) -> None:
    story = day_watch().at(at).open().call()
    assert shift_ends(story) == {None}  # it is the shift plan's own
    second_follow_up_is_due(story, due)


@pytest.mark.rule("P0-06")
def test_relief_in_the_middle_of_a_watch_keeps_its_planned_end() -> None:
    story = day_watch().at(f"{DAY} 17:00")
    story.hand_over()
    story.at(f"{DAY} 17:00:30").relieve().open().call()
    assert story.post.until == local(f"{NIGHT} 07:00")
    assert shift_ends(story) == {local(f"{NIGHT} 07:00")}
    second_follow_up_is_due(story, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-06")
def test_relief_at_noon_leaves_the_evening_as_it_was() -> None:
    story = day_watch().at(f"{DAY} 11:00").open().call()
    story.at(f"{DAY} 12:00").relieve()
    assert story.due("P0-06") == story.post.until == local(f"{DAY} 19:00")
    second_follow_up_is_due(story, f"{DAY} 19:00")


@pytest.mark.rule("P0-06")
def test_with_nobody_signed_in_it_is_the_shift_plans_end() -> None:
    story = WatchStory(f"{DAY} 09:00").open().call()
    assert shift_ends(story) == {None}
    second_follow_up_is_due(story, f"{DAY} 19:00")


@pytest.mark.rule("P0-06")
def test_a_double_watch_counts_to_its_own_end() -> None:
    story = day_watch(until=f"{NIGHT} 07:00").at(f"{DAY} 09:00").open().call()
    assert story.planned_end() == local(f"{DAY} 19:00")
    assert shift_ends(story) == {local(f"{NIGHT} 07:00")}
    second_follow_up_is_due(story, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-06")
def test_a_late_entry_counts_in_the_watch_in_which_it_happened() -> None:
    story = day_watch().at(f"{DAY} 16:58").open().at(f"{DAY} 17:00")
    story.hand_over()
    notice = cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED)
    story.at(f"{DAY} 17:05").do(notice, occurred=f"{DAY} 16:59")
    assert story.due("P0-05") == local(f"{DAY} 18:59")
    second_follow_up_is_due(story, f"{DAY} 19:00")


@pytest.mark.rule("P0-06")
def test_told_before_it_was_opened_counts_in_the_watch_of_the_opening() -> None:
    story = day_watch().at(f"{DAY} 17:00")
    story.hand_over()
    story.open()
    early = cmd.TryCall(person="zhang", name="张伟", outcome=CallOutcome.REACHED)
    story.at(f"{DAY} 17:00:10").do(early, occurred=f"{DAY} 16:59:50")
    assert story.due("P0-05") == local(f"{DAY} 19:00")  # and so it is not P0-05 that moves it
    second_follow_up_is_due(story, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-06")
def test_before_the_first_follow_up_it_moves_and_both_stand_on_the_sheet() -> None:
    story = day_watch().at(f"{DAY} 18:00").open().call()
    both = [("P0-05", local(f"{DAY} 20:00")), ("P0-06", local(f"{NIGHT} 07:00"))]
    sheet = story.at(f"{DAY} 18:50").hand_over()
    assert named(sheet) == both
    assert [duty.label.en for duty in sheet.duties] == ["First follow-up", "Second follow-up"]
    assert named(story.at(f"{DAY} 19:00").sheet()) == both
    second_follow_up_is_due(story, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-06")
def test_moved_over_it_is_done_in_the_receivers_watch() -> None:
    story = day_watch().at(f"{DAY} 18:00").open().call().at(f"{DAY} 18:50")
    story.hand_over()
    story.at(f"{DAY} 20:00").follow_up(FollowUpOutcome.IN_PROGRESS)
    assert story.states()["P0-05"] == "done"
    story.at(f"{NIGHT} 06:50").follow_up(FollowUpOutcome.IN_PROGRESS)
    assert story.states()["P0-06"] == "done"
    assert story.at(f"{NIGHT} 07:00").fire() == []


@pytest.mark.rule("P0-05", "when")
@pytest.mark.parametrize("handed", ["17:30", "18:59:59", "19:00", "19:20"])
def test_two_hours_are_two_hours_whoever_is_on_watch(handed: str) -> None:
    story = day_watch().at(f"{DAY} 17:29").open().call()
    sheet = story.at(f"{DAY} {handed}").hand_over()
    assert ("P0-05", local(f"{DAY} 19:29")) in named(sheet)
    late = {"P0-05 late": "running"}
    proves_boundary(story, "P0-05", f"{DAY} 19:29", also=late)


@pytest.mark.rule("P0-05")
def test_overdue_at_the_hand_over_it_stands_on_the_sheet_and_does_not_fire_again() -> None:
    story = day_watch().at(f"{DAY} 16:00").open().call().at(f"{DAY} 18:00")
    assert story.fire() == ["P0-05"]
    sheet = story.at(f"{DAY} 18:50").hand_over()
    assert named(sheet)[0] == ("P0-05", local(f"{DAY} 18:00"))
    assert [rule for rule, _due in named(sheet)].count("P0-05") == 2  # and the head is to be told
    assert "P0-05" not in story.at(f"{DAY} 18:51").fire()


@pytest.mark.rule("P0-02", "when")
@pytest.mark.parametrize("handed", ["18:56", "19:05:59", "19:06", "19:07"])
def test_ten_minutes_to_tell_run_on_over_the_hand_over(handed: str) -> None:
    story = day_watch().at(f"{DAY} 18:56").open()
    due = local(f"{DAY} 19:06")
    sheet = story.at(f"{DAY} {handed}").sheet()
    assert named(sheet) == [("P0-02", due)]
    story.hand_over()
    assert story.due("P0-02") == due
    if story.now < due:
        proves_boundary(story, "P0-02", f"{DAY} 19:06")
    else:
        assert story.fire() == ["P0-02"]
        assert story.after(seconds=1).fire() == []


@pytest.mark.rule("P0-02")
def test_told_by_the_receiver_the_case_counts_in_the_receivers_watch() -> None:
    story = day_watch().at(f"{DAY} 16:55").open().at(f"{DAY} 17:00")
    story.hand_over()
    story.call()
    assert story.states() == {"P0-02": "done", "P0-05": "running", "P0-06": "running"}
    second_follow_up_is_due(story, f"{NIGHT} 07:00")


@pytest.mark.rule("P0-08", "when")
@pytest.mark.parametrize(
    ("second", "due"), [(-1, f"{DAY} 19:00"), (0, f"{NIGHT} 07:00"), (1, f"{NIGHT} 07:00")]
)
def test_the_paper_is_chased_at_the_end_of_the_watch_of_the_write_off(
    second: int, due: str
) -> None:
    handed = local(f"{DAY} 18:40")
    story = day_watch().at(f"{DAY} 09:00").open().call()
    done = handed + second * SECOND
    story.at(min(handed, done))
    if second < 0:
        story.write_off()
    story.at(handed).hand_over()
    if second >= 0:
        story.at(done).write_off()
    proves_boundary(story, "P0-08", due)
