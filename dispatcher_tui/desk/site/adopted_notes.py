"""The notes on households as they were adopted last, read again where others were adopted."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.site.household_notes import Notes, parse_notes
from dispatcher_tui.store.store import Store

NOTES = "notes"
"""The sort of adopted text that they are."""


class AdoptedNotes:
    """The list in force. What cannot be read stands in nobody's way, and is said where it is
    asked for by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of = ""
        self._notes: Notes | None = ()

    def _read(self) -> Notes | None:
        """The notes; None where their text is not what was adopted, or cannot be read."""
        current = self._store.current_hash(NOTES)
        if current != self._of:
            document = self._store.current(NOTES)
            self._notes = None
            if document is not None:
                with suppress(msgspec.DecodeError):
                    self._notes = parse_notes(document.text)
            self._of = current
        return self._notes

    def every(self) -> Notes:
        """Every note of the list, those that are over too.

        Raises:
            Refusal: the list cannot be read.
        """
        found = self._read()
        if found is None:
            raise Refusal("household_notes_unfit")
        return found

    def known(self) -> Notes:
        """The same, and none where the list cannot be read."""
        return self._read() or ()

    def spelt(self, place: str) -> frozenset[str]:
        """Every spelling of a place that the register has for no other home."""
        return frozenset(self._store.same_home(place))

    def at(self, place: str) -> Notes:
        """The notes of a household, however its place is spelt, those that are over too."""
        notes = self.known()
        here = self.spelt(place) if notes else frozenset[str]()
        return tuple(each for each in notes if each.place in here)
