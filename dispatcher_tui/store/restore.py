"""The way back from a copy: proved first, put in place in one step, the old file kept aside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import msgspec

from dispatcher_tui import private
from dispatcher_tui.store.backup import COMPANIONS, prove, remove_part, stamp
from dispatcher_tui.store.ballast import Ballast
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import (
    Busy,
    Exists,
    OtherRecord,
    Outdated,
    Owned,
    ReadOnly,
    StoreError,
    disk_error,
)
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.migrations import CURRENT, migrate
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.seal import sync_file, sync_folder, unseal
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Identity, Tx
from dispatcher_tui.store.verify import DutiesOf, Fold

LEAST_TYPED = 16
"""So many digits of a record's identity stand on its sheets, and name it where it is typed."""

_HUNDRED = 100
_MOST_DAYS = 3660
"""After so many days since the copy, ten years, no more are counted: the clock is wrong then."""


class Restoration(msgspec.Struct, frozen=True):
    """What a restore did; ``replaced`` is where the file went that stood there before.

    ``exact``: it was read, and the numbers go on from its own; else from the next full hundreds.
    """

    head: str
    rows: int
    epoch: int
    replaced: Path | None
    exact: bool = True


class Spent(msgspec.Struct, frozen=True):
    """What the file that is replaced gave out and nobody may get again.

    ``numbers``: day stem (``261121-``) to the highest number of that day; ``slips``: the counters
    of the paper ranges by their keys. ``record`` is whose record it is; ``exact``: it is what
    became of the copy, so that all that was given out since is known.
    """

    epoch: int = 0
    numbers: dict[str, int] = {}
    slips: dict[str, int] = {}
    record: str = ""
    exact: bool = False


class Begun(msgspec.Struct, frozen=True):
    """From where a branch goes on: the copy's head, and the counters by their keys in ``meta``."""

    head: str
    numbers: dict[str, int]
    exact: bool


Begin = Callable[[Tx, Begun], object]
"""Writes the first entry of a branch."""


def _no_entry(_tx: Tx, _begun: Begun) -> None:
    """A branch that nobody writes down."""


def _spent(dest: Path, copied: Verdict) -> Spent:
    """What the file in the way has given out; nothing is known where it cannot be read."""
    try:
        store = Store.open(dest, read_only=True)
    except Outdated:
        try:
            store = Store.open(dest, alone=True)
        except StoreError:
            return Spent()
    except StoreError:
        return Spent()
    epoch, record = store.identity.epoch, ""
    try:
        record = store.record_hash()
        exact = store.hash_of(copied.rows) == copied.head
        return Spent(epoch, store.numbers_given(), store.slips_given(), record, exact)
    except StoreError:
        return Spent(epoch, record=record)
    finally:
        store.close()


def _refuse_other(part: Path, spent: Spent, typed: str) -> Spent:
    """What was spent, where the copy is of the same record or its identity was typed.

    Raises:
        OtherRecord: it is of another one, or another one was typed.
    """
    store = Store.open(part, read_only=True)
    try:
        mine = store.record_hash()
    finally:
        store.close()
    meant = len(typed) >= LEAST_TYPED and mine.startswith(typed)
    if typed and not meant:
        raise OtherRecord(mine)
    if not spent.record or not mine or spent.record == mine:
        return spent
    if not meant:
        raise OtherRecord(mine)
    return Spent()  # Another record's numbers are none of this one's.


