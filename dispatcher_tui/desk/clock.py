"""The one place where time is read."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the desk asks for the time; injected, so that tests and drills bring their own."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class WallClock:
    """The workstation's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class FasterClock:
    """A clock set to ``start`` that runs ``speed`` times as fast as time does."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._start = start.astimezone(UTC)
        self._speed = speed
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The present moment of this clock, aware, in UTC."""
        return self._start + timedelta(seconds=(time.monotonic() - self._since) * self._speed)
