"""Reading a record from a disk that nothing can be written to."""

from __future__ import annotations

import shutil
from pathlib import Path

from dispatcher_tui.store.errors import DiskProblem, Outdated, ReadOnly, disk_error
from dispatcher_tui.store.store import Store

_TAKES_WRITING = (DiskProblem, ReadOnly, Outdated)
"""What keeps a file from being read where nothing can be written."""


def open_unwritable(database: Path, folder: Path) -> Store:
    """A record for reading from a disk that cannot be written.

    SQLite makes an index beside a write-ahead log even to read it, and an older version's file has
    to be brought up to date; where the disk lets neither be done, a copy in ``folder`` is read,
    with what lies beside the file.

    Raises:
        StoreError: it cannot be read, or the folder has no room for the copy.
    """
    try:
        return Store.open(database, read_only=True)
    except _TAKES_WRITING:
        pass
    try:
        for end in ("", "-wal", "-journal"):
            if (source := database.with_name(database.name + end)).exists():
                shutil.copyfile(source, folder / source.name)
    except OSError as error:
        raise disk_error(error) from error
    copy = folder / database.name
    try:
        return Store.open(copy, read_only=True)
    except _TAKES_WRITING:
        Store.open(copy, alone=True, ballast=0).close()
    return Store.open(copy, read_only=True)
