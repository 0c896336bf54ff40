"""The F-keys that this desk's terminal keeps for itself, as ``doctor`` found them."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.store.proof import SWALLOWED
from dispatcher_tui.store.store import Store

_F_KEYS = tuple(f"f{number}" for number in range(1, 13))


def swallowed_keys(desk: Desk) -> frozenset[str]:
    """Their names as ``f1``; none where nobody tried them."""
    return frozenset(_known((desk.store.meta(SWALLOWED) or "").split()))


def remember_swallowed(store: Store, keys: Iterable[str]) -> None:
    """Keep what was found for the next start; it is no part of the record.

    Raises:
        Failure: the file could not be written.
    """
    kept = " ".join(_known(key.lower() for key in keys))
    store.transact(lambda tx: tx.set_meta(SWALLOWED, kept))


def _known(keys: Iterable[str]) -> list[str]:
    found = set(keys)
    return [key for key in _F_KEYS if key in found]
