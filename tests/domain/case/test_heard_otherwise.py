"""Whoever heard an older place or number of a case is told what it is not, and nobody else."""

from __future__ import annotations

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.passing_on import CORRECTION_TOLD, heard_otherwise
from dispatcher_tui.domain.words.terms import CallOutcome
from tests.domain.support import LIU, P0, Story


def told() -> Story:
    """A case opened at 9:00 and passed on at 9:05."""
    return Story(P0, "2026-11-18 09:00").open().at("2026-11-18 09:05").call()


def correct(story: Story) -> None:
    story.do(cmd.Correct(field="place", value="3-2-1602", reason="听错"))


def test_whoever_heard_the_old_word_is_told_what_it_is_not() -> None:
    was = (("place", "3-2-1502"),)
    story = told()
    assert heard_otherwise(story.case, "zhang") == ()
    correct(story)
    assert heard_otherwise(story.case, "zhang") == was
    assert heard_otherwise(story.case, "liu") == (), "they heard nothing yet"
    assert heard_otherwise(story.case, "") == ()
    story.after(minutes=1).call(CallOutcome.RELAYED, purpose=CORRECTION_TOLD)
    assert heard_otherwise(story.case, "zhang") == was, "nobody read it back"
    story.after(minutes=1).call(purpose=CORRECTION_TOLD)
    assert heard_otherwise(story.case, "zhang") == ()


def test_a_message_that_was_left_says_the_old_word_too_and_so_does_who_goes_no_more() -> None:
    left = Story(P0, "2026-11-18 09:00").open().call(CallOutcome.RELAYED)
    correct(left.after(seconds=1))
    assert heard_otherwise(left.case, "zhang") == (("place", "3-2-1502"),)
    missed = Story(P0, "2026-11-18 09:00").open().call(CallOutcome.NO_ANSWER)
    correct(missed.after(seconds=1))
    assert heard_otherwise(missed.case, "zhang") == ()
    story = told().after(minutes=1)
    correct(story)
    story.after(minutes=1).call(who=LIU)
    assert heard_otherwise(story.case, LIU[0]) == ()
    assert heard_otherwise(story.case, "zhang") == (("place", "3-2-1502"),)
