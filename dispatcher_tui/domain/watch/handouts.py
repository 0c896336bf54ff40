"""The handout book: what goes out of the desk's hands and comes back, and by when.

Keys, loans, passes, finds, visitors, contractors: each register is the site's own data. A thing
goes out once and comes back once; what is out stands in the post. Who has it and what was written
of them are a text of its own in the documents, which can be deleted: the entries have its hash.
Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.time.calendar import Calendar, due_at
from dispatcher_tui.domain.words.terms import Label

HANDOUT = "handouts"
"""What a text about a thing that went out is kept as."""

DO = "handout"
"""What the duty to see that a thing comes back asks to do."""

MARK = "handout:"
"""How the key of such a duty begins."""


class Taker(StrEnum):
    """Who may take a thing of a register: anybody, or only who stands on the roster."""

    ANYBODY = "anybody"
    STAFF = "staff"


class FieldSort(StrEnum):
    """What a field of a register holds."""

    TEXT = "text"
    PHONE = "phone"
    PLACE = "place"


class HandoutThing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing of a register that is there once, such as a key."""

    id: str
    label: Label


class HandoutField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What else is asked when something goes out."""

    id: str
    label: Label
    sort: FieldSort = FieldSort.TEXT
    required: bool = True


class HandoutRegister(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One register of the site as its file has it.

    ``out`` and ``back``: what going out and coming back are called. ``who``: what the one is called
    who takes it; ``may``: who that can be. ``things``: those that are there once; with none it is
    written down what it is, under ``what``. ``due``: how long after it went out it is overdue,
    ``4h``, ``shift end`` or ``30 days``; never where nothing is said. ``claimant``: who takes it at
    the end is asked by that name, where that is somebody else.
    """

    id: str
    label: Label
    out: Label
    back: Label
    who: Label
    may: Taker = Taker.ANYBODY
    due: str = ""
    what: Label | None = None
    claimant: Label | None = None
    things: tuple[HandoutThing, ...] = msgspec.field(name="thing", default=())
    fields: tuple[HandoutField, ...] = msgspec.field(name="field", default=())

    def thing(self, thing_id: str) -> HandoutThing | None:
        """The thing of that id."""
        return next((each for each in self.things if each.id == thing_id), None)


class HandoutText(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the chain has no word of: who has it, what it is, what was written down.

    ``id`` is random, so that nobody finds a text by trying names against its hash.
    """

    id: str
    who: str = ""
    what: str = ""
    fields: dict[str, str] = {}
    note: str = ""

    def words(self) -> tuple[str, ...]:
        """Everything that people wrote in it, one by one."""
        return tuple(filter(None, (self.who, self.what, *self.fields.values(), self.note)))


_TEXT = msgspec.json.Decoder(HandoutText)


def text_of(kept: str) -> HandoutText | None:
    """A kept text; None where it cannot be read."""
    try:
        return _TEXT.decode(kept)
    except msgspec.DecodeError:
        return None


def kept_as(text: HandoutText) -> str:
    """How a text is kept."""
    return msgspec.json.encode(text, order="deterministic").decode()


class ThingOut(msgspec.Struct, frozen=True):
    """A thing that is out: the ``number`` it went out with, of which register, since and until
    when. ``thing`` is its id and ``thing_label`` its name, where it is one that is there once;
    ``sha256`` is the text's about it, ``by`` who wrote it down."""

    number: int
    register: str
    label: Label
    at: datetime
    thing: str = ""
    thing_label: Label | None = None
    due: datetime | None = None
    sha256: str = ""
    by: str = ""

    def late(self, now: datetime) -> bool:
        """Whether it should have come back before."""
        return self.due is not None and now > self.due


def handout_key(number: int) -> str:
    """The key of the duty to see that the thing with that number comes back."""
    return f"{MARK}{number}"


def is_handout(key: str) -> bool:
    """Whether that is the key of such a duty."""
    return key.startswith(MARK)


def number_in(key: str) -> int:
    """The number that such a key is about."""
    return int(key.removeprefix(MARK))


def back_by(register: HandoutRegister, calendar: Calendar, at: datetime) -> datetime | None:
    """By when a thing of a register that goes out at a moment is to be back; None for never."""
    if not register.due:
        return None
    return due_at(calendar, due.parse_due(register.due), at).at


def handout_duties(out: Iterable[ThingOut]) -> tuple[Duty, ...]:
    """One duty for each thing that is out and has a time to come back by."""
    return tuple(
        Duty(
            key=handout_key(each.number),
            rule="",
            label=each.thing_label or each.label,
            do=DO,
            start=each.at,
            due=each.due,
            opens=each.due,
            done_at=None,
            cancelled_at=None,
            clock=f"{MARK}{each.register}",
        )
        for each in out
        if each.due is not None
    )


def in_order(out: Iterable[ThingOut]) -> list[ThingOut]:
    """What is out, by when it is to be back; what has no time comes last, the oldest first."""
    return sorted(out, key=lambda x: (x.due is None, x.due or x.at, x.number))
