"""The lists of fees as they stand, kept in memory: what is new in the journal is read on."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge

from dispatcher_tui.domain.fees.fee_list import FeeList, evolve_list, list_key
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.fee_events import FeeEvent
from dispatcher_tui.store.store import Store

KINDS = ("fee_list_taken", "fee_lines_handed", "fee_results_noted", "fee_line_opened")
"""The entries that say something of a list."""


class FeeBook:
    """Every list on one file by its key. It belongs to the thread that owns the connection, and is
    asked before anything is written in a transaction, so that nothing undone is ever in it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seq = 0
        self._lists: dict[str, FeeList] = {}

    def _new(self) -> Iterator[Entry]:
        found = (self._store.all_of(kind, self._seq) for kind in KINDS)
        return merge(*found, key=lambda entry: entry.seq)

    def lists(self) -> dict[str, FeeList]:
        """Every list by its key, in the order in which they were first taken over."""
        last = self._store.last_seq()
        if last < self._seq:  # A copy was put back.
            self._seq, self._lists = 0, {}
        if last > self._seq:
            for entry in self._new():
                event = entry.event
                if isinstance(event, FeeEvent):
                    key = list_key(event.list, event.month)
                    after = evolve_list(self._lists.get(key), entry)
                    if after is not None:
                        self._lists[key] = after
            self._seq = last
        return self._lists

    def get(self, of: str, month: str) -> FeeList | None:
        """The list of a month; None where none was taken over."""
        return self.lists().get(list_key(of, month))
