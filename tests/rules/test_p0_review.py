"""P0-09: what the review finds cannot be handled, and the head's word on it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.words.terms import FollowUpOutcome, ReviewOutcome, SignedBy, Stage
from tests.domain.reviewing import HEAD, line, method, opened, stuck, walked
from tests.domain.support import local


@pytest.mark.rule("P0-09")
def test_cannot_makes_the_case_stuck_with_one_duty_for_the_head() -> None:
    story = stuck()
    assert story.case.stuck
    assert [name for name, how in story.states().items() if name.startswith("P0-04")] == [
        "P0-04/stuck"
    ]
    assert story.due("P0-04/stuck") == local("2026-11-23 09:05")
    assert walked(story).cases[0].undecided


@pytest.mark.rule("P0-09")
def test_stuck_already_the_review_asks_nothing_twice() -> None:
    story = opened().follow_up(FollowUpOutcome.CANNOT)
    due = story.due("P0-04/stuck")
    story.at("2026-11-23 09:00").do(line(ReviewOutcome.CANNOT, "配件停产"))
    story.after(minutes=1).do(line(ReviewOutcome.CANNOT, "配件停产三年"))
    assert story.due("P0-04/stuck") == due
    assert "P0-04/stuck·2" not in story.owed()


@pytest.mark.rule("P0-09", "who", "recorded")
def test_the_heads_method_answers_the_review_and_the_duty_alike() -> None:
    story = stuck().after(minutes=5)
    events = story.do(method(), cosigner=HEAD)
    assert [type(each) for each in events] == [rec.MethodSet, ev.Signed]
    assert (story.states()["P0-04/stuck"], story.case.stuck) == ("done", False)
    (only,) = walked(story).cases
    assert (only.undecided, only.unsigned) == (False, ())
    assert only.method is not None
    assert (only.method.name, only.method.text) == (HEAD, "请厂家来")
    assert story.refused(method("再换")).code == "not_stuck"


@pytest.mark.rule("P0-09")
def test_a_decision_recorded_on_the_case_answers_the_review() -> None:
    story = stuck().step("head_decided", "请外协单位")
    assert not walked(story).cases[0].undecided
    assert story.refused(method()).code == "not_stuck"


@pytest.mark.rule("P0-09")
def test_a_clock_that_knows_no_method_is_answered_all_the_same() -> None:
    """A case pinned to a text from before there were methods must not wait for ever."""
    story = stuck()
    clocks = tuple(
        replace(clock, until=("head_decided",)) if clock.key == "P0-04/stuck" else clock
        for clock in story.rules.procedure.clocks
    )
    story.rules = replace(story.rules, procedure=replace(story.rules.procedure, clocks=clocks))
    events = story.do(method(), cosigner=HEAD)
    assert [type(each) for each in events] == [rec.MethodSet, ev.StepRecorded, ev.Signed]
    assert story.states()["P0-04/stuck"] == "done"


@pytest.mark.rule("P0-09")
def test_worded_anew_after_the_decision_it_is_not_asked_again() -> None:
    story = stuck()
    story.do(method())
    story.after(minutes=1).do(line(ReviewOutcome.CANNOT, "配件停产三年"))
    assert "P0-04/stuck·2" not in story.owed()
    story.at("2026-11-30 09:00").do(line(ReviewOutcome.CANNOT, "厂家也没有", week="2026-W48"))
    assert story.case.stuck
    assert story.states()["P0-04/stuck·2"] == "running"


@pytest.mark.rule("P0-09")
def test_agreed_by_phone_the_signature_is_owed_and_finality_waits_for_it() -> None:
    story = stuck()
    story.do(method(how=SignedBy.PHONE, remark="电话同意"))
    (owed,) = walked(story).cases[0].unsigned
    assert owed.subject == "method:1"
    duty = story.owed()["signature"]
    assert (duty.do, duty.rule, duty.due) == ("decide", "P0-09", local("2026-11-24 17:30"))
    story.write_off().after(minutes=1).paper()
    refusal = story.refused(cmd.CloseFinal())
    assert (refusal.code, refusal.missing[0].item) == ("final_incomplete", "decide")
    story.do(cmd.SignOwed(key=owed.key, name=HEAD, role="head"), cosigner=HEAD)
    story.do(cmd.CloseFinal())
    assert story.case.stage is Stage.FINAL


@pytest.mark.rule("P0-09")
def test_confirmed_needs_no_words_and_another_method_does() -> None:
    assert stuck().refused(method(" ")).code == "method_missing"
    assert stuck().refused(method(name=" ")).code == "name_missing"
    story = stuck()
    story.do(method("", confirmed=True))
    assert story.case.methods[-1].confirmed
    assert not story.case.stuck


@pytest.mark.rule("P0-09")
def test_a_signed_decision_is_not_taken_back() -> None:
    story = stuck().after(minutes=1)
    story.do(method())
    with pytest.raises(Exception, match="not_taken_back"):
        story.take_back()


def test_what_is_not_stuck_has_nothing_to_decide() -> None:
    assert opened().refused(method()).code == "not_stuck"
