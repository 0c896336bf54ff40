"""The register of homes, held in memory: found by whatever a caller gives, and floor by floor.

It grows with the estate and not with its history. What is searched stands in a few long texts, so
that a key costs the same few microseconds a home whatever is typed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.phone import phone_digits, plausible_phone
from dispatcher_tui.domain.words.place import PlaceKnown, place_parts
from dispatcher_tui.domain.words.text import fold, is_hanzi

Initials = Callable[[str], Collection[str]]
"""Pinyin initials of a name, in every reading."""

FEWEST_DIGITS = 4
"""Digits of a telephone number by which a home is found."""
FEWEST_LETTERS = 2
"""Characters of a name, or letters of its initials, by which a home is found."""
WHOLE_NUMBER = 10
"""Digits from which on a text that reads as a place too is a telephone number; so is one whose
building would have a number of more than three figures."""
OFFERED = 9
"""Most homes that are offered: each has a digit."""

_ROOM = re.compile(r"([0-9]{3,5})\s*[室号房]?")
_FLOOR_ROOM = re.compile(r"0*([1-9][0-9]?)([0-9]{2})")
_PLAIN = re.compile(r"[0-9A-Z]{1,5}(?:-[0-9A-Z]{1,5}){1,4}")
_END = "\n"


class HomeFound(msgspec.Struct, frozen=True):
    """A home that is meant by what was typed; ``resident`` is whose name or number it was, by
    their place in the list, -1 where it was the room's number or one of nobody's."""

    household: Household
    resident: int = -1

    @property
    def name(self) -> str:
        """Who it is; the first of the home where that was not said."""
        names = self.household.residents
        return names[self.resident] if 0 <= self.resident < len(names) else next(iter(names), "")

    @property
    def phone(self) -> str:
        """Their number; the home's first where they have none of their own."""
        phones = self.household.phones
        own = phones[self.resident] if 0 <= self.resident < len(phones) else ""
        return own or next(filter(None, phones), "")


class NextTo(StrEnum):
    """Where a home next to another one is."""

    ABOVE = "above"
    BELOW = "below"
    BESIDE = "beside"


class NextFloors(msgspec.Struct, frozen=True):
    """The places right above, right below and beside one; empty where it cannot be known."""

    above: str = ""
    below: str = ""
    beside: tuple[str, ...] = ()

    @property
    def by_side(self) -> Iterator[tuple[NextTo, str]]:
        """Each that is known, with where it is."""
        found = ((NextTo.ABOVE, self.above), (NextTo.BELOW, self.below))
        yield from ((side, place) for side, place in found if place)
        yield from ((NextTo.BESIDE, place) for place in self.beside)


class NextFlat(msgspec.Struct, frozen=True):
    """The home next to a place, and the cases that are open there."""

    where: NextTo
    household: Household
    cases: tuple[CaseLine, ...] = ()


