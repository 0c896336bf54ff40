"""Deciding a call about a case: counted while it is handled, and asked about once that is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.decide_closing import reopen
from dispatcher_tui.domain.case.decide_handling import promise
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.ringing_commands import AfterEnd, RingAfterEnd


def _ring_again(
    case: Case, c: cmd.RingAgain, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """A caller who rings about what is taken for done is not merely counted: it may go on."""
    if case.stage.handled:
        raise Refusal("rang_after_end", number=case.number)
    return (ev.CallerRang(case=case.id, caller=c.caller, phone=c.phone, said=c.said),)


def _ring_after_end(
    case: Case, c: RingAfterEnd, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """It goes on after all, or the caller is owed a call back; nothing is owed on an ended case,
    so that it is opened anew for that as well."""
    if not case.stage.handled:
        raise Refusal("not_closed", number=case.number)
    rang = ev.CallerRang(case=case.id, caller=c.caller, phone=c.phone, said=c.said)
    if c.after is AfterEnd.EMERGENCY:
        return (rang,)
    anew: tuple[ev.Event, ...] = ()
    if c.after is AfterEnd.REOPEN or case.stage.ended:
        anew = reopen(case, cmd.Reopen(reason=c.said), rules, m)
    if c.after is AfterEnd.REOPEN:
        return (*anew, rang)
    if c.due is None:
        raise Refusal("promise_missing", rules.procedure.promise.rule)
    return (*anew, rang, promise(case, c.due, "caller", c.said, m))


RINGING: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {cmd.RingAgain: _ring_again, RingAfterEnd: _ring_after_end}
"""Which function decides which command."""
