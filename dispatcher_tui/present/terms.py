"""Closed lists in the operator's language: facts, outcomes, duty states, signals, numbers."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.events import CaseOpened
from dispatcher_tui.domain.record.opening import BESIDE, Told
from dispatcher_tui.domain.words.terms import (
    CallOutcome,
    Channel,
    DutyState,
    Fact,
    FeedbackBy,
    FollowUpOutcome,
    Satisfaction,
)
from dispatcher_tui.present.i18n import _, localized


def fact_name(fact: Fact) -> str:
    """A fact of the intake, short."""
    names = {
        Fact.NOW: _("happening now"),
        Fact.INJURY: _("injury"),
        Fact.FIRE: _("fire or smoke"),
        Fact.GROUP: _("3 or more households"),
        Fact.MEDIA: _("media"),
        Fact.AGAIN: _("complained before"),
        Fact.CLAIM: _("claim for money"),
        Fact.ORDER: _("leader's order"),
        Fact.LOSS: _("great loss"),
        Fact.UNMET: _("not put right"),
    }
    return names[fact]


def channel_name(channel: Channel) -> str:
    """How a case reached the desk."""
    names = {
        Channel.PHONE: _("by phone"),
        Channel.VISIT: _("in person"),
        Channel.LETTER: _("by letter"),
        Channel.BOX: _("suggestion box"),
        Channel.MEDIA: _("through the media"),
        Channel.SUPERIOR: _("through superiors"),
        Channel.PANEL: _("alarm panel"),
        Channel.STAFF: _("by staff"),
        Channel.ASSOCIATION: _("consumer association"),
        Channel.PRESS: _("through the press"),
    }
    return names[channel]


def call_outcome_name(outcome: CallOutcome) -> str:
    """What a try to reach somebody came to."""
    names = {
        CallOutcome.REACHED: _("Reached"),
        CallOutcome.NO_ANSWER: _("No answer"),
        CallOutcome.BUSY: _("Busy"),
        CallOutcome.OFF: _("Switched off"),
        CallOutcome.RELAYED: _("Relayed"),
        CallOutcome.IN_PERSON: _("In person"),
    }
    return names[outcome]


def follow_up_name(outcome: FollowUpOutcome) -> str:
    """How a case was found to stand."""
    names = {
        FollowUpOutcome.ARRANGED: _("Arranged"),
        FollowUpOutcome.IN_PROGRESS: _("In progress"),
        FollowUpOutcome.COMPLETED: _("Completed"),
        FollowUpOutcome.CANNOT: _("Cannot be handled"),
        FollowUpOutcome.UNREACHABLE: _("Out of reach"),
    }
    return names[outcome]


def feedback_by_name(by: FeedbackBy) -> str:
    """How it was confirmed that the matter is done (P0-07)."""
    names = {
        FeedbackBy.WORD: _("By word"),
        FeedbackBy.PHONE: _("By phone"),
        FeedbackBy.PAPER: _("On paper"),
    }
    return names[by]


def satisfaction_name(satisfaction: Satisfaction) -> str:
    """The complainant's word on the result."""
    names = {
        Satisfaction.SATISFIED: _("Satisfied"),
        Satisfaction.FAIR: _("Fair"),
        Satisfaction.DISSATISFIED: _("Dissatisfied"),
        Satisfaction.NOT_ASKED: _("Not asked"),
    }
    return names[satisfaction]


def duty_state_name(state: DutyState) -> str:
    """How a duty stands."""
    names = {
        DutyState.WAITING: _("waiting"),
        DutyState.RUNNING: _("running"),
        DutyState.OVERDUE: _("OVERDUE"),
        DutyState.DONE: _("done"),
        DutyState.DONE_LATE: _("done late"),
        DutyState.CANCELLED: _("cancelled"),
        DutyState.MISSED: _("missed"),
    }
    return names[state]


def call_result(outcome: CallOutcome, taken_by: str, *, stranger: bool = False) -> str:
    """What came of a call: of a relayed word who took it, of a stranger that it was one."""
    said = call_outcome_name(outcome)
    if outcome is CallOutcome.RELAYED:
        who = _("taken by {name}").format(name=taken_by) if taken_by else _("not known by whom")
        said = f"{said}{_(', ')}{who}"
    return said + (_(", ") + _("not on the roster") if stranger else "")


def signal_name(name: str, procedure: Procedure | None = None) -> str:
    """What a clock starts or ends on: the record's own signals, else a step of the procedure."""
    names = {
        "received": _("call came in"),
        "opened": _("case opened"),
        "notified": _("person responsible told"),
        "assigned": _("somebody else named"),
        "not_found": _("person responsible not found"),
        "followed_up": _("followed up"),
        "feedback_received": _("confirmed as done"),
        "nothing_arranged": _("found not arranged"),
        "stuck": _("cannot be handled"),
        "on_the_way": _("on the way"),
        "on_scene": _("arrived"),
        "reported_back": _("reported back"),
        "stood_down": _("stood down"),
        "false_alarm": _("false alarm"),
        "given_up": _("given up when it was stood down"),
        "resumed": _("flared up again"),
        "over": _("the emergency was over"),
        "moved": _("another place"),
        "spoken_to": _("spoken to"),
        "correction_told": _("told the correction"),
        "written_off": _("written off"),
        "paper_received": _("paper in hand"),
        "paper_signed": _("paper signed"),
        "paper_filed": _("paper filed"),
        "forms_out": _("form out"),
        "form_asked": _("form asked for"),
        "forms_back": _("forms back"),
        "final": _("final"),
        "reopened": _("reopened"),
        "invalid": _("found invalid"),
        "reviewed": _("reviewed"),
        "method_set": _("the head's method"),
    }
    step = procedure.step(name) if procedure else None
    return names.get(name) or (localized(step.label) if step else name)


def field_name(field: str) -> str:
    """A field of the opening that can be corrected."""
    names = {
        "place": _("place"),
        "caller": _("caller"),
        "phone": _("call-back number"),
        "category": _("class"),
        "verbatim": _("caller's words"),
        "charge": _("charge, yuan"),
        "paper_number": _("number on the paper"),
    }
    return names.get(field, field)


def beside_words(opened: Told | CaseOpened) -> Iterator[str]:
    """What is told beside how a case came in: by its name, but for the panel, which the channel
    before it names."""
    for name in BESIDE:
        told = getattr(opened, name)
        if told:
            yield told if name == "panel" else f"{field_name(name)} {told}"


def outside_name(key: str) -> str:
    """A number outside the estate, by its name in ``site.toml``; a site's own names stay."""
    names = {
        "police": _("Police"),
        "fire": _("Fire brigade"),
        "ambulance": _("Ambulance"),
        "lift_rescue": _("Lift rescue"),
        "lift_contractor": _("Lift contractor"),
        "gas": _("Gas company"),
        "power": _("Power company"),
        "water": _("Water company"),
        "traffic": _("Traffic police"),
        "counselling": _("Counselling line"),
        "company": _("Head office"),
        "committee": _("Residents' committee"),
    }
    return names.get(key, key)


def level_name(level: str, procedure: Procedure | None) -> str:
    """A level as the procedure calls it; its id where it has none of that id."""
    if procedure is not None and any(known.id == level for known in procedure.levels):
        return localized(procedure.level(level).label)
    return level
