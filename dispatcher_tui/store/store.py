"""The database of one desk: made, opened, read and written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from dispatcher_tui import plain_file, private
from dispatcher_tui.store import schema
from dispatcher_tui.store.ballast import BALLAST_BYTES, Ballast
from dispatcher_tui.store.case_reads import CaseReads
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import (
    Busy,
    Damaged,
    DiskFull,
    DiskProblem,
    Exists,
    NotKept,
    NotOurs,
    OldSqlite,
    Outdated,
    Owned,
    ReadOnly,
    StoreError,
    TooNew,
    disk_error,
)
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.file_watch import FileWatch
from dispatcher_tui.store.held_files import OPENING, hold, is_held, let_go
from dispatcher_tui.store.migrations import CURRENT, migrate
from dispatcher_tui.store.month_reads import MonthReads
from dispatcher_tui.store.site_reads import SiteReads
from dispatcher_tui.store.slip_rows import SlipReads
from dispatcher_tui.store.sqlite import JOURNAL_MODE, sqlite_version
from dispatcher_tui.store.stored_times import micros
from dispatcher_tui.store.tx import Identity, Tx, identity_of

T = TypeVar("T")

_KEPT_BESIDE = ("-wal", "-shm", "-journal")
"""What stands beside a database and is read before it is; SQLite itself would wait there."""

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100

_WHOLE = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_NESTED = ("SAVEPOINT part", "RELEASE part", ("ROLLBACK TO part", "RELEASE part"))
"""How a transaction begins, how it is kept, and how it is undone."""
_SEARCH_IS_NEWER = (
    "SELECT 1 FROM sqlite_schema WHERE name = 'case_search' AND sql LIKE '%contentless_delete%'"
)
_SAVE_DRAFT = (
    "INSERT INTO drafts (id, kind, opened_at, updated_at, body) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, body = excluded.body"
)


def _claims_ours(path: Path) -> bool:
    """Whether the file's header is this program's; a beginning of it counts as well.

    Raises:
        Missing, Damaged, ReadOnly, DiskProblem: it cannot be read, or nothing is in it.
    """
    try:
        with plain_file.opened(path) as file:
            header = file.read(_HEADER)
    except plain_file.NotPlainError as error:
        raise NotOurs(str(path)) from error
    except OSError as error:
        raise disk_error(error) from error
    if not header:
        raise Damaged(f"{path}: empty")
    if len(header) < _HEADER:
        return header.startswith(_MAGIC[: len(header)])
    return header.startswith(_MAGIC) and header[68:72] == schema.APPLICATION_ID.to_bytes(4)


def _is_short(path: Path) -> bool:
    """Whether the file has less than the pages its header names.

    SQLite overlooks an end within the last page. Beside a log the file may well be behind.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists():
        return False
    try:
        with plain_file.opened(path) as file:
            header = file.read(_HEADER)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise disk_error(error) from error
    page = int.from_bytes(header[16:18])
    return size < int.from_bytes(header[28:32]) * (65536 if page == 1 else page) and (
        not log.exists()
    )


def _bring_up_to_date(db: Db, path: Path, *, alone: bool) -> None:
    """Move an older file to this version's form, which no desk may be working on meanwhile.

    Raises:
        Owned: another desk has the file.
    """
    if alone:
        migrate(db)
        return
    lock = DeskLock.acquire(path, "migration")
    if isinstance(lock, Owned):
        raise lock
    with lock:
        migrate(db)


def _check_version(db: Db, path: Path, *, read_only: bool, alone: bool) -> None:
    if db.value("PRAGMA application_id") != schema.APPLICATION_ID:
        raise NotOurs(str(path))
    version = db.value("PRAGMA user_version")
    if version > CURRENT:
        raise TooNew(f"{path}: {version} > {CURRENT}")
    if version < CURRENT and read_only:
        raise Outdated(f"{path}: {version} < {CURRENT}")
    # Reading the record needs no search; the first case that is written would stumble over it.
    if not (read_only or schema.CONTENTLESS) and db.value(_SEARCH_IS_NEWER):
        raise OldSqlite(f"{path}: {sqlite_version}")
    if version < CURRENT:
        _bring_up_to_date(db, path, alone=alone)


