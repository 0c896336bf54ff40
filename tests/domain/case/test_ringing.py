"""A call about a case whose handling is over is never merely counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.ringing_commands import AfterEnd, RingAfterEnd
from dispatcher_tui.domain.words.terms import FollowUpOutcome, Stage
from tests.domain.support import P0, Story

STILL: dict[str, Any] = {"caller": "王先生", "phone": "13800000000", "said": "还在漏"}


def written_off() -> Story:
    """A case that waits for its paper alone."""
    return Story(P0, "2026-11-20 10:00").open().call().after(hours=1).write_off()


def final() -> Story:
    """A case that is final."""
    story = written_off().after(hours=1).paper()
    story.do(cmd.CloseFinal())
    return story


def promised(story: Story) -> list[str]:
    """The promises that are owed."""
    return [d.key for d in duties(story.case, story.rules) if d.clock == "promise" and d.pending]


def test_a_case_that_is_handled_still_merely_counts_the_call() -> None:
    story = Story(P0, "2026-11-20 10:00").open().call()
    story.do(cmd.RingAgain(**STILL))
    assert (story.case.rings, story.case.stage, story.case.round) == (1, Stage.NOTIFIED, 1)
    asked = RingAfterEnd(after=AfterEnd.REOPEN, **STILL)
    assert story.refused(asked).code == "not_closed"


@pytest.mark.parametrize("made", [written_off, final])
def test_after_its_end_it_is_asked_about(made: object) -> None:
    story: Story = made()  # type: ignore[operator]
    assert story.refused(cmd.RingAgain(**STILL)).code == "rang_after_end"
    assert story.case.rings == 0


@pytest.mark.parametrize("made", [written_off, final])
def test_it_is_reopened_with_the_callers_words_as_the_reason(made: object) -> None:
    story: Story = made()  # type: ignore[operator]
    story.after(minutes=1).do(RingAfterEnd(after=AfterEnd.REOPEN, **STILL))
    assert (story.case.stage, story.case.round, story.case.rings) == (Stage.OPEN, 2, 1)
    assert not promised(story)
    assert written_off().refused(RingAfterEnd(after=AfterEnd.REOPEN)).code == "reason_missing"


def test_a_call_back_is_owed_until_somebody_says_how_it_went() -> None:
    story = written_off().after(minutes=1)
    due = story.now + timedelta(minutes=40)
    story.do(RingAfterEnd(after=AfterEnd.CALL_BACK, due=due, **STILL))
    assert (story.case.stage, story.case.round, story.case.rings) == (Stage.WRITTEN_OFF, 1, 1)
    assert [p.due for p in story.case.promises if p.to == "caller"] == [due]
    assert len(promised(story)) == 1
    cannot = cmd.FollowUp(outcome=FollowUpOutcome.CANNOT)
    assert story.refused(cannot).code == "already_written_off"
    story.follow_up(FollowUpOutcome.COMPLETED)
    assert not promised(story)
    assert story.case.stage is Stage.WRITTEN_OFF
    done = cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED)
    assert story.refused(done).code == "already_written_off", "nothing is promised any more"


def test_a_call_back_on_what_is_final_opens_it_anew() -> None:
    story = final().after(minutes=1)
    due = story.now + timedelta(minutes=40)
    story.do(RingAfterEnd(after=AfterEnd.CALL_BACK, due=due, **STILL))
    assert (story.case.stage, story.case.round) == (Stage.OPEN, 2)
    assert len(promised(story)) == 1


@pytest.mark.parametrize(("ahead", "code"), [(None, "promise_missing"), (0, "promise_past")])
def test_a_call_back_needs_a_time_that_lies_ahead(ahead: int | None, code: str) -> None:
    story = written_off()
    due = None if ahead is None else story.now + timedelta(seconds=ahead)
    asked = RingAfterEnd(after=AfterEnd.CALL_BACK, due=due, **STILL)
    assert story.refused(asked).code == code
    assert story.case.rings == 0


def test_a_call_that_reports_an_emergency_leaves_the_case_as_it_is() -> None:
    story = final()
    story.do(RingAfterEnd(after=AfterEnd.EMERGENCY, **STILL))
    assert (story.case.stage, story.case.rings) == (Stage.FINAL, 1)
