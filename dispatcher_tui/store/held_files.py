"""The database files that this process holds, so that nothing else in it opens and closes one.

POSIX takes all of a process's locks from a file when any descriptor of it is closed, whoever opened
it. SQLite minds that for its own connections. A header read beside them would leave the record
without a lock, and the next program to look into it would take away the log the desk writes to.
"""

from __future__ import annotations

import threading
from pathlib import Path
from weakref import WeakKeyDictionary

from dispatcher_tui.store.file_watch import Mark, mark_of

OPENING = threading.RLock()
"""Held while a file is looked at and opened: no lock is taken between the two by another thread."""

_held: WeakKeyDictionary[object, Mark] = WeakKeyDictionary()
"""By who holds it. Whoever is gone without a word holds nothing, and its number is free again."""


def hold(holder: object, path: Path) -> None:
    """It holds the file of that name from now on, until it lets go."""
    with OPENING:
        if (mark := mark_of(path)) is not None:
            _held[holder] = mark


def let_go(holder: object) -> None:
    """Its connection is closed."""
    with OPENING:
        _held.pop(holder, None)


def is_held(path: Path) -> bool:
    """Whether a connection of this process holds the file of that name."""
    with OPENING:
        return mark_of(path) in list(_held.values())
