"""Whom to ask for the copies that are owed: by squad, the longest waiting first (P0-08)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.procedure import Procedure, Step
from dispatcher_tui.domain.words.people import Person


class Chase(msgspec.Struct, frozen=True):
    """Somebody to ask, and for which papers; ``person`` is None for who is not on the roster."""

    name: str
    papers: tuple[SlipRecord, ...]
    person: Person | None = None


def chase_step(procedure: Procedure) -> Step | None:
    """The act of asking for the paper: what begins the clock of the closing paper anew."""
    rule = procedure.closing_paper.rule
    for clock in procedure.clocks:
        if clock.rule == rule and clock.repeat and clock.repeat in clock.until:
            return procedure.step(clock.repeat)
    return None


def leading_roles(procedure: Procedure) -> tuple[str, ...]:
    """The roles that lead a squad, those nearest to the work first.

    They are whom the procedure tells first, and whom it calls out as a group.
    """
    called = [role for ladder in procedure.ladders for role in ladder.group]
    told = [route.roles[0] for route in procedure.routes if route.roles]
    return tuple(dict.fromkeys([*called, *told]))


def lead_of(
    person: Person, people: Sequence[Person], roles: Sequence[str], at: datetime, zone: tzinfo
) -> Person:
    """Who leads the squad of somebody: on duty before off duty, the nearest to the work first.

    Where nobody of the group has a leading role it is the first one of it with another role than
    theirs; where there is nobody else, it is they themselves.
    """
    if person.role in roles or not person.group:
        return person
    group = [
        each
        for each in people
        if each.group == person.group and each.id != person.id and each.employed(at, zone)
    ]
    leads = [each for each in group if each.role in roles]
    if leads:
        return min(leads, key=lambda p: (not p.on_duty(at, zone), roles.index(p.role)))
    return next((each for each in group if each.role != person.role), person)


def squad_lead(
    person_id: str, people: Sequence[Person], procedure: Procedure, at: datetime, zone: tzinfo
) -> Person | None:
    """Who leads the squad of whoever has that id on the roster; None where nobody has it."""
    found = next((each for each in people if each.id == person_id), None)
    if found is None:
        return None
    return lead_of(found, people, leading_roles(procedure), at, zone)


def chased(papers: Iterable[SlipRecord], procedure: Procedure) -> tuple[SlipRecord, ...]:
    """The papers that are owed which somebody is asked for: those that went out, or others make.

    Of a case that was solved on the phone none ever did: the desk gives it a number itself.
    """
    outside = procedure.closing_paper.outside
    return tuple(paper for paper in papers if outside or paper.number or paper.issued)


def chase_list(
    papers: Iterable[SlipRecord],
    people: Sequence[Person],
    procedure: Procedure,
    at: datetime,
    zone: tzinfo,
) -> tuple[Chase, ...]:
    """The papers by whom to ask for them; whoever has the oldest one comes first."""
    found: dict[str, Chase] = {}
    for paper in papers:
        lead = squad_lead(paper.person, people, procedure, at, zone)
        name = lead.name if lead else paper.assignee
        key = lead.id if lead else f"\0{name}"
        before = found.get(key)
        found[key] = Chase(name, (*(before.papers if before else ()), paper), lead)
    return tuple(sorted(found.values(), key=lambda c: (c.papers[0].written_off_at or at, c.name)))
