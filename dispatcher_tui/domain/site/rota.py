"""The rota 排班表: who has which shift on which day, as the site planned it.

A day that the rota says nothing of is as the roster's hours have it. Hours are local times of day;
an end at or before the start is the next day's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

import msgspec

from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Absence

KEPT = timedelta(days=31)
"""How long a day that is over stays in the rota: a new one leaves out what is older."""

MOST_LINES = 60_000
"""More is no rota of an estate."""


class RotaTurn(msgspec.Struct, frozen=True):
    """What a cell of a rota means: hours of duty, or an absence; ``code`` is how it was written."""

    code: str
    start: time | None = None
    end: time | None = None
    absence: Absence | None = None

    def begun(self, clock: time) -> bool:
        """Whether it is on at a time of its own day (an end is exclusive)."""
        if self.start is None or self.end is None:
            return False
        if self.start < self.end:
            return self.start <= clock < self.end
        return clock >= self.start

    def goes_on(self, clock: time) -> bool:
        """Whether it is on at a time of the day after its own."""
        if self.start is None or self.end is None:
            return False
        return self.end <= self.start and clock < self.end


class RotaLine(msgspec.Struct, frozen=True):
    """One person's turn on a day, or on a weekday (0 is Monday) of every week; ``person`` is the
    roster's id."""

    person: str
    turn: RotaTurn
    day: date | None = None
    weekday: int = -1


class Rota(msgspec.Struct, frozen=True):
    """A rota as it is in force: by person and day what is planned; a day goes before a weekday."""

    days: dict[tuple[str, date], RotaTurn] = {}
    week: dict[tuple[str, int], RotaTurn] = {}

    def turn(self, person: str, day: date) -> RotaTurn | None:
        """What is planned for somebody on a day; None where the rota does not say."""
        return self.days.get((person, day)) or self.week.get((person, day.weekday()))

    @property
    def lines(self) -> list[RotaLine]:
        """Everything in it: the weekly patterns, then the days, by person in their order."""
        weekly = (RotaLine(who, turn, weekday=n) for (who, n), turn in self.week.items())
        daily = (RotaLine(who, turn, day) for (who, day), turn in self.days.items())
        return [*weekly, *daily]

    @property
    def people(self) -> list[str]:
        """The ids of everybody in it, each once."""
        return list(dict.fromkeys(line.person for line in self.lines))

    @property
    def codes(self) -> dict[str, RotaTurn]:
        """What each code was last said to mean."""
        return {line.turn.code: line.turn for line in self.lines}


NO_ROTA = Rota()


def rota_of(lines: Iterable[RotaLine]) -> Rota:
    """The rota that lines amount to; of two for one person and day the later counts."""
    rota = Rota({}, {})
    for line in lines:
        if line.day is not None:
            rota.days[line.person, line.day] = line.turn
        else:
            rota.week[line.person, line.weekday] = line.turn
    return rota


def put_into(old: Rota, new: Rota, today: date) -> Rota:
    """What is in force once ``new`` was taken over.

    From its first day to its last nothing of the old one is left, and a weekly pattern takes the
    place of all patterns before; other days stay, but those that were over long ago.
    """
    covered = {day for _who, day in new.days}
    first, last = min(covered, default=date.max), max(covered, default=date.min)
    kept = {
        key: turn
        for key, turn in old.days.items()
        if not first <= key[1] <= last and key[1] >= today - KEPT
    }
    return Rota({**kept, **new.days}, new.week or old.week)


def planned_on(rota: Rota, people: Iterable[Person], day: date) -> list[tuple[Person, RotaTurn]]:
    """What the rota has for these people on a day, in their order."""
    found = ((person, rota.turn(person.id, day)) for person in people)
    return [(person, turn) for person, turn in found if turn is not None]
