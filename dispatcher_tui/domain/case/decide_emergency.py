"""Deciding an emergency: its kind, who came how far, standing down, the leaders' orders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.evolve_emergency import of_now
from dispatcher_tui.domain.case.naming import refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.called_out import sent, under_way
from dispatcher_tui.domain.duties.duties import Duty, Rules, duties
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.emergency.call_tree import OUTSIDE, Target, is_to
from dispatcher_tui.domain.emergency.post_held import (
    LADDER,
    ORDERS,
    POST,
    RESPONDERS,
    holds_post,
    is_emergency,
    opened_by_f9,
    spoken_to,
    unheard,
)
from dispatcher_tui.domain.emergency.same_alarm import is_open_for_alarms
from dispatcher_tui.domain.procedure import SENT
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Called, Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.words.people import is_name
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import Responder

GIVEN_UP = "given_up"
"""The signal by which what was never done ends as missed."""


def _name(
    case: Case, c: cmd.NameEmergency, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """E-01: whatever is named an emergency is graded as one, so that E-09 holds for it too."""
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    level = emergency_level(rules.procedure)
    named = em.EmergencyNamed(
        case=case.id,
        kind=c.kind,
        place=c.place,
        category=c.category,
        case_class=c.case_class,
        tags=c.tags,
        moved=elsewhere(case, c.place, rules),
        registered=c.registered if c.place else None,
    )
    found: list[ev.Event] = [named]
    if case.level != level.id:
        found.append(ev.LevelChanged(case=case.id, level=level.id, rule=level.rule, reason=c.kind))
    return tuple(found)


def _call_off(case: Case, c: cmd.CallOff, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """A mistaken F9 needs no signature; from the first call on it is an emergency like any."""
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    if not opened_by_f9(case, rules.procedure) or case.calls:
        raise Refusal("not_called_off", number=case.number)
    if not c.reason.strip():
        raise Refusal("reason_missing")
    return (ev.CalledOff(case=case.id, reason=c.reason.strip()),)


def elsewhere(case: Case, place: str, rules: Rules) -> bool:
    """Whether a place is another one than that people or outside services are under way to.

    Where none was known before, whoever was rung without it has to be told it all the same: the
    fire brigade would stand at the gate.
    """
    before, after = normalise_place(case.place), normalise_place(place)
    going = holds_post(case, rules.procedure) and bool(under_way(case, rules.procedure))
    return bool(after and before != after) and going


def refuse_while_it_goes_on(case: Case, rules: Rules) -> None:
    """E-05: nobody signs or grades away an emergency that goes on. Somebody says first that it is
    over, why those who were never reached or sent were not, and who is under way is rung.

    Raises:
        Refusal: it goes on.
    """
    if holds_post(case, rules.procedure):
        raise Refusal("not_over_yet", POST, number=case.number)


def refuse_while_out(case: Case, rules: Rules) -> None:
    """What was said to be none at all is stood down first where people are under way to it, and
    each of them told (E-05).

    Raises:
        Refusal: somebody is.
    """
    if is_emergency(case, rules.procedure) and under_way(case, rules.procedure):
        raise Refusal("stand_down_first", POST, number=case.number)


def left_undone(case: Case, rules: Rules) -> tuple[Duty, ...]:
    """What standing down would leave undone for good: nobody reached, nobody sent (E-02, E-03).

    The calls to the scene count as made once somebody was told to come.
    """
    clocks = {clock.key: clock for clock in rules.procedure.clocks}
    sends = {s for c in clocks.values() if c.each == SENT for s in c.starts}
    out = bool(sent(case, rules.procedure))
    return tuple(
        duty
        for duty in duties(case, rules)
        if duty.pending
        and (clock := clocks.get(duty.clock)) is not None
        and GIVEN_UP in clock.misses
        and not (out and sends.intersection(clock.until))
    )


def _going_on(case: Case, rules: Rules) -> None:
    if not is_emergency(case, rules.procedure):
        raise Refusal("no_emergency", number=case.number)
    if case.stage.ended:
        raise Refusal("case_ended", number=case.number)


def _has(called: Called | None, stage: Responder) -> bool:
    if called is None:
        return False
    stamps = {
        Responder.ON_THE_WAY: called.on_the_way_at,
        Responder.ON_SCENE: called.on_scene_at,
        Responder.REPORTED_BACK: called.reported_back_at,
    }
    return stamps[stage] is not None


def _responder(
    case: Case, c: cmd.ReportResponder, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """E-03: told, read back, on the way, on the scene, reported back; each is stamped once.

    Of whom nobody spoke to, nothing can be known: that they came or rang by themselves is taken
    down first, as a call of its own (``TryCall.incoming``).
    """
    _going_on(case, rules)
    if not c.person:
        refuse_no_name(c.name, RESPONDERS)
    if not spoken_to(case, c.person, c.name, c.phones):
        raise Refusal("never_reached", RESPONDERS, name=c.name)
    found = next((x for x in case.called if (x.person, x.name) == (c.person, c.name)), None)
    found = of_now(case, found) if found is not None else None
    if _has(found, c.stage) and c.stage is not Responder.REPORTED_BACK:
        raise Refusal("already_stamped", RESPONDERS, name=c.name)
    if c.stage is Responder.ON_THE_WAY and _has(found, Responder.ON_SCENE):
        raise Refusal("already_stamped", RESPONDERS, name=c.name)
    target = Target(c.person, c.name, "", c.phones, OUTSIDE)
    known = (call.who for call in reversed(case.calls) if is_to(call, target))
    report = em.ResponderReported(
        case=case.id,
        person=c.person,
        name=c.name,
        stage=c.stage,
        note=c.note.strip(),
        who=next(known, c.person or c.name),
    )
    return (report,)


def _stand_down(
    case: Case, c: cmd.StandDown, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """E-05: only when somebody says that it is over, and who is written down.

    Who was never reached or sent is written down too, and why.
    """
    _going_on(case, rules)
    if not holds_post(case, rules.procedure):
        raise Refusal("already_stood_down", POST, number=case.number)
    if not c.note.strip():
        raise Refusal("stand_down_note_missing", POST)
    if c.by and not c.person and not is_name(c.by):
        raise Refusal("no_name", POST)
    why = c.why.strip()
    if not why and (c.unreached or unheard(case) or left_undone(case, rules)):
        raise Refusal("stand_down_why_missing", POST)
    down = em.StoodDown(
        case=case.id,
        note=c.note.strip(),
        false_alarm=c.false_alarm,
        unreached=c.unreached,
        why=why,
        by=c.by.strip(),
        person=c.person,
        stranger=bool(c.by) and not c.person,
    )
    return (down,)


def _resume(
    case: Case, c: cmd.ResumeEmergency, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _going_on(case, rules)
    if case.stage.handled or holds_post(case, rules.procedure):
        raise Refusal("not_stood_down", POST, number=case.number)
    if not c.reason.strip():
        raise Refusal("reason_missing", POST)
    return (em.EmergencyResumed(case=case.id, reason=c.reason.strip(), anew=True),)


def _order(case: Case, c: cmd.IssueOrder, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """E-08: every measure a leader asks for; also after standing down, and after the write-off."""
    _going_on(case, rules)
    if not c.by.strip():
        raise Refusal("name_missing", ORDERS)
    if not c.person and not is_name(c.by):
        raise Refusal("no_name", ORDERS)
    if not c.text.strip():
        raise Refusal("order_missing", ORDERS)
    order = em.OrderIssued(
        case=case.id,
        order=c.order,
        number=c.number,
        by=c.by.strip(),
        text=c.text.strip(),
        person=c.person,
        stranger=not c.person,
    )
    return (order,)


def _card_step(
    case: Case, c: cmd.DoCardStep, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """E-02: act by the card; each step is stamped once, and Ctrl+Z takes a wrong tick back."""
    _going_on(case, rules)
    if any((done.kind, done.step) == (c.kind, c.step) for done in case.card_steps):
        raise Refusal("step_ticked", LADDER)
    return (em.CardStepDone(case=case.id, kind=c.kind, step=c.step, text=c.text),)


def _repeat_alarm(
    case: Case, c: cmd.RepeatAlarm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """Of what came with it only what the case does not say already is written once more."""
    if not is_open_for_alarms(case):
        raise Refusal("case_ended", number=case.number)
    first = case.caller
    again = em.AlarmRepeated(
        case=case.id,
        times=case.alarms + 2,
        said="" if c.said == case.verbatim else c.said,
        caller="" if first and c.caller == first.name else c.caller,
        phone="" if first and c.phone == first.phone else c.phone,
    )
    return (again,)


def _answer(
    case: Case, c: cmd.AnswerBranch, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """E-02: what decides first; another answer may follow, the same once more says nothing new."""
    _going_on(case, rules)
    mine = [given.answer for given in case.branch_answers if given.kind == c.kind]
    if mine[-1:] == [c.answer] and not c.leads_to:
        raise Refusal("branch_answered", LADDER)
    given = em.BranchAnswered(
        case=case.id, kind=c.kind, answer=c.answer, question=c.question, text=c.text
    )
    named = _name(case, cmd.NameEmergency(kind=c.leads_to), rules, m) if c.leads_to else ()
    return (given, *named)


EMERGENCY: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    cmd.NameEmergency: _name,
    cmd.CallOff: _call_off,
    cmd.ReportResponder: _responder,
    cmd.StandDown: _stand_down,
    cmd.ResumeEmergency: _resume,
    cmd.IssueOrder: _order,
    cmd.DoCardStep: _card_step,
    cmd.RepeatAlarm: _repeat_alarm,
    cmd.AnswerBranch: _answer,
}
"""Which function decides which command."""
