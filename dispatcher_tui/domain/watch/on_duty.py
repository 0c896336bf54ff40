"""Who is on duty, on the estate, at home or away: the roster, the rota, and the night's changes.

The roster says what hours somebody has every day; the rota says it for days of its own, and the
changes of the night for so long as each is for. The latest change counts, then the rota, then the
roster. Where neither rota nor change knows somebody they are as the roster has them, to the letter.
Days and hours are local, moments aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.site.rota import Rota, RotaTurn
from dispatcher_tui.domain.watch.duty_changes import DutyChange, place_of
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.phone import plausible_phone, radio_channel
from dispatcher_tui.domain.words.terms import Absence

_DAY = timedelta(days=1)
_AROUND = (-1, 0, 1, 2)
"""The days around a moment that somebody's plan is kept for."""

AHEAD = timedelta(hours=24)
"""So far ahead lies the next stretch of duty that a change of tonight can be for."""


class PlannedPerson(Person, frozen=True):
    """Somebody of whom rota or changes say more than the roster: the days around now that the rota
    has a word for, and what was changed."""

    days: tuple[tuple[date, RotaTurn], ...] = ()
    changes: tuple[DutyChange, ...] = ()

    def change_at(self, at: datetime) -> DutyChange | None:
        """The change that holds at a moment; who is ill stays so when somebody takes their place.

        What was written later counts, so that whoever was ill may have come in.
        """
        found: DutyChange | None = None
        for change in self.changes:
            if not change.at(at):
                continue
            ill = found is not None and found.absence is not None and found.absence.away
            if not (ill and change.absence is Absence.OFF):
                found = change
        return found

    def turn(self, day: date) -> RotaTurn | None:
        """What the rota has for a day; None where it does not say."""
        return next((turn for each, turn in self.days if each == day), None)

    def _by_plan(self, local: datetime) -> tuple[bool, bool]:
        """Whether they are on duty by the turn of the day or the night before, and whether it is
        the rota that says so."""
        today, clock = local.date(), local.time()
        before, now = self.turn(today - _DAY), self.turn(today)
        if before is not None and before.goes_on(clock):
            return True, True
        if now is not None and now.begun(clock):
            return True, True
        hours = self.on_from, self.on_until
        if before is None and _goes_on(*hours, clock):
            return True, False
        return now is None and _begun(*hours, clock), now is not None

    def on_duty(self, at: datetime, zone: tzinfo) -> bool:
        """Whether they are on duty at a moment, whoever planned it so (an end is exclusive)."""
        if not self.employed(at, zone):
            return False
        change = self.change_at(at)
        if change is not None:
            return change.absence is None
        return self._by_plan(at.astimezone(zone))[0]

    def absent(self, at: datetime, zone: tzinfo) -> Absence | None:
        """Why they are not there at a moment; None where they are, or nobody said why."""
        change = self.change_at(at)
        if change is not None:
            return change.absence
        local = at.astimezone(zone)
        if self._by_plan(local)[0]:
            return None
        turn = self.turn(local.date())
        return turn.absence if turn is not None else None

    def nearness(self, at: datetime, zone: tzinfo) -> Nearness:
        """Where they are at a moment."""
        if not self.on_duty(at, zone):
            away = self.absent(at, zone)
            return Nearness.AWAY if away is not None and away.away else Nearness.AT_HOME
        change = self.change_at(at)
        planned = change is not None or self._by_plan(at.astimezone(zone))[1]
        if not planned and (self.on_from is None or self.on_until is None):
            return Nearness.TO_REACH
        return Nearness.ON_ESTATE if self.post else Nearness.ON_DUTY


def _begun(start: time | None, end: time | None, clock: time) -> bool:
    """Whether daily hours are on at a time of the day they began; no hours are always on."""
    if start is None or end is None or start == end:
        return True
    return RotaTurn("", start, end).begun(clock)


def _goes_on(start: time | None, end: time | None, clock: time) -> bool:
    """Whether the hours that began the day before are on still."""
    if start is None or end is None or start == end:
        return False
    return RotaTurn("", start, end).goes_on(clock)


