"""Limits so small that a short run meets what a real one meets after years."""

from __future__ import annotations

from random import Random

from dispatcher_tui.store import sqlite

CHECKPOINTS = (1, 2, 7, 50, 400)
"""Pages of the log after which it is folded in; the program has thousands."""

CACHES = (1, 10, 100)
"""Pages that are kept in memory; what a transaction has beyond them is written before its end."""

BUSY_MS = (50, 500, 5000)
"""How long a statement waits for another process, in milliseconds."""


def small(random: Random, *, busy: bool = True) -> None:
    """Give every connection of this process from now on limits of its own.

    ``busy``: the wait for others as well, where no other process holds the file for long.
    """
    pragmas = [
        f"PRAGMA wal_autocheckpoint={random.choice(CHECKPOINTS)}",
        f"PRAGMA cache_size={random.choice(CACHES)}",
    ]
    if busy:
        pragmas.append(f"PRAGMA busy_timeout={random.choice(BUSY_MS)}")
    sqlite._EVERY_CONNECTION = (*sqlite._EVERY_CONNECTION, *pragmas)
