"""Which entries an entry refers to by their seqs."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import TakenBack
from dispatcher_tui.domain.record.watch_events import NoticeWithdrawn


def mentioned(entry: Entry) -> tuple[int, ...]:
    """The seqs of what an entry takes back or withdraws; none where it does neither."""
    match entry.event:
        case TakenBack(of=seqs):
            return seqs
        case NoticeWithdrawn(of=seq):
            return (seq,)
    return ()


def no_longer_counting(entries: Iterable[Entry]) -> frozenset[int]:
    """The seqs that a later one of these entries took back: they stay readable and are marked."""
    return frozenset(
        seq for entry in entries if isinstance(entry.event, TakenBack) for seq in entry.event.of
    )
