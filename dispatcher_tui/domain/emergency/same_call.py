"""What one call is, and its entry: a key that was pressed twice is one call."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatcher_tui.domain.duties.duties import CALL_BACK
from dispatcher_tui.domain.emergency.outside import NATIONAL
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.commands import TryCall
from dispatcher_tui.domain.record.events import CallTried
from dispatcher_tui.domain.record.passing_on import CORRECTION_TOLD
from dispatcher_tui.domain.words.terms import CallOutcome

AT_ONCE = timedelta(seconds=2)
"""So near to each other nobody rings twice: up to and at this they are one call."""


def is_same_call(case: Case, call: TryCall, procedure: Procedure, at: datetime) -> bool:
    """Whether a try is the last one to the same person, by the same number, once more.

    Whatever either was for: the first who is told becomes responsible, the next is called out. A
    word of another kind to somebody under way is a call of its own, and so is another result.
    """
    who = call.person or call.phone or call.name
    last = next((each for each in reversed(case.calls) if each.who == who), None)
    if last is None or abs(at - last.at) > AT_ONCE:
        return False
    backs = {c.do.removeprefix(CALL_BACK) for c in procedure.clocks if c.do.startswith(CALL_BACK)}
    if call.purpose != last.purpose and call.purpose in (*backs, CORRECTION_TOLD):
        return False
    same = (call.phone, call.outcome, call.incoming)
    return same == (last.phone, last.outcome, last.incoming)


def tried(case: Case, call: TryCall) -> CallTried:
    """The entry of a try. Who is not on the roster and is no number outside is a stranger; only
    what was relayed was taken by somebody."""
    relayed = call.outcome is CallOutcome.RELAYED
    return CallTried(
        case=case.id,
        person=call.person,
        name=call.name,
        role=call.role,
        phone=call.phone,
        outcome=call.outcome,
        purpose=call.purpose,
        incoming=call.incoming,
        stranger=not call.person
        and (bool(call.purpose) or not call.phone)
        and not _is_outside(case, call.phone),
        taken_by=call.taken_by.strip() if relayed else "",
    )


def _is_outside(case: Case, phone: str) -> bool:
    """Whether it is a number outside, whatever the call is for: one that every town has, or one
    that the case had rung as such."""
    if not phone:
        return False
    known = (c.phone for c in case.calls if not c.person and not c.stranger and not c.purpose)
    return phone in (*NATIONAL.values(), *known)
