"""F3: one field that finds cases, people and outside numbers."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.differing import differing_at, shown
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.text import fold

LIMIT = 50


class Found(msgspec.Struct, frozen=True):
    """What a search came to: cases newest first, people of the roster, outside numbers.

    ``dialled`` holds the outside numbers that are, or begin with, the digits typed, the shortest
    first; ``outside`` those found by their name only. ``differing``: the rows of those people
    that are not as the site adopted them.
    """

    cases: tuple[CaseLine, ...] = ()
    people: tuple[Person, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    dialled: tuple[tuple[str, str], ...] = ()
    differing: tuple[RowDiffered, ...] = ()


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
    cases, listed = tuple(desk.store.search(text, LIMIT)), people[:LIMIT]
    theirs = {person.id for person in listed}
    differing = shown(desk, tuple(x for x in differing_at(desk) if x.row in theirs))
    return Found(cases, listed, outside, dialled, differing)
