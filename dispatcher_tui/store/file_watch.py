"""Whether the names of a database still lead to the files that its connection holds.

A file that was deleted or renamed under a running desk takes every write without complaint, and
is gone with the process.
"""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.store.errors import FileLost

Mark = tuple[int, int]
"""Which file a name leads to: device and inode; on Windows volume and file index."""


def mark_of(path: Path) -> Mark | None:
    """The file that a name leads to; None where it leads to none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class FileWatch:
    """The files of one open connection, noted while it holds them: no other file can come to
    bear their numbers before they are let go."""

    def __init__(self, path: Path, *, log: bool) -> None:
        """``log``: the connection keeps a write-ahead log, which has been begun."""
        self._held = {path: mark_of(path)}
        beside = path.with_name(f"{path.name}-wal")
        if log and (mark := mark_of(beside)) is not None:
            self._held[beside] = mark

    def is_replaced(self, path: Path) -> bool:
        """Whether another file bears that name now."""
        found = mark_of(path)
        return found is not None and found != self._held.get(path)

    def check(self) -> None:
        """Compare the names with the files.

        Raises:
            FileLost: one of them leads elsewhere, or nowhere.
        """
        for name, held in self._held.items():
            if held is None or mark_of(name) != held:
                raise FileLost(name.name)