def people_at(
    people: Sequence[Person],
    rota: Rota,
    changes: Sequence[DutyChange],
    at: datetime,
    zone: tzinfo,
    stand_ins: Iterable[Person] = (),
) -> tuple[Person, ...]:
    """The people of a roster as rota and changes have them at a moment, then the stand-ins.

    Nobody is left out, and whoever neither of them knows is given back as they stand. A stand-in,
    who is on no roster, is among them until their change is over. Whoever has somebody's place
    stands at that one's post.
    """
    if not changes and rota.silent:
        return tuple(people)
    today, by_id = at.astimezone(zone).date(), {each.id: each for each in people}
    around = [today + timedelta(days=n) for n in _AROUND]
    mine: dict[str, list[DutyChange]] = {}
    for change in changes:
        mine.setdefault(change.person, []).append(change)

    def planned(person: Person) -> Person:
        days = tuple((day, turn) for day in around if (turn := rota.turn(person.id, day)))
        if not days and person.id not in mine:
            return person
        found = _planned(person, days, tuple(mine.get(person.id, ())))
        holds = found.change_at(at)
        other = by_id.get(place_of(changes, holds)) if holds is not None else None
        return replace(found, post=other.post) if other is not None and other.post else found

    # Who is on no roster has no hours but those of the change.
    never = tuple((day, RotaTurn("", absence=Absence.OFF)) for day in around)
    outside = (
        _planned(each, never, tuple(mine[each.id]))
        for each in stand_ins
        if any(at < change.until for change in mine.get(each.id, ()))
    )
    return (*map(planned, people), *outside)


def _planned(
    person: Person, days: tuple[tuple[date, RotaTurn], ...], changes: tuple[DutyChange, ...]
) -> PlannedPerson:
    known = {name: getattr(person, name) for name in Person.__struct_fields__}
    return PlannedPerson(**known, days=days, changes=changes)


def _hours(person: Person, day: date) -> tuple[time, time] | None:
    """The hours of duty that begin on a day, as planned; None for none, or for always."""
    turn = person.turn(day) if isinstance(person, PlannedPerson) else None
    start, end = (turn.start, turn.end) if turn is not None else (person.on_from, person.on_until)
    return None if start is None or end is None else (start, end)


