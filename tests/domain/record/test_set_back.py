"""A wall clock that is set back under a case: what was done stays done, in the order it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.case.take_back import last_action
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome
from tests.domain.support import P0, ZHANG, Story

TWO_HOURS = timedelta(hours=2)
TOLD = cmd.TryCall(person=ZHANG[0], name=ZHANG[1], outcome=CallOutcome.REACHED, read_back=True)


def opened() -> Story:
    """A case that was just opened."""
    story = Story(P0, "2026-11-18 10:00")
    story.open()
    return story


def set_back(story: Story) -> None:
    """Somebody sets the clock back by two hours."""
    story.now -= TWO_HOURS


def taken(story: Story) -> tuple[int, ...]:
    """What Ctrl+Z would take back."""
    return last_action(story.entries, story.rules.procedure, story.actor, story.now)


def test_a_follow_up_after_the_clock_was_set_back_counts() -> None:
    story = opened().after(minutes=5)
    story.do(TOLD)
    set_back(story)
    story.after(minutes=30)
    promise = story.now + timedelta(minutes=40)
    story.do(cmd.FollowUp(outcome=FollowUpOutcome.ARRANGED, promise=promise))
    assert story.states()["P0-05"] == "done"
    assert story.entries[-1].occurred_at == story.now
    assert [s.name for s in story.case.signals][-1] == "followed_up"
    times = [s.at for s in story.case.signals]
    assert times == sorted(times)


def test_a_late_entry_keeps_the_time_it_was_given() -> None:
    story = opened().after(minutes=30)
    story.do(TOLD, occurred="2026-11-18 10:10")
    told = next(s for s in story.case.signals if s.name == "notified")
    assert (story.now - told.at) == timedelta(minutes=20)


def test_nothing_fires_twice_however_the_clock_is_set() -> None:
    story = opened()
    story.after(days=45)
    once = story.fire()
    assert once
    set_back(story)
    assert story.fire() == []
    story.now -= timedelta(days=45)
    assert story.fire() == []
    story.after(days=46)
    assert story.fire() == []


def test_taking_back_goes_by_a_minute_on_either_side_of_now() -> None:
    story = opened().after(minutes=5)
    story.do(TOLD)
    story.now -= timedelta(seconds=60)
    assert taken(story)
    story.now -= timedelta(seconds=1)
    with pytest.raises(Refusal, match="too_late_to_take_back"):
        taken(story)


def test_what_is_entered_on_the_spot_is_never_in_the_future() -> None:
    story = opened().after(minutes=5)
    set_back(story)
    story.do(TOLD)
    story.do(cmd.AddNote(text="still possible"))
    assert story.case.assignee is not None
    assert story.case.assignee.notified_at == story.now
