"""The action card of an emergency as it was when its kind was named, whatever its file says today.

What was ticked and answered is counted by the lines of that card: on a card that was renewed or
edited since, a step would stand there as done that nobody did.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.texts import CARDS
from dispatcher_tui.store.store import Store

_WHAT, _ADOPTED = "card", "adopted"


class CardHistory:
    """Every text of a card that was ever in force, kept in memory until another one is adopted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last = ""
        self._texts: list[tuple[int, str, str]] = []

    def before(self, seq: int, name: str) -> str:
        """The text of that file that was in force at an entry; empty where none was adopted."""
        last = self._store.last_of(_ADOPTED)
        known = self._store.hash_of(last.seq) if last is not None else ""
        if known != self._last:  # another one; or a copy was put back
            self._last = known
            self._texts = [
                (entry.seq, entry.event.name, entry.event.text)
                for entry in self._store.all_of(_ADOPTED)
                if isinstance(entry.event, ev.Adopted) and entry.event.what == _WHAT
            ]
        found = [text for at, its, text in self._texts if its == name and at < seq]
        return found[-1] if found else ""

    def card_of(self, site: SiteData, case: Case, entries: Sequence[Entry]) -> Card | None:
        """The card a case is worked by; today's where the one of then cannot be read any more.

        Args:
            site: with today's cards.
            case: its kind says which card.
            entries: the case's own, in order; none where it stands in no record.
        """
        kind = case.emergency_kind
        today = next((card for card in site.cards if card.id == kind), None)
        if not kind or not entries:
            return today
        name = f"{CARDS}/{kind}.toml"
        then = self.before(_named_at(kind, entries), name)
        if not then or any((s.name, s.text) == (name, then) for s in site.card_sources):
            return today
        return _read(then, name) or today


def _named_at(kind: str, entries: Sequence[Entry]) -> int:
    """The entry by which a case became of that kind first: it was named so, or opened so."""
    for entry in entries:
        if isinstance(entry.event, em.EmergencyNamed) and entry.event.kind == kind:
            return entry.seq
    return entries[0].seq


@lru_cache(maxsize=64)
def _read(text: str, name: str) -> Card | None:
    try:
        return parse_card(text, name)
    except SiteError:
        return None
