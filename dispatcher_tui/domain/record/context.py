"""When a command is carried out, by whom, and who is known in which role."""

from __future__ import annotations

from datetime import datetime

import msgspec


class RoleHeld(msgspec.Struct, frozen=True):
    """Somebody is known in a role, by its id."""

    name: str
    role: str


class CommandContext(msgspec.Struct, frozen=True):
    """When a command is carried out and by whom; ``occurred`` differs for a late entry.

    ``shift_end`` is the planned end (UTC) of the watch held when it happened; the shift plan's
    where it is None. ``roles``: the names and roles of those whom roster and operators know, where
    the command says of a signature in ink; it is judged by them. ``stoppable``: the services that
    the site may stop.
    """

    now: datetime
    actor: str
    occurred: datetime | None = None
    shift_end: datetime | None = None
    roles: tuple[RoleHeld, ...] = ()
    stoppable: tuple[str, ...] = ()

    @property
    def at(self) -> datetime:
        """When it happened (UTC)."""
        return self.occurred or self.now
