"""Whether a condition of a procedure holds for a case."""

from __future__ import annotations

from dispatcher_tui.domain.procedure import When
from dispatcher_tui.domain.record.case import Case


def fits(when: When, case: Case) -> bool:
    """Whether a condition holds for a case, its level aside (levels are spans of time)."""
    return (
        (not when.facts or not set(when.facts).isdisjoint(case.facts))
        and (not when.channels or case.channel in when.channels)
        and (not when.classes or case.case_class in when.classes)
        and (not when.tags or not set(when.tags).isdisjoint(case.tags))
    )


def fits_now(when: When, case: Case) -> bool:
    """Whether a condition holds for a case as it is graded now."""
    return fits(when, case) and (not when.levels or case.level in when.levels)
