"""One case as a line of a list: what the board and the search results show of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.words.terms import Label, Stage

SOON = timedelta(minutes=30)
"""How long before it is due a case stands out on the board."""


class Lane(StrEnum):
    """The board's lanes, in the order of their digits."""

    ALL = "all"
    DUE = "due"
    PAPER = "paper"
    EMERGENCY = "emergency"
    STUCK = "stuck"
    DONE = "done"


AT_PLACE = 6
"""Most cases that are shown at a place; with one more it is said that there are more."""


class CaseLine(msgspec.Struct, frozen=True):
    """One case as a list shows it; moments are aware UTC.

    ``row`` counts cases in the order of their opening. ``next_…`` is the duty that comes first.
    ``fire_at`` is when a duty that has not fired yet falls due. ``shout``: nobody was told.
    ``done_at`` is when the handling ended. ``content`` is the beginning of the caller's words.
    ``untold``: an emergency that nobody at all knows of; it stands above everything.
    """

    row: int
    id: str
    number: str
    procedure: str
    level: str
    level_zh: str
    level_en: str
    grave: bool
    emergency: bool
    stage: Stage
    open: bool
    place: str
    caller: str
    phone: str
    category: str
    content: str
    assignee: str
    opened_at: datetime
    written_off_at: datetime | None
    final_at: datetime | None
    done_at: datetime | None
    next_rule: str
    next_zh: str
    next_en: str
    next_do: str
    next_due: datetime | None
    fire_at: datetime | None
    shout: bool
    stuck: bool
    untold: bool = False

    @property
    def told(self) -> str:
        """Who is responsible; empty while nobody was told, whoever was tried in vain."""
        return "" if self.shout else self.assignee

    @property
    def level_label(self) -> Label:
        """The level's name in both languages."""
        return Label(self.level_zh, self.level_en)

    @property
    def next_label(self) -> Label:
        """What is to be done next, in both languages."""
        return Label(self.next_zh, self.next_en)


class Counts(msgspec.Struct, frozen=True):
    """The figures of the board's head line; ``untold``: cases nobody was told of."""

    overdue: int = 0
    soon: int = 0
    open: int = 0
    paper: int = 0
    emergency: int = 0
    stuck: int = 0
    untold: int = 0
