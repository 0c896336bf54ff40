"""The one place where SQLite is imported, and where a connection is set up.

A newer SQLite than the interpreter's own is used where one is installed: it comes as wheels for
some systems only (not for Linux on ARM), and nothing else in the program knows which of the two it
is. sqlite-utils chooses by the same rule, so that never two libraries hold one file.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dispatcher_tui import private

if TYPE_CHECKING:
    import sqlite3 as _impl
else:
    try:
        import pysqlite3 as _impl
    except ImportError:
        import sqlite3 as _impl

Connection = _impl.Connection
Cursor = _impl.Cursor
Error = _impl.Error
sqlite_version = _impl.sqlite_version
sqlite_version_info = _impl.sqlite_version_info

LIBRARY = _impl.__name__.partition(".")[0]
"""Whose SQLite it is: ``pysqlite3``, or ``sqlite3`` for the interpreter's own."""

LEAST = (3, 37, 0)
"""The first SQLite that knows strict tables, which the record is made of."""

_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def mends_wal_reset(version: tuple[int, int, int] = sqlite_version_info) -> bool:
    """Whether that SQLite has the mend of the WAL reset.

    Without it, a commit can be lost when two processes write, or one writes while another checks
    the log in, at the very same moment. It came with 3.51.3 and went back into 3.50.7 and 3.44.6.
    """
    return version >= _MENDED[0] or any(
        version[:2] == mended[:2] and version >= mended for mended in _MENDED[1:]
    )


JOURNAL_MODE = "wal" if mends_wal_reset() else "truncate"
"""How a record is kept: without the mend, no write-ahead log that could lose a commit."""

BUSY_MS = 5000
"""How long a statement waits for another process before it gives up, in milliseconds."""

_EVERY_CONNECTION: tuple[str, ...] = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    # Before 3.43 even the JSON functions, which the schema uses, count as unsafe there.
    f"PRAGMA trusted_schema={'OFF' if sqlite_version_info >= (3, 43, 0) else 'ON'}",
    "PRAGMA cell_size_check=ON",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA checkpoint_fullfsync=ON",
    "PRAGMA temp_store=MEMORY",  # A full disk must not keep anybody from reading.
    "PRAGMA cache_size=-2000",
    # Seldom enough that an operator does not meet it, small enough to be read back in a moment.
    "PRAGMA wal_autocheckpoint=4000",
    f"PRAGMA busy_timeout={BUSY_MS}",
)


def connect(path: Path, *, read_only: bool = False, create: bool = False) -> Connection:
    """A connection in autocommit mode, safe to hand to another thread, never shared by two.

    Raises:
        Error: as SQLite raises it; callers go through ``Db``, which translates.
    """
    if create:
        # What SQLite keeps beside the file gets the file's own mode.
        with suppress(OSError):  # It says itself what is wrong.
            private.touch(path)
    mode = "ro" if read_only else "rwc" if create else "rw"
    conn = _impl.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        for pragma in _EVERY_CONNECTION:
            conn.execute(pragma)
    except BaseException:
        conn.close()
        raise
    return conn


def connect_in_memory() -> Connection:
    """An empty database that is gone with its connection.

    Raises:
        Error: as SQLite raises it; callers go through ``Db``, which translates.
    """
    return _impl.connect(":memory:", isolation_level=None)
