"""住户备注: what the desk has to know of a household before anybody goes there, and for how long.

The notes of a site are one list of persons: its text lies in the documents, the chain never has a
word of it. Each function gives the list as it is afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.terms import NoteKind

OVER_KEPT = timedelta(days=90)
"""How long a note that is over stays in the list, for the head to look back on."""

WORDS_LIMIT = 200
"""Characters of a note's words, and of the reason for its end."""


class NoteError(ValueError):
    """A note that cannot be added or ended; ``code`` says why, by the refusal it becomes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class HouseholdNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """One note on a household; times are UTC.

    ``place`` is spelt as the register has it. ``until``: the moment from which it says nothing any
    more, None where it has no such moment. ``ended_at``: when somebody ended it, and why.
    """

    id: str
    place: str
    kind: NoteKind
    added_at: datetime
    added_by: str
    text: str = ""
    until: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""

    def stands(self, at: datetime) -> bool:
        """Whether it is shown at a moment; that of its expiry is none of them."""
        return self.ended_at is None and (self.until is None or at < self.until)

    def over_at(self) -> datetime | None:
        """Since when it is over, or from when it will be; None where nothing ends it."""
        ends = [each for each in (self.ended_at, self.until) if each is not None]
        return min(ends, default=None)


class NotedHome(msgspec.Struct, frozen=True):
    """A note with the household that it is about, where the register has one."""

    note: HouseholdNote
    household: Household | None = None


def homes_at(homes: Iterable[NotedHome], at: datetime) -> tuple[NotedHome, ...]:
    """Those whose notes stand at a moment."""
    return tuple(home for home in homes if home.note.stands(at))


class NotedHere(msgspec.Struct, frozen=True):
    """What is noted where a call is about: on the household, and on the estate by class.

    ``homes`` are all that any class asks after, ``asked`` which kinds of note each class does.
    """

    notes: tuple[HouseholdNote, ...] = ()
    homes: tuple[NotedHome, ...] = ()
    asked: dict[str, frozenset[NoteKind]] = {}

    def homes_for(self, category: str, at: datetime) -> tuple[NotedHome, ...]:
        """The homes to look after because of a class, at a moment."""
        kinds = self.asked.get(category, frozenset())
        return tuple(home for home in homes_at(self.homes, at) if home.note.kind in kinds)


Notes = tuple[HouseholdNote, ...]

_TEXT = msgspec.json.Encoder(order="sorted")
_LIST = msgspec.json.Decoder(Notes)


def notes_text(notes: Iterable[HouseholdNote]) -> str:
    """The list as it is adopted: a line for each note."""
    lines = ",\n".join(_TEXT.encode(note).decode() for note in notes)
    return f"[\n{lines}\n]\n"


def parse_notes(text: str) -> Notes:
    """The notes of an adopted list.

    Raises:
        msgspec.DecodeError: this version cannot read it.
    """
    return _LIST.decode(text)


def added(notes: Notes, note: HouseholdNote) -> Notes:
    """The list with one note more.

    Raises:
        NoteError: it is about no place, says nothing, or would be over before it begins.
    """
    if not note.place.strip():
        raise NoteError("household_note_place")
    if note.kind is NoteKind.OTHER and not note.text.strip():
        raise NoteError("household_note_words")
    if note.until is not None and note.until <= note.added_at:
        raise NoteError("household_note_past")
    return (*_recent(notes, note.added_at), note)


def ended(notes: Notes, note_id: str, at: datetime, by: str, reason: str) -> Notes:
    """The list with a note ended by hand.

    Raises:
        NoteError: there is no such note, it is over already, or no reason is given.
    """
    found = next((each for each in notes if each.id == note_id), None)
    if found is None or not found.stands(at):
        raise NoteError("household_note_over")
    if not reason.strip():
        raise NoteError("household_note_reason")
    done = msgspec.structs.replace(found, ended_at=at, ended_by=by, reason=reason.strip())
    return tuple(done if each is found else each for each in _recent(notes, at))


def _recent(notes: Notes, at: datetime) -> Notes:
    """The list without what was over long ago; an older text has that still."""
    since = at - OVER_KEPT
    return tuple(each for each in notes if (over := each.over_at()) is None or over >= since)


def standing(notes: Iterable[HouseholdNote], at: datetime) -> Notes:
    """Those that stand at a moment: first what a life hangs on, else as they were added."""
    found = [each for each in notes if each.stands(at)]
    return tuple(sorted(found, key=lambda each: each.kind is not NoteKind.LIFE_SUPPORT))


def over(notes: Iterable[HouseholdNote], at: datetime) -> Notes:
    """Those that are over at a moment, the last one first."""
    found = [each for each in notes if not each.stands(at)]
    return tuple(sorted(found, key=lambda each: each.over_at() or at, reverse=True))


def holds_place(text: str, places: Collection[str]) -> bool:
    """Whether an adopted list has a note on one of these places; one that cannot be read may."""
    try:
        return any(each.place in places for each in parse_notes(text))
    except msgspec.DecodeError:
        return any(place in text for place in places)


def without_places(text: str, places: Collection[str]) -> Notes:
    """The notes of an adopted list but those on these places.

    Raises:
        msgspec.DecodeError: this version cannot read it.
    """
    return tuple(each for each in parse_notes(text) if each.place not in places)
