"""The numbered blank intakes for when the desk is dark: which are out, keyed in, void, missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.spare_events import (
    SpareSheetKeyed,
    SpareSheetsPrinted,
    SpareSheetVoided,
)

PREFIX = "BJ-"
"""What the numbers begin with; a site gives no other range that beginning."""

DIGITS = 6
A_PAD, MOST = 10, 100
"""How many blank intakes a pad has, and has at most."""


def sheet_number(number: int) -> str:
    """A number as it stands on the sheet."""
    return f"{PREFIX}{number:0{DIGITS}}"


class SparePad(msgspec.Struct, frozen=True):
    """A pad as it was printed at a moment (UTC)."""

    first: int
    last: int
    at: datetime


class SpareUse(msgspec.Struct, frozen=True):
    """What became of a sheet: the case it was keyed in as, or why it is void."""

    at: datetime
    case: str = ""
    void: str = ""


class SpareBook(msgspec.Struct, frozen=True):
    """Every pad that was printed, and what became of its sheets by their numbers."""

    pads: tuple[SparePad, ...] = ()
    used: dict[int, SpareUse] = {}

    def has(self, number: int) -> bool:
        """Whether a pad has that number."""
        return any(pad.first <= number <= pad.last for pad in self.pads)

    @property
    def open(self) -> tuple[int, ...]:
        """The sheets of which nothing was written down yet, in order."""
        every = (n for pad in self.pads for n in range(pad.first, pad.last + 1))
        return tuple(n for n in every if n not in self.used)

    @property
    def gaps(self) -> tuple[int, ...]:
        """Those among them that come before one that was keyed in: somebody has written on them,
        or they are lost."""
        last = {
            pad.first: max((n for n in self.used if pad.first <= n <= pad.last), default=0)
            for pad in self.pads
        }
        return tuple(
            n for pad in self.pads for n in range(pad.first, last[pad.first]) if n not in self.used
        )

    @property
    def highest(self) -> int:
        """The highest number that was printed; 0 while none was."""
        return max((pad.last for pad in self.pads), default=0)


def book_of(entries: Iterable[Entry]) -> SpareBook:
    """The book that the entries about spare sheets amount to, in any order of their kinds."""
    pads, used = list[SparePad](), dict[int, SpareUse]()
    for entry in sorted(entries, key=lambda each: each.seq):
        event = entry.event
        if isinstance(event, SpareSheetsPrinted):
            pads.append(SparePad(event.first, event.last, entry.recorded_at))
        elif isinstance(event, SpareSheetKeyed):
            used[event.number] = SpareUse(entry.recorded_at, case=event.became)
        elif isinstance(event, SpareSheetVoided):
            used[event.number] = SpareUse(entry.recorded_at, void=event.reason)
    return SpareBook(tuple(pads), used)
