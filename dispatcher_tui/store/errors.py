"""What can go wrong with the file, one class for each thing to do about it."""

from __future__ import annotations

import errno
from datetime import datetime

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.store.sqlite import Error

_FULL, _BUSY, _LOCKED, _READONLY, _IOERR = 13, 5, 6, 8, 10
_CORRUPT, _CANTOPEN, _CONSTRAINT, _NOTADB = 11, 14, 19, 26


class StoreError(Failure):
    """Anything that keeps the record from being read or written."""

    code = "store"


class NoSuchFile(StoreError):
    """There is no file of that name; opening never makes one."""

    code = "missing"


class Exists(StoreError):
    """There is a file of that name already; creating never replaces one."""

    code = "exists"


class NotOurs(StoreError):
    """The file belongs to another program."""

    code = "not_ours"


class TooNew(StoreError):
    """A newer version of the program wrote the file."""

    code = "too_new"


class OldSqlite(StoreError):
    """A newer SQLite than the one in use made the file, and its search needs that one."""

    code = "old_sqlite"


class Outdated(StoreError):
    """An older version wrote the file, and it was opened for reading only."""

    code = "outdated"


class Damaged(StoreError):
    """The file is cut off, or SQLite finds it malformed."""

    code = "damaged"


class ReadOnly(StoreError):
    """The file, or the folder it is in, cannot be written."""

    code = "read_only"


class DiskProblem(StoreError):
    """The disk refused to read or write; nothing of the change was kept."""

    code = "disk"


class DiskFull(DiskProblem):
    """There is no room left; nothing of the change was kept."""

    code = "disk_full"


class NotKept(StoreError):
    """A row that was written is not there: something in the file itself takes it away."""

    code = "not_kept"


class FileLost(StoreError):
    """The file was deleted, renamed or replaced under the connection; nothing counts as written."""

    code = "file_lost"


class Busy(StoreError):
    """Another process held the file longer than one waits."""

    code = "busy"


class Owned(StoreError):
    """Another desk owns the file: its process, its operator, and since when (UTC)."""

    code = "owned"

    def __init__(self, owner: str, pid: int, since: datetime | None) -> None:
        super().__init__(f"{owner} (pid {pid})")
        self.owner = owner
        self.pid = pid
        self.since = since


class Refused(StoreError):
    """The record's own rules refuse the change: a gap, a rewrite, a closing without its paper."""

    code = "refused"


class Unsound(StoreError):
    """The record, or a copy of it, does not prove itself; ``seq`` is the first bad entry."""

    code = "unsound"

    def __init__(self, detail: str = "", seq: int | None = None) -> None:
        super().__init__(detail)
        self.seq = seq


class OtherRecord(StoreError):
    """A copy is of another record than the file it is to replace; ``detail`` is its identity."""

    code = "other_record"


class Closed(StoreError):
    """A job was handed in after the store was closed."""

    code = "closed"


_BY_CODE: dict[int, type[StoreError]] = {
    _FULL: DiskFull,
    _BUSY: Busy,
    _LOCKED: Busy,
    _READONLY: ReadOnly,
    _IOERR: DiskProblem,
    _CORRUPT: Damaged,
    _CANTOPEN: DiskProblem,
    _CONSTRAINT: Refused,
    _NOTADB: NotOurs,
}


# What a copy stumbles over comes without a code.
_BY_MESSAGE: dict[str, type[StoreError]] = {
    "database or disk is full": DiskFull,
    "database is locked": Busy,
    "database disk image is malformed": Damaged,
    "disk I/O error": DiskProblem,
    "attempt to write a readonly database": ReadOnly,
    'unrecognized option: "contentless_delete"': OldSqlite,
}

RAW = (Error, UnicodeDecodeError)
"""What the driver raises; the latter where a damaged file's words stand in its message."""


def translated(error: Exception) -> StoreError:
    """The error to raise instead of one of the driver's."""
    # SQLITE_… codes carry their extended code in the higher bits.
    code = getattr(error, "sqlite_errorcode", None)
    message = str(error)
    if code is not None and code & 0xFF in _BY_CODE:
        return _BY_CODE[code & 0xFF](message)
    # Text that is no UTF-8 is found by the driver, which has no code for it; a table that somebody
    # took out of the file is an error of the statement to SQLite.
    if "decode" in message or message.startswith(("no such table", "no such column")):
        return Damaged(message)
    return _BY_MESSAGE.get(message, StoreError)(message)


def disk_error(error: OSError) -> StoreError:
    """The error to raise instead of one of the operating system's."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return DiskFull(str(error))
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnly(str(error))
    if error.errno == errno.ENOENT:
        return NoSuchFile(str(error))
    return DiskProblem(str(error))
