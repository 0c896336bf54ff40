"""The watch: what happened in it, what falls in it, the papers owed, the state of the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from dispatcher_tui.desk.clock import Clock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Entry, LogLine, Slip
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.domain.record.events import CallTried, DutyFellDue
from dispatcher_tui.domain.record.mentions import mentioned
from dispatcher_tui.domain.time.calendar import Shift, watch_at
from dispatcher_tui.domain.watch.post import Post, acting_end
from dispatcher_tui.store.store import Store

LIMIT = 200
"""Most lines of a list that one looks through on a screen."""
_INSTANT = timedelta(microseconds=1)


class Turn(msgspec.Struct, frozen=True):
    """One watch as it was really held: by whom, of which shift, from when to when (UTC).

    ``name`` is empty where nobody had signed in and the shift plan alone tells of it. ``over``:
    whether it has ended; until then ``end`` is the planned one.
    """

    name: str
    shift: Shift
    start: datetime
    end: datetime
    over: bool


class Proof(msgspec.Struct, frozen=True):
    """What came of proving the record; ``first_bad`` is the first entry that is not as written."""

    sound: bool
    rows: int
    first_bad: int | None


class PaperOwed(msgspec.Struct, frozen=True):
    """A case that awaits its closing paper, and what is known of the paper."""

    line: CaseLine
    slip: Slip


class Falling(msgspec.Struct, frozen=True):
    """A duty that is to be done before the watch ends, and its case."""

    line: CaseLine
    duty: Duty


class RecordStatus(msgspec.Struct, frozen=True):
    """How long the record is, its head, and the last copy that was proved."""

    rows: int
    head: str
    backup: Entry | None


def turn_at(desk: Desk, at: datetime) -> Turn:
    """The watch that was held at a moment, or that was planned where nobody had signed in."""
    post, calendar, now = desk.post, desk.rules.calendar, desk.clock.now()
    span = post.span_at(at)
    if span is None:
        watch = watch_at(calendar, at)
        end = min(watch.end, _taken_after(post, at) or watch.end)
        return Turn("", watch.shift, watch.start, end, over=end <= now)
    planned = span.until or span.over or acting_end(post, calendar, now)
    end = span.over or planned  # Held on past its end, it is still the watch it was planned as.
    return Turn(span.name, _shift(desk, planned), span.since, end, over=span.over is not None)


def _taken_after(post: Post, at: datetime) -> datetime | None:
    """When somebody first signed in after a moment."""
    return next((span.since for span in post.spans if span.since > at), None)


def _shift(desk: Desk, end: datetime) -> Shift:
    """The planned shift that ends there: whoever takes over early is of the shift to come."""
    return watch_at(desk.rules.calendar, end - _INSTANT).shift


def turn_now(desk: Desk) -> Turn:
    """The watch on now."""
    return turn_at(desk, desk.clock.now())


def turn_before(desk: Desk, turn: Turn) -> Turn | None:
    """The watch before that one; None where nothing was written down before it."""
    if not desk.store.log(None, turn.start, limit=1):
        return None
    return turn_at(desk, turn.start - _INSTANT)


def turn_after(desk: Desk, turn: Turn) -> Turn | None:
    """The watch after that one; None where it is the one on now."""
    return turn_at(desk, turn.end) if turn.over else None


def log_of_watch(desk: Desk, turn: Turn | None = None) -> list[LogLine]:
    """Everything that happened in a watch, in order; in the one on now where none is named."""
    meant = turn or turn_now(desk)
    return desk.store.log(meant.start, meant.end if meant.over else None)


def referred_to(store: Store, entries: Iterable[Entry]) -> dict[int, Entry]:
    """What entries take back or withdraw, by seqs; these may lie in an earlier watch.

    With the calls to whoever a duty that fell due is about: they tell that person's name.
    """
    entries = list(entries)
    seqs = {seq for entry in entries for seq in mentioned(entry)}
    found = [store.entry(seq) for seq in seqs]
    fallen = (entry.event for entry in entries if isinstance(entry.event, DutyFellDue))
    for case in {event.case for event in fallen if "/" in event.duty.partition("@")[2]}:
        found += [each for each in store.entries(case) if isinstance(each.event, CallTried)]
    return {entry.seq: entry for entry in found if entry is not None}


def papers_owed(desk: Desk) -> list[PaperOwed]:
    """The cases that await their closing paper, the longest waiting first."""
    lines = sorted(desk.store.board(Lane.PAPER), key=lambda x: x.written_off_at or x.opened_at)
    found = []
    for line in lines[:LIMIT]:
        record = desk.store.case(line.id)
        if record is not None:
            found.append(PaperOwed(line, record.case.slip))
    return found


def falling_in_watch(desk: Desk) -> list[Falling]:
    """What is overdue or falls due before the watch on now ends, the nearest first."""
    end = acting_end(desk.post, desk.rules.calendar, desk.clock.now())
    near = [x for x in desk.store.board(Lane.ALL, LIMIT) if x.next_due and x.next_due <= end]
    found = []
    for line in near:
        record = desk.store.case(line.id)
        owed = [d for d in record.duties if d.pending] if record else []
        found += [(d.due, line.row, Falling(line, d)) for d in owed if d.due and d.due <= end]
    return [falling for _due, _row, falling in sorted(found, key=lambda each: each[:2])]


def standing(desk: Desk) -> RecordStatus:
    """The state of the record, as far as the record itself tells."""
    store = desk.store
    return RecordStatus(store.rows(), store.head(), store.last_of("backup_made"))


def prove(database: Path, clock: Clock) -> Proof:
    """Prove the record: chain, fold, file. It reads beside a desk at work, by its own connection.

    Raises:
        Failure: the file cannot be read.
    """
    store = Store.open(database, read_only=True)
    try:
        verdict = Record(store, clock).verify(None)
        return Proof(verdict.sound, verdict.rows, verdict.first_bad_seq)
    finally:
        store.close()
