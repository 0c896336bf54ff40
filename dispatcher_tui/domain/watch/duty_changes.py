"""What was changed of the people of a night, as the entries of no case say: swaps, who is ill, who
came in, stand-ins. Moments are aware UTC."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.terms import Absence

CHANGE_EVENTS = (
    ev.DutySwapped,
    ev.AbsenceNoted,
    ev.PersonCameIn,
    ev.StandInNamed,
    ev.DutyChangeWithdrawn,
)
"""The kinds of entries that change who is there."""


class DutyChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """One person's part in a change of the night, from ``since`` up to ``until``.

    ``seq`` is the entry it was written with. ``absence`` is why they are not there, None where
    they are; ``instead_of``: the id of whose place they have.
    """

    seq: int
    person: str
    since: datetime
    until: datetime
    absence: Absence | None = None
    instead_of: str = ""

    def at(self, moment: datetime) -> bool:
        """Whether it holds at a moment (its end is exclusive)."""
        return self.since <= moment < self.until


def _parts(seq: int, event: object) -> Iterator[DutyChange]:
    match event:
        case ev.DutySwapped():
            yield DutyChange(seq, event.person, event.since, event.until, Absence.OFF)
            yield DutyChange(seq, event.takes, event.since, event.until, None, event.person)
        case ev.AbsenceNoted():
            yield DutyChange(seq, event.person, event.since, event.until, event.absence)
        case ev.PersonCameIn():
            yield DutyChange(seq, event.person, event.since, event.until)
        case ev.StandInNamed():
            yield DutyChange(seq, event.person, event.since, event.until, Absence.OFF)
            yield DutyChange(seq, event.stand_in, event.since, event.until, None, event.person)


def after(changes: tuple[DutyChange, ...], entry: Entry) -> tuple[DutyChange, ...]:
    """The changes after one more entry; those that were over when it was written are forgotten."""
    event = entry.event
    gone = event.of if isinstance(event, ev.DutyChangeWithdrawn) else 0
    kept = (each for each in changes if entry.recorded_at < each.until and each.seq != gone)
    return (*kept, *_parts(entry.seq, event))
