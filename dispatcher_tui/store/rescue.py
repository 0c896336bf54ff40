"""A whole copy of a record whose file was taken away from under its connection."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from dispatcher_tui.store.backup import remove_part, stamp
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import RAW, StoreError
from dispatcher_tui.store.store import Store


def set_log_aside(store: Store, now: datetime) -> None:
    """Give the log of a record that was replaced another name, its index too.

    SQLite would take it for the log of the file that lies there now, and write the pages of one
    record over those of the other.
    """
    for name in store.orphaned_logs():
        with suppress(OSError):
            name.rename(name.with_name(f"{name.name}.lost-{stamp(now)}"))


def rescue(store: Store, now: datetime) -> Path | None:
    """Copy what the connection still holds into a file beside the one that was lost.

    It is named after it, with ``rescued`` and the moment. Where its folder is gone too the copy
    lies in the home, else among the temporary files; None where no place takes it.
    """
    name = f"{store.path.stem}-rescued-{stamp(now)}{store.path.suffix}"
    for folder in (store.path.parent, Path.home(), Path(tempfile.gettempdir())):
        if not folder.is_dir():
            continue
        try:
            _copy(store, folder / name)
        except (StoreError, OSError):
            remove_part(folder / name)
            continue
        return folder / name
    return None


def _copy(store: Store, path: Path) -> None:
    copy = Db.connect(path, create=True)
    try:
        with suppress(StoreError):
            store.db.rollback()
        try:
            store.db.conn.backup(copy.conn)
        except RAW as error:
            raise StoreError(str(error)) from error
        copy.run("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
