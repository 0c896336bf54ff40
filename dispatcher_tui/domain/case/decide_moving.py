"""Deciding whether a case is handed over to another procedure, and which level it has by that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.duties.triage import fits_level
from dispatcher_tui.domain.procedure import Level, Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext


def refuse_to_move(case: Case, procedure: Procedure) -> None:
    """Refuse what cannot be handed over, whereto ever: it has ended, only its paper is still owed,
    it is or was an emergency, which is the same under every procedure, or it is no complaint.

    Raises:
        Refusal: it is such a case.
    """
    if case.stage.ended:
        raise Refusal("case_ended", number=case.number)
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    if case.emergency_kind or procedure.level(case.level).emergency:
        raise Refusal("emergency_not_moved")
    if procedure.companion:
        raise Refusal("companion_not_moved")


def graded(procedure: Procedure, case: Case) -> Level:
    """The level by the procedure's own criteria. What was found to be no emergency becomes none by
    changing hands."""
    levels = [level for level in procedure.levels if not level.emergency]
    fitting = (each for each in levels if fits_level(each, case.facts, case.tags, case.channel))
    return next(fitting, levels[-1])


def _move(case: Case, c: cmd.MoveCase, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """Handed over, and graded anew by the same words."""
    refuse_to_move(case, rules.procedure)
    if c.procedure.id == rules.procedure.id:
        raise Refusal("same_procedure")
    if not c.reason.strip():
        raise Refusal("reason_missing")
    moved = ev.Moved(
        case=case.id,
        before=case.procedure,
        to=c.to,
        reason=c.reason,
        old=rules.procedure.short,
        new=c.procedure.short,
    )
    level = graded(c.procedure, case)
    risen = ev.LevelChanged(
        case=case.id, level=level.id, rule=level.rule, reason=c.reason, label=level.label
    )
    return moved, risen


MOVING: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {cmd.MoveCase: _move}
"""Which function decides which command."""
