"""Whom to tell: the roster's people for a case, best first."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.calendar import Calendar
from dispatcher_tui.domain.case import Case
from dispatcher_tui.domain.people import Category, Person
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.triage import roles_to_tell


class Suggestion(msgspec.Struct, frozen=True):
    """One person to ring; ``role`` is why they are suggested, ``on_duty`` at this hour."""

    person: Person
    fitting: bool
    on_duty: bool
    tried: int


def whom_to_tell(
    procedure: Procedure,
    calendar: Calendar,
    case: Case,
    category: Category | None,
    people: list[Person],
    now: datetime,
) -> list[Suggestion]:
    """Everybody on the roster, ordered: the responsible one, then by route, group and duty.

    The category's groups come first within the procedure's roles; who is off duty or was tried
    in vain stands lower, and nobody is left out.
    """
    roles = roles_to_tell(procedure, case)
    groups = category.routes if category else ()
    told = case.assignee.person if case.assignee else ""

    def rank(found: Suggestion) -> tuple[bool, bool, bool, int, int, int]:
        person = found.person
        return (
            not (told and person.id == told and not found.tried),
            not found.fitting,
            not found.on_duty,
            found.tried,
            groups.index(person.group) if person.group in groups else len(groups),
            roles.index(person.role) if person.role in roles else len(roles),
        )

    found = []
    for person in people:
        tried = sum(c.person == person.id and c.outcome.missed for c in case.calls)
        fitting = person.group in groups if groups else person.role in roles
        on_duty = person.on_duty(now, calendar.tz)
        found.append(Suggestion(person, fitting, on_duty, tried))
    return sorted(found, key=rank)


def people_in_role(
    people: list[Person], role: str, calendar: Calendar, now: datetime
) -> list[Person]:
    """Everybody in a role, those on duty first."""
    holders = [person for person in people if person.role == role]
    return sorted(holders, key=lambda person: not person.on_duty(now, calendar.tz))
