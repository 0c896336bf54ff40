"""Deciding what is learnt from a case, and what was typed into a form of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.domain.words.terms import Stage


def _tie_corrective(
    case: Case, c: cmd.TieCorrective, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """P0-13: of a complaint that stood, also once it is final: its cause may be known late."""
    if not is_complaint(rules.procedure):
        raise Refusal("corrective_of_itself", number=case.number)
    if case.stage is Stage.INVALID:
        raise Refusal("case_ended", number=case.number)
    return (rec.CorrectiveOpened(case=case.id, corrective=c.corrective, number=c.number),)


def _mark_typical(
    case: Case, c: cmd.MarkTypical, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """P4-17: a typical case without what is to be learnt from it teaches nothing."""
    lessons = c.lessons.strip()
    if not lessons:
        raise Refusal("lessons_missing")
    if case.typical and case.lessons == lessons:
        return ()
    return (rec.MarkedTypical(case=case.id, lessons=lessons),)


def _unmark_typical(
    case: Case, c: cmd.UnmarkTypical, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    if not case.typical:
        raise Refusal("not_typical", number=case.number)
    if not c.reason.strip():
        raise Refusal("reason_missing")
    return (rec.UnmarkedTypical(case=case.id, reason=c.reason.strip()),)


def _fill_form(
    case: Case, c: cmd.FillForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """A form of the procedure is filled with what its own fields ask for, and nothing else."""
    form = rules.procedure.form(c.form)
    asked = {field.typed for field in form.asked} if form is not None else set()
    unknown = sorted(set(c.values) - asked)
    if form is None or unknown:
        raise Refusal("no_such_field", name=", ".join(unknown) or c.form)
    values = {name: value.strip() for name, value in c.values.items() if value.strip()}
    return (rec.FormFilled(case=case.id, form=c.form, values=values),)


LEARNING: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    cmd.TieCorrective: _tie_corrective,
    cmd.MarkTypical: _mark_typical,
    cmd.UnmarkTypical: _unmark_typical,
    cmd.FillForm: _fill_form,
}
"""Which function decides which command."""
