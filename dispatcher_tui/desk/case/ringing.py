"""Who rings now, as a modem, an exchange or a caller-ID box says it: a file beside the record.

Nothing of it is a record: what nobody takes with F2 within two minutes is gone.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from dispatcher_tui import plain_file, private
from dispatcher_tui.desk.case.homes import homes_meant
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.site.register import HomeFound

RINGS_FOR = timedelta(minutes=2)
"""How long after it a ring may still be taken."""
MOST = 10
"""Rings that are kept, the newest last; more at once are no calls that one person can take."""
_MOST_BYTES = 8192


class Ring(msgspec.Struct, frozen=True):
    """Somebody rings from a number; ``at`` is UTC."""

    number: str
    at: datetime

    def rings_at(self, now: datetime) -> bool:
        """Whether it may still be taken; one from a clock that is ahead may not."""
        return timedelta() <= now - self.at < RINGS_FOR


class RingingFile:
    """The file ``desk.sqlite3.ringing`` beside ``desk.sqlite3``."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".ringing")
        self._seen: tuple[int, int] | None = None

    def add(self, number: str, now: datetime) -> None:
        """Say that somebody rings.

        Raises:
            OSError: the file cannot be written.
        """
        rings = [ring for ring in self.read() if ring.rings_at(now)]
        made = self.path.with_name(self.path.name + ".new")
        try:
            with private.opened(made, "wb") as file:
                file.write(msgspec.json.encode([*rings, Ring(number, now)][-MOST:]))
            made.replace(self.path)
        except OSError:
            with suppress(OSError):
                made.unlink(missing_ok=True)
            raise

    def read(self) -> tuple[Ring, ...]:
        """Who rings, the newest last; none where there is no file or it says nothing."""
        try:
            text = plain_file.read(self.path, _MOST_BYTES)
            return msgspec.json.decode(text, type=tuple[Ring, ...])
        except (OSError, msgspec.DecodeError):
            return ()

    def changed(self) -> bool:
        """Whether the file is another one than when this was asked last; one look at the folder."""
        try:
            found = self.path.stat()
            seen = (found.st_mtime_ns, found.st_ino)
        except OSError:
            seen = None
        before, self._seen = self._seen, seen
        return seen is not None and seen != before


def who_rings(desk: Desk, number: str) -> HomeFound | None:
    """The home whose number it is; None where it is nobody's, or that of several."""
    found = homes_meant(desk, number, 2)
    return found[0] if len(found) == 1 else None


def form_for(number: str, home: HomeFound | None) -> Intake:
    """A form for the call: the number, and the place and name where it is one home's."""
    if home is None:
        return Intake(phone=number)
    name = home.name if home.resident >= 0 else ""
    return Intake(phone=number, place=home.household.place, caller=name)
