"""What a case needs next: one sentence for every kind of duty, and the key that does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.duties.duties import duties as duties_of
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case, PassOn, Slip
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome, Label, SignedBy, Stage
from dispatcher_tui.present.case.next_step import OPEN, NextStep, next_step
from dispatcher_tui.present.cells import sure_width
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.tui.actions import action
from dispatcher_tui.tui.routes import (
    OnCaseRoute,
    ToCallBack,
    ToCaseForms,
    ToClose,
    ToCorrective,
    ToEmergency,
    ToFollowUp,
    ToNotify,
    ToStep,
)
from dispatcher_tui.tui.work_routes import to_work
from tests.domain.support import DATA, shipped_procedure
from tests.present.case.test_explain import REACH, START, Story, opened, rules

PROCEDURES = sorted(path.stem for path in (DATA / "procedures").glob("*.toml"))
CODE = re.compile(r"\b(?:P\d|E)-\d\d")
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
ZHANG = Person("zw", "张伟", "maintenance_lead", title="维修班长")
LEADS = {
    "notify": (ToNotify, ToCallBack),  # who is under way comes first there
    "follow_up": (ToFollowUp,),
    "close": (ToClose,),
    "record_step": (ToStep,),
    "emergency": (ToEmergency,),
    "corrective": (ToCorrective,),
    "forms": (ToCaseForms,),
}
"""Where the key of an action leads, by the duty's own work."""


def said(story: Story, person: Person | None = None) -> NextStep:
    """The sentence for the nearest duty of a case."""
    assert story.case is not None
    duty = next_duty(duties_of(story.case, story.rules))
    return next_step(story.case, duty, story.rules, story.now, person)


def one(case: Case, duty: Duty, procedure: str = "estate-dispatch", now: datetime = START) -> str:
    """The sentence for one duty, whatever else is owed."""
    return next_step(case, duty, rules(procedure), now).text


def plain(**changed: object) -> Case:
    """A case somebody was told of."""
    story = opened().tell(REACH)
    assert story.case is not None
    return replace(story.case, **changed)


def duty(do: str, **changed: object) -> Duty:
    """A duty that is due in an hour."""
    made = Duty(
        "k@", "P0-00", Label("做这件事", "Do the thing"), do, START, START + HOUR, clock="k"
    )
    return replace(made, **changed)


def test_nobody_was_told_names_whom_to_ring_and_by_when() -> None:
    story = opened()
    assert said(story, ZHANG) == NextStep(
        "Nobody was told: ring 张伟 维修班长, by 22:57", "notify", START + 10 * MINUTE
    )
    assert said(story).text == "Nobody was told: choose whom to ring, by 22:57"


@pytest.mark.parametrize(
    ("late", "text"),
    [
        (-SECOND, "Nobody was told: ring 张伟 维修班长, by 22:57"),
        (timedelta(0), "Nobody was told: ring 张伟 维修班长, by 22:57"),
        (SECOND, "Nobody was told, 1 s late: ring 张伟 维修班长"),
        (MINUTE, "Nobody was told, 1 min late: ring 张伟 维修班长"),
    ],
)
def test_what_is_late_says_by_how_much_from_the_second_after_on(late: timedelta, text: str) -> None:
    story = opened()
    story.now = START + 10 * MINUTE + late
    assert said(story, ZHANG).text == text


def test_a_call_in_vain_is_counted_and_nobody_is_responsible_yet() -> None:
    vain = cmd.TryCall(person="zw", name="张伟", outcome=CallOutcome.NO_ANSWER)
    story = opened().tell(vain, minutes=1)
    assert said(story, ZHANG).text.startswith("Rang 1 time, nobody reached: ring 张伟 维修班长")
    story.tell(vain, minutes=1)
    assert said(story).text.startswith("Rang 2 times, nobody reached: choose whom to ring")


def test_somebody_else_named_does_not_know_yet() -> None:
    other = cmd.NameAssignee(person="zl", name="张力", role="implementer")
    story = opened().tell(REACH).tell(other, minutes=1)
    assert story.case is not None
    owed = next(d for d in duties_of(story.case, story.rules) if d.do == "notify" and d.pending)
    text = next_step(story.case, owed, story.rules, story.now, ZHANG).text
    assert text.startswith("张力 does not know yet: ring 张伟 维修班长, by ")


