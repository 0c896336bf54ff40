"""Deciding what a holiday table that came later means for a case: no rule is kept by guessing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import Rules, duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.time.holidays import came, completed


def _know_holidays(
    case: Case, c: cmd.KnowHolidays, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """Only what was reckoned without a table changes; an ended case stays as it was ended."""
    years = came(rules.calendar, c.calendar)
    owed = {duty.key: duty for duty in duties(case, rules)}
    if case.stage.ended or not years or all(duty.confirmed for duty in owed.values()):
        return ()
    after = replace(rules, calendar=completed(rules.calendar, c.calendar))
    again = tuple(
        duty.key
        for duty in duties(case, after)
        if duty.key in case.fired and duty.pending and duty.due and duty.due > m.now
    )
    found = duties(replace(case, fired=case.fired - set(again)), after)
    kept = [(owed[duty.key], duty) for duty in found if duty.key in owed]
    if all(before == duty for before, duty in kept):
        return ()
    moved = tuple(
        rec.MovedDue(duty.key, duty.rule, before.due, duty.due)
        for before, duty in kept
        if before.due and duty.due and before.due != duty.due
    )
    known = rec.HolidaysKnown(
        case=case.id, calendar=c.adopted, years=years, moved=moved, again=again
    )
    return (known,)


HOLIDAYS: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {cmd.KnowHolidays: _know_holidays}
"""Which function decides which command."""
