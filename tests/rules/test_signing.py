"""Signatures: by PIN here, or agreed by phone and owed until given (E-09, P0-12's mechanism)."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.procedure import Money
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import SignedBy, Stage
from tests.domain.support import P0, Story, proves_boundary, rules, written_off

OPENED = "2026-11-20 09:00"  # a Friday
HEAD = "赵主任"
SECOND = timedelta(seconds=1)


def emergency() -> Story:
    """An emergency whose calls are made and that is over, ready to be written off."""
    story = Story(P0, OPENED).open(level=emergency_level(rules(P0).procedure).id)
    story.call().call(who=("head", HEAD), purpose="reported", read_back=True)
    return story.stood_down()


def agreed() -> Story:
    """The head agreed by phone, a minute later."""
    story = emergency().after(minutes=1)
    story.do(cmd.AgreeByPhone(subject="head_signature", name=HEAD, remark="电话同意"))
    return story


def owed_key(story: Story) -> str:
    """The key of the one signature that is owed."""
    (found,) = (each for each in story.case.sign_offs if each.owed)
    return found.key


@pytest.mark.rule("E-09")
def test_agreed_by_phone_the_stage_does_not_change_and_nothing_is_written_off() -> None:
    story = agreed()
    assert story.case.stage is Stage.NOTIFIED
    refusal = story.refused(written_off())
    assert (refusal.code, refusal.rule) == ("write_off_incomplete", "E-09")
    assert story.case.stage is Stage.NOTIFIED


@pytest.mark.rule("E-09", "when")
def test_the_signature_owed_is_a_duty_until_the_close_of_the_next_working_day() -> None:
    story = Story(P0, OPENED).open(level=emergency_level(rules(P0).procedure).id).call()
    story.call(who=("head", HEAD), purpose="reported", read_back=True)
    story.do(cmd.AgreeByPhone(subject="head_signature", name=HEAD))
    story.at(story.due("P0-05") - SECOND)
    for clock in ("P0-05", "P0-05 late", "P0-06"):
        story.at(story.due(clock)).fire()
    proves_boundary(story, "signature", "2026-11-23 17:30", rule="E-09")


@pytest.mark.rule("E-09")
def test_signed_later_by_the_head_it_can_be_written_off() -> None:
    story = agreed().after(hours=1)
    story.do(cmd.SignOwed(key=owed_key(story), name=HEAD, role="head"), cosigner=HEAD)
    before = story.case.stage
    assert (before, story.states()["signature"]) == (Stage.NOTIFIED, "done")
    story.write_off()
    assert story.case.stage is Stage.WRITTEN_OFF
    signed = [e.event for e in story.entries if isinstance(e.event, ev.Signed)]
    assert [each.how for each in signed] == [SignedBy.PHONE, SignedBy.PIN]
    assert signed[1].of == story.case.sign_offs[0].key


@pytest.mark.rule("E-09")
def test_a_write_off_with_the_pin_makes_the_agreement_good() -> None:
    story = agreed().after(minutes=5).write_off(head=HEAD)
    assert story.case.stage is Stage.WRITTEN_OFF
    assert not [each for each in story.case.sign_offs if each.owed]
    assert len(story.case.sign_offs) == 1


@pytest.mark.rule("E-09")
def test_one_second_after_its_time_the_signature_is_done_late() -> None:
    for late, how in ((0, "done"), (1, "done_late")):
        story = agreed()
        story.at(story.due("signature") + late * SECOND)
        story.do(cmd.SignOwed(key=owed_key(story), name=HEAD, role="head"))
        assert story.states()["signature"] == how


@pytest.mark.rule("E-09")
def test_only_the_role_signs_and_only_what_is_owed() -> None:
    story = agreed()
    key = owed_key(story)
    assert story.refused(cmd.SignOwed(key=key, name="孙副总", role="vp")).code == "wrong_signer"
    assert story.refused(cmd.SignOwed(key="x", name=HEAD, role="head")).code == "nothing_owed"
    for nobody in ("", "  "):
        unnamed = cmd.SignOwed(key=key, name=nobody, role="head")
        assert story.refused(unnamed).code == "name_missing"
    again = cmd.AgreeByPhone(subject="head_signature", name=HEAD)
    assert story.refused(again).code == "already_agreed"
    story.do(cmd.SignOwed(key=key, name=HEAD, role="head"))
    assert story.refused(cmd.SignOwed(key=key, name=HEAD, role="head")).code == "nothing_owed"


@pytest.mark.rule("E-09")
def test_an_ordinary_case_has_nothing_to_agree_to() -> None:
    story = Story(P0, OPENED).open().call()
    refusal = story.refused(cmd.AgreeByPhone(subject="head_signature", name=HEAD))
    assert refusal.code == "not_signed_for"


@pytest.mark.rule("E-09")
def test_reopened_it_wants_a_signature_of_its_own() -> None:
    story = emergency().write_off(head=HEAD).after(minutes=1)
    story.do(cmd.Reopen(reason="复燃"))
    story.after(minutes=1).call()
    assert story.refused(written_off()).rule == "E-09"


@pytest.mark.rule("E-09")
def test_called_off_nothing_is_owed_any_more() -> None:
    level = emergency_level(rules(P0).procedure).id
    story = Story(P0, OPENED).open(level=level, verbatim="", caller="", phone="")
    story.do(cmd.AgreeByPhone(subject="head_signature", name=HEAD))
    story.after(minutes=1).do(cmd.CallOff(reason="误按"))
    assert story.states()["signature"] == "cancelled"


@pytest.mark.rule("E-09")
def test_a_signature_is_not_taken_back() -> None:
    story = agreed()
    with pytest.raises(Exception, match="not_taken_back"):
        story.take_back()


def _with_limit(story: Story) -> Story:
    """The same under a procedure that lets the operator give 100 yuan alone."""
    given = story.rules.procedure
    limit = Money(rule="P0-07", limit_yuan=100, approver="head")
    procedure = msgspec.structs.replace(given, money=(limit,))
    story.rules = msgspec.structs.replace(story.rules, procedure=procedure)
    return story


def _paid(yuan: int, **signed: str) -> cmd.WriteOff:
    return msgspec.structs.replace(written_off(**signed), compensation_fen=yuan * 100)


def test_above_the_limit_somebody_else_approves() -> None:
    story = _with_limit(Story(P0, OPENED)).open().call()
    assert story.refused(_paid(101)).code == "over_limit"
    assert story.refused(_paid(101, head=story.actor)).code == "four_eyes"
    story.do(_paid(101, head=HEAD))
    (signed,) = story.case.sign_offs
    assert (signed.subject, signed.name, signed.rule) == ("compensation", HEAD, "P0-07")


def test_at_the_limit_nobody_has_to_approve() -> None:
    story = _with_limit(Story(P0, OPENED)).open().call()
    story.do(_paid(100))
    assert story.case.sign_offs == ()


def test_one_person_never_stands_for_two_roles() -> None:
    story = emergency()
    assert story.refused(written_off(head=HEAD, gm=HEAD)).code == "signed_twice"
