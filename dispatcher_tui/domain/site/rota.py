"""The rota 排班表: who has which shift on which day, as the site planned it.

A day that the rota says nothing of is as the roster's hours have it. Hours are local times of day;
an end at or before the start is the next day's.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import msgspec

from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Absence

KEPT = timedelta(days=31)
"""How long a day that is over stays in the rota: a new one leaves out what is older."""

MOST_LINES = 60_000
"""More is no rota of an estate."""


MOST_TURNS = 100
"""So many turns has the longest cycle."""


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
    roster's id. Of a cycle it is the one at ``place`` of ``of``, and ``day`` the cycle's first."""

    person: str
    turn: RotaTurn
    day: date | None = None
    weekday: int = -1
    place: int = -1
    of: int = 0


class RotaCycle(msgspec.Struct, frozen=True):
    """Turns that follow one another day by day from a first day on, and begin again at the end."""

    since: date
    turns: tuple[RotaTurn, ...]

    def turn(self, day: date) -> RotaTurn | None:
        """What it has for a day; None before its first."""
        return self.turns[(day - self.since).days % len(self.turns)] if day >= self.since else None


class Rota(msgspec.Struct, frozen=True):
    """A rota as it is in force: by person and day what is planned; a day goes before a cycle, and
    that before a weekday."""

    days: dict[tuple[str, date], RotaTurn] = {}
    week: dict[tuple[str, int], RotaTurn] = {}
    cycles: dict[str, RotaCycle] = {}

    @property
    def silent(self) -> bool:
        """Whether it says nothing of anybody."""
        return not (self.days or self.week or self.cycles)

    def turn(self, person: str, day: date) -> RotaTurn | None:
        """What is planned for somebody on a day; None where the rota does not say."""
        cycle = self.cycles.get(person)
        by_cycle = cycle.turn(day) if cycle is not None else None
        return self.days.get((person, day)) or by_cycle or self.week.get((person, day.weekday()))

    @property
    def lines(self) -> list[RotaLine]:
        """Everything in it: weekly patterns, cycles, then the days, by person in their order."""
        weekly = (RotaLine(who, turn, weekday=n) for (who, n), turn in self.week.items())
        turning = (
            RotaLine(who, turn, cycle.since, place=place, of=len(cycle.turns))
            for who, cycle in self.cycles.items()
            for place, turn in enumerate(cycle.turns)
        )
        daily = (RotaLine(who, turn, day) for (who, day), turn in self.days.items())
        return [*weekly, *turning, *daily]

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
    """The rota that lines amount to; of two for one person and day the later counts, and a cycle
    of which a turn is missing is none."""
    rota, turning = Rota({}, {}, {}), dict[tuple[str, date, int], dict[int, RotaTurn]]()
    for line in lines:
        if line.day is not None and line.of:
            turning.setdefault((line.person, line.day, line.of), {})[line.place] = line.turn
        elif line.day is not None:
            rota.days[line.person, line.day] = line.turn
        else:
            rota.week[line.person, line.weekday] = line.turn
    for (person, since, of), turns in turning.items():
        if sorted(turns) == list(range(of)):
            rota.cycles[person] = RotaCycle(since, tuple(turns[place] for place in range(of)))
    return rota


def put_into(old: Rota, new: Rota, today: date) -> Rota:
    """What is in force once ``new`` was taken over.

    From its first day to its last nothing of the old one is left, and its patterns, of weeks and
    cycles, take the place of all before; other days stay, but those that were over long ago.
    """
    covered = {day for _who, day in new.days}
    first, last = min(covered, default=date.max), max(covered, default=date.min)
    kept = {
        key: turn
        for key, turn in old.days.items()
        if not first <= key[1] <= last and key[1] >= today - KEPT
    }
    patterns = new if new.week or new.cycles else old
    return Rota({**kept, **new.days}, patterns.week, patterns.cycles)


def planned_on(rota: Rota, people: Iterable[Person], day: date) -> list[tuple[Person, RotaTurn]]:
    """What the rota has for these people on a day, in their order."""
    found = ((person, rota.turn(person.id, day)) for person in people)
    return [(person, turn) for person, turn in found if turn is not None]


def running_day(rota: Rota, people: Iterable[Person], local: datetime) -> date:
    """The day whose turns are on at a local time: the one before, while its night goes on."""
    before = local.date() - timedelta(days=1)
    on = (turn.goes_on(local.time()) for _person, turn in planned_on(rota, people, before))
    return before if any(on) else local.date()
