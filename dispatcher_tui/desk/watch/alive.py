"""Until when the desk was alive: a small file beside the database, and the record of its ends.

The file is written every few seconds while a desk owns the database. It is a help, never the
record: without it, the newest entry of the desk's own says the least there is to say.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from dispatcher_tui import plain_file, private
from dispatcher_tui.desk.clock import Clock, HeldClock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.time.clocks import STILL_AFTER, TOLERANCE
from dispatcher_tui.domain.watch.outage import Outage, OutageKind
from dispatcher_tui.domain.words.people import MACHINE

SECONDS = 5.0
"""How often the file is written."""

_LOOKED_BACK = 200
"""Entries looked through for the newest of the desk's own."""

_MOST_BYTES = 4096
"""More is no sign of life."""


class _Sign(msgspec.Struct, frozen=True):
    """``at`` (UTC) by the desk's time, and the seq of the start it belongs to.

    ``boot`` is what the clock that nobody can set showed then, None where an earlier version wrote
    it; ``ahead`` by how many seconds the desk is ahead of the workstation's clock.
    """

    at: datetime
    start: int
    boot: float | None = None
    ahead: float = 0.0


class AliveFile:
    """The file ``desk.sqlite3.alive`` beside ``desk.sqlite3``."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".alive")

    def write(
        self, at: datetime, start: int, boot: float | None = None, ahead: float = 0.0
    ) -> bool:
        """Note that the desk begun by entry ``start`` is alive; False where it cannot be written.

        It is not synced: a power cut may take it back or empty it, and then it does not count.
        """
        made = self.path.with_name(self.path.name + ".new")
        try:
            with private.opened(made, "wb") as file:
                file.write(msgspec.json.encode(_Sign(at, start, boot, ahead)))
            made.replace(self.path)
        except OSError:  # The disk is full, or the folder is for reading: the desk goes on.
            with suppress(OSError):
                made.unlink(missing_ok=True)
            return False
        return True

    def read(self, start: int) -> datetime | None:
        """When the desk begun by that entry was last alive; None where the file does not say."""
        sign = self._sign()
        return sign.at if sign is not None and sign.start == start else None

    def _sign(self) -> _Sign | None:
        try:
            sign = msgspec.json.decode(plain_file.read(self.path, _MOST_BYTES), type=_Sign)
        except (OSError, msgspec.DecodeError):
            return None
        return sign if sign.at.tzinfo is not None else None

    def behind(self, clock: Clock) -> float:
        """By how many seconds a clock stands before the time that must have passed since the sign.

        0 where it does not, or where nobody can tell: the workstation was started anew since.
        """
        sign = self._sign()
        if sign is None or sign.boot is None or clock.boot() < sign.boot:
            return 0.0
        due = sign.at + timedelta(seconds=clock.boot() - sign.boot)
        behind = (due - clock.now()).total_seconds()
        return behind if behind > TOLERANCE else 0.0

    def beside(self, clock: Clock) -> Clock:
        """The clock to go by beside a desk at work: the same time as the desk has."""
        sign = self._sign()
        if sign is None or sign.boot is None or sign.ahead <= TOLERANCE:
            return clock
        alive = 0 <= clock.boot() - sign.boot <= STILL_AFTER
        return HeldClock(clock, -sign.ahead, asks=False) if alive else clock


def _newest(desk: Desk, start: Entry) -> datetime:
    """When the desk last wrote something itself since that start."""
    told = (line.entry for line in desk.store.log(None, None, _LOOKED_BACK))
    own = [e for e in told if e.seq > start.seq and not e.actor.startswith(MACHINE)]
    return max(own, key=lambda e: e.seq, default=start).recorded_at


def last_stop(desk: Desk, file: AliveFile | None) -> Outage | None:
    """From the desk's last sign of life until now; None where it never ran before."""
    if desk.store.post().started_at is None:
        return None
    start = desk.store.last_of("desk_started")
    if start is None:
        return None
    stopped = desk.store.last_of("desk_stopped") if desk.store.post().stopped_at else None
    now = desk.clock.now()
    if stopped is not None and stopped.seq > start.seq:
        return Outage(OutageKind.STOPPED, stopped.recorded_at, now)
    alive = file.read(start.seq) if file is not None else None
    return Outage(OutageKind.CUT_OFF, alive or _newest(desk, start), now)


def stop_desk(desk: Desk, reason: ev.StopReason) -> None:
    """Write that the desk was left in order.

    Raises:
        StoreError: the file could not be written.
    """
    desk.store.transact(lambda tx: desk.note_in(tx, ev.DeskStopped(reason=reason)))
