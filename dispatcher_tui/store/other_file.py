"""What lies at a record's path after its own file was taken away: looked at, never written to."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dispatcher_tui.domain.record.case_line import CaseLine, Lane
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.store import Store

Sight = tuple[tuple[int, int] | None, ...]
"""By what a file and its log are seen to have changed: the size and the time of each."""


class OtherFile(msgspec.Struct, frozen=True):
    """Another file in the record's place.

    ``unknown`` are its open cases that the record at hand does not have, the oldest first;
    ``fault`` is why it cannot be read, empty where it can.
    """

    path: Path
    unknown: tuple[CaseLine, ...] = ()
    fault: str = ""


def sight(path: Path) -> Sight:
    """How a file and its log look from outside, to see whether they changed."""

    def seen(each: Path) -> tuple[int, int] | None:
        try:
            found = each.stat()
        except OSError:
            return None
        return found.st_size, found.st_mtime_ns

    return tuple(seen(each) for each in (path, path.with_name(f"{path.name}-wal")))


def in_its_place(store: Store) -> OtherFile | None:
    """The file that bears the name of an open record and is another; None where there is none."""
    if not store.is_replaced():
        return None
    try:
        other = Store.open(store.path, read_only=True)
    except StoreError as error:
        return OtherFile(store.path, fault=error.code)
    try:
        lines = [line for line in other.board(Lane.ALL) if store.line(line.id) is None]
    except StoreError as error:
        return OtherFile(store.path, fault=error.code)
    finally:
        other.close()
    return OtherFile(store.path, tuple(sorted(lines, key=lambda line: line.row)))
