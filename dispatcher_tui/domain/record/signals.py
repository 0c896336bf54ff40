"""What a fold tells the clocks: something was done, and what of it they start or end on."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.record.case import Case, Signal


def touched(case: Case, at: datetime) -> Case:
    """Something was done at ``at``; a late entry does not set back what was done last."""
    return replace(case, last_at=max(case.last_at or at, at))


def signal(case: Case, at: datetime, *names: str) -> Case:
    """Something was done at ``at`` that clocks may start or end on."""
    new = tuple(Signal(name, at, case.round) for name in names)
    return touched(replace(case, signals=case.signals + new), at)
