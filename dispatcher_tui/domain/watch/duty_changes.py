"""What was changed of the people of a night, as the entries of no case say: swaps, who is ill, who
came in, stand-ins. Moments are aware UTC."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    they are; ``instead_of``: the id of whose place they have; ``days``: it is over whatever duties
    lie in it, as leave of a week is.
    """

    seq: int
    person: str
    since: datetime
    until: datetime
    absence: Absence | None = None
    instead_of: str = ""
    days: bool = False

    def at(self, moment: datetime) -> bool:
        """Whether it holds at a moment (its end is exclusive)."""
        return self.since <= moment < self.until


def given_away(changes: Iterable[DutyChange], person: str, at: datetime) -> DutyChange | None:
    """The part of whoever has the duty of a person at a moment, by swap or as a stand-in.

    None where nobody has it, or where the person was there again by a later change.
    """
    found: DutyChange | None = None
    held = [each for each in changes if each.at(at)]
    for change in held:
        if change.instead_of == person:
            found = change
        elif change.person == person and change.absence is None:
            found = None
    return found


def place_of(changes: Iterable[DutyChange], change: DutyChange) -> str:
    """Whose place somebody stands in by a change, empty for none: the one who had it first, where
    whoever handed it on had it from another."""
    held = [each for each in changes if each.at(change.since)]
    place, before = change.instead_of, change.seq
    while place:
        from_ = [c for c in held if c.person == place and c.instead_of and c.seq < before]
        if not from_:
            break
        place, before = from_[-1].instead_of, from_[-1].seq
    return place


def _parts(seq: int, event: object) -> Iterator[DutyChange]:
    match event:
        case ev.DutySwapped():
            yield DutyChange(seq, event.person, event.since, event.until, Absence.OFF)
            yield DutyChange(seq, event.takes, event.since, event.until, None, event.person)
        case ev.AbsenceNoted():
            span = event.since, event.until
            yield DutyChange(seq, event.person, *span, event.absence, days=event.days)
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
