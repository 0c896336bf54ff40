"""The call tree of an emergency: whom to ring, in which order, with one handset (E-02, E-03)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.case import Call, Case
from dispatcher_tui.domain.duties import fits_now
from dispatcher_tui.domain.people import Person
from dispatcher_tui.domain.procedure import Ladder, Procedure, Rung
from dispatcher_tui.domain.terms import CallOutcome

NOTICE = "notified"
"""The purpose of a call by which somebody becomes responsible for the case."""

GROUP_TRIES = 3
"""How often somebody is rung where no ladder says otherwise."""

FIRST, GROUP, OUTSIDE = -1, -2, -3
"""Where a target stands that is on no rung: rung before all others, with the group, if need be."""


class Target(msgspec.Struct, frozen=True):
    """Somebody to ring. ``rung`` counts from 0, or is FIRST, GROUP or OUTSIDE.

    ``person`` is the roster's id, empty for a number outside the estate; ``tries`` is how often it
    is tried before somebody else takes its place, ``seconds`` how long one try rings;
    ``off_duty`` where the roster says so, ``stands_for`` the name of whom a deputy replaces.
    """

    person: str
    name: str
    role: str
    phones: tuple[str, ...]
    rung: int
    title: str = ""
    tries: int = 0
    seconds: int = 25
    off_duty: bool = False
    stands_for: str = ""


class Reach(msgspec.Struct, frozen=True):
    """How far the calls to one target have come.

    ``tries`` counts the calls in vain, ``made`` all of them; ``last_at`` is when the last was
    made, ``told_at`` when they were first spoken to (UTC).
    """

    tries: int = 0
    last: CallOutcome | None = None
    read_back: bool = False
    made: int = 0
    last_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def told(self) -> bool:
        """They were spoken to, or what was relayed to them was read back."""
        return self.read_back or (self.last is not None and self.last.reached)


class Roster(msgspec.Struct, frozen=True):
    """The people of a site at one moment, in the order of its roster."""

    people: tuple[Person, ...]
    at: datetime
    zone: tzinfo

    def in_role(self, role: str) -> list[Person]:
        """Everybody who holds a role and has not left, those on duty first."""
        there = [p for p in self.people if p.role == role and p.employed(self.at, self.zone)]
        return sorted(there, key=lambda person: not self.on_duty(person))

    def on_duty(self, person: Person) -> bool:
        """Whether the roster has this person on duty now."""
        return person.on_duty(self.at, self.zone)

    def deputy(self, person: Person) -> Person | None:
        """Who stands in for somebody: the first on duty along the deputies, never in a circle."""
        by_id, seen = {p.id: p for p in self.people}, {person.id}
        found = by_id.get(person.deputy)
        while found is not None and found.id not in seen:
            if found.phones and self.on_duty(found):
                return found
            seen.add(found.id)
            found = by_id.get(found.deputy)
        return None


def _of(person: Person, rung: int, roster: Roster, tries: int, seconds: int = 25) -> Target:
    return Target(
        person=person.id,
        name=person.name,
        role=person.role,
        phones=person.phones,
        rung=rung,
        title=person.title,
        tries=tries,
        seconds=seconds,
        off_duty=not roster.on_duty(person),
    )


def _of_rung(roster: Roster, place: int, rung: Rung) -> Iterator[Target]:
    """Leaders are rung at any hour (E-02); for one without a number the deputy is."""
    for person in roster.in_role(rung.role):
        if person.phones:
            yield _of(person, place, roster, rung.tries, rung.seconds)
            continue
        deputy = roster.deputy(person)
        if deputy is not None:
            standing = _of(deputy, place, roster, rung.tries, rung.seconds)
            yield msgspec.structs.replace(standing, stands_for=person.name)
        yield _of(person, place, roster, rung.tries, rung.seconds)


def _of_group(roster: Roster, role: str, tries: int) -> Iterator[Target]:
    """Who is off duty is rung only where nobody of the role is on, and after the deputy."""
    holders = roster.in_role(role)
    on = [person for person in holders if roster.on_duty(person)]
    for person in on or holders:
        deputy = None if person in on else roster.deputy(person)
        if deputy is not None:
            standing = _of(deputy, GROUP, roster, tries)
            yield msgspec.structs.replace(standing, stands_for=person.name)
        yield _of(person, GROUP, roster, tries)


def targets(
    ladder: Ladder | None,
    roles: Sequence[str],
    roster: Roster,
    first: Target | None,
    outside: Sequence[Target],
) -> tuple[Target, ...]:
    """Everybody who may be rung, in the order of the screen; nobody stands there twice.

    Args:
        ladder: the procedure's, None where it has none for the case.
        roles: whom to tell where there is no ladder.
        roster: the people there are.
        first: the number a card puts before all others.
        outside: numbers outside the estate.
    """
    found = [first] if first else []
    for place, rung in enumerate(ladder.rungs if ladder else ()):
        found += _of_rung(roster, place, rung)
    for role in ladder.group if ladder else roles:
        found += _of_group(roster, role, ladder.group_tries if ladder else GROUP_TRIES)
    found += [target for target in outside if first is None or target.phones != first.phones]
    unique: dict[tuple[str, ...], Target] = {}
    for target in found:
        unique.setdefault((target.person,) if target.person else target.phones, target)
    return tuple(unique.values())


def is_to(call: Call, target: Target) -> bool:
    """Whether a call was made to this target; a number outside is known by its digits, and
    somebody of no list, who came by themselves, by the name."""
    if target.person or call.person:
        return call.person == target.person
    if call.phone or target.phones:
        return call.phone in target.phones
    return call.name == target.name


def reach(target: Target, calls: Sequence[Call]) -> Reach:
    """What the calls to a target came to."""
    made = [call for call in calls if is_to(call, target)]
    if not made:
        return Reach()
    told = next((call for call in made if call.outcome.reached), made[-1])
    back = next((call.read_back_at for call in made if call.read_back_at is not None), None)
    return Reach(
        tries=sum(call.outcome.missed for call in made),
        last=told.outcome,
        read_back=back is not None,
        made=len(made),
        last_at=made[-1].at,
        told_at=told.at if told.outcome.reached else back,
    )


def ladder_done(found: Sequence[Target], calls: Sequence[Call]) -> bool:
    """Whether somebody on the ladder was reached and has read it back: then it stops there."""
    return any(t.rung >= 0 and reach(t, calls).told and reach(t, calls).read_back for t in found)


def phone_for(target: Target, calls: Sequence[Call]) -> str:
    """The number to ring now: the one least often rung in vain, in the target's own order."""
    missed = Counter(call.phone for call in calls if is_to(call, target) and call.outcome.missed)
    return min(target.phones, key=lambda phone: missed[phone], default="")


def rung_purpose(procedure: Procedure, ladder: Ladder | None, case: Case) -> str:
    """What a call to the ladder is for: the step by which its roles are told, else the notice.

    It is the step of a clock that runs from the opening of such a case.
    """
    roles = {rung.role for rung in ladder.rungs} if ladder else set()
    for clock in procedure.clocks:
        if clock.starts != ("opened",) or not fits_now(clock.when, case):
            continue
        for step in filter(None, map(procedure.step, clock.until)):
            if step.call and step.to in roles:
                return step.id
    return NOTICE


def group_purpose(
    procedure: Procedure, ladder: Ladder | None, case: Case, outcome: CallOutcome
) -> str:
    """What a call to the group is for: the first one reached becomes responsible (P0-02).

    The others are called by the step that goes with the group's rule, to no role of its own and
    without words; where the procedure has none, every call is a notice.
    """
    rule = ladder.group_rule if ladder else ""
    of_rule = (step for step in procedure.steps if rule and step.rule == rule)
    step = next((step for step in of_rule if step.call and not step.to and not step.note), None)
    if step is None or (case.notified_at is None and not outcome.missed):
        return NOTICE
    return step.id
