"""What of the record speaks against somebody having come so far."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.emergency.doubt import Doubt, doubt
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from tests.domain.support import Story
from tests.rules.sending import CREW, HEAD, emergency, over, report, ring_outside, tell, tell_head

pytestmark = pytest.mark.rule("E-03")
WAY, THERE, BACK = Responder


def judged(story: Story, who: tuple[str, str], *phones: str) -> list[Doubt | None]:
    """What speaks against each stage in its order."""
    return [
        doubt(
            story.case,
            story.rules.procedure,
            cmd.ReportResponder(person=who[0], name=who[1], stage=stage, phones=phones),
        )
        for stage in Responder
    ]


def test_whom_nobody_spoke_to_is_asked_about_at_every_stage() -> None:
    story = emergency()
    assert judged(story, CREW[0]) == [Doubt.NEVER_REACHED] * 3
    story.call(CallOutcome.NO_ANSWER, who=CREW[0], purpose="called_out")
    assert judged(story, CREW[0]) == [Doubt.NEVER_REACHED] * 3


def test_who_decides_was_told_and_never_sent() -> None:
    story = tell_head(emergency())
    assert judged(story, HEAD) == [Doubt.NEVER_SENT] * 3
    report(story, HEAD, WAY)
    assert judged(story, HEAD) == [None] * 3, "it was answered once that he is coming"


def test_who_was_sent_may_be_there_unannounced_but_not_back() -> None:
    story = tell(emergency(), *CREW[:3])
    assert judged(story, CREW[0]) == [None, None, Doubt.NEVER_SET_OFF]
    report(story, CREW[0], WAY)
    assert judged(story, CREW[0])[2] is None
    report(story, CREW[1], THERE)
    assert judged(story, CREW[1])[2] is None
    assert judged(story, CREW[2])[2] is Doubt.NEVER_SET_OFF, "each for himself"


def test_an_outside_service_is_sent_by_being_told() -> None:
    story = ring_outside(emergency())
    assert judged(story, ("", "火警 119"), "119") == [None, None, Doubt.NEVER_SET_OFF]
    assert judged(story, ("", "急救 120"), "120") == [Doubt.NEVER_REACHED] * 3


def test_who_need_not_come_is_asked_about_until_told_to_come_again() -> None:
    story = ring_outside(tell(emergency(), CREW[0]))
    story.call(CallOutcome.NO_ANSWER, who=CREW[0], purpose="sent_back")
    assert judged(story, CREW[0])[:2] == [None, None], "he does not know it"
    story.call(who=CREW[0], purpose="sent_back")
    ring_outside(story, purpose="sent_back")
    assert judged(story, CREW[0]) == [Doubt.SENT_BACK] * 3
    assert judged(story, ("", "火警 119"), "119") == [Doubt.SENT_BACK] * 3
    story.after(seconds=5).call(who=CREW[0], purpose="called_out")
    ring_outside(story)
    assert judged(story, CREW[0])[:2] == [None, None]
    assert judged(story, ("", "火警 119"), "119")[:2] == [None, None]


def test_of_what_flared_up_again_only_what_came_since_counts() -> None:
    story = report(tell(tell_head(emergency()), CREW[0]), CREW[0], THERE)
    over(story).after(minutes=5).do(cmd.ResumeEmergency(reason="复燃"))
    story.after(seconds=5).call(who=CREW[0], purpose="called_out").after(seconds=1)
    assert judged(story, CREW[0]) == [None, None, Doubt.NEVER_SET_OFF]
