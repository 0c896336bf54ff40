"""The emergency cards of a site: which of them serve, and whether they go together."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property

from dispatcher_tui.domain.emergency.layer import Layer
from dispatcher_tui.domain.emergency.outside import NAMES
from dispatcher_tui.site.cards import Card, in_order, judge_cards, parse_card
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.serving import SiteTexts
from dispatcher_tui.site.settings import Site
from dispatcher_tui.site.texts import CARDS, Source, all_of, shipped_names

_CLASHES = ("key_taken", "kind_taken")
"""What keeps two cards from serving side by side."""


class CardTexts(SiteTexts):
    """A site's texts with the cards that are read from them, on first use.

    ``site`` and ``layer`` are what the cards are judged against.
    """

    site: Site
    layer: Layer

    @cached_property
    def _deck(self) -> dict[str, tuple[Card, Source]]:
        """The cards that serve, by name, each with its text. Where the site's own are sound one by
        one and do not go together, they all stay as the record has them."""

        def read(source: Source) -> tuple[Card, Source]:
            return parse_card(source.text, source.name), source

        found, there = {}, self._names_of(CARDS)
        for name in dict.fromkeys((*there, *shipped_names(CARDS))):
            with suppress(SiteError):
                found[name] = self.serve(name, read, [])
        kept = {}
        for text in self.record.of(CARDS) if self.record is not None else ():
            with suppress(SiteError):
                kept[text.name] = read(text)
        own = (card for name, (card, _text) in found.items() if name in there)
        for problem in self._between(own):
            if problem.code not in _CLASHES and problem.file in kept:
                found[problem.file] = kept[problem.file]
        # A shipped kind that the site has not does not clash with what the site has instead.
        for deck, names in ((found, there), ({**found, **kept}, {*there, *kept}), (kept, kept)):
            own = (card for name, (card, _text) in deck.items() if name in names)
            if not kept or not any(each.code in _CLASHES for each in self._between(own)):
                return deck
        return found

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The emergency cards in the order of their keys.

        One of the record, or the shipped one, stands in for a card that is broken or gone: F9
        never stands without them.
        """
        return in_order(card for card, _text in self._deck.values())

    def _between(self, cards: Iterable[Card]) -> list[SiteProblem]:
        """What is wrong between cards, and between them and the site."""
        scenes = (scene.id for scene in self.layer.scenes)
        named = [(f"{CARDS}/{card.id}.toml", card) for card in cards]
        found = judge_cards(named, (*self.site.outside_names, *NAMES), scenes)
        return [problem for findings in found for problem in findings.problems]

    def _own_cards(self) -> tuple[Card, ...]:
        """The site's cards, each sound and all of them together."""
        cards = all_of(self._of(CARDS), parse_card)
        if problems := self._between(cards.values()):
            raise SiteError(problems)
        return in_order(cards.values())

    @property
    def card_sources(self) -> list[Source]:
        """The texts of the site's emergency cards that serve, to be adopted."""
        own = self._of(CARDS)
        if own and not self._unread_of(CARDS) and all(map(self.recorded, own)):
            return own
        there = self._names_of(CARDS)
        return [text for name, (_card, text) in self._deck.items() if name in there]
