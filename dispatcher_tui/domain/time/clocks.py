"""Two clocks side by side: the one on the wall can be set, the one since the start cannot.

From one heartbeat to the next both must have gone on by the same time. Where they did not, the
wall clock was set; where both went on too far, the desk stood still.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

TOLERANCE = 2.0
"""Seconds that wall and boot clock may differ by from one heartbeat to the next."""

SLEW = 0.0005
"""What a time service may gain or lose besides, a second: the kernel's own limit."""

STILL_AFTER = 30.0
"""Seconds between two heartbeats after which the desk stood still; they are due every second."""


class ClockReading(msgspec.Struct, frozen=True):
    """What the clocks showed at one heartbeat.

    ``wall`` is the time of day (UTC), ``boot`` the seconds since some start that nobody can set
    and that go on while the workstation sleeps. ``awake`` are the seconds without its sleep,
    None where the system does not count them apart. ``pace``: how many seconds all of them gain
    in a second (a drill's clock runs faster than time).
    """

    wall: datetime
    boot: float
    awake: float | None = None
    pace: float = 1.0


class ClockJump(msgspec.Struct, frozen=True):
    """The wall clock was set: it should have shown ``before`` and shows ``after``."""

    before: datetime
    after: datetime

    @property
    def seconds(self) -> float:
        """How far it was set: forward above zero, back below."""
        return (self.after - self.before).total_seconds()


class Suspension(msgspec.Struct, frozen=True):
    """No heartbeat from ``since`` to ``until``; ``slept``: the workstation did, None: unknown."""

    since: datetime
    until: datetime
    slept: bool | None = None

    @property
    def seconds(self) -> float:
        """For how long."""
        return (self.until - self.since).total_seconds()


def _slept(before: ClockReading, after: ClockReading, passed: float) -> bool | None:
    """Whether the workstation slept for the better part of the time that passed."""
    if before.awake is None or after.awake is None:
        return None
    return after.awake - before.awake < passed / 2


def compare(before: ClockReading, after: ClockReading) -> tuple[Suspension | ClockJump, ...]:
    """What happened to time between two heartbeats; both where the clock was set in a sleep.

    A stillness is told by the clock as it stood; the jump leads from there to what it shows.
    Slow correction by a time service is no jump, however far it comes in a night.
    """
    passed = max(0.0, after.boot - before.boot)
    expected = before.wall + timedelta(seconds=passed)
    found: list[Suspension | ClockJump] = []
    if passed > STILL_AFTER * after.pace:
        found.append(Suspension(before.wall, expected, _slept(before, after, passed)))
    off = abs((after.wall - expected).total_seconds())
    if off > TOLERANCE * after.pace + SLEW * passed:
        found.append(ClockJump(expected, after.wall))
    return tuple(found)
