"""Deciding the handling of a case: who is told, what is promised, followed up and put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from dispatcher_tui.domain.case.decide_emergency import (
    elsewhere,
    refuse_while_it_goes_on,
    refuse_while_out,
)
from dispatcher_tui.domain.case.decide_signing import signed_step
from dispatcher_tui.domain.case.evolve_papers import CHARGE, PRINTED, filed_last
from dispatcher_tui.domain.case.naming import refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import MissingItem, missing_steps
from dispatcher_tui.domain.duties.duties import Rules, duties
from dispatcher_tui.domain.duties.pending import falling_due
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.emergency.same_call import is_same_call, tried
from dispatcher_tui.domain.procedure import Step
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Call, Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.opening import CORRECTED
from dispatcher_tui.domain.record.passing_on import (
    CORRECTION_TOLD,
    NOTICE,
    PASSED_ON,
    owed_since,
    said_otherwise,
    says_other,
    told_last,
    value_of,
)
from dispatcher_tui.domain.step_field import FieldError, filled, judge_times
from dispatcher_tui.domain.words.money import MoneyError, format_fen, parse_fen
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome, Stage

NO_PURPOSE = ""
"""The purpose of a call that is neither the notice nor a step: it tells nobody of the estate."""

_CORRECTABLE = (*CORRECTED, CHARGE)


def _live(case: Case) -> None:
    if case.stage.ended:
        raise Refusal("case_ended", number=case.number)


def _in_handling(case: Case) -> None:
    _live(case)
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)


def _name(case: Case, c: cmd.NameAssignee, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    _in_handling(case)
    if not c.person:
        refuse_no_name(c.name)
    now = case.assignee
    if now and (now.person, now.name, now.role) == (c.person, c.name, c.role):
        return ()
    return (ev.AssigneeNamed(case=case.id, person=c.person, name=c.name, role=c.role),)


def _paper_reached(case: Case, name: str, rules: Rules) -> tuple[ev.Event, ...]:
    """The step that the closing paper's reaching ``name`` amounts to, the first time in a round."""
    sent = rules.procedure.closing_paper.sent
    if not sent or sent in case.steps or case.stage.handled:
        return ()
    return (ev.StepRecorded(case=case.id, step=sent, person=name),)


