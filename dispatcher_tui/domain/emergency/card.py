"""The action card of a kind of emergency: what to ask, tell and do, and whom to ring (E-02)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import msgspec

from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.words.terms import Channel, Fact, Label, NoteKind

DEFAULT_RING = ("guard", "gate", "engineering", HEAD)
"""The order of calls among one's own people where a card gives none."""


_COUNTED = re.compile("(.+):([1-9])")
_ONCE = "!"


def once(name: str) -> bool:
    """Whether a name of an order of calls is one call to one of them who is on the estate, and
    then the next whatever came of it: ``engineering!``. The others come where it stands again."""
    return len(name) > 1 and name.endswith(_ONCE)


def counted(name: str) -> tuple[str, int]:
    """Whom a name of an order of calls has rung, and how many of them are told before the next:
    ``guard:1`` is one of the guards. 0 stands for as many as the layer says."""
    if once(name):
        return name[: -len(_ONCE)], 1
    found = _COUNTED.fullmatch(name)
    return (found[1], int(found[2])) if found else (name, 0)


def needed(name: str) -> str:
    """Whom a name of an order of calls means; in parentheses: only if it comes to that."""
    name = name[1:-1] if name.startswith("(") and name.endswith(")") else name
    return counted(name)[0]


class CardText(msgspec.Struct, frozen=True):
    """One line of a card, in both languages."""

    text: Label


class Say(msgspec.Struct, frozen=True):
    """What somebody of ours is told to do, by the scenes they go to (``head``: the ladder);
    ``to`` nobody by name: whoever has no words of their own."""

    text: Label
    to: tuple[str, ...] = ()


SCRIPT_FACTS = ("patient", "pressing", "burning", "trapped", "people", "pinned", "gas", "power")
"""What an answer may make known of what a service outside asks: the patient; whether he is pressed;
what burns; who is trapped; who attacks, with what; who is pinned in traffic; the gas; the power."""


class BranchOption(msgspec.Struct, frozen=True):
    """An answer to the question of a branch: what to tell then, or the kind it really is.

    ``ring``: the order of calls from then on, where it is another than the card's. ``known``: what
    the answer says of what the services outside ask, by ``SCRIPT_FACTS``, as it is said to them.
    """

    label: Label
    tells: tuple[Label, ...] = msgspec.field(name="tell", default=())
    kind: str = ""
    ring: tuple[str, ...] = ()
    known: dict[str, Label] = {}


class Branch(msgspec.Struct, frozen=True):
    """The one question that decides first; ``tell_first``: what is told comes before it too."""

    text: Label
    tell_first: bool = False
    answers: tuple[BranchOption, ...] = msgspec.field(name="answer", default=())


class CardReview(msgspec.Struct, frozen=True):
    """When our wording was ``written``, and who of the site reviewed it when; dates are ISO."""

    written: str = ""
    by: str = ""
    on: str = ""


class Card(msgspec.Struct, frozen=True):
    """What to ask, tell and do in one kind of emergency.

    ``digit`` is the key that names the kind, ``within`` the kind whose branch leads to it.
    ``ring`` is the order of calls: names of the site's outside numbers, and of those who go there
    (the layer's scenes, or ``head`` for the ladder); one in parentheses is rung only if it comes to
    that; ``guard:1``: one of them before the next; ``engineering!``: one call to one of them on the
    estate. ``first_number``, of older cards, is rung before
    anybody else: a name of the site's outside numbers, a number itself, or nothing. ``categories``
    and ``facts`` say which complaints are this kind; with ``channels`` only what came that way.
    ``homes``: those with such a note are listed with the card, wherever on the estate they are.
    ``tell_first``: lives hang on what is told, so that it comes before what is asked.
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
    channels: tuple[Channel, ...] = ()
    homes: tuple[NoteKind, ...] = ()
    tell_first: bool = False
    source: Label = Label("", "")
    review: CardReview = CardReview()
    branch: Branch | None = None
    asks: tuple[CardText, ...] = msgspec.field(name="ask", default=())
    tells: tuple[CardText, ...] = msgspec.field(name="tell", default=())
    says: tuple[Say, ...] = msgspec.field(name="say", default=())
    steps: tuple[CardText, ...] = msgspec.field(name="step", default=())
    nevers: tuple[CardText, ...] = msgspec.field(name="never", default=())
    end: CardText | None = None
    records: tuple[CardText, ...] = msgspec.field(name="record", default=())

    @property
    def order(self) -> tuple[str, ...]:
        """Whom to ring one after the other: ``ring``, else the first number and one's own."""
        first = (self.first_number,) if self.first_number else ()
        rest = self.ring or DEFAULT_RING
        return (*first, *(name for name in rest if name not in first))

    def order_after(self, answer: int | None) -> tuple[str, ...]:
        """The order of calls once the branch's question has that answer, counted from 0."""
        answers = self.branch.answers if self.branch else ()
        given = answers[answer] if answer is not None and 0 <= answer < len(answers) else None
        return given.ring if given is not None and given.ring else self.order

    def words_to(self, scene: str) -> Label | None:
        """What somebody of a scene is told to do; None where the card has no words for them.

        The ladder hears its own words alone: whoever decides is not sent.
        """
        own = (say.text for say in self.says if scene and scene in say.to)
        rest = (say.text for say in self.says if not say.to and scene != HEAD)
        return next(own, None) or next(rest, None)

    @property
    def called(self) -> tuple[str, ...]:
        """Every name in any order of calls, those that are rung only if need be among them."""
        rings = (answer.ring for answer in (self.branch.answers if self.branch else ()))
        names = (needed(name) for ring in (self.order, *rings) for name in ring)
        return tuple(dict.fromkeys(names))


def kind_of(cards: Iterable[Card], category: str, facts: Collection[Fact], channel: Channel) -> str:
    """The kind of emergency a case is by its class, else by its facts; empty where neither says.

    A card for one way in (a fire panel's) comes before the others.
    """
    here = [card for card in cards if not card.channels or channel in card.channels]
    here.sort(key=lambda card: not card.channels)
    by_class = (card.id for card in here if category and category in card.categories)
    by_fact = (card.id for card in here if not set(card.facts).isdisjoint(facts))
    return next(by_class, "") or next(by_fact, "")
