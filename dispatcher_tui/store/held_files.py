"""The database files that this process holds, so that nothing else in it opens and closes one.

POSIX takes all of a process's locks from a file when any descriptor of it is closed, whoever opened
it. SQLite minds that for its own connections. A header read beside them would leave the record
without a lock, and the next program to look into it would take away the log the desk writes to.
"""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

from dispatcher_tui.store.file_watch import Mark, mark_of

OPENING = threading.RLock()
"""Held while a file is looked at and opened: no lock is taken between the two by another thread."""

_held: Counter[Mark] = Counter()


def hold(path: Path) -> Mark | None:
    """A connection holds the file of that name from now on; None where there is none."""
    with OPENING:
        mark = mark_of(path)
        if mark is not None:
            _held[mark] += 1
        return mark


def let_go(mark: Mark) -> None:
    """One of the connections that held it is closed."""
    with OPENING:
        _held[mark] -= 1
        if not _held[mark]:
            del _held[mark]


def is_held(path: Path) -> bool:
    """Whether a connection of this process holds the file of that name."""
    with OPENING:
        return mark_of(path) in _held
