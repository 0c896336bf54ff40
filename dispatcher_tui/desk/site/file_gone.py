"""What became of a record whose file was taken away from under the desk."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.store.other_file import OtherFile, Sight, in_its_place, sight
from dispatcher_tui.store.rescue import rescue, set_log_aside


class LostFile(msgspec.Struct, frozen=True):
    """``copy`` is where all of the record was saved, None where no place took it; ``other`` what
    lies in its place now, and ``seen`` how that looked."""

    copy: Path | None
    other: OtherFile | None
    seen: Sight


def look_at_lost(desk: Desk, before: LostFile | None) -> LostFile:
    """Save a whole copy, the first time; look again at what lies there whenever it has changed."""
    store = desk.store
    set_log_aside(store, desk.clock.now())
    copy = rescue(store, desk.clock.now()) if before is None else before.copy
    seen = sight(store.path)
    if before is not None and before.seen == seen:
        return before
    return LostFile(copy, in_its_place(store), seen)
