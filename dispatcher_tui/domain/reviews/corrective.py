"""Corrective and preventive action 纠正与预防措施: which cases are such, what asks for one."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.trend import Rise, Trend, rising
from dispatcher_tui.domain.reviews.routine import label_beside

RISE = "rise"
"""The tag of one that a rise of the figures gave rise to: its procedure may ask more for it."""


def is_complaint(procedure: Procedure) -> bool:
    """Whether a case under this procedure counts as a complaint in figures and reviews."""
    return not procedure.companion


def opens_for(procedure: Procedure, trend: Trend) -> tuple[Rise, ...]:
    """The rises that ask for a corrective action by themselves under this procedure (P2-10): that
    of all its complaints together, where that is one, else of each level."""
    if procedure.corrective is None or not procedure.corrective.rises:
        return ()
    own = [rise for rise in rising(trend) if rise.procedure == procedure.id]
    return tuple([rise for rise in own if not rise.level] or own)


def rise_words(procedure: Procedure, rise: Rise) -> str:
    """What rose, in both languages, and the numbers of its months."""
    label = procedure.level(rise.level).label if rise.level else procedure.short
    numbers = " < ".join(f"{opened.n} ({opened.month})" for opened in rise.months)
    return f"{label.zh} / {label.en}: {numbers}"


def naming(procedure: Procedure, *others: Procedure) -> Procedure:
    """All procedures' ids with their names, for lists that hold cases of any; no rules to judge a
    case by. Where several have an id, it is the first one's;
    a routine is known both by its own id and by the one it has beside others."""
    several = [each for each in (procedure, *others) if not each.companion]
    beside = tuple(
        replace(routine, id=f"{each.id}/{routine.id}", label=label_beside(routine, each))
        for each in several
        for routine in (each.routines if len(several) > 1 else ())
    )
    for other in others:
        procedure = replace(
            procedure,
            roles={**other.roles, **procedure.roles},
            levels=(*procedure.levels, *other.levels),
            clocks=(*procedure.clocks, *other.clocks),
            steps=(*procedure.steps, *other.steps),
            write_off=(*procedure.write_off, *other.write_off),
            forms=(*procedure.forms, *other.forms),
            routines=(*procedure.routines, *other.routines),
        )
    return replace(procedure, routines=(*procedure.routines, *beside)) if beside else procedure
