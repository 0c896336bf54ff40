"""The action card of a kind of emergency: what to ask, tell and do, and whom to ring (E-02)."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.layer import HEAD
from dispatcher_tui.domain.terms import Fact, Label

DEFAULT_RING = ("guard", "gate", "engineering", HEAD)
"""The order of calls among one's own people where a card gives none."""


class Line(msgspec.Struct, frozen=True):
    """One line of a card, in both languages."""

    text: Label


class Answer(msgspec.Struct, frozen=True):
    """An answer to the question of a branch: what to tell then, or the kind it really is."""

    label: Label
    tells: tuple[Label, ...] = msgspec.field(name="tell", default=())
    kind: str = ""


class Branch(msgspec.Struct, frozen=True):
    """The one question that decides first."""

    text: Label
    answers: tuple[Answer, ...] = msgspec.field(name="answer", default=())


class Review(msgspec.Struct, frozen=True):
    """When our wording was ``written``, and who of the site reviewed it when; dates are ISO."""

    written: str = ""
    by: str = ""
    on: str = ""


class Card(msgspec.Struct, frozen=True):
    """What to ask, tell and do in one kind of emergency.

    ``digit`` is the key that names the kind, ``within`` the kind whose branch leads to it.
    ``ring`` is the order of calls: names of the site's outside numbers, and of those who go there
    (the layer's scenes, or ``head`` for the ladder). ``first_number``, of older cards, is rung
    before anybody else: a name of the site's outside numbers, a number itself, or nothing.
    ``categories`` and ``facts`` say which complaints are this kind. ``tell_first``: lives hang on
    what is told, so that it comes before what is asked.
    """

    id: str
    title: Label
    rule: str
    digit: str = ""
    within: str = ""
    ring: tuple[str, ...] = ()
    first_number: str = ""
    categories: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    tell_first: bool = False
    source: Label = Label("", "")
    review: Review = Review()
    branch: Branch | None = None
    asks: tuple[Line, ...] = msgspec.field(name="ask", default=())
    tells: tuple[Line, ...] = msgspec.field(name="tell", default=())
    steps: tuple[Line, ...] = msgspec.field(name="step", default=())
    nevers: tuple[Line, ...] = msgspec.field(name="never", default=())
    end: Line | None = None
    records: tuple[Line, ...] = msgspec.field(name="record", default=())

    @property
    def order(self) -> tuple[str, ...]:
        """Whom to ring one after the other: ``ring``, else the first number and one's own."""
        first = (self.first_number,) if self.first_number else ()
        rest = self.ring or DEFAULT_RING
        return (*first, *(name for name in rest if name not in first))