def next_hundred(last: int) -> int:
    """The last number before the next full hundred after the one that would have come."""
    return ((last + 1) // _HUNDRED + 1) * _HUNDRED - 1


def _unknown(part: Store, now: datetime, zone: tzinfo) -> Spent:
    """What may have been given out since a copy, where nobody can look it up.

    Every day since counts, and the one before: a case may be written down late.
    """
    numbers, slips = part.numbers_given(), part.slips_given()
    last = part.entry(part.rows())
    began = (last.recorded_at if last is not None else now).astimezone(zone).date()
    ended = max(began, now.astimezone(zone).date())
    days = min((ended - began).days, _MOST_DAYS)
    stems = [(began + timedelta(days=n)).strftime("%y%m%d-") for n in range(-1, days + 1)]
    return Spent(
        numbers={stem: next_hundred(numbers.get(stem, 0)) for stem in stems},
        slips={key: next_hundred(count) for key, count in slips.items()},
    )


def _larger(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """The larger of two counters under each key."""
    return {key: max(one.get(key, 0), other.get(key, 0)) for key in sorted({*one, *other})}


def _carry_on(
    part: Path, spent: Spent, copied: Verdict, now: datetime, zone: tzinfo, begin: Begin
) -> int:
    """Begin a branch in the database to be put in place; no number is given out twice.

    Its first entry and its counters are one transaction.
    """
    with _opened(part) as store:
        unknown = Spent() if spent.exact else _unknown(store, now, zone)
        numbers = _larger(spent.numbers, unknown.numbers)
        slips = _larger(_larger(spent.slips, unknown.slips), store.slips_given())
        counters = {**{f"number:{stem}": last for stem, last in numbers.items()}, **slips}
        own = store.identity
        epoch = max(own.epoch, spent.epoch) + 1
        store.db.run("BEGIN IMMEDIATE")
        tx = Tx(store.db, Identity(own.site, own.desk, epoch))
        tx.set_meta("epoch", str(epoch))
        for key, last in counters.items():
            tx.set_meta(key, str(last))
        begin(tx, Begun(copied.head, counters, spent.exact))
        tx.prove_kept()
        store.db.run("COMMIT")
    return epoch


@contextmanager
def _opened(part: Path) -> Iterator[Store]:
    """The database to be put in place, as a store; a transaction that was begun is undone."""
    db = Db.connect(part)
    try:
        yield Store(part, db, Ballast(part, 0), read_only=False)
    finally:
        db.close()


def _fold_log(dest: Path) -> None:
    """Bring the replaced file's log into it, so that both move as one.

    Raises:
        Busy: another process has the file open.
    """
    try:
        db = Db.connect(dest)
    except StoreError:
        return  # Nothing can be done for a file that does not open; it is moved as it is.
    try:
        db.run("PRAGMA journal_mode=DELETE")
    except (Busy, ReadOnly):
        raise
    except StoreError:
        return
    finally:
        db.close()


def _free_name(dest: Path, now: datetime) -> Path:
    base = f"{dest.name}.replaced-{stamp(now)}"
    aside, count = dest.with_name(base), 1
    while aside.exists():
        count += 1
        aside = dest.with_name(f"{base}-{count}")
    return aside


def _put_aside(dest: Path, aside: Path) -> None:
    """Give the file that is to be replaced, and what belongs to it, another name."""
    companions = [end for end in COMPANIONS if dest.with_name(dest.name + end).exists()]
    if not companions and not dest.exists():
        return
    if not companions:
        try:
            os.link(dest, aside)  # The old name is never without a file.
        except OSError:
            dest.rename(aside)  # A file system without hard links.
        return
    # The database first: without its log beside it, it must not stand under its own name.
    for end in ("", *companions):
        old = dest.with_name(dest.name + end)
        if old.exists():
            old.rename(aside.with_name(aside.name + end))


def _install(part: Path, dest: Path, now: datetime) -> Path | None:
    """Put the new file in the place of the old one; gives the old one's new name."""
    there = dest.exists()
    aside = _free_name(dest, now)
    try:
        if there:
            _fold_log(dest)
        # A log without its database is moved too: it would be read into the new one.
        _put_aside(dest, aside)
        private.keep(aside)
        part.replace(dest)
        sync_folder(dest.parent)
    except OSError as error:
        raise disk_error(error) from error
    return aside if there else None


def restore(
    source: Path,
    dest: Path,
    *,
    owner: str,
    now: datetime,
    fold: Fold | None = None,
    duties_of: DutiesOf | None = None,
    zone: tzinfo = UTC,
    identity: str = "",
    begin: Begin = _no_entry,
) -> Restoration:
    """Go on from a copy that ``backup`` made; the desk must not be running.

    Everything is proved before the old file is touched: the seal over every byte, the chain, the
    entries, and with ``fold`` the lists. A new branch begins, in which no number comes back that
    the replaced file had given out; where that cannot be looked up, the numbers of the days since
    the copy, in ``zone``, go on at the next full hundred. ``begin`` writes the branch's first
    entry. ``identity``: the other record whose copy is meant, as typed.

    Raises:
        OtherRecord: the copy is of another record than the file, and was not named.
        Unsound: the copy is not good.
        Owned, Busy: a desk or another process uses the file.
        DiskFull, DiskProblem, ReadOnly: the disk refused; the old file stands.
    """
    if dest.exists() and dest.samefile(source):
        raise Exists(str(dest))
    lock = DeskLock.acquire(dest, owner)
    if isinstance(lock, Owned):
        raise lock
    part = dest.with_name(f".{dest.name}.{os.getpid()}.part")
    remove_part(part)
    with lock:
        try:
            _unpack(source, part)
            _bring_up_to_date(part)
            verdict = prove(part, fold, duties_of)
            spent = _refuse_other(part, _spent(dest, verdict), identity)
            epoch = _carry_on(part, spent, verdict, now, zone, begin)
            replaced = _install(part, dest, now)
        finally:
            remove_part(part)
    return Restoration(verdict.head, verdict.rows, epoch, replaced, spent.exact)


def _bring_up_to_date(part: Path) -> None:
    """A copy that an older version made goes on in this version's form; its seal was proved."""
    db = Db.connect(part)
    try:
        if db.value("PRAGMA user_version") < CURRENT:
            migrate(db)
    finally:
        db.close()


def _unpack(source: Path, part: Path) -> None:
    """Write the database in a sealed copy to a file of its own, durable when it returns."""
    try:
        with private.opened(part, "xb") as file:
            unseal(source, file)
            sync_file(file)
    except OSError as error:
        raise disk_error(error) from error
