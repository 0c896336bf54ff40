"""Homes at intake and in a search: whose is meant, who lives there, and one floor up and down."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.differing import NOBODY, home_at
from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.desk.site.adopted_lists import HouseholdInUse
from dispatcher_tui.desk.site.noting import noted_here
from dispatcher_tui.domain.case.same_matter import WITHIN, building, same_matter, to_link
from dispatcher_tui.domain.record.case_line import AT_PLACE, CaseLine
from dispatcher_tui.domain.site.household_notes import NotedHere
from dispatcher_tui.domain.site.register import (
    OFFERED,
    WHOLE_NUMBER,
    HomeFound,
    NextFlat,
    NextTo,
)
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.phone import phone_digits
from dispatcher_tui.domain.words.place import PlaceKnown, normalise_place


class AtPlace(msgspec.Struct, frozen=True):
    """What the desk knows of a place: who lives there, the cases there, the flats next to it.

    ``held`` are the cases whose emergency goes on. ``by_place`` and ``by_phone`` are the homes
    that what was typed in the two fields may mean, where it is no home itself. ``noted`` is what
    has to be known of the household, and of the estate for a class of case. ``beyond`` is how many
    more than those offered the place may mean. ``alike`` are the cases of the call's class that
    came from the same building of late, where they are probably one matter with it; none while an
    emergency goes on.
    """

    home: HouseholdInUse = NOBODY
    cases: tuple[CaseLine, ...] = ()
    near: tuple[NextFlat, ...] = ()
    held: frozenset[str] = frozenset()
    by_place: tuple[HomeFound, ...] = ()
    by_phone: tuple[HomeFound, ...] = ()
    noted: NotedHere = NotedHere()
    beyond: int = 0
    alike: tuple[CaseLine, ...] = ()

    @property
    def to_link(self) -> tuple[CaseLine, ...]:
        """The open cases that the call may be about."""
        return to_link(self.cases, self.near, self.alike)


def in_use(desk: Desk, household: Household) -> Household:
    """A home of the register with the numbers that a hand put beside its own."""
    return desk.lists.household(household.place).household or household


def next_flats(desk: Desk, place: str) -> tuple[NextFlat, ...]:
    """The homes above and below a place with their open cases; those beside it, or that no list
    has, only where a case is open there."""
    floors = desk.lists.register(desk.initials).next_floors(place)
    found = []
    for side, other in floors.by_side:
        household = desk.lists.household(other).household
        lines = tuple(line for line in desk.store.at_place(other, AT_PLACE) if line.open)
        if lines or (household is not None and side is not NextTo.BESIDE):
            found.append(NextFlat(side, household or Household(other), lines))
    return tuple(found)


def homes_meant(desk: Desk, text: str, limit: int = OFFERED) -> tuple[HomeFound, ...]:
    """The homes that a room's number, a telephone number, a name or its initials may mean."""
    found = desk.lists.register(desk.initials).find(text, limit)
    return tuple(replace(each, household=in_use(desk, each.household)) for each in found)


def homes_beyond(desk: Desk, text: str) -> int:
    """How many homes that a text may mean are not among those that are offered."""
    return desk.lists.register(desk.initials).beyond(text)


def half_typed(desk: Desk, place: str) -> bool:
    """Whether a place may go on: it is the beginning of a home's and none itself."""
    return desk.lists.register(desk.initials).only_begins(normalise_place(place))


def known_place(desk: Desk, place: str) -> PlaceKnown:
    """What the register has of a place, however it is spelt."""
    if home_at(desk, place).household is not None:
        return PlaceKnown.HOME
    return desk.lists.register(desk.initials).knows(normalise_place(place))


def homes_offered(desk: Desk, place: str) -> tuple[HomeFound, ...]:
    """The homes that a place as it is typed may mean; none where it is a home itself."""
    if not place.strip() or home_at(desk, normalise_place(place)).household is not None:
        return ()
    return homes_meant(desk, normalise_place(place))


def places_offered(desk: Desk, place: str) -> tuple[HomeFound, ...]:
    """The same where nobody has signed in: the places that a room's number or a caller's whole
    telephone number may mean, without who lives there.

    By name and initials alone nobody is found so. Who lives at a place can be read once it is
    written down for the emergency, which says in the record who asked and when.
    """
    whole = len(phone_digits(place)) >= WHOLE_NUMBER
    found = (each for each in homes_offered(desk, place) if whole or each.resident < 0)
    return tuple(HomeFound(Household(each.household.place)) for each in found)


def alike_lately(desk: Desk, place: str, category: str) -> tuple[CaseLine, ...]:
    """The cases that a call of that class from that place is probably one matter with."""
    if not category or not building(place):
        return ()
    now = desk.clock.now()
    return same_matter(desk.store.opened_lately(now - WITHIN, category), place, category, now)


def look_up(desk: Desk, place: str, phone: str, category: str = "") -> AtPlace:
    """What the fields of an intake form lead to, as they are typed so far; ``category`` is the id
    of the class that was picked."""
    home = home_at(desk, place)
    offered = homes_offered(desk, place)
    held = frozenset(each.case_id for each in holding(desk))
    return AtPlace(
        home=home,
        cases=tuple(desk.store.at_place(place, AT_PLACE + 1)),
        near=next_flats(desk, place),
        held=held,
        alike=() if held else alike_lately(desk, place, category),
        by_place=offered,
        beyond=homes_beyond(desk, normalise_place(place)) if offered else 0,
        by_phone=homes_meant(desk, phone),
        noted=noted_here(desk, place),
    )
