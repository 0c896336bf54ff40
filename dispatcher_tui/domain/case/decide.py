"""Commands in, events out: every rule about what may be written is applied here."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.case.decide_closing import CLOSING
from dispatcher_tui.domain.case.decide_emergency import EMERGENCY
from dispatcher_tui.domain.case.decide_forms import FORMS
from dispatcher_tui.domain.case.decide_handling import HANDLING
from dispatcher_tui.domain.case.decide_holidays import HOLIDAYS
from dispatcher_tui.domain.case.decide_learning import LEARNING
from dispatcher_tui.domain.case.decide_moving import MOVING
from dispatcher_tui.domain.case.decide_postings import POSTINGS
from dispatcher_tui.domain.case.decide_review import REVIEW
from dispatcher_tui.domain.case.decide_ringing import RINGING
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.duties.triage import grade
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, PendingEntry
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.time.calendar import watch_at

_DECIDES = {
    **HANDLING,
    **CLOSING,
    **RINGING,
    **EMERGENCY,
    **LEARNING,
    **FORMS,
    **POSTINGS,
    **REVIEW,
    **HOLIDAYS,
    **MOVING,
}


def open_case(command: cmd.OpenCase, rules: Rules, context: CommandContext) -> tuple[ev.Event, ...]:
    """P0-01: record, grade, open. The level is triage's unless the command names one."""
    procedure = rules.procedure
    if context.at > context.now or command.received_at > context.at:
        raise Refusal("future")
    if command.level and command.level not in {level.id for level in procedure.levels}:
        raise Refusal("unknown_level", level=command.level)
    graded = (
        procedure.level(command.level)
        if command.level
        else grade(procedure, command.facts, command.tags, command.channel)
    )
    given = msgspec.structs.asdict(command)
    given["case"] = given.pop("id")
    given["level"] = graded.id
    return (ev.CaseOpened(level_rule=graded.rule, **given),)


def decide(
    case: Case | None, command: cmd.Command, rules: Rules, context: CommandContext
) -> tuple[PendingEntry, ...]:
    """What a command amounts to at a moment; nothing where there is nothing to write.

    Raises:
        Refusal: the record cannot take it, with the rule that says so.
    """
    if isinstance(command, cmd.OpenCase):
        events = open_case(command, rules, context)
    elif case is None:
        raise Refusal("no_case")
    else:
        if context.at > context.now:
            raise Refusal("future")
        events = _DECIDES[type(command)](case, command, rules, context)
    return tuple(PendingEntry(_in_watch(event, rules, context), context.at) for event in events)


def _in_watch(event: ev.Event, rules: Rules, context: CommandContext) -> ev.Event:
    """The planned end of the watch held, on entries made when the shift plan has another."""
    end = context.shift_end
    if end is None or not isinstance(event, ev.CaseEvent):
        return event
    if end == watch_at(rules.calendar, context.at).end:
        return event
    return msgspec.structs.replace(event, shift_end=end)
