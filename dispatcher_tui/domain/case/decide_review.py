"""Deciding a week's review: a case's line, and what the head says to one that cannot be handled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.decide_signing import seen_ink
from dispatcher_tui.domain.case.naming import refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules, duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.sign_off import METHOD, NO_INK
from dispatcher_tui.domain.reviews.review import decisions_owed, ended_as
from dispatcher_tui.domain.words.terms import SignedBy


def _review(case: Case, c: cmd.Review, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """P0-09: every open case has its line in words, an ended one is confirmed as it ended."""
    ended = ended_as(case)
    if ended is not None and c.standing is not ended:
        raise Refusal("case_ended", number=case.number)
    if ended is None and c.standing.ended:
        raise Refusal("not_ended", number=case.number)
    text = c.text.strip()
    if ended is None and not text:
        raise Refusal("line_missing")
    line = case.review
    there = (line.week, line.standing, line.text, line.round) if line else None
    if there == (c.week, c.standing, text, case.round):
        return ()
    return (rec.Reviewed(case=case.id, week=c.week, standing=c.standing, text=text),)


def _answers(case: Case, rules: Rules, c: cmd.SetMethod) -> tuple[ev.Event, ...]:
    """The acts by which clocks end that do not know of a method: adopted before there were any."""
    clocks = {clock.key: clock for clock in rules.procedure.clocks}
    steps = {
        duty.do.removeprefix("step:")
        for duty in decisions_owed(rules.procedure, duties(case, rules))
        if "method_set" not in clocks[duty.clock].until
    }
    return tuple(
        ev.StepRecorded(case=case.id, step=step, person=c.name, note=c.text)
        for step in sorted(steps)
        if rules.procedure.step(step)
    )


def _set_method(
    case: Case, c: cmd.SetMethod, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """P0-09, P0-04: one decision ends all that waits for it, and is signed for."""
    if case.stage.ended:
        raise Refusal("case_ended", number=case.number)
    if not case.stuck and not decisions_owed(rules.procedure, duties(case, rules)):
        raise Refusal("not_stuck", c.rule, number=case.number)
    if not (c.confirmed or c.text.strip()):
        raise Refusal("method_missing", c.rule)
    refuse_no_name(c.name, c.rule)
    inked = (c.ink or NO_INK) if c.how.on_paper else None
    ink = seen_ink(inked, c.name, c.role, c.rule, m)
    if c.how is SignedBy.PHONE and (rules.procedure.signature is None or not c.role):
        raise Refusal("not_by_phone", c.rule)
    subject = f"{METHOD}:{len(case.methods) + 1}"
    name, text = c.name.strip(), c.text.strip()
    return (
        rec.MethodSet(
            case=case.id,
            week=c.week,
            subject=subject,
            name=name,
            text=text,
            confirmed=c.confirmed,
        ),
        *_answers(case, rules, c),
        ev.Signed(
            case=case.id,
            subject=subject,
            rule=c.rule,
            role=c.role,
            name=name,
            how=c.how,
            remark=c.remark.strip(),
            paper=ink.paper,
            page=ink.page,
        ),
    )


REVIEW: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    cmd.Review: _review,
    cmd.SetMethod: _set_method,
}
"""Which function decides which command."""
