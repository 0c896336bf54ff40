"""Who there is: the roster, the units and the categories of a site."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from enum import IntEnum

import msgspec

from dispatcher_tui.domain.words.terms import Label

NAME_LIMIT = 30
"""Characters of a name that is typed for somebody who is on no list."""

_NO_NAME = frozenset("，。；：！？、,;:!?/|\n\t")


NOBODY = "desk"
"""Who acts while nobody has signed in."""
MACHINE = "cli:"
"""What the name of an actor begins with who is an account of the machine's, and no person."""


def person_of(actor: str) -> str:
    """The person by whose name an entry stands; empty where no person has written it."""
    return "" if actor == NOBODY or actor.startswith(MACHINE) else actor


def bare_figure(text: str) -> bool:
    """Whether a text typed for a name is figures and no letter: keys that missed their field."""
    return any(each.isdigit() for each in text) and not any(each.isalpha() for each in text)


def is_name(text: str) -> bool:
    """Whether a typed text can be somebody's name: short, no sentence and no bare figure."""
    name = text.strip()
    fits = 0 < len(name) <= NAME_LIMIT and _NO_NAME.isdisjoint(name)
    return fits and not bare_figure(name)


class Nearness(IntEnum):
    """Where somebody is to be found at a moment, the nearest first.

    ``TO_REACH``: no duty hours are stated, so that nobody can say where they are. ``AWAY``: on
    leave, ill, in training.
    """

    ON_ESTATE = 0
    ON_DUTY = 1
    TO_REACH = 2
    AT_HOME = 3
    AWAY = 4


class Person(msgspec.Struct, frozen=True):
    """Somebody on the roster. ``on_from``/``on_until`` are daily duty hours, None: always.

    ``post`` is where on the estate they stand while on duty, ``skills`` what they can do there.
    """

    id: str
    name: str
    role: str
    group: str = ""
    title: str = ""
    phones: tuple[str, ...] = ()
    on_from: time | None = None
    on_until: time | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    deputy: str = ""
    post: str = ""
    skills: tuple[str, ...] = ()

    def employed(self, at: datetime, zone: tzinfo) -> bool:
        """Whether the person has begun and has not left by a moment."""
        day = at.astimezone(zone).date()
        return (self.valid_from or day) <= day <= (self.valid_until or day)

    def on_duty(self, at: datetime, zone: tzinfo) -> bool:
        """Whether the roster has this person on duty at a moment (an end is exclusive)."""
        local = at.astimezone(zone)
        if not self.employed(at, zone):
            return False
        if self.on_from is None or self.on_until is None or self.on_from == self.on_until:
            return True
        clock = local.time()
        if self.on_from < self.on_until:
            return self.on_from <= clock < self.on_until
        return clock >= self.on_from or clock < self.on_until

    def nearness(self, at: datetime, zone: tzinfo) -> Nearness:
        """Where the roster says they are: at their post, on duty, anywhere, at home."""
        if not self.on_duty(at, zone):
            return Nearness.AT_HOME
        if self.on_from is None or self.on_until is None:
            return Nearness.TO_REACH
        return Nearness.ON_ESTATE if self.post else Nearness.ON_DUTY


class Household(msgspec.Struct, frozen=True):
    """One unit of the estate and who lives there."""

    place: str
    residents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    warning: str = ""
    note: str = ""


class Category(msgspec.Struct, frozen=True, rename={"case_class": "class"}):
    """What a case is about; ``initials`` are those of its Chinese name.

    ``procedures``: those under which it is offered, all of them where none is named.
    ``words``: what callers say instead of its name; each of them alone means this class.
    ``cues``: what stands in a sentence about it; each speaks for the class, none decides. One with
    a blank in it is several parts, all of which have to be said. ``texts``: what is usually said,
    whole, to be taken by a digit.
    """

    id: str
    name: Label
    case_class: str
    initials: str
    routes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    texts: tuple[Label, ...] = ()
