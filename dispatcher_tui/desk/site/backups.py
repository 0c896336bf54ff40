"""Copies of the record: one a day and one at every hand-over, each proved, the oldest given up."""

from __future__ import annotations

import re
from bisect import bisect_left
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import msgspec

from dispatcher_tui.desk.clock import WallClock
from dispatcher_tui.desk.record import Record, duties_by
from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.domain.record.record_events import TextDeleted
from dispatcher_tui.store.backup import Copy, backup
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.older import read_as_of_today
from dispatcher_tui.store.restore import Begun, Restoration, restore
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

FOLDER = "backups"
"""Where a site's own copies are kept, within its folder."""

_COPY = re.compile(r".+-(\d{8}T\d{6})\.sqlite3")


def copies(folder: Path) -> list[Path]:
    """The copies in a folder, the oldest first."""
    found = [path for path in folder.glob("*.sqlite3") if _COPY.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.stem[-15:])


def made_today(folder: Path, now: datetime, zone: tzinfo) -> bool:
    """Whether the newest copy is of this local day."""
    found = copies(folder)
    if not found:
        return False
    at = datetime.strptime(found[-1].stem[-15:], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return at.astimezone(zone).date() == now.astimezone(zone).date()


def prune(folder: Path, keep: int) -> None:
    """Give up the oldest copies beyond ``keep``; one that cannot be removed is tried again."""
    for path in copies(folder)[:-keep]:
        with suppress(OSError):
            path.unlink()


def make_copy(database: Path, dest: Path, now: datetime) -> Copy:
    """Copy a record to a folder or file, and prove the copy by opening and folding it.

    It has its own connections and may run beside a desk at work.

    Raises:
        StoreError: see ``store.backup``.
    """
    store = Store.open(database, read_only=True)
    try:
        owed = duties_by(Rulebook(store))
        return backup(database, dest, now=now, fold=fold, duties_of=owed)
    finally:
        store.close()


def _write_down(store: Store, event: ev.Event, actor: str) -> None:
    def job(tx: Tx) -> None:
        now = WallClock().now()
        tx.append([PendingEntry(event, now)], actor=actor, recorded_at=now)

    store.transact(job)


def copy_and_record(database: Path, dest: Path, actor: str) -> Copy:
    """Make a copy, and write into the record that it was made and found whole.

    Raises:
        StoreError: no copy was made, or it cannot be written down.
    """
    copy = make_copy(database, dest, WallClock().now())
    store = Store.open(database)
    try:
        _write_down(store, ev.BackupMade(file=copy.path.name, head=copy.head), actor)
    finally:
        store.close()
    return copy


class GivenUp(msgspec.Struct, frozen=True):
    """What a restore takes out of use, and what it brings.

    ``common``: so many first entries both have, 0 of another record. ``entries`` are those of the
    record that is replaced behind them, ``brought`` those of the copy. ``lines`` are the open cases
    that the copy does not have. ``here`` and ``copy`` are what each is known by: the hash of its
    record and that of its branch.
    """

    common: int
    entries: int
    brought: int
    lines: tuple[CaseLine, ...]
    here: tuple[str, str]
    copy: tuple[str, str]


def _common(one: Store, other: Store) -> int:
    """How many first entries two records share: each hash covers all entries before it."""
    least = min(one.rows(), other.rows())
    return bisect_left(
        range(1, least + 1), True, key=lambda seq: one.hash_of(seq) != other.hash_of(seq)
    )


def given_up(source: Path, database: Path) -> GivenUp | None:
    """What going on from a copy takes away and brings; None where one of the two cannot be read."""
    with ExitStack() as opened:
        try:
            copy, before = (
                opened.enter_context(read_as_of_today(path)) for path in (source, database)
            )
            lines = [x for x in before.board(Lane.ALL) if copy.line(x.id) is None]
            common = _common(copy, before)
            return GivenUp(
                common,
                before.rows() - common,
                copy.rows() - common,
                tuple(sorted(lines, key=lambda line: line.row)),
                (before.record_hash(), before.branch_hash()),
                (copy.record_hash(), copy.branch_hash()),
            )
        except StoreError:
            return None


def go_on_from(source: Path, database: Path, actor: str, identity: str = "") -> Restoration:
    """Go on from a copy: it is proved first, a new branch begins, and its first entry says so.

    ``identity``: the other record whose copy is meant, as typed.

    Raises:
        StoreError: the copy is not good, of another record, or a desk owns the file; see
            ``store.restore``.
    """
    clock = WallClock()

    def begin(tx: Tx, begun: Begun) -> None:
        event = ev.Restored(
            source=source.name, head=begun.head, numbers=begun.numbers, exact=begun.exact
        )
        now = clock.now()
        tx.append([PendingEntry(event, now)], actor=actor, recorded_at=now)

    with read_as_of_today(source) as copy:
        return restore(
            source,
            database,
            owner=actor,
            now=clock.now(),
            fold=fold,
            duties_of=duties_by(Rulebook(copy)),
            zone=_zone_of(copy, clock),
            identity=identity,
            begin=begin,
        )


def came_back(done: Restoration, database: Path) -> int:
    """How many texts are there again that the replaced file had deleted for the persons in them.

    0 where that file cannot be read, or there was none.
    """
    if done.replaced is None:
        return 0
    try:
        with read_as_of_today(done.replaced) as before:
            gone = {
                entry.event.sha256
                for entry in before.all_of("text_deleted")
                if isinstance(entry.event, TextDeleted)
            }
            gone = {sha256 for sha256 in gone if before.document(sha256) is None}
    except StoreError:
        return 0
    store = Store.open(database, read_only=True)
    try:
        return sum(store.document(sha256) is not None for sha256 in gone)
    finally:
        store.close()


def _zone_of(copy: Store, clock: WallClock) -> tzinfo:
    """The zone that a copy's days are counted in."""
    try:
        return Record(copy, clock).zone
    except (Refusal, StoreError, LookupError, msgspec.DecodeError):
        return UTC  # Nothing was ever adopted, or the proof that follows finds it unsound.
