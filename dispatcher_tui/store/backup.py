"""Copies that are proved before they are called good."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import (
    Exists,
    NoSuchFile,
    StoreError,
    Unsound,
    disk_error,
    translated,
)
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.seal import seal, sync_folder, unseal
from dispatcher_tui.store.sqlite import Error
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import DutiesOf, Fold, verify

_UNSAFE = re.compile(r"[^\w-]+")
COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file of its own."""

_SAME_ENTRY = "SELECT hash FROM journal WHERE seq = ?"


class Copy(msgspec.Struct, frozen=True):
    """A copy found good: where it is, and the head and length of the journal in it."""

    path: Path
    head: str
    rows: int


def stamp(at: datetime) -> str:
    """A moment as part of a file's name."""
    return at.strftime("%Y%m%dT%H%M%S")


def _is_our_copy(source: Store, path: Path) -> bool:
    """Whether a file may be replaced: only a sealed copy of this very site, never a live file."""
    if not path.is_file() or path.is_symlink():
        return False
    try:
        unseal(path)
        there = Store.open(path, read_only=True)
    except (StoreError, OSError):
        return False
    try:
        return there.identity.site == source.identity.site
    finally:
        there.close()


def _named(source: Store, dest: Path, now: datetime) -> Path:
    """The file a copy is to become.

    Raises:
        Exists: there is anything but an older copy of the same site.
    """
    path = dest
    if dest.is_dir():
        site = _UNSAFE.sub("-", source.identity.site).strip("-") or "desk"
        path = dest / f"{site}-{stamp(now)}.sqlite3"
    if not path.parent.is_dir():
        raise NoSuchFile(str(path.parent))
    if path.exists() and not _is_our_copy(source, path):
        raise Exists(str(path))
    return path


def _copy_pages(source: Store, part: Path) -> None:
    """Copy a consistent state, whoever writes meanwhile, into a file without a log of its own."""
    copy = Db.connect(part, create=True)
    try:
        source.db.conn.backup(copy.conn)
        copy.run("PRAGMA journal_mode=DELETE")
    except Error as error:
        raise translated(error) from error
    finally:
        copy.close()


def copy_aside(database: Path, dest: Path) -> None:
    """A plain copy of a database to work on beside it; nothing is proved, nothing is written to it.

    Raises:
        StoreError: there is no such database, or the disk has no room for the copy.
    """
    source = Store.open(database, read_only=True)
    try:
        _copy_pages(source, dest)
    finally:
        source.close()


def prove(path: Path, fold: Fold | None, duties_of: DutiesOf | None) -> Verdict:
    """Verify a file in full, its seal aside.

    Raises:
        Unsound: the record in it does not prove itself.
        StoreError: it cannot be opened.
    """
    store = Store.open(path, read_only=True)
    try:
        verdict = verify(store, fold=fold, duties_of=duties_of)
    finally:
        store.close()
    if not verdict.sound:
        first = verdict.problems[0]
        raise Unsound(f"{first.code}: {first.detail}", verdict.first_bad_seq)
    return verdict


def remove_part(part: Path) -> None:
    """Take away an unfinished copy and what SQLite left beside it."""
    for path in (part, *(part.with_name(part.name + end) for end in COMPANIONS)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def backup(
    database: Path,
    dest: Path,
    *,
    now: datetime,
    fold: Fold | None = None,
    duties_of: DutiesOf | None = None,
) -> Copy:
    """Copy a running desk's database to ``dest``, a folder or a file, and prove the copy.

    The name is given only to a copy that was read back and found good; an older copy of that name
    stands until then. Other processes may read and write meanwhile.

    Raises:
        Unsound: the record itself, or what the disk made of it, does not prove itself.
        Exists: the name belongs to something else.
        DiskFull, DiskProblem, ReadOnly: the disk refused.
    """
    source = Store.open(database, read_only=True)
    part: Path | None = None
    try:
        path = _named(source, dest, now)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        remove_part(part)
        _copy_pages(source, part)
        seal(part)
        unseal(part)
        verdict = prove(part, fold, duties_of)
        # The journal only grows: what the copy ends with must stand in the original.
        kept = source.db.value(_SAME_ENTRY, (verdict.rows,)) if verdict.rows else verdict.head
        if kept != verdict.head:
            raise Unsound("the copy's head is not in the record", verdict.rows)
        try:
            part.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            raise disk_error(error) from error
    finally:
        source.close()
        if part is not None:
            remove_part(part)
    return Copy(path, verdict.head, verdict.rows)
