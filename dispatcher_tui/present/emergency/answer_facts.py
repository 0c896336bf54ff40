"""What the desk was answered to a card's question, for the scripts of the services outside."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.emergency.card_lines import answer_given
from dispatcher_tui.present.emergency.known_facts import EmergencyFacts
from dispatcher_tui.present.i18n import localized


def with_answer(told: EmergencyFacts, card: Card | None, case: Case) -> EmergencyFacts:
    """The facts of an emergency with what the answer that counts makes known of it."""
    given = answer_given(card, case) if card is not None else None
    if card is None or card.branch is None or given is None:
        return told
    known = card.branch.answers[given].known
    return replace(told, known={fact: localized(words) for fact, words in known.items()})
