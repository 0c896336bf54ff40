"""Emergencies: what is one, and what it takes to write one off."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.triage import emergency_level, ladders
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Fact,
    FollowUpOutcome,
    Responder,
    SignedBy,
    Stage,
)
from tests.domain.support import P0, ZHANG, Story, local, proves_boundary, rules, written_off

OPENED = "2026-11-18 09:00"
SIGNATURE = (MissingItem("head_signature", "E-09"),)


def emergency() -> Story:
    """What F9 does: a case at the emergency level, then its kind."""
    story = Story(P0, OPENED).open(
        level=emergency_level(rules(P0).procedure).id, verbatim="", caller="", phone=""
    )
    story.after(seconds=1).do(cmd.NameEmergency(kind="fire", place="3-2-1502"))
    return story


@pytest.mark.rule("E-01", "what")
@pytest.mark.parametrize("fact", list(Fact))
def test_which_facts_make_an_emergency(fact: Fact) -> None:
    case = Story(P0, OPENED).open(facts=(fact,)).case
    kinds = {Fact.FIRE, Fact.ORDER}
    assert (case.level == "emergency") == (fact in kinds)
    assert case.level_rule == ("E-01" if fact in kinds else case.level_rule)


@pytest.mark.rule("E-01", "what")
@pytest.mark.parametrize(
    ("facts", "tags"),
    [
        ((Fact.NOW, Fact.INJURY), ()),
        ((Fact.NOW,), ("accident",)),
        ((Fact.NOW, Fact.INJURY), ("accident",)),
    ],
)
def test_somebody_hurt_or_an_accident_is_one_while_it_happens(
    facts: tuple[Fact, ...], tags: tuple[str, ...]
) -> None:
    now = Story(P0, OPENED).open(facts=facts, tags=tags).case
    assert (now.level, now.level_rule) == ("emergency", "E-01")
    past = tuple(fact for fact in facts if fact is not Fact.NOW)
    before = Story(P0, OPENED).open(facts=past, tags=tags)
    assert before.case.level != "emergency"
    assert not holds_post(before.case, before.rules.procedure)
    assert not [name for name in before.owed() if name.startswith("E-")]


@pytest.mark.rule("E-01", "what")
@pytest.mark.parametrize("tag", ["fire", "danger"])
def test_which_classes_are_an_emergency_whatever_else_holds(tag: str) -> None:
    story = Story(P0, OPENED).open(tags=(tag,), facts=(Fact.GROUP,))
    assert (story.case.level, story.case.level_rule) == ("emergency", "E-01")
    owed = {"P0-02", "E-02", "E-03", "E-05"}
    assert story.states() == dict.fromkeys(owed, "running")
    proves_boundary(story, "E-02", "2026-11-18 09:03")


@pytest.mark.rule("E-01")
def test_f9_opens_at_the_emergency_level() -> None:
    story = emergency()
    assert (story.case.level, story.case.level_rule) == ("emergency", "E-01")
    level = story.rules.procedure.level("emergency")
    assert (level.emergency, level.urgent) == (True, True)
    assert (story.case.emergency_kind, story.case.place) == ("fire", "3-2-1502")
    assert [type(entry.event) for entry in story.entries] == [ev.CaseOpened, em.EmergencyNamed]
    assert [ladder.id for ladder in ladders(story.rules.procedure, story.case)] == ["emergency"]


@pytest.mark.rule("E-01")
def test_an_open_case_that_is_named_an_emergency_becomes_one() -> None:
    story = Story(P0, OPENED).open().call().after(minutes=30)
    story.do(cmd.NameEmergency(kind="gas_smell"))
    assert (story.case.level, story.case.level_rule) == ("emergency", "E-01")
    assert story.case.place == "3-2-1502"
    assert story.states()["E-02"] == "running"
    assert story.due("E-03/report") == local("2026-11-18 09:45"), "who was told goes there"
    story.do(cmd.ReportResponder(person="zhang", name="张伟", stage=Responder.ON_SCENE))
    proves_boundary(story, "E-02", "2026-11-18 09:33")


@pytest.mark.rule("E-09")
@pytest.mark.parametrize("signed", [{}, {"dispatcher": "李建国"}, {"gm": "钱总"}, {"head": ""}])
def test_without_the_heads_signature_the_stage_stays(signed: dict[str, str]) -> None:
    story = emergency().call()
    story.call(who=("head", "赵主任"), purpose="reported", read_back=True).stood_down()
    before = (story.case, story.states())
    refusal = story.refused(written_off(**signed))
    assert (refusal.code, refusal.rule, refusal.missing) == (
        "write_off_incomplete",
        "E-09",
        SIGNATURE,
    )
    assert (story.case, story.states()) == before


@pytest.mark.rule("E-09", "signed")
def test_signed_by_the_head_it_is_written_off_and_says_so() -> None:
    story = emergency().call().stood_down().write_off(head="赵主任")
    assert story.case.stage is Stage.WRITTEN_OFF
    written = story.entries[-1].event
    signed = next(e.event for e in story.entries if isinstance(e.event, ev.Signed))
    assert isinstance(written, ev.WrittenOff)
    assert (signed.rule, signed.role, signed.name) == ("E-09", "head", "赵主任")
    assert signed.how is SignedBy.PIN
    assert "signature" not in story.owed()


@pytest.mark.rule("E-09", "who", "signed")
def test_nobody_else_signs_for_it_and_nobody_signs_for_other_levels() -> None:
    for facts in ((), (Fact.GROUP,)):
        story = Story(P0, OPENED).open(facts=facts).write_off()
        assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("E-09")
def test_graded_down_it_still_wants_the_signature() -> None:
    story = emergency().after(minutes=1)
    story.stood_down().do(cmd.Regrade(level="ordinary", reason="误报"))
    assert story.refused(written_off()).missing == SIGNATURE
    story.after(minutes=1).write_off(head="赵主任")
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("E-09")
def test_named_an_emergency_later_it_wants_the_signature_too() -> None:
    story = Story(P0, OPENED).open().after(minutes=1)
    story.do(cmd.NameEmergency(kind="flood"))
    assert story.stood_down().refused(written_off()).missing == SIGNATURE


@pytest.mark.rule("E-09")
def test_the_aftermath_does_not_stand_in_its_way() -> None:
    story = emergency().call().after(minutes=10)
    story.follow_up(FollowUpOutcome.IN_PROGRESS).after(minutes=10)
    story.stood_down().write_off(head="赵主任").after(minutes=10).do(cmd.AddNote(text="清点损失"))
    assert story.case.stage is Stage.WRITTEN_OFF


@pytest.mark.rule("E-09")
def test_what_is_signed_is_not_taken_back() -> None:
    story = emergency().call().after(minutes=1).stood_down().write_off(head="赵主任")
    with pytest.raises(Refusal, match="not_taken_back"):
        story.take_back()


@pytest.mark.rule("E-01")
@pytest.mark.parametrize("f9", [True, False])
def test_an_emergencys_call_is_not_taken_back(f9: bool) -> None:
    story = emergency() if f9 else Story(P0, OPENED).open()
    if not f9:
        story.after(minutes=1).do(cmd.Regrade(level="emergency", reason="着火"))
    story.after(seconds=5).call(CallOutcome.RELAYED)
    with pytest.raises(Refusal, match="call_stays"):
        story.take_back()
    story.after(seconds=5).do(cmd.ConfirmReadBack())
    with pytest.raises(Refusal, match="call_stays"):
        story.take_back()
    assert story.case.calls[0].name == ZHANG[1]


@pytest.mark.rule("E-09")
def test_a_mistaken_f9_needs_no_signature_until_somebody_is_rung() -> None:
    story = emergency().after(hours=1)
    with pytest.raises(Refusal, match="reason_missing"):
        story.do(cmd.CallOff(reason=" "))
    rung = emergency()
    rung.do(cmd.TryCall(person="h", name="陈志强", outcome=CallOutcome.BUSY, purpose="reported"))
    with pytest.raises(Refusal, match="not_called_off"):
        rung.do(cmd.CallOff(reason="误按"))
    assert rung.case.stage is Stage.OPEN
    story.do(cmd.CallOff(reason="误按"))
    assert story.case.stage is Stage.INVALID
    assert set(story.states().values()) == {"cancelled"}


@pytest.mark.rule("E-09")
def test_an_ordinary_case_is_not_called_off() -> None:
    story = Story(P0, OPENED).open()
    with pytest.raises(Refusal, match="not_called_off"):
        story.do(cmd.CallOff(reason="误按"))
    assert story.case.stage is Stage.OPEN