def test_a_promise_is_asked_about_and_says_since_when_it_is_over() -> None:
    due = START + 42 * MINUTE
    arranged = cmd.FollowUp(outcome=FollowUpOutcome.ARRANGED, promise=due)
    story = opened().tell(REACH).tell(arranged, minutes=2)
    assert said(story) == NextStep("Promised 23:29: then ask 张伟 if done", "follow_up", due)
    story.now = due
    assert said(story).text == "Promised 23:29: then ask 张伟 if done"
    story.now = due + 21 * MINUTE
    assert said(story).text == "Promised 23:29, 21 min late: ring 张伟, ask if done"


def test_what_the_caller_was_promised_is_told_apart() -> None:
    story = opened().tell(REACH).tell(cmd.PromiseCaller(due=START + HOUR))
    assert said(story).text == "The caller was promised 23:47: then ask 张伟 if done"


def test_a_follow_up_says_its_name() -> None:
    story = opened().tell(REACH)
    assert said(story).text == "First follow-up: ask 张伟 how it stands, by 11-22 00:47"
    assert said(story).action == "follow_up"


def test_where_nothing_runs_it_is_said() -> None:
    keep = duty("follow_up", clock="keep")
    assert one(plain(), keep).startswith("Nothing else runs on it: ask 张伟 how it stands, by ")
    none = plain(assignee=None)
    assert "ask the person responsible" in one(none, keep)


def test_what_cannot_be_handled_waits_for_the_head_who_is_rung() -> None:
    cannot = cmd.FollowUp(outcome=FollowUpOutcome.CANNOT, note="裂缝")
    story = opened().tell(REACH).tell(cannot)
    head = Person("chen", "陈志强", "head", title="负责人")
    found = said(story, head)
    assert found.text.startswith("Cannot be handled, ")
    assert " decides: ring 陈志强, by 22:52" in found.text
    assert found.action == "record_step"


def test_where_the_paper_is_and_what_it_lacks() -> None:
    owed = duty("close")
    done = {"stage": Stage.WRITTEN_OFF, "written_off_at": START - timedelta(days=2)}
    out = plain(**done, slip=Slip(number="S1", issued="S1", issued_to="高磊"))
    assert one(out, owed).startswith("Done 2 d ago, service-slip copy is with 高磊: ask for it")
    kept = Slip(number="S1", issued="S1")
    assert "is with 张伟: ask for it" in one(plain(**done, slip=kept), owed)
    nobody = plain(**done, slip=kept, assignee=None)
    assert "service-slip copy not here yet: ask for it" in one(nobody, owed)
    never = one(plain(**done), owed)
    assert never.startswith("Done 2 d ago, no service-slip copy was issued: give it a number")
    here = plain(**done, slip=Slip(number="S1", received_at=START))
    assert one(here, owed).startswith("service-slip copy S1 is in hand: sign it and file it")
    signed = plain(**done, slip=Slip(number="S1", received_at=START, signed_at=START))
    assert one(signed, owed).startswith("service-slip copy S1 is signed: file it: binder and page")


def test_what_is_said_to_be_done_is_written_off() -> None:
    story = (
        opened().tell(REACH).tell(cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED, source="张伟"))
    )
    found = said(story)
    assert found.text.startswith("Said to be done: write it off, by ")
    assert found.action == "close"
    assert one(plain(), duty("close")).startswith("Do the thing: write it off, by ")


def test_a_signature_agreed_by_phone() -> None:
    agreed = SignOff("s", "x", "P0-04", "head", "陈志强", SignedBy.PHONE, START)
    case = plain(sign_offs=(agreed,))
    owed = duty("sign", key="s", clock="signature")
    assert one(case, owed).startswith("陈志强 agreed by phone: get the signature, by ")
    found = next_step(case, replace(owed, do="decide"), rules(), START)
    assert (found.text[:3], found.action) == ("陈志强", OPEN)


def test_a_correction_and_who_is_under_way() -> None:
    told = duty("call_back:correction_told", clock="correction", name="高磊")
    case = plain(passing_on=(PassOn("k@", "gl", "高磊", START, ()),))
    assert one(case, told).startswith("高磊 was told otherwise: ring and put it right, by ")
    back = duty("call_back:sent_back", label=Label("告知: 高磊", "Tell: 高磊"), name="高磊")
    assert one(plain(), back).startswith("Tell: ring 高磊, by ")
    assert next_step(plain(), back, rules(), START).action == "notify"


