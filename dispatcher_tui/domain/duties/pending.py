"""What of the duties of a case is still to be done: the nearest, and those that fall due now."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.duties.duties import Duty


def next_duty(found: tuple[Duty, ...]) -> Duty | None:
    """The pending duty that comes first; those not yet running come last."""
    far = max((d.due for d in found if d.due), default=None)
    pending = [duty for duty in found if duty.pending]
    return min(pending, key=lambda d: (d.due is None, d.due or far), default=None)


def falling_due(found: tuple[Duty, ...], fired: frozenset[str], now: datetime) -> list[Duty]:
    """The pending duties that have come due by ``now`` and were not fired before."""
    return [
        duty
        for duty in found
        if duty.pending and duty.due is not None and duty.due <= now and duty.key not in fired
    ]
