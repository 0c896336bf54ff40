"""The one place where time is read."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from dispatcher_tui.domain.time.clocks import TOLERANCE, ClockReading

_UPTIME = Path("/proc/uptime")


class Clock(Protocol):
    """What the desk asks for the time; injected, so that tests and drills bring their own."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def boot(self) -> float:
        """Seconds since some start before this program's; nobody can set them.

        They go on while the workstation sleeps, and mean nothing after it was started anew.
        """
        ...

    def beat(self) -> ClockReading:
        """What all its clocks show, at one moment."""
        ...


if sys.platform == "linux":

    def _boot_seconds() -> float:
        """Seconds since the workstation was started, its sleep included.

        The kernel's own count is the same for every program, whatever clock is held before it.
        """
        try:
            return float(_UPTIME.read_text(encoding="ascii").split(maxsplit=1)[0])
        except (OSError, ValueError, IndexError):  # It is hidden from some containers.
            return time.clock_gettime(time.CLOCK_BOOTTIME)

    def _awake_seconds() -> float | None:
        """The same without its sleep."""
        return time.monotonic()

elif sys.platform == "darwin":

    def _boot_seconds() -> float:
        """Seconds since the workstation was started, its sleep included.

        There is no other clock there that goes on in sleep: Python's monotonic one does not.
        """
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def _awake_seconds() -> float | None:
        """The same without its sleep."""
        return time.monotonic()

else:

    def _boot_seconds() -> float:
        """Seconds since the workstation was started; on Windows they go on in sleep."""
        return time.monotonic()

    def _awake_seconds() -> float | None:
        """Nothing counts them apart."""
        return None


class WallClock:
    """The workstation's own clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)

    def boot(self) -> float:
        """Seconds since the workstation was started."""
        return _boot_seconds()

    def beat(self) -> ClockReading:
        """What the workstation's clocks show."""
        return ClockReading(self.now(), self.boot(), _awake_seconds())


class HeldClock:
    """A workstation's clock after it was set: its desk goes on by the time that passed since.

    ``drift`` is by how much it was set in all, in seconds. Where it stands behind, the desk is
    ``ahead`` of it, so that no countdown grows; where it was set forward, the desk goes with it.
    ``asks``: nobody has said yet which of the two is right; ``given_up``: the desk's time was
    ahead, and somebody said that it was wrong. ``grew``: by how many seconds countdowns grew all
    the same, where setting it back undid that it had been set forward before.
    """

    def __init__(
        self,
        clock: Clock,
        drift: float,
        *,
        asks: bool = True,
        given_up: bool = False,
        grew: float = 0.0,
    ) -> None:
        self.clock = clock
        self.drift = drift
        self.asks = asks and self.ahead > 0
        self.given_up = given_up
        self.grew = grew

    @property
    def ahead(self) -> float:
        """How many seconds the desk is ahead of the workstation's clock."""
        return max(0.0, -self.drift) if -self.drift > TOLERANCE else 0.0

    def now(self) -> datetime:
        """The desk's present moment, aware, in UTC."""
        return self.clock.now() + timedelta(seconds=self.ahead)

    def boot(self) -> float:
        """Seconds since the workstation was started."""
        return self.clock.boot()

    def beat(self) -> ClockReading:
        """What the workstation's own clocks show."""
        return self.clock.beat()


def bare(clock: Clock) -> Clock:
    """The workstation's own clock, whatever a desk goes by."""
    return clock.clock if isinstance(clock, HeldClock) else clock


def set_by(clock: Clock, seconds: float) -> HeldClock:
    """The clock to go by once the workstation's was set, forward above zero and back below."""
    drift, asks, grew = seconds, seconds < 0, 0.0
    if isinstance(clock, HeldClock):
        grew = max(0.0, min(-seconds, clock.drift)) + (clock.grew if clock.asks else 0.0)
        drift, asks = drift + clock.drift, asks or clock.asks
    return HeldClock(bare(clock), drift, asks=asks, grew=grew)


class FasterClock:
    """A clock set to ``start`` that runs ``speed`` times as fast as time does.

    It goes by one clock alone, so it is never set; it stands still while the workstation sleeps.
    """

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._start = start.astimezone(UTC)
        self._speed = speed
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The present moment of this clock, aware, in UTC."""
        return self._start + timedelta(seconds=self.boot())

    def boot(self) -> float:
        """Seconds since it was set, as fast as it runs."""
        return (time.monotonic() - self._since) * self._speed

    def beat(self) -> ClockReading:
        """What it shows, and how fast it runs."""
        boot = self.boot()
        return ClockReading(
            self._start + timedelta(seconds=boot), boot, boot, max(1.0, self._speed)
        )