def test_an_emergency_leads_back_to_it() -> None:
    owed = duty("emergency")
    story = opened()
    assert story.case is not None
    assert one(story.case, owed).startswith("Nobody knows of the emergency: go back to it and ring")
    assert one(plain(), owed).startswith("Do the thing: go back to the emergency, by ")
    each = duty("emergency", label=Label("到场: 高磊", "Arrive: 高磊"), name="高磊")
    assert one(plain(), each).startswith("Arrive: ask 高磊, by ")


def test_substandard_work_a_step_without_a_call_and_what_may_not_be_early() -> None:
    assert one(plain(), duty("corrective")).startswith(
        "Work found substandard: report it, open a CAPA, by "
    )
    assert one(plain(), duty("step:cause_found"), "corrective-action").startswith(
        "Do the thing: do it, note what came of it, by "
    )
    assert one(plain(), duty("step:company_told"), "corrective-action").startswith(
        "Do the thing: see "
    )
    early = duty("close", opens=START + MINUTE)
    assert one(plain(), early).endswith("write it off, not before 22:48")
    assert one(plain(), early, now=START + MINUTE).endswith("write it off, by 23:47")


def test_nothing_owed_and_nothing_begun() -> None:
    assert next_step(plain(), None, rules(), START) == NextStep("Nothing is owed on this case.")
    waiting = duty("notify", start=None, due=None)
    assert next_step(plain(), waiting, rules(), START) == NextStep(
        "Do the thing: not begun yet", OPEN
    )


def kinds() -> Iterator[tuple[str, Procedure, Duty]]:
    """A duty of every clock of every shipped procedure, the emergency layer's among them, with
    those that are no clock's: what follows from a late one, promises, signatures, what is kept."""
    for name in PROCEDURES:
        procedure = shipped_procedure(name)
        for clock in procedure.clocks:
            who = {"who": "gl", "name": "高磊"} if clock.each else {}
            label = clock.label
            if clock.each:
                label = Label(f"{label.zh}: 高磊", f"{label.en}: 高磊")
            made = duty(clock.do, rule=clock.rule, label=label, clock=clock.key, **who)
            yield f"{name}/{clock.key}", procedure, made
            if clock.late is not None and clock.late.tell:
                step = procedure.step(clock.late.step)
                assert step is not None
                tell = duty(f"step:{step.id}", rule=clock.rule, label=step.label, clock=clock.key)
                yield f"{name}/{clock.key}/tell", procedure, tell
        for key in ("promise", "keep"):
            named = getattr(procedure, key)
            owed = duty("follow_up", rule=named.rule, label=named.label, clock=key)
            yield f"{name}/{key}", procedure, owed
        if procedure.signature is not None:
            label = procedure.signature.label
            yield f"{name}/sign", procedure, duty("sign", label=label, clock="signature")
            yield f"{name}/decide", procedure, duty("decide", label=label, clock="signature")


KINDS = list(kinds())


def test_every_procedure_has_its_kinds() -> None:
    assert len(PROCEDURES) == 12
    assert {name.partition("/")[0] for name, _procedure, _duty in KINDS} == set(PROCEDURES)
    assert len(KINDS) > 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_duty_there_is_has_its_sentence_and_a_key_that_leads_to_its_work(
    lang: Language,
) -> None:
    told, untold = plain(), opened().case
    assert untold is not None
    use(lang)
    try:
        for (name, procedure, owed), case, late, person in product(
            KINDS,
            (untold, told, replace(told, stage=Stage.WRITTEN_OFF, written_off_at=START)),
            (-SECOND, SECOND),
            (None, ZHANG),
        ):
            judged = replace(rules(), procedure=procedure)
            found = next_step(case, owed, judged, START + HOUR + late, person)
            where = f"{name}: {found.text}"
            assert not CODE.search(found.text), where
            assert "{" not in found.text, where
            assert sure_width(found.text) == found.text, where
            assert ("late" in found.text or "已过" in found.text) == (late > timedelta(0)), where
            if lang == "zh":
                assert not re.search(r"[A-Za-z]{3}", found.text.replace("CAPA", "")), where
            if found.action == OPEN:
                continue
            assert action(found.action).key_name, where
            work = to_work(owed.do, "c")
            assert isinstance(work, OnCaseRoute | ToEmergency)
            assert isinstance(work, LEADS[found.action]), where
    finally:
        use("en")
