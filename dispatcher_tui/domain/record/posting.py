"""What a case knows of its notices, door by door, and of the homes that are warned of it."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Posting(msgspec.Struct, frozen=True):
    """A notice at one door, by its form's id: meant for it, hung there, taken down (UTC)."""

    form: str
    door: str
    round: int
    hung_at: datetime | None = None
    down_at: datetime | None = None

    @property
    def hangs(self) -> bool:
        """Whether it hangs there now."""
        return self.hung_at is not None and self.down_at is None


class HomeToWarn(msgspec.Struct, frozen=True):
    """A home that is warned by itself, since when (UTC), how often rung, when it was reached."""

    home: str
    named_at: datetime
    round: int
    tries: int = 0
    warned_at: datetime | None = None
