"""The kind of an emergency and the class of a case: each found from the other, by the cards."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import Card, kind_of
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.problems import SiteError


def readable_cards(site: SiteData) -> tuple[Card, ...]:
    """The cards as far as they can be read: a broken one keeps no fire from being recorded."""
    try:
        return site.cards
    except SiteError:
        return ()


def readable_classes(site: SiteData) -> tuple[Category, ...]:
    """The classes as far as they can be read, as with the cards."""
    try:
        return site.categories
    except SiteError:
        return ()


def kind_asked(site: SiteData, command: cmd.OpenCase) -> str:
    """The kind of emergency that an opened case is by its class or facts; empty if none says."""
    return kind_of(readable_cards(site), command.category, command.facts, command.channel)


def with_class(site: SiteData, case: Case, command: cmd.NameEmergency) -> cmd.NameEmergency:
    """The command with the kind's class, for a case that no caller's words gave one.

    So whatever F9 opened has its class in every count; another kind changes it again.
    """
    cards = {card.id: card for card in readable_cards(site)}
    before, card = cards.get(case.emergency_kind), cards.get(command.kind)
    given = case.category and (before is None or case.category not in before.categories)
    wanted = card.categories[:1] if card is not None and not given else ()
    category = next((c for c in readable_classes(site) if c.id in wanted), None)
    if category is None or category.id == case.category:
        return command
    return replace(
        command, category=category.id, case_class=category.case_class, tags=category.tags
    )