def _try_call(case: Case, c: cmd.TryCall, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """P0-02, P0-03: whoever is rung for the notice becomes responsible by it.

    A call for nothing the procedure names (the fire brigade's number) is a call all the same.
    """
    _live(case)
    if not c.name.strip():
        raise Refusal("name_missing")
    found: list[ev.Event] = []
    if c.purpose == "notified":
        _in_handling(case)
        now = case.assignee
        if now is None or (now.person, now.name) != (c.person, c.name):
            found.append(ev.AssigneeNamed(case=case.id, person=c.person, name=c.name, role=c.role))
    elif c.purpose == CORRECTION_TOLD:
        who = c.person or c.phone or c.name
        if not any(each.pending and each.who == who for each in case.passing_on):
            raise Refusal("nothing_to_pass_on", name=c.name)
    elif c.purpose != NO_PURPOSE:
        step = _step(rules, c.purpose)
        if not step.by_call:
            raise Refusal("not_by_call", step.rule)
        if c.outcome.reached or c.read_back:
            _may_count(case, step, "", rules, m)
    if is_same_call(case, c, rules.procedure, m.at):
        raise Refusal("call_logged", name=c.name)
    found.append(tried(case, c))
    if c.read_back:
        if c.outcome.missed:
            raise Refusal("read_back_without_reach")
        was = _corrected_since(case, c.purpose, c.outcome, m.at, rules)
        back = ev.ReadBack(case=case.id, person=c.person, name=c.name, purpose=c.purpose, was=was)
        found.append(back)
    told = c.outcome.reached or c.read_back
    if c.purpose == "notified" and told and case.slip.number:
        found += _paper_reached(case, c.name, rules)
    return tuple(found)


def _read_back(
    case: Case, c: cmd.ConfirmReadBack, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _live(case)
    call = next((call for call in reversed(case.calls) if call.purpose == c.purpose), None)
    opened = next(s.at for s in case.signals if s.name == "opened" and s.round == case.round)
    stale = call is not None and case.round > 1 and call.at < opened
    if call is None or call.outcome.missed or stale:
        raise Refusal("read_back_without_reach")
    if call.read_back_at is not None:
        raise Refusal("already_read_back")
    if c.purpose == "notified" and (
        case.assignee is None
        or (case.assignee.person, case.assignee.name) != (call.person, call.name)
    ):
        raise Refusal("read_back_without_reach")
    if c.purpose not in ("notified", NO_PURPOSE, CORRECTION_TOLD):
        _may_count(case, _step(rules, c.purpose), "", rules, m)
    was = _corrected_since(case, c.purpose, call.outcome, call.at, rules)
    back = ev.ReadBack(case=case.id, person=call.person, name=call.name, purpose=c.purpose, was=was)
    found = [back]
    relayed = c.purpose == "notified" and call.outcome is CallOutcome.RELAYED
    if relayed and case.slip.number:
        return (*found, *_paper_reached(case, call.name, rules))
    return tuple(found)


def _corrected_since(
    case: Case, purpose: str, outcome: CallOutcome, given: datetime, rules: Rules
) -> tuple[tuple[str, str], ...]:
    """What a relayed word said that is otherwise now: whoever reads it back has still to hear it.

    Whoever is reached by themselves was told as the call was made.
    """
    over = case.stage.handled or case.stage.ended
    says_it = purpose in (NOTICE, CORRECTION_TOLD) and outcome is CallOutcome.RELAYED
    if over or not says_it:
        return ()
    return said_otherwise(case, given, _passed_on(case, rules))


def _passed_on(case: Case, rules: Rules) -> tuple[str, ...]:
    """The fields whose correction is passed on to one person.

    Where an emergency moves, whoever is under way is told one by one (E-03): that is another duty.
    """
    held = holds_post(case, rules.procedure)
    return tuple(field for field in PASSED_ON if field != "place" or not held)


def _issue_slip(
    case: Case, c: cmd.IssueSlip, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _live(case)
    slip = case.slip
    if slip.number and (slip.received_at is not None or c.instead_of != slip.number):
        raise Refusal("slip_already_issued", number=slip.number)
    issued = ev.SlipIssued(case=case.id, number=c.number)
    told = case.assignee
    if told is None or told.notified_at is None:
        return (issued,)
    return (issued, *_paper_reached(case, told.name, rules))


def promise(case: Case, due: datetime, to: str, note: str, m: CommandContext) -> ev.PromiseMade:
    """What is owed from now on until ``due``; refused where that cannot be."""
    if due <= m.at:
        raise Refusal("promise_past")
    if due > m.at + timedelta(days=366):
        raise Refusal("promise_far")
    return ev.PromiseMade(case=case.id, due=due, to=to, note=note)


def _follow_up(
    case: Case, c: cmd.FollowUp, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """P0-05, P0-06; "completed" is the feedback of P0-07, "arranged" owes a promised time.

    A promise that is still owed, such as to call back, is kept after the write-off as well.
    """
    promised = any(p.kept_at is None and not p.cancelled for p in case.promises)
    if not (case.stage is Stage.WRITTEN_OFF and promised and c.outcome.in_hand):
        _in_handling(case)
    found: list[ev.Event] = [ev.FollowedUp(case=case.id, outcome=c.outcome, note=c.note)]
    if c.outcome in (FollowUpOutcome.ARRANGED, FollowUpOutcome.IN_PROGRESS):
        if c.promise is None:
            raise Refusal("promise_missing", rules.procedure.promise.rule)
        found.append(promise(case, c.promise, "desk", c.note, m))
    if c.outcome is FollowUpOutcome.COMPLETED:
        source = c.source or (case.assignee.name if case.assignee else "")
        found.append(ev.FeedbackReceived(case=case.id, by=c.by, source=source))
    return tuple(found)


def _promise_caller(
    case: Case, c: cmd.PromiseCaller, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _in_handling(case)
    return (promise(case, c.due, "caller", c.note, m),)


def _step(rules: Rules, step_id: str) -> Step:
    step = rules.procedure.step(step_id)
    if step is None:
        raise Refusal("unknown_step", step=step_id)
    return step


def _may_count(case: Case, step: Step, note: str, rules: Rules, m: CommandContext) -> None:
    """Refuse a step without the words it asks for, before the steps it needs, or before a "not
    before" duty for it opens."""
    if step.note and not note.strip():
        raise Refusal("note_missing", step.rule)
    missing = missing_steps(case, step.needs, step.rule)
    if missing:
        raise Refusal("steps_missing", step.rule, missing)
    waiting = [d for d in duties(case, rules) if d.pending and d.do == f"step:{step.id}"]
    early = [(d.opens, d.rule) for d in waiting if d.opens is not None and m.at < d.opens]
    if early and len(early) == len(waiting):
        opens, rule = min(early)
        raise Refusal("too_early", rule, opens=opens.isoformat())


def _values(step: Step, c: cmd.RecordStep, m: CommandContext) -> dict[str, str]:
    """The fields of an act as they are written down.

    Raises:
        Refusal: one is missing, not asked for, or no amount or time.
    """
    try:
        kept = filled(step.fields, c.values, m.stoppable)
        judge_times(step.fields, kept, m.at)
        return kept
    except FieldError as error:
        fields = tuple(MissingItem(f"{step.id}.{name}", step.rule) for name in error.fields)
        raise Refusal(f"fields_{error.code}", step.rule, fields) from None


def _record_step(
    case: Case, c: cmd.RecordStep, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _live(case)
    step = _step(rules, c.step)
    if step.to and not step.call:
        refuse_no_name(c.person, step.rule)
    if step.signer and c.role != step.signer:
        raise Refusal("wrong_role", step.rule, name=c.person, role=step.signer)
    _may_count(case, step, c.note, rules, m)
    values = _values(step, c, m)
    recorded = ev.StepRecorded(
        case=case.id, step=c.step, person=c.person, note=c.note, values=values
    )
    return (recorded, *signed_step(case, step, c, m), *_raised(case, step, c.note, rules))


def _raised(case: Case, step: Step, note: str, rules: Rules) -> tuple[ev.Event, ...]:
    """The level a step raises the case to; a case that stands as high already keeps its own."""
    if not step.becomes:
        return ()
    _in_handling(case)
    ranks = [level.id for level in rules.procedure.levels]
    higher = [level for level in ranks[: ranks.index(case.level)] if level in step.becomes]
    if not higher:
        return ()
    return (ev.LevelChanged(case=case.id, level=higher[-1], rule=step.rule, reason=note),)


def _regrade(case: Case, c: cmd.Regrade, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    _in_handling(case)
    if c.level not in {level.id for level in rules.procedure.levels}:
        raise Refusal("unknown_level", level=c.level)
    if c.level == case.level:
        raise Refusal("same_level")
    if not c.reason.strip():
        raise Refusal("reason_missing")
    level = rules.procedure.level(c.level)
    if not level.emergency:
        refuse_while_it_goes_on(case, rules)
    refuse_while_out(case, rules)
    return (ev.LevelChanged(case=case.id, level=c.level, rule=level.rule, reason=c.reason),)


def _note(case: Case, c: cmd.AddNote, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    if not c.text.strip():
        raise Refusal("note_missing")
    return (ev.NoteAdded(case=case.id, text=c.text),)


def _correct(case: Case, c: cmd.Correct, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    if c.field not in _CORRECTABLE:
        raise Refusal("not_correctable", field=c.field)
    if not c.reason.strip():
        raise Refusal("reason_missing")
    value = _charge(case, c.value, rules) if c.field == CHARGE else c.value
    told = _told_otherwise(case, c.field, value, rules)
    corrected = ev.Corrected(
        case=case.id,
        field=c.field,
        value=value,
        reason=c.reason,
        moved=c.field == "place" and elsewhere(case, value, rules),
        registered=c.registered if c.field == "place" else None,
        tell=told.who if told else "",
        name=told.name if told else "",
        before=value_of(case, c.field) if c.field in PASSED_ON else None,
        version=_print_outdated(case, c.field, value),
    )
    if told is not None:
        corrected = replace(corrected, owed_since=owed_since(case, corrected, m.at))
    return (corrected,)


def _told_otherwise(case: Case, field: str, value: str, rules: Rules) -> Call | None:
    """Who has to hear of a correction: whoever was told of the case last, with the old value."""
    if field not in _passed_on(case, rules) or case.stage.handled or case.stage.ended:
        return None
    return told_last(case) if says_other(field, value_of(case, field), value) else None


def _print_outdated(case: Case, field: str, value: str) -> int:
    """The version of the paper from which on it is right; 0 where what is out stays so."""
    slip = case.slip
    if field not in PRINTED or not slip.issued or slip.received_at is not None:
        return 0
    if field in PASSED_ON:
        other = says_other(field, value_of(case, field), value)
    elif field == "caller":
        other = value != (case.caller.name if case.caller else "")
    else:
        other = value != getattr(case, field)
    return slip.version + 1 if other else 0


def _charge(case: Case, typed: str, rules: Rules) -> str:
    """What a filed paper charges, as it is written down: in yuan."""
    rule = rules.procedure.closing_paper.rule
    if filed_last(case) is None:
        raise Refusal("nothing_filed", rule)
    try:
        return format_fen(parse_fen(typed))
    except MoneyError:
        raise Refusal("charge_wrong", rule) from None


def _fire(case: Case, c: cmd.FireDuties, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """One ``duty_fell_due`` a duty, ever; a clock may say that the level rises with it."""
    found: list[ev.Event] = []
    clocks = {clock.key: clock for clock in rules.procedure.clocks}
    for duty in falling_due(duties(case, rules), case.fired, m.now):
        assert duty.due is not None
        found.append(ev.DutyFellDue(case=case.id, duty=duty.key, rule=duty.rule, due=duty.due))
        clock = clocks.get(duty.clock)
        becomes = clock.late.becomes if clock and clock.late else ""
        if becomes and case.level != becomes and not duty.key.endswith("/tell"):
            found.append(ev.LevelChanged(case=case.id, level=becomes, rule=duty.rule))
    return tuple(found)


HANDLING: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    cmd.NameAssignee: _name,
    cmd.TryCall: _try_call,
    cmd.ConfirmReadBack: _read_back,
    cmd.IssueSlip: _issue_slip,
    cmd.FollowUp: _follow_up,
    cmd.PromiseCaller: _promise_caller,
    cmd.RecordStep: _record_step,
    cmd.Regrade: _regrade,
    cmd.AddNote: _note,
    cmd.Correct: _correct,
    cmd.FireDuties: _fire,
}
