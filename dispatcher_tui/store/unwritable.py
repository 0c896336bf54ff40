"""Reading a record from a disk that nothing can be written to."""

from __future__ import annotations

import shutil
from pathlib import Path

from dispatcher_tui.store.errors import DiskProblem, ReadOnly, disk_error
from dispatcher_tui.store.store import Store


def open_unwritable(database: Path, folder: Path) -> Store:
    """A record for reading from a disk that cannot be written.

    SQLite makes an index beside a write-ahead log even to read it; where the disk does not let it,
    a copy with its log in ``folder`` is read.

    Raises:
        StoreError: it cannot be read, or the folder has no room for the copy.
    """
    try:
        return Store.open(database, read_only=True)
    except (DiskProblem, ReadOnly):
        pass
    try:
        for name in (database.name, f"{database.name}-wal"):
            if (source := database.with_name(name)).exists():
                shutil.copyfile(source, folder / name)
    except OSError as error:
        raise disk_error(error) from error
    return Store.open(folder / database.name, read_only=True)
