"""What is known of an emergency, as it is said to whoever asks: never left out, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.present.emergency.card_lines import answer_given
from dispatcher_tui.present.i18n import _, localized


def _kind_says(kind: str) -> dict[str, str]:
    """What a kind by itself says of what services ask, by the words of its id."""
    yes = _("yes")
    says = {
        "gas": {"gas": yes},
        "co": {"gas": yes},
        "electric": {"power": yes},
        "power": {"power": _("off")},
        "flood": {"water": yes},
        "storm": {"water": yes},
        "drowning": {"water": yes},
        "falling": {"height": yes},
        "battery": {"burns": _("a battery"), "battery": yes},
        "lift": {"lift": yes},
    }
    return {fact: answer for word in kind.split("_") for fact, answer in says.get(word, {}).items()}


class EmergencyFacts(msgspec.Struct, frozen=True):
    """What is known of the emergency. An empty text, or None, is not known.

    Args:
        kind: the kind's id.
        title: what the kind is called, in the language in use.
        place: where on the estate, as it is written.
        hurt: whether people are hurt.
        going_on: whether it is still going on.
        said: the caller's own words.
        phone: the number of the one at the scene, to be rung back.
        reported: when the desk heard of it, `22:47`.
        known: what the card's question was answered with, by ``SCRIPT_FACTS``, as it is said.
    """

    kind: str = ""
    title: str = ""
    place: str = ""
    hurt: bool | None = None
    going_on: bool | None = None
    said: str = ""
    phone: str = ""
    reported: str = ""
    known: Mapping[str, str] = {}


def told_of(case: Case, title: str, zone: tzinfo) -> EmergencyFacts:
    """What the record knows of an emergency; a fact that was not taken down is not known."""
    caller = case.caller
    return EmergencyFacts(
        kind=case.emergency_kind,
        title=title,
        place=case.place,
        hurt=True if Fact.INJURY in case.facts else None,
        going_on=True if Fact.NOW in case.facts else None,
        said=case.verbatim,
        phone=caller.phone if caller else "",
        reported=case.received_at.astimezone(zone).strftime("%H:%M"),
    )


def with_answer(told: EmergencyFacts, card: Card | None, case: Case) -> EmergencyFacts:
    """The facts of an emergency with what the answer that counts makes known of it."""
    given = answer_given(card, case) if card is not None else None
    if card is None or card.branch is None or given is None:
        return told
    known = card.branch.answers[given].known
    return replace(told, known={fact: localized(words) for fact, words in known.items()})


def known(text: str) -> str:
    """A fact, or that it is not known."""
    return " ".join(text.split()) or _("not known")


def answered(told: EmergencyFacts, fact: str, unknown: str) -> str:
    """What the desk has just been answered of something, else that it is not known."""
    return told.known.get(fact) or unknown


def yes(fact: bool | None) -> str:
    if fact is None:
        return _("not known")
    return _("yes") if fact else _("no")


def joined(*parts: str) -> str:
    """Parts of one address; Chinese has nothing between them."""
    text = ""
    for part in filter(None, parts):
        text = _("{first} {second}").format(first=text, second=part) if text else part
    return text


def asked(told: EmergencyFacts, **facts: str) -> str:
    """What a service asks, by its facts: the answers that the kind has, then what is not known."""
    says = _kind_says(told.kind)
    answers = (
        _("{fact}: {answer}.").format(fact=_begun(name), answer=says[fact])
        for fact, name in facts.items()
        if fact in says
    )
    rest = _("{list}: not known.").format(
        list=_begun(_(", ").join(name for fact, name in facts.items() if fact not in says))
    )
    return joined(*answers, rest)


def _begun(text: str) -> str:
    """A text at the beginning of a sentence."""
    return text[:1].upper() + text[1:]
