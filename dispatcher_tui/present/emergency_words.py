"""The record of an emergency in words: its kind, who came how far, standing down, orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.terms import Responder
from dispatcher_tui.present.glossary import Telling, joined
from dispatcher_tui.present.terms import outside_name
from dispatcher_tui.present.words import _


def responder_stage(stage: Responder) -> str:
    """How far somebody who was called out has come, short (E-03)."""
    names = {
        Responder.ON_THE_WAY: _("on the way"),
        Responder.ON_SCENE: _("arrived"),
        Responder.REPORTED_BACK: _("reported back"),
    }
    return names[stage]


def _responder(e: ev.ResponderReported, w: Telling) -> str:
    name = e.name if e.person else outside_name(e.name)
    return joined(f"{name}: {responder_stage(e.stage)}", e.note)


def _stood_down(e: ev.StoodDown, w: Telling) -> str:
    text = _("False alarm, stood down") if e.false_alarm else _("Stood down: the post is free")
    return joined(text, e.note)


def _order(e: ev.OrderIssued, w: Telling) -> str:
    return joined(_("Order of {name}, case {number}").format(name=e.by, number=e.number), e.text)


EMERGENCY_SENTENCES: dict[type[ev.Event], Callable[[Any, Telling], str]] = {
    ev.EmergencyNamed: lambda e, w: joined(
        _("Emergency: {kind}").format(kind=w.names.kind(e.kind)), e.place
    ),
    ev.ResponderReported: _responder,
    ev.StoodDown: _stood_down,
    ev.EmergencyResumed: lambda e, w: joined(_("Flared up again: the post is held"), e.reason),
    ev.OrderIssued: _order,
    ev.CardStepDone: lambda e, w: _("Done: {text}").format(text=e.text),
    ev.BranchAnswered: lambda e, w: joined(
        _("Asked: {question}").format(question=e.question),
        _("answer: {text}").format(text=e.text),
    ),
}
"""A sentence for every kind of entry that only an emergency has."""
