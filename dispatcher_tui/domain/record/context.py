"""When a command is carried out, and by whom."""

from __future__ import annotations

from datetime import datetime

import msgspec


class CommandContext(msgspec.Struct, frozen=True):
    """When a command is carried out and by whom; ``occurred`` differs for a late entry.

    ``shift_end`` is the planned end (UTC) of the watch held when it happened; the shift plan's
    where it is None.
    """

    now: datetime
    actor: str
    occurred: datetime | None = None
    shift_end: datetime | None = None

    @property
    def at(self) -> datetime:
        """When it happened (UTC)."""
        return self.occurred or self.now
