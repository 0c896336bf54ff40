"""Whom to tell: the roster's people for a case, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.triage import roles_to_tell
from dispatcher_tui.domain.procedure import Procedure, Rung, Step
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.words.people import Category, Nearness, Person


class SuggestedPerson(msgspec.Struct, frozen=True):
    """One person to ring; ``role`` is why they are suggested, ``on_duty`` at this hour.

    ``elsewhere`` is the number of the emergency they are on the way to; ``away``: on leave, ill or
    in training.
    """

    person: Person
    fitting: bool
    on_duty: bool
    tried: int
    elsewhere: str = ""
    away: bool = False


def _away(person: Person, now: datetime, calendar: Calendar) -> bool:
    return person.nearness(now, calendar.tz) is Nearness.AWAY


def whom_to_tell(
    procedure: Procedure,
    calendar: Calendar,
    case: Case,
    category: Category | None,
    people: Iterable[Person],
    now: datetime,
    elsewhere: Mapping[str, str] | None = None,
    on_watch: str = "",
) -> list[SuggestedPerson]:
    """Everybody on the roster, ordered: the responsible one, then by route, group and duty.

    Who has both a role of the procedure's route and a group of the category comes before who
    has one of them; who is off duty, away or was tried in vain stands lower; nobody is left out.
    Without a category nobody off duty comes before anybody on duty. Last of all comes who is on
    the way to an emergency: ``elsewhere`` has its number by their ids; and after those who sits at
    the desk, ``on_watch`` by name: nobody rings themselves.
    """
    away = elsewhere or {}
    roles = roles_to_tell(procedure, case)
    groups = category.routes if category else ()
    told = case.assignee.person if case.assignee else ""

    def rank(found: SuggestedPerson) -> tuple[int, ...]:
        person = found.person
        known = (not found.fitting, not found.on_duty)
        return (
            bool(on_watch) and person.name == on_watch and person.id != told,
            bool(found.elsewhere),
            not (told and person.id == told and found.on_duty and not found.tried),
            *(known if groups else (known[1], known[0])),
            found.away,
            found.tried,
            -(person.role in roles) - (person.group in groups),
            roles.index(person.role) if person.role in roles else len(roles),
            groups.index(person.group) if person.group in groups else len(groups),
        )

    found = []
    for person in people:
        tried = sum(c.person == person.id and c.outcome.missed for c in case.calls)
        fitting = person.group in groups if groups else person.role in roles
        on_duty, gone = person.on_duty(now, calendar.tz), _away(person, now, calendar)
        found.append(
            SuggestedPerson(person, fitting, on_duty, tried, away.get(person.id, ""), gone)
        )
    return sorted(found, key=rank)


def _rungs(procedure: Procedure, role: str) -> tuple[Rung, ...]:
    """The role and those above it on the first ladder it stands on; the role alone elsewhere."""
    for ladder in procedure.ladders:
        roles = [rung.role for rung in ladder.rungs]
        if role in roles:
            return ladder.rungs[roles.index(role) :]
    return (Rung(role),)


def whom_to_ask(
    procedure: Procedure,
    calendar: Calendar,
    case: Case,
    step: Step,
    people: Iterable[Person],
    now: datetime,
) -> list[SuggestedPerson]:
    """Everybody on the roster for a step that goes to a role: its holders, then the rungs above.

    Who was tried in vain as often as the ladder says is skipped (E-02). A step that goes to those
    who handle cases, as the routes name them, goes to the responsible person first.
    """
    rungs = _rungs(procedure, step.to)
    roles = [rung.role for rung in rungs]
    leader = any(step.to == rung.role for ladder in procedure.ladders for rung in ladder.rungs)
    handler = any(step.to in route.roles for route in procedure.routes) and not leader
    responsible = case.assignee.person if case.assignee and handler else ""

    def rank(found: SuggestedPerson) -> tuple[int, int, bool, bool, int]:
        person = found.person
        if found.fitting:
            place = roles.index(person.role) if person.role in roles else -1
            worn = found.tried >= rungs[max(place, 0)].tries
            return (int(worn), place, not found.on_duty, found.away, found.tried)
        return (2, 0, not found.on_duty, found.away, found.tried)

    found = []
    for person in people:
        missed = (
            c.person == person.id and c.purpose == step.id and c.outcome.missed for c in case.calls
        )
        responsible_one = bool(responsible) and person.id == responsible
        fitting = person.role in roles or responsible_one
        on_duty, gone = person.on_duty(now, calendar.tz), _away(person, now, calendar)
        found.append(SuggestedPerson(person, fitting, on_duty, sum(missed), away=gone))
    return sorted(found, key=rank)