def stretch(person: Person, at: datetime, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """From when to when somebody is planned for: the stretch that runs, or the next within a day.

    None where nothing is planned, and for who has no hours. Changes do not count: ``duty`` has
    the stretch by them.
    """
    today = at.astimezone(zone).date()
    for day in (today + timedelta(days=n) for n in _AROUND):
        hours = _hours(person, day)
        if hours is None:
            continue
        last = day if hours[0] < hours[1] else day + _DAY
        since = datetime.combine(day, hours[0], zone).astimezone(UTC)
        until = datetime.combine(last, hours[1], zone).astimezone(UTC)
        if at < until:
            return (since, until) if since - at <= AHEAD else None
    return None


def running_over(person: Person, at: datetime, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """The planned duty that begins before a moment and ends after it; None for none.

    Whoever is away by days has the night that began before them still, and the one that begins on
    the last evening is in them to its end. ``person`` is planned for that moment.
    """
    found = stretch(person, at - timedelta(microseconds=1), zone)
    return found if found is not None and found[0] < at < found[1] else None


def _one_duty(
    change: DutyChange, planned: tuple[datetime, datetime] | None
) -> tuple[datetime, datetime] | None:
    """From when to when a change is about one duty; None where no planned one lies in its days."""
    if not change.days:
        return change.since, change.until
    if planned is None or planned[1] <= change.since or change.until <= planned[0]:
        return None
    return max(planned[0], change.since), min(planned[1], change.until)


def duty(person: Person, at: datetime, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """From when to when the duty is that a change said now is about.

    That is the change which holds now, for whoever took over, came in, or is away already; else
    the stretch that runs by the plan; else whatever comes first within a day. Of leave by days it
    is the planned duty that lies in it. None for none.
    """
    planned = stretch(person, at, zone)
    if not isinstance(person, PlannedPerson):
        return planned
    holds = person.change_at(at)
    if holds is not None:
        return _one_duty(holds, planned)
    coming = (c for c in person.changes if at < c.since <= at + AHEAD)
    ahead = [span for c in coming if (span := _one_duty(c, planned)) is not None]
    if planned is None or planned[0] > at:
        return min([*ahead, *([planned] if planned is not None else [])], default=None)
    return planned


def absence_span(
    person: Person, at: datetime, until: datetime, zone: tzinfo
) -> tuple[datetime, datetime]:
    """From when to when somebody is not there who is said now to be away: what is left of the duty
    that runs, else the next one.

    Whoever is to be reached at any hour is so now: they are away from now to the end of the watch,
    ``until``, as is who has no duty. What is planned to begin in that time is in it to its end.
    """
    found, planned = duty(person, at, zone), stretch(person, at, zone)
    if found is None or (found[0] > at and person.nearness(at, zone) is Nearness.TO_REACH):
        found = at, until
    since, end = max(found[0], at), found[1]
    if planned is not None and planned[0] < end and since < planned[1]:
        end = max(end, planned[1])
    return since, end


class Tonight(msgspec.Struct, frozen=True):
    """How somebody stands in a watch: where they are now, and why not there.

    ``since`` and ``until`` are of their stretch of duty, or of the change that holds; ``change``
    is the entry that their newest change was written with, 0 where there is none; ``instead_of``
    the name of whose place they have.
    """

    person: Person
    near: Nearness
    absence: Absence | None = None
    since: datetime | None = None
    until: datetime | None = None
    change: int = 0
    instead_of: str = ""

    @property
    def on(self) -> bool:
        """Whether they are on duty by hours now."""
        return self.near <= Nearness.ON_DUTY

    @property
    def expected(self) -> bool:
        """Whether they are on duty in the watch, now or later, and nothing keeps them."""
        return self.on or (self.since is not None and self.absence is None)


def _standing(
    person: Person, at: datetime, until: datetime, zone: tzinfo, names: Mapping[str, str]
) -> Tonight | None:
    near, planned = person.nearness(at, zone), stretch(person, at, zone)
    change, absence, newest = None, None, 0
    if isinstance(person, PlannedPerson):
        newest = max((c.seq for c in person.changes if at < c.until), default=0)
        change, absence = person.change_at(at), person.absent(at, zone)
        later = (c for c in person.changes if at < c.since < until)
        change = change or next(later, None)
        if change is not None and not change.at(at):
            absence = change.absence
    if change is not None:
        other = names.get(change.instead_of, "")
        return Tonight(person, near, absence, change.since, change.until, newest, other)
    if absence is not None and absence.away:
        return Tonight(person, near, absence, change=newest)
    if planned is None or planned[0] >= until:
        return None
    return Tonight(person, near, None, *planned, change=newest)


def away_later(person: Person, at: datetime) -> Tonight | None:
    """How somebody stands who has nothing to do with the watch but will be away by a later change;
    None for who will not."""
    if not isinstance(person, PlannedPerson):
        return None
    ahead = [c for c in person.changes if at < c.since and c.absence is not None]
    first = min(ahead, key=lambda change: change.since, default=None)
    if first is None:
        return None
    newest = max(c.seq for c in person.changes if at < c.until)
    near = Nearness.AT_HOME
    return Tonight(person, near, first.absence, first.since, first.until, newest)


def tonight(
    people: Sequence[Person], at: datetime, until: datetime, zone: tzinfo
) -> tuple[Tonight, ...]:
    """Everybody who has something to do with a watch that ends at ``until``: on duty now, on duty
    later in it, changed, or away; who is simply at home or has no hours is left out.

    ``people`` are as ``people_at`` has them. Who is nearest comes first.
    """
    names = {each.id: each.name for each in people}
    there = (each for each in people if each.employed(at, zone))
    found = filter(None, (_standing(each, at, until, zone, names) for each in there))
    return tuple(sorted(found, key=lambda each: (not each.expected, not each.on, each.near)))


def unreachable(
    standing: Iterable[Tonight], dead: frozenset[tuple[str, str]] = frozenset()
) -> Iterator[Person]:
    """Those on duty in the watch who have neither a number that can be dialled nor a channel of
    the radios, or none that ever answers: ``dead`` are the ids and numbers of those that do not."""
    for each in standing:
        numbers = (n for n in each.person.phones if plausible_phone(n) or radio_channel(n))
        if each.expected and all((each.person.id, number) in dead for number in numbers):
            yield each.person
