"""F3: one field that finds cases, people and outside numbers."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.case.homes import homes_beyond, homes_meant, next_flats
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.differing import differing_at, shown
from dispatcher_tui.desk.watch.handouts import found_out
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.site.register import OFFERED, HomeFound, NextFlat
from dispatcher_tui.domain.watch.handout_book import HandoutRow
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.text import fold

LIMIT, NOTES = 50, 10
WITH_FLATS = 3
"""Most homes of which the flats above and below are listed too."""


class HomeInReach(msgspec.Struct, frozen=True):
    """A home that was found, and those right above and below it."""

    found: HomeFound
    near: tuple[NextFlat, ...] = ()


class Beyond(msgspec.Struct, frozen=True):
    """What a search found beside what it lists: ``homes`` and ``people`` by how many, and whether
    there are more ``cases`` and ``notes``."""

    homes: int = 0
    people: int = 0
    cases: bool = False
    notes: bool = False


class Found(msgspec.Struct, frozen=True):
    """What a search came to: cases newest first, people of the roster, outside numbers.

    ``dialled`` holds the outside numbers that are, or begin with, the digits typed, the shortest
    first; ``outside`` those found by their name only. ``differing``: the rows of those people
    that are not as the site adopted them. ``homes`` are those of the register, each with the flats
    above and below where there are few; ``notes`` the enquiries and other lines of the Work Log.
    ``handouts``: what is out of the handout book. ``beyond`` counts what was found and is not
    listed: homes and people to the one, of what grows with the years no more than that there is
    more.
    """

    cases: tuple[CaseLine, ...] = ()
    people: tuple[Person, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    dialled: tuple[tuple[str, str], ...] = ()
    differing: tuple[RowDiffered, ...] = ()
    homes: tuple[HomeInReach, ...] = ()
    notes: tuple[Entry, ...] = ()
    handouts: tuple[HandoutRow, ...] = ()
    beyond: Beyond = Beyond()


def _matches(desk: Desk, wanted: str, digits: str, person: Person) -> bool:
    if wanted in fold(person.name) or wanted in fold(person.title):
        return True
    if len(digits) >= 3 and any(digits in phone for phone in person.phones):
        return True
    return wanted.isascii() and any(
        initials.startswith(wanted) for initials in desk.initials(person.name)
    )


def find(desk: Desk, text: str) -> Found:
    """Search all history and the phone book; any text is harmless, an empty one finds nothing."""
    wanted, digits = fold(text).strip(), phone_digits(text)
    if not wanted:
        return Found()
    people = tuple(p for p in desk.lists.people() if _matches(desk, wanted, digits, p))
    numbers = desk.site.site.outside.items()
    begun = (pair for pair in numbers if digits and pair[1].startswith(digits))
    dialled = tuple(sorted(begun, key=lambda pair: len(pair[1])))
    outside = tuple(pair for pair in numbers if wanted in pair[0] and pair not in dialled)
    cases, listed = desk.store.search(text, LIMIT + 1), people[:LIMIT]
    theirs = {person.id for person in listed}
    homes, notes = _homes(desk, text), desk.store.notes(text, NOTES + 1)
    rung = [x for x in differing_at(desk) if x.row in theirs] + _differing(desk, homes)
    beyond = Beyond(
        homes=homes_beyond(desk, text) if len(homes) == OFFERED else 0,
        people=len(people) - len(listed),
        cases=len(cases) > LIMIT,
        notes=len(notes) > NOTES,
    )
    return Found(
        cases=tuple(cases[:LIMIT]),
        people=listed,
        outside=outside,
        dialled=dialled,
        differing=shown(desk, tuple(rung)),
        homes=homes,
        notes=tuple(notes[:NOTES]),
        handouts=found_out(desk, text)[:LIMIT],
        beyond=beyond,
    )


def _homes(desk: Desk, text: str) -> tuple[HomeInReach, ...]:
    """The home at the place that was typed, else those that it may mean."""
    there = desk.lists.household(text).household
    found = (HomeFound(there),) if there is not None else homes_meant(desk, text)
    few = len(found) <= WITH_FLATS
    return tuple(
        HomeInReach(each, next_flats(desk, each.household.place) if few else ()) for each in found
    )


def _differing(desk: Desk, homes: tuple[HomeInReach, ...]) -> list[RowDiffered]:
    """The rows of those homes, and of the flats beside them, that are not as adopted."""
    places = [each.found.household.place for each in homes]
    places += [flat.household.place for each in homes for flat in each.near]
    found = (desk.lists.household(place).differing for place in dict.fromkeys(places))
    return [each for each in found if each is not None]
