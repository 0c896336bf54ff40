"""The look that this desk wears, as somebody chose it at its board."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.words.looks import wish_of
from dispatcher_tui.store.proof import LOOK


def remembered_look(desk: Desk) -> str:
    """The look that was chosen last; empty where none ever was."""
    return wish_of(desk.store.meta(LOOK) or "")


def remember_look(desk: Desk, look: str) -> None:
    """Keep the look for the next start; it is no part of the record.

    Raises:
        Failure: the file could not be written.
    """
    desk.store.transact(lambda tx: tx.set_meta(LOOK, look))
