"""The watch at a glance: what falls in it, the papers owed, the state of the record itself."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dispatcher_tui.desk.clock import Clock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.calendar import watch_at
from dispatcher_tui.domain.case import Entry, Slip
from dispatcher_tui.domain.duties import Duty
from dispatcher_tui.domain.lines import CaseLine, Lane
from dispatcher_tui.store.store import Store

LIMIT = 200
"""Most lines of a list that one looks through on a screen."""


class Logged(msgspec.Struct, frozen=True):
    """An entry with the number of its case, empty where it belongs to none."""

    entry: Entry
    number: str


class Proof(msgspec.Struct, frozen=True):
    """What came of proving the record; ``first_bad`` is the first entry that is not as written."""

    sound: bool
    rows: int
    first_bad: int | None


class Owed(msgspec.Struct, frozen=True):
    """A case that awaits its closing paper, and what is known of the paper."""

    line: CaseLine
    slip: Slip


class Falling(msgspec.Struct, frozen=True):
    """A duty that is to be done before the watch ends, and its case."""

    line: CaseLine
    duty: Duty


class Standing(msgspec.Struct, frozen=True):
    """How long the record is, its head, and the last copy that was proved."""

    rows: int
    head: str
    backup: Entry | None


def log_of_watch(desk: Desk) -> list[Logged]:
    """Everything that happened since the watch began, in order."""
    watch = watch_at(desk.rules.calendar, desk.clock.now())
    return [Logged(line.entry, line.number) for line in desk.store.log(watch.start, None)]


def papers_owed(desk: Desk) -> list[Owed]:
    """The cases that await their closing paper, the longest waiting first."""
    lines = sorted(desk.store.board(Lane.PAPER), key=lambda x: x.written_off_at or x.opened_at)
    found = []
    for line in lines[:LIMIT]:
        record = desk.store.case(line.id)
        if record is not None:
            found.append(Owed(line, record.case.slip))
    return found


def falling_in_watch(desk: Desk) -> list[Falling]:
    """What is overdue or falls due before the watch on now ends, the nearest first."""
    end = watch_at(desk.rules.calendar, desk.clock.now()).end
    near = [x for x in desk.store.board(Lane.ALL, LIMIT) if x.next_due and x.next_due <= end]
    found = []
    for line in near:
        record = desk.store.case(line.id)
        owed = [d for d in record.duties if d.pending] if record else []
        found += [(d.due, line.row, Falling(line, d)) for d in owed if d.due and d.due <= end]
    return [falling for _due, _row, falling in sorted(found, key=lambda each: each[:2])]


def standing(desk: Desk) -> Standing:
    """The state of the record, as far as the record itself tells."""
    store = desk.store
    return Standing(store.rows(), store.head(), store.last_of("backup_made"))


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
