"""Who stands there to be rung in an emergency: known until its screen comes up again."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.emergency.call_tree import Target


class BeingRung(msgspec.Struct, frozen=True):
    """Who stood there by which number, since when (UTC), as the screen was left.

    ``calls``: how many the case had then; with another one since, somebody else is next.
    """

    target: Target
    phone: str
    since: datetime
    calls: int
