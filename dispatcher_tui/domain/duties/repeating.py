"""重点复述: the main points of a call, repeated to the caller, recorded without typing them."""

from __future__ import annotations

from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.procedure import Procedure, Step
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.commands import RecordStep

MOST_SAID = 200
"""Characters of the caller's words that are main points; nobody repeats more of them."""


def points_of(case: Case) -> str:
    """What is repeated to a caller: where, which number to ring back, what for."""
    numbers = [caller.phone for caller in case.callers[:1]]
    said = " ".join(case.verbatim.split())[:MOST_SAID]
    return ", ".join(part for part in (case.place, *numbers, said or case.category) if part)


def owed_repeat(case: Case, procedure: Procedure) -> Step | None:
    """The act by which the procedure asks for it, where it fits the case and is not done yet."""
    done = {signal.name for signal in case.signals if signal.round == case.round}
    fitting = (each for each in procedure.steps if each.repeats and fits_now(each.when, case))
    return next((each for each in fitting if each.id not in done), None)


def repeated(case: Case, step: Step) -> RecordStep:
    """That the points of the case were repeated, its one field filled with them."""
    return RecordStep(step=step.id, values={field.id: points_of(case) for field in step.fields})
