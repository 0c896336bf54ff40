"""Which numbers answer, kept in memory: months of calls are read once, then only what is new.

An emergency's screen asks at every key, and nothing on the way of a key may grow with history.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from sys import intern
from typing import NamedTuple

from dispatcher_tui.domain.emergency.reachability import (
    Number,
    Try,
    counted,
    ledger,
    left_out,
    tells,
)
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.store.case_reads import CaseReads

LOOK_BACK = timedelta(days=90)
"""How far back tries tell whom to ring by which number."""

MARGIN = timedelta(days=1)
"""How much more is kept, so that a clock set back a little has nothing read again."""

STRETCH = timedelta(days=10)
"""How much is read at once while there is time: no key waits for more."""

FOR_EVER = datetime.max.replace(tzinfo=UTC)


class _Kept(NamedTuple):
    """A try by when it occurred, then by the seq of its entry."""

    at: datetime
    seq: int
    made: Try


def as_try(entry: Entry) -> Try | None:
    """What an entry tells of a number, None where it is no try to reach somebody."""
    event = entry.event
    if not isinstance(event, ev.CallTried) or event.incoming:
        return None
    person, name, phone = (intern(text) for text in (event.person, event.name, event.phone))
    return Try(person, name, phone, event.outcome, entry.occurred_at)


def taken_back(entries: Iterable[Entry]) -> set[int]:
    """The seqs of the entries that these took back: no try that never was tells of a number."""
    events = (entry.event for entry in entries)
    return {seq for event in events if isinstance(event, ev.TakenBack) for seq in event.of}


class CallHistory:
    """The tries of the last three months on one file, counted by number.

    It belongs to the thread that owns the connection. Entries are known by their seq, and the
    last one by its hash: where that entry is another one now, or gone (a copy was put back, a
    transaction undone), everything is read again.
    """

    def __init__(self, store: CaseReads) -> None:
        self._store = store
        self._kept: list[_Kept] = []
        self._void: set[int] = set()
        """The entries that were taken back, by their seqs."""
        self._from = FOR_EVER
        """Since when tries are kept."""
        self._seq = 0
        self._hash = ""
        self._numbers: dict[tuple[str, str], Number] = {}
        self._zone: tzinfo | None = None
        """Of which zone's hours the numbers are counted; None while they are not."""
        self._now = FOR_EVER
        self._begin = self._end = 0
        """Those from ``_begin`` up to ``_end`` are counted."""

    def known(self, now: datetime, zone: tzinfo) -> dict[tuple[str, str], Number]:
        """What the last three months before ``now`` (UTC) tell of every number that was rung."""
        since = now - LOOK_BACK
        self._read_on()
        if since < self._from:
            self._read_back(since - MARGIN)
        if zone != self._zone or now < self._now:
            self._count(since, now, zone)
        else:
            self._move(since, now, zone)
        self._now = now
        self._forget(since - MARGIN)
        return dict(self._numbers)

    def ready(self, now: datetime) -> bool:
        """Whether all that ``known`` needs was read already."""
        return self._from <= now - LOOK_BACK - MARGIN

    def prepare(self, now: datetime) -> bool:
        """Read a stretch of what ``known`` will need; False where there is no more to read."""
        self._read_on()
        since = now - LOOK_BACK - MARGIN
        if self._from <= since:
            return False
        self._read_back(max(since, min(self._from, now) - STRETCH))
        return True

    def _seen(self, seq: int) -> None:
        self._seq, self._hash = seq, self._store.hash_of(seq)

    def _read_back(self, since: datetime) -> None:
        """What occurred before those that are kept, from a moment on."""
        calls = [e for e in self._store.calls_made(since, self._from) if e.seq <= self._seq]
        self._void |= taken_back(calls)  # what took a call back came after it
        found = ((entry, as_try(entry)) for entry in calls if entry.seq not in self._void)
        older = [_Kept(e.occurred_at, e.seq, t) for e, t in found if t and tells(t)]
        self._kept[:0] = older
        self._begin += len(older)
        self._end += len(older)
        self._from = since

    def _read_on(self) -> None:
        """What was written since, by whomever; it may have occurred long before."""
        last = self._store.last_seq()
        if self._store.hash_of(self._seq) != self._hash:
            self._kept, self._from, self._zone = [], FOR_EVER, None
            self._void = set()
            self._seen(last)
        if last == self._seq:
            return
        new = [entry for entry in self._store.calls_after(self._seq) if entry.seq <= last]
        self._take_out(taken_back(new))
        for entry in new:
            made = as_try(entry)
            if made is not None and tells(made) and entry.seq not in self._void:
                self._keep(_Kept(entry.occurred_at, entry.seq, made))
        self._seen(last)

    def _take_out(self, void: set[int]) -> None:
        """Entries that count no more: where one of them is kept, the rest is counted anew."""
        self._void |= void
        if any(kept.seq in void for kept in self._kept):
            self._kept = [kept for kept in self._kept if kept.seq not in void]
            self._zone, self._begin, self._end = None, 0, 0

    def _keep(self, kept: _Kept) -> None:
        if kept.at < self._from:
            return
        place = bisect_left(self._kept, kept)
        insort(self._kept, kept)
        if place < self._begin:
            self._begin += 1
            self._end += 1
        elif place < self._end:
            self._end += 1
            self._add(kept.made)

    def _add(self, made: Try) -> None:
        assert self._zone is not None
        self._numbers[made.key] = counted(self._numbers.get(made.key), made, self._zone)

    def _place(self, at: datetime) -> int:
        """Where the tries from a moment on begin."""
        return bisect_left(self._kept, at, key=lambda kept: kept.at)

    def _count(self, since: datetime, now: datetime, zone: tzinfo) -> None:
        """All of it anew: the clock was set back, or the hours are those of another zone."""
        self._begin, self._end = self._place(since), self._place(now)
        self._zone = zone
        self._numbers = ledger((k.made for k in self._kept[self._begin : self._end]), zone)

    def _move(self, since: datetime, now: datetime, zone: tzinfo) -> None:
        """Time went on: the newest come in, the oldest leave."""
        begin, end = self._place(since), self._place(now)
        for kept in self._kept[self._end : end]:
            self._add(kept.made)
        for kept in self._kept[self._begin : begin]:
            left = left_out(self._numbers.pop(kept.made.key), kept.made, zone)
            if left is not None:
                self._numbers[kept.made.key] = left
        self._begin, self._end = begin, end

    def _forget(self, before: datetime) -> None:
        """Let go of what no small step back of the clock brings into view again."""
        gone = self._place(before)
        if gone:
            del self._kept[:gone]
            self._begin -= gone
            self._end -= gone
        self._from = max(self._from, before)
