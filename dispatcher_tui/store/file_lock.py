"""Who owns the desk: one at a time, by a lock of the operating system that dies with its process.

The lock file stays when the lock is given up; only the lock itself counts, never the file.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import msgspec

from dispatcher_tui import private
from dispatcher_tui.store.errors import Owned, disk_error

if sys.platform == "win32":
    import msvcrt

    # A locked byte cannot be read by others there, so one far behind the text is locked.
    _FAR = 1 << 30

    def _try_lock(fd: int) -> bool:
        os.lseek(fd, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(fd: int) -> None:
        os.lseek(fd, _FAR, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


_TEXT_LIMIT = 4096


class _Holder(msgspec.Struct, frozen=True):
    """What the lock file says of who holds it."""

    pid: int
    owner: str


class DeskLock:
    """The right to run the desk of one database, held until released or the process ends."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd: int | None = fd

    @classmethod
    def acquire(cls, database: Path, owner: str) -> DeskLock | Owned:
        """Take the desk for ``owner``, or learn who has it; never waits.

        Raises:
            ReadOnly, DiskProblem: the lock file cannot be made.
        """
        path = database.with_name(database.name + ".lock")
        try:
            fd = private.new_descriptor(path, os.O_RDWR)
        except OSError as error:
            raise disk_error(error) from error
        try:
            if not _try_lock(fd):
                holder = _read(fd)
                os.close(fd)
                return holder
            os.ftruncate(fd, 0)
            os.lseek(fd, 0, os.SEEK_SET)
            os.write(fd, msgspec.json.encode(_Holder(os.getpid(), owner)))
        except OSError as error:
            os.close(fd)
            raise disk_error(error) from error
        return cls(path, fd)

    def release(self) -> None:
        """Give the desk up; a second time does nothing."""
        fd, self._fd = self._fd, None
        if fd is None:
            return
        with suppress(OSError):  # Closing gives the lock up in any case.
            os.ftruncate(fd, 0)
            _unlock(fd)
        os.close(fd)

    def __enter__(self) -> DeskLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _read(fd: int) -> Owned:
    """Who holds the lock; the file's own time says since when."""
    os.lseek(fd, 0, os.SEEK_SET)
    text, since = os.read(fd, _TEXT_LIMIT), os.fstat(fd).st_mtime
    try:
        holder = msgspec.json.decode(text, type=_Holder)
    except msgspec.DecodeError:  # It is just being written, or given up.
        holder = _Holder(0, "")
    return Owned(holder.owner, holder.pid, datetime.fromtimestamp(since, UTC))
