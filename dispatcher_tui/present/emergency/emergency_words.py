"""The record of an emergency in words: its kind, who came how far, standing down, orders; and the
results of a call by their digits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.terms import Responder
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.names import Telling, joined
from dispatcher_tui.present.terms import outside_name


def responder_stage(stage: Responder) -> str:
    """How far somebody who was called out has come, short (E-03)."""
    names = {
        Responder.ON_THE_WAY: _("on the way"),
        Responder.ON_SCENE: _("arrived"),
        Responder.REPORTED_BACK: _("reported back"),
    }
    return names[stage]


def _responder(e: em.ResponderReported, w: Telling) -> str:
    name = e.name if e.person else outside_name(e.name)
    return joined(labelled(name, responder_stage(e.stage)), e.note)


def _stood_down(e: em.StoodDown, w: Telling) -> str:
    text = _("False alarm, stood down") if e.false_alarm else _("Stood down: the post is free")
    names = _(", ").join(e.unreached)
    left = _("never reached or sent: {names}").format(names=names) if names else ""
    why = _("why: {why}").format(why=e.why) if e.why else ""
    by = _("{name} (not on the roster)").format(name=e.by) if e.stranger else ""
    return joined(text, e.note, by, left, why)


def _named(e: em.EmergencyNamed, w: Telling) -> str:
    kind = _("Emergency: {kind}").format(kind=w.names.kind(e.kind))
    return joined(kind, e.place, moved_words() if e.moved else "")


def moved_words() -> str:
    """Another place, while people were under way to the one before."""
    return _("another place: whoever is under way has to be told")


def _order(e: em.OrderIssued, w: Telling) -> str:
    by = _("{name} (not on the roster)").format(name=e.by) if e.stranger else e.by
    return joined(_("Order of {name}, case {number}").format(name=by, number=e.number), e.text)


EMERGENCY_SENTENCES: dict[type[ev.Event], Callable[[Any, Telling], str]] = {
    em.EmergencyNamed: _named,
    em.ResponderReported: _responder,
    em.StoodDown: _stood_down,
    em.EmergencyResumed: lambda e, w: joined(_("Flared up again: the post is held"), e.reason),
    em.OrderIssued: _order,
    em.CardStepDone: lambda e, w: _("Done: {text}").format(text=e.text),
    em.BranchAnswered: lambda e, w: joined(
        _("Asked: {question}").format(question=e.question),
        _("answer: {text}").format(text=e.text),
    ),
}
"""A sentence for every kind of entry that only an emergency has."""
