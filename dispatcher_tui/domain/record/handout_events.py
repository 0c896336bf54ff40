"""What can happen to the handout book: something goes out, and comes back."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.record.watch_events import WatchEvent
from dispatcher_tui.domain.words.terms import Label


class ThingHandedOut(WatchEvent, frozen=True, kw_only=True):
    """A thing of a register went out, to be back by ``due`` (UTC; None: whenever).

    ``number``: what it goes by in the handout book, counted through all registers. ``thing`` is its
    id and ``thing_label`` its name, where the register has it once. Who has it and what was written
    down lie in the documents alone, under ``sha256``, from where they can be deleted.
    """

    number: int
    register: str
    label: Label
    thing: str = ""
    thing_label: Label | None = None
    due: datetime | None = None
    sha256: str


class ThingCameBack(WatchEvent, frozen=True, kw_only=True):
    """The thing that went out with that ``number`` is back; it had to be by ``due``.

    ``sha256``: the text of who took it and what was noted, empty where nothing was.
    """

    number: int
    register: str
    label: Label
    thing_label: Label | None = None
    due: datetime | None = None
    sha256: str = ""