def _make_writable(db: Db) -> None:
    with suppress(Busy):  # Somebody has the file open in its other form: it goes on in that one.
        if (
            db.value("PRAGMA journal_mode") != JOURNAL_MODE
            and db.value(f"PRAGMA journal_mode={JOURNAL_MODE}") != JOURNAL_MODE
        ):
            raise DiskProblem(f"the disk does not allow journal_mode={JOURNAL_MODE}")
    db.run("BEGIN IMMEDIATE")
    # Where SQLite got the file for reading only, beginning is granted, and only a write refused.
    db.run("UPDATE meta SET value = value WHERE key = ''")
    db.run("ROLLBACK")


def _publish(made: Path, path: Path) -> None:
    """Give a finished file its name, unless somebody else took it meanwhile."""
    try:
        try:
            os.link(made, path)
        except FileExistsError:
            raise
        except OSError:  # A file system without hard links.
            if path.exists():
                raise FileExistsError(path) from None
            made.rename(path)
    except FileExistsError as error:
        raise Exists(str(path)) from error
    except OSError as error:
        raise disk_error(error) from error


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


class Store(CaseReads, MonthReads, SiteReads, SlipReads):
    """One open database. It is driven by one thread at a time; see ``owner``."""

    def __init__(self, path: Path, db: Db, ballast: Ballast, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self.ballast = ballast
        self._db = db
        self._own = identity_of(db)
        log = not read_only and db.value("PRAGMA journal_mode") == "wal"
        self._files = FileWatch(path, log=log)
        hold(self, path)

    @classmethod
    def create(cls, path: Path, *, site: str, desk: str, ballast: int = BALLAST_BYTES) -> Store:
        """Make the database of a new desk and open it; a crash on the way leaves no such file.

        Raises:
            Exists: there is a file of that name, or the log of one.
        """
        for taken in (path, path.with_name(path.name + "-wal")):
            if taken.exists():
                raise Exists(str(taken))
        made = path.with_name(f".{path.name}.{os.getpid()}.new")
        _remove(made)
        try:
            db = Db.connect(made, create=True)
            try:
                migrate(db)
                rows = [("site", site), ("desk", desk), ("epoch", "1")]
                db.run_many("INSERT INTO meta (key, value) VALUES (?, ?)", rows)
            finally:
                db.close()
            _publish(made, path)
        finally:
            _remove(made, made.with_name(made.name + "-journal"))
        return cls.open(path, ballast=ballast)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        alone: bool = False,
        ballast: int = BALLAST_BYTES,
    ) -> Store:
        """Open what ``create`` made, bringing an older form up to date.

        That needs the file alone; ``alone`` says that the caller holds the desk's lock already.

        A full disk has no room for the log's index either: the ballast is given up for it.

        Raises:
            Missing, NotOurs, TooNew, Outdated, Owned, Damaged, ReadOnly, Busy, DiskProblem
        """
        with OPENING:
            try:
                return cls._open(path, read_only=read_only, alone=alone, ballast=ballast)
            except DiskProblem:
                if not Ballast(path, ballast).release_if_tight():
                    raise
            return cls._open(path, read_only=read_only, alone=alone, ballast=ballast)

    @classmethod
    def _open(cls, path: Path, *, read_only: bool, alone: bool, ballast: int) -> Store:
        held = is_held(path)  # It was judged when it was opened, and is not opened beside that.
        claims = held or _claims_ours(path)
        for beside in _KEPT_BESIDE:
            if not plain_file.is_plain(path.with_name(path.name + beside)):
                raise DiskProblem(f"{path.name}{beside}: not a plain file")
        if claims and not read_only:
            private.keep_beside(path)
        # Asked again, since another process may just have folded its log in.
        if claims and not held and all(_is_short(path) for _ in range(3)):
            raise Damaged(f"{path}: cut off")
        db: Db | None = None
        try:
            db = Db.connect(path, read_only=read_only)
            _check_version(db, path, read_only=read_only, alone=alone)
            if not read_only:
                _make_writable(db)
            store = cls(path, db, Ballast(path, ballast), read_only=read_only)
        except BaseException as error:
            if db is not None:
                db.close()
            if isinstance(error, NotOurs) and claims:
                raise Damaged(error.detail) from error
            raise
        if not read_only:
            store.ballast.fill()
        return store

    @property
    def identity(self) -> Identity:
        """Whose journal it is."""
        return self._own

    @property
    def db(self) -> Db:
        """The connection, for the rest of the store alone."""
        return self._db

    def close(self) -> None:
        """Give the file back. Every change made is on the disk already."""
        self._db.close()
        let_go(self)

    def check_file(self) -> None:
        """Prove that the file on the disk is still the one that is written to.

        Raises:
            FileLost: it was deleted, renamed or replaced, or its log was.
        """
        if not self.read_only:
            self._files.check()

    def is_replaced(self) -> bool:
        """Whether another file lies where this one was opened."""
        return not self.read_only and self._files.is_replaced(self.path)

    def orphaned_logs(self) -> tuple[Path, ...]:
        """The log of this record, and its index, beside another file that bears its name now."""
        log = self.path.with_name(f"{self.path.name}-wal")
        if not self.is_replaced() or self._files.is_replaced(log) or not log.exists():
            return ()
        index = self.path.with_name(f"{self.path.name}-shm")
        return (log, index) if index.exists() else (log,)

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """Hold the file and write; leaving with an exception keeps nothing of it.

        Inside another one it is a part of that: kept with it, or undone alone.

        Raises:
            DiskFull, DiskProblem, Busy, ReadOnly: also when leaving; nothing was kept then.
            FileLost: nothing may be acknowledged any more.
            NotKept: the file does not hold what was written into it.
        """
        if self.read_only:
            raise ReadOnly(str(self.path))
        begin, keep, undo = _NESTED if self._db.conn.in_transaction else _WHOLE
        self._db.begin(begin)
        try:
            tx = Tx(self._db, self._own)
            yield tx
            tx.prove_kept()
            self._files.check()  # Nothing is kept in a file that nobody finds again.
            self._db.run(keep)
            self._files.check()
        except BaseException as error:
            with suppress(StoreError):  # What went wrong first is what is told.
                if self._db.conn.in_transaction:  # SQLite may have given all of it up by itself.
                    for statement in undo:
                        self._db.run(statement)
            if isinstance(error, ReadOnly):  # Without a log SQLite says so of a file it misses.
                self._files.check()
            raise

    def transact(self, job: Callable[[Tx], T]) -> T:
        """Run a job in one transaction; where the disk is full, give up the ballast and try again.

        The job may run twice, so it must do nothing but read and write the transaction.
        """
        if self._db.conn.in_transaction:  # It is for the outer one to make room and try again.
            return self._transact(job)
        return self._with_room(lambda: self._transact(job))

    def _transact(self, job: Callable[[Tx], T]) -> T:
        with self.write() as tx:
            return job(tx)

    def _with_room(self, job: Callable[[], T]) -> T:
        try:
            return job()
        except DiskFull:
            if not self.ballast.release():
                raise
        return job()

    def clear_traces(self) -> bool:
        """Write the file anew without what was deleted, and empty its log.

        Pages given up long ago, and the room within pages, may still hold what stood there. It
        takes as long as reading and writing the whole file. False where another process kept
        reading the log: it is then emptied when the last one lets go of the file.

        Raises:
            DiskFull, DiskProblem, Busy, ReadOnly: the traces are as they were.
        """
        if self.read_only:
            raise ReadOnly(str(self.path))
        self._with_room(lambda: self._db.run("VACUUM"))
        return not self._db.value("PRAGMA wal_checkpoint(TRUNCATE)")

    def data_version(self) -> int:
        """A number that changes when another process has written."""
        version: int = self._db.value("PRAGMA data_version")
        return version

    def size(self) -> int:
        """The database's size in bytes, without its log."""
        pages: int = self._db.value("PRAGMA page_count")
        each: int = self._db.value("PRAGMA page_size")
        return pages * each

    def save_draft(
        self, draft_id: str, kind: str, opened_at: datetime, body: bytes, *, updated_at: datetime
    ) -> None:
        """Keep a form as typed so far; durable when it returns."""
        values = (draft_id, kind, micros(opened_at), micros(updated_at), body.decode())
        if self._save(_SAVE_DRAFT, values) != 1:
            raise NotKept("drafts")

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft; none of that id is no error."""
        self._save("DELETE FROM drafts WHERE id = ?", (draft_id,))

    def _save(self, sql: str, values: tuple[object, ...]) -> int:
        if self.read_only:
            raise ReadOnly(str(self.path))
        changed = self._with_room(lambda: self._db.run(sql, values)).rowcount
        self._files.check()
        return changed
