"""What happens to the notices of a case: for which doors, hung, taken down; and the homes that are
warned of it one by one."""

from __future__ import annotations

from dispatcher_tui.domain.record.events import CaseEvent
from dispatcher_tui.domain.words.terms import CallOutcome, Label


class PostingsSet(CaseEvent, frozen=True, kw_only=True):
    """A notice, by its form, is meant for these ``doors``, and for no others where it does not
    hang yet. ``label``: what the form was called."""

    form: str
    label: Label
    doors: tuple[str, ...]


class PostingHung(CaseEvent, frozen=True, kw_only=True):
    """The notice was seen hanging at a door; ``by``: who hung it, where that is not the actor."""

    form: str
    label: Label
    door: str
    by: str = ""


class PostingTakenDown(CaseEvent, frozen=True, kw_only=True):
    """The notice came down there again."""

    form: str
    label: Label
    door: str
    by: str = ""


class HomesNamed(CaseEvent, frozen=True, kw_only=True):
    """These homes have something that must not go off unwarned: each is rung by itself.

    Nothing is said of whom, or why: that lies in the notes on households.
    """

    homes: tuple[str, ...]


class HomeRung(CaseEvent, frozen=True, kw_only=True):
    """One of them was rung, whatever came of it."""

    home: str
    phone: str = ""
    outcome: CallOutcome
    note: str = ""
