"""The fold of an emergency: who came how far, the standing down, the leaders' orders."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.emergency.post_held import raised_at
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record.case import (
    BranchAnswer,
    Called,
    CardStep,
    Case,
    Entry,
    SceneReport,
)
from dispatcher_tui.domain.record.signals import signal, touched
from dispatcher_tui.domain.words.terms import Responder


def emergency_named(case: Case, entry: Entry, event: em.EmergencyNamed) -> Case:
    """A kind, its class, and the place as far as it is known."""
    named = replace(case, emergency_kind=event.kind, place=event.place or case.place)
    if event.registered is not None:
        named = replace(named, registered=event.registered)
    if event.category:
        named = replace(
            named, category=event.category, case_class=event.case_class, tags=event.tags
        )
    at = entry.occurred_at
    return signal(named, at, "moved") if event.moved else touched(named, at)


def _came(called: Called, stage: Responder, at: datetime) -> Called:
    """Who is on the scene was on the way; what was stamped first stays."""
    way = called.on_the_way_at or at
    scene = called.on_scene_at if stage is Responder.ON_THE_WAY else called.on_scene_at or at
    back = called.reported_back_at
    if stage is Responder.REPORTED_BACK:
        back = back or at
        scene = called.on_scene_at
    return replace(called, on_the_way_at=way, on_scene_at=scene, reported_back_at=back)


def responder_reported(case: Case, entry: Entry, event: em.ResponderReported) -> Case:
    """E-03: each step of each person is stamped once, and anew after it flared up again."""
    at, who = entry.occurred_at, (event.person, event.name)
    found = next((c for c in case.called if (c.person, c.name) == who), Called(*who))
    others = tuple(c for c in case.called if (c.person, c.name) != who)
    if event.who:
        found = of_now(case, found)
        report = SceneReport(event.who, event.stage, at)
        case = replace(case, reports=(*case.reports, report))
    came = _came(found, event.stage, at)
    return signal(replace(case, called=(*others, came)), at, event.stage.value)


def of_now(case: Case, called: Called) -> Called:
    """How far somebody has come since it became an emergency, or flared up again."""
    raised = raised_at(case)
    stamps = {
        name: at
        for name in ("on_the_way_at", "on_scene_at", "reported_back_at")
        if (at := getattr(called, name)) is not None and at >= raised
    }
    return Called(called.person, called.name, **stamps)


def stood_down(case: Case, entry: Entry, event: em.StoodDown) -> Case:
    """E-05: the post is free; what follows a false alarm is no aftermath.

    What was not done and was answered for is given up first: it ends as missed, not as pointless.
    """
    at = entry.occurred_at
    down = replace(case, stood_down_at=at, false_alarm=event.false_alarm)
    how = "false_alarm" if event.false_alarm else "stood_down"
    ends = ("over",) * (not event.false_alarm) + ("given_up",) * bool(event.why)
    return signal(down, at, *ends, how)


def resumed(case: Case, entry: Entry, event: em.EmergencyResumed) -> Case:
    """The post is held anew."""
    at = entry.occurred_at
    held = replace(case, stood_down_at=None, resumed_at=at, false_alarm=False)
    return signal(held, at, "resumed") if event.anew else touched(held, at)


def order_issued(case: Case, entry: Entry, event: em.OrderIssued) -> Case:
    """E-08: the order is a case of its own; here its number stands."""
    return touched(replace(case, orders=(*case.orders, event.number)), entry.occurred_at)


def alarm_repeated(case: Case, entry: Entry, event: em.AlarmRepeated) -> Case:
    """It is counted; nothing was done by it, so no clock moves."""
    at = max(entry.occurred_at, case.alarm_at or entry.occurred_at)
    return replace(case, alarms=case.alarms + 1, alarm_at=at)


def card_step_done(case: Case, entry: Entry, event: em.CardStepDone) -> Case:
    """E-02: what of the card was done, and when."""
    done = CardStep(event.kind, event.step, entry.occurred_at)
    return touched(replace(case, card_steps=(*case.card_steps, done)), entry.occurred_at)


def branch_answered(case: Case, entry: Entry, event: em.BranchAnswered) -> Case:
    """E-02: what was answered to the card's first question, and when; the last one counts."""
    given = BranchAnswer(event.kind, event.answer, entry.occurred_at)
    answers = (*case.branch_answers, given)
    return touched(replace(case, branch_answers=answers), entry.occurred_at)
