"""The way back from a copy: proved first, put in place in one step, the old file kept aside."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import msgspec

from dispatcher_tui.store.backup import COMPANIONS, prove, remove_part, stamp
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Busy, Exists, Owned, ReadOnly, StoreError, disk_error
from dispatcher_tui.store.lock import DeskLock
from dispatcher_tui.store.seal import sync_file, sync_folder, unseal
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import DutiesOf, Fold


class Restoration(msgspec.Struct, frozen=True):
    """What a restore did; ``replaced`` is where the file went that stood there before."""

    head: str
    rows: int
    epoch: int
    replaced: Path | None


def _next_epoch(part: Path, known: int) -> int:
    """Begin a new epoch in the database that is to be put in place."""
    db = Db.connect(part)
    try:
        epoch = max(int(db.value("SELECT value FROM meta WHERE key = 'epoch'")), known) + 1
        db.run("UPDATE meta SET value = ? WHERE key = 'epoch'", (str(epoch),))
    finally:
        db.close()
    return epoch


def _known_epoch(dest: Path) -> int:
    """The epoch of the file that is replaced, 0 where it cannot be read any more."""
    try:
        store = Store.open(dest, read_only=True)
    except StoreError:
        return 0
    epoch = store.identity.epoch
    store.close()
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
    entries, and with ``fold`` the lists. A new epoch begins. The caller records that it happened.

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
            verdict = prove(part, fold, duties_of)
            epoch = _next_epoch(part, _known_epoch(dest))
            replaced = _install(part, dest, now)
        finally:
            remove_part(part)
    return Restoration(verdict.head, verdict.rows, epoch, replaced)


def _unpack(source: Path, part: Path) -> None:
    """Write the database in a sealed copy to a file of its own, durable when it returns."""
    try:
        with part.open("xb") as file:
            unseal(source, file)
            sync_file(file)
    except OSError as error:
        raise disk_error(error) from error
