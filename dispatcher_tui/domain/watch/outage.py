"""What is told of the time in which nobody could look after the duties. Times are aware UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.time.clocks import TOLERANCE, ClockJump, Suspension
from dispatcher_tui.domain.words.terms import Label

WORTH_SECONDS = 60.0
"""A shorter standstill or crash in which nothing fell due is a line on the board, no report."""


class OutageKind(StrEnum):
    """Why the desk did not watch: left in order, cut off, standing still, or the clock was set."""

    STOPPED = "stopped"
    CUT_OFF = "cut_off"
    STILL = "still"
    CLOCK_SET = "clock_set"


class Outage(msgspec.Struct, frozen=True):
    """One such stretch; where the clock was set, what it should have shown and what it shows.

    ``slept``: it is known that the workstation did. ``seen``: what the clock showed when it was
    over, where it had been set back meanwhile.
    """

    kind: OutageKind
    since: datetime
    until: datetime
    slept: bool = False
    seen: datetime | None = None

    @property
    def seconds(self) -> float:
        """How long it was; below zero where the clock was set back."""
        return (self.until - self.since).total_seconds()

    def missed(self, due: datetime, fired_at: datetime) -> bool:
        """Whether a duty due then, and fired at that moment, fell due without anybody to see it.

        What fell due right before the break may not have been fired any more.
        """
        slack = timedelta(seconds=TOLERANCE)
        end = min(self.until, self.seen or self.until)
        passed = self.since - slack < due <= end
        return passed and self.seconds > 0 and fired_at >= end - slack


class MissedDuty(msgspec.Struct, frozen=True):
    """A duty that fell due in it; ``number`` and ``case_id`` are empty for the desk's own.

    ``pending``: it is still to be done. ``lapsed``: it was never done, and the next one took its
    place.
    """

    case_id: str
    number: str
    place: str
    duty: str
    rule: str
    label: Label | None
    due: datetime
    pending: bool
    lapsed: bool = False


class GrownDuty(msgspec.Struct, frozen=True):
    """A countdown that runs and gets longer where the desk's time is given up for an earlier one.

    ``number`` and ``case_id`` are empty for the desk's own.
    """

    case_id: str
    number: str
    place: str
    rule: str
    label: Label
    due: datetime


class OpenEmergency(msgspec.Struct, frozen=True):
    """An emergency that is open while the gap is read; ``kind`` is what its kind is called."""

    case_id: str
    number: str
    place: str
    content: str
    kind: Label | None = None


class LeftDraft(msgspec.Struct, frozen=True):
    """A form that was left half typed."""

    draft_id: str
    opened_at: datetime
    place: str
    said: str


class OutageReport(msgspec.Struct, frozen=True):
    """Everything that is to be read before the board: why, and what was missed meanwhile."""

    breaks: tuple[Outage, ...] = ()
    duties: tuple[MissedDuty, ...] = ()
    emergencies: tuple[OpenEmergency, ...] = ()
    drafts: tuple[LeftDraft, ...] = ()

    @property
    def since(self) -> datetime:
        """When the first of its breaks began."""
        return min(each.since for each in self.breaks)

    @property
    def until(self) -> datetime:
        """When the last one was over."""
        return max(each.until for each in self.breaks)

    @property
    def worth_reading(self) -> bool:
        """Whether it has to be worked through; else a line on the board says all there is."""
        return bool(self.breaks) and (bool(self.duties) or any(map(_worth, self.breaks)))


def _worth(each: Outage) -> bool:
    """Whether a break is told even where nothing fell due in it."""
    if each.kind is OutageKind.CLOCK_SET:
        return True
    return each.kind is not OutageKind.STOPPED and each.seconds > WORTH_SECONDS


def outage_of(found: ClockJump | Suspension) -> Outage:
    """What two heartbeats showed, as a break."""
    if isinstance(found, ClockJump):
        return Outage(OutageKind.CLOCK_SET, found.before, found.after)
    return Outage(OutageKind.STILL, found.since, found.until, bool(found.slept))


def outages_of(found: Sequence[ClockJump | Suspension]) -> list[Outage]:
    """What two heartbeats showed, as breaks; a standstill may end on a clock that was set back."""
    breaks = [outage_of(each) for each in found]
    for nth, jump in enumerate(found[1:]):
        if isinstance(jump, ClockJump) and jump.after < breaks[nth].until:
            breaks[nth] = msgspec.structs.replace(breaks[nth], seen=jump.after)
    return breaks
