"""What can happen in an emergency: its kind, who came how far, its end, the leaders' orders."""

from __future__ import annotations

from dispatcher_tui.domain.record.events import CaseEvent
from dispatcher_tui.domain.words.terms import Responder


class AlarmRepeated(CaseEvent, frozen=True, kw_only=True):
    """The panel that opened the case sounded the same alarm again; it is counted on it.

    ``times``: which alarm of the case it is, the opening counted as the first. ``said``: the
    words it came with where they are not those of the opening; the same for caller and phone.
    """

    times: int
    said: str = ""
    caller: str = ""
    phone: str = ""


class EmergencyNamed(CaseEvent, frozen=True, kw_only=True):
    """The kind of an emergency was chosen; ``place`` as far as it is known.

    ``category``, ``case_class`` and ``tags`` are those of the kind, where no caller's words gave
    the case a class: so every count of classes has it.
    ``moved``: it is another place than the one people are under way to. ``registered``: whether
    the register has the place; None where none is given, and in older entries.
    """

    kind: str
    place: str = ""
    category: str = ""
    case_class: str = ""
    tags: tuple[str, ...] = ()
    moved: bool = False
    registered: bool | None = None


class ResponderReported(CaseEvent, frozen=True, kw_only=True):
    """Somebody who was called out set off, arrived, or reported back (E-03).

    ``who``: by what the calls know them, the roster's id, else the number, else the name.
    """

    person: str
    name: str
    stage: Responder
    note: str = ""
    who: str = ""


class StoodDown(CaseEvent, frozen=True, kw_only=True):
    """告一段落: the post is held no longer (E-05); ``note`` is who said so and how it stands.

    ``false_alarm``: people were rung, and there was nothing; no aftermath is followed then.
    ``unreached``: who was never reached or never sent, by name, and ``why``.
    ``by``: who said so, ``person`` by the roster's id; ``stranger``: not on the roster. Empty in
    older entries.
    """

    note: str
    false_alarm: bool = False
    unreached: tuple[str, ...] = ()
    why: str = ""
    by: str = ""
    person: str = ""
    stranger: bool = False


class EmergencyResumed(CaseEvent, frozen=True, kw_only=True):
    """It flared up again: the post is held anew, and ``anew`` who comes is called out anew."""

    reason: str
    anew: bool = False


class OrderIssued(CaseEvent, frozen=True, kw_only=True):
    """A leader's order in an emergency, opened as the case ``number`` of its own (E-08).

    ``person`` is the roster's id of who gave it; ``stranger``: they are not on the roster.
    """

    order: str
    number: str
    by: str
    text: str
    person: str = ""
    stranger: bool = False


class CardStepDone(CaseEvent, frozen=True, kw_only=True):
    """A step of the action card was done; ``step`` counts from 0 on the card of ``kind``."""

    kind: str
    step: int
    text: str


class BranchAnswered(CaseEvent, frozen=True, kw_only=True):
    """The question that decides first on the card of ``kind`` was answered.

    ``answer`` counts from 0 on that card; ``question`` and ``text`` are what the card said then.
    """

    kind: str
    answer: int
    question: str
    text: str
