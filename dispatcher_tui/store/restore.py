"""The way back from a copy: proved first, put in place in one step, the old file kept aside."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import msgspec

from dispatcher_tui import private
from dispatcher_tui.store.backup import COMPANIONS, prove, remove_part, stamp
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import (
    Busy,
    Exists,
    Outdated,
    Owned,
    ReadOnly,
    StoreError,
    disk_error,
)
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.migrations import CURRENT, migrate
from dispatcher_tui.store.seal import sync_file, sync_folder, unseal
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import DutiesOf, Fold

_SET_META = (
    "INSERT INTO meta (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


class Restoration(msgspec.Struct, frozen=True):
    """What a restore did; ``replaced`` is where the file went that stood there before."""

    head: str
    rows: int
    epoch: int
    replaced: Path | None


class Spent(msgspec.Struct, frozen=True):
    """What the file that is replaced gave out and nobody may get again.

    ``numbers``: day stem (``261121-``) to the highest number of that day; ``slips``: the counters
    of the paper ranges by their keys. Nothing of it is known where the file cannot be read.
    """

    epoch: int = 0
    numbers: dict[str, int] = {}
    slips: dict[str, int] = {}


def _spent(dest: Path) -> Spent:
    """What the file in the way has given out."""
    try:
        store = Store.open(dest, read_only=True)
    except Outdated:
        try:
            store = Store.open(dest, alone=True)
        except StoreError:
            return Spent()
    except StoreError:
        return Spent()
    try:
        return Spent(store.identity.epoch, store.numbers_given(), store.slips_given())
    except StoreError:
        return Spent(store.identity.epoch)
    finally:
        store.close()


def _carry_on(part: Path, spent: Spent) -> int:
    """Begin a new epoch in the database to be put in place; no number is given out twice."""
    db = Db.connect(part)
    try:
        epoch = max(int(db.value("SELECT value FROM meta WHERE key = 'epoch'")), spent.epoch) + 1
        rows = [("epoch", str(epoch))]
        rows += [(f"number:{stem}", str(last)) for stem, last in spent.numbers.items()]
        for key, last in spent.slips.items():
            known = db.value("SELECT value FROM meta WHERE key = ?", (key,))
            rows.append((key, str(max(last, int(known or 0)))))
        db.run_many(_SET_META, rows)
    finally:
        db.close()
    return epoch


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
) -> Restoration:
    """Go on from a copy that ``backup`` made; the desk must not be running.

    Everything is proved before the old file is touched: the seal over every byte, the chain, the
    entries, and with ``fold`` the lists. A new epoch begins, in which no number comes back that
    the replaced file had given out. The caller records that it happened.

    Raises:
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
            epoch = _carry_on(part, _spent(dest))
            replaced = _install(part, dest, now)
        finally:
            remove_part(part)
    return Restoration(verdict.head, verdict.rows, epoch, replaced)


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