class _Words:
    """Many short texts as one long one, each between line ends, and whose each is."""

    def __init__(self, texts: Iterable[tuple[str, int, int]]) -> None:
        self._owners: list[tuple[int, int]] = []
        self._starts: list[int] = []
        parts, at = [], 1
        for text, home, resident in texts:
            parts.append(text)
            self._starts.append(at)
            self._owners.append((home, resident))
            at += len(text) + 1
        self._whole = _END + _END.join(parts) + _END

    def find(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Whose texts hold a text; one that begins with a line end is to begin them."""
        at = self._whole.find(wanted)
        while at >= 0:
            yield self._owners[bisect_right(self._starts, at + wanted.startswith(_END)) - 1]
            at = self._whole.find(wanted, at + 1)


class Register:
    """Homes in the order of their list; built once for a list."""

    def __init__(self, households: Sequence[Household], initials: Initials) -> None:
        self._homes = households
        named = [
            (name, home, nth)
            for home, each in enumerate(households)
            for nth, name in enumerate(each.residents)
        ]
        self._phones = _Words(
            (phone_digits(phone), home, nth if nth < len(each.residents) else -1)
            for home, each in enumerate(households)
            for nth, phone in enumerate(each.phones)
        )
        self._names = _Words((fold(name), home, nth) for name, home, nth in named)
        self._initials = _Words(
            (letters, home, nth) for name, home, nth in named for letters in initials(name)
        )
        self._rooms: dict[str, list[int]] = {}
        self._floors: Floors = {}
        for home, each in enumerate(households):
            parts = _parts(each.place)
            if len(parts) > 1:
                self._rooms.setdefault(parts[-1].lstrip("0"), []).append(home)
                _put_on_floor(self._floors, each.place, parts)

    def only_begins(self, place: str) -> bool:
        """Whether a place is none of a home but the beginning of one, so that it may be half typed:
        `3-2-15` where there is a `3-2-1502`."""
        longer = [each.place for each in self._homes if each.place.startswith(place)]
        return bool(place and longer) and place not in longer

    def knows(self, place: str) -> PlaceKnown:
        """What it has of a place by its parts, as it is spelt: `3-2` is part of `3-2-1502`, and
        `3-2-15` is not."""
        if not self._homes:
            return PlaceKnown.NO_LIST
        if any(each.place == place for each in self._homes):
            return PlaceKnown.HOME
        whole = f"{place}-"
        part = bool(place) and any(each.place.startswith(whole) for each in self._homes)
        return PlaceKnown.PART if part else PlaceKnown.NOT_LISTED

    def doors(self) -> tuple[str, ...]:
        """Every door of a building, by the places behind it: `3-2` of `3-2-1502`."""
        found = (each.place.rpartition("-")[0] for each in self._homes)
        return tuple(dict.fromkeys(filter(None, found)))

    def find(self, text: str, limit: int = OFFERED) -> tuple[HomeFound, ...]:
        """The homes that a room's number, a part of a telephone number, a name or its initials
        may mean, at most ``limit``; nothing for a text that reads as a place. Never raises."""
        found: dict[int, int] = {}
        for home, resident in self._meant(text):
            found.setdefault(home, resident)
            if len(found) == limit:
                break
        return tuple(HomeFound(self._homes[home], nth) for home, nth in found.items())

    def beyond(self, text: str, limit: int = OFFERED) -> int:
        """How many homes more than ``limit`` the text may mean."""
        return max(0, len({home for home, _resident in self._meant(text)}) - limit)

    def _meant(self, text: str) -> Iterator[tuple[int, int]]:
        wanted = fold(unicodedata.normalize("NFKC", text)).strip()
        digits = phone_digits(wanted)
        *stairs, _door = place_parts(text) or ("",)
        if stairs and len(digits) < WHOLE_NUMBER and all(len(part) <= 3 for part in stairs):
            return
        room = _ROOM.fullmatch(wanted)
        rooms = self._rooms.get(room[1].lstrip("0"), ()) if room else ()
        if len(rooms) <= OFFERED:  # One of thirty buildings is not told from the others by it.
            yield from ((home, -1) for home in rooms)
        if len(digits) >= FEWEST_DIGITS and plausible_phone(wanted):
            yield from self._phones.find(digits)
        letters = wanted.replace(" ", "")
        if len(letters) < FEWEST_LETTERS or not any(ch.isalpha() for ch in letters):
            return
        yield from self._names.find(wanted)
        if letters.isascii() and letters.isalnum():
            yield from self._initials.find(_END + letters)
        elif any(map(is_hanzi, letters)) and letters != wanted:
            yield from self._names.find(letters)

    def next_floors(self, place: str) -> NextFloors:
        """The homes above and below a place, however it is spelt."""
        return next_floors(place, self._floors)


Floors = dict[tuple[str, ...], dict[int, dict[str, str]]]
"""By building and unit, by floor, by the room's number on it, the place as it is registered; an
empty one where two are alike."""


def _parts(place: str) -> Sequence[str]:
    """The figures of a place; of one in the register's own form they are read at once."""
    return place.split("-") if _PLAIN.fullmatch(place) else place_parts(place)


def _on_floor(parts: Sequence[str]) -> tuple[tuple[str, ...], int, str] | None:
    """Building and unit, the floor and the room on it; None for a place that does not say them."""
    if len(parts) < 2:
        return None
    match = _FLOOR_ROOM.fullmatch(parts[-1])
    if match is None:
        return None
    return tuple(part.lstrip("0") for part in parts[:-1]), int(match[1]), match[2]


def _put_on_floor(floors: Floors, place: str, parts: Sequence[str]) -> None:
    known = _on_floor(parts)
    if known is not None:
        stair, floor, room = known
        rooms = floors.setdefault(stair, {}).setdefault(floor, {})
        rooms[room] = "" if room in rooms else place


def floors_of(places: Iterable[str]) -> Floors:
    """The registered places by building and unit, floor and room."""
    found: Floors = {}
    for place in places:
        _put_on_floor(found, place, _parts(place))
    return found


def next_floors(place: str, floors: Floors) -> NextFloors:
    """The places one floor above and one below, and beside it on its floor, in the same building
    and unit: the registered ones, or where no list says what there is the next numbers.

    A room's number is its floor and two more digits, with or without zeros in front. Numbers that
    no floor of the building has because nobody wants them (4, 13, 14, 24) are passed over. What
    does not say its floor, or would be two homes, has none.
    """
    known = _on_floor(place_parts(place))
    if known is None:
        return NextFloors()
    if not floors:
        return _next_numbers(place_parts(place), known)
    stair, floor, room = known
    there = floors.get(stair, {})
    used = {n for other, each in floors.items() if other[0] == stair[0] for n in each}

    def stacked(step: int) -> str:
        following = floor + step
        while following not in used and ("4" in str(following) or following == 13):
            following += step
        return there.get(following, {}).get(room, "")

    known_rooms = there.get(floor, {})
    rooms = sorted({*known_rooms, room})
    nth = rooms.index(room)
    doors = (*rooms[:nth][-1:], *rooms[nth + 1 :][:1])
    beside = tuple(filter(None, (known_rooms[each] for each in doors)))
    return NextFloors(stacked(1), stacked(-1), beside)


def _next_numbers(parts: Sequence[str], known: tuple[tuple[str, ...], int, str]) -> NextFloors:
    """The numbers next to a room's, floor and door, in as many figures as it has itself."""
    _stair, floor, room = known

    def spelt(of_floor: int, door: int) -> str:
        number = f"{of_floor}{door:02}".zfill(len(parts[-1]))
        return "-".join((*parts[:-1], number)) if of_floor > 0 and 0 < door < 100 else ""

    door = int(room)
    doors = (spelt(floor, door - 1), spelt(floor, door + 1))
    return NextFloors(spelt(floor + 1, door), spelt(floor - 1, door), tuple(filter(None, doors)))
