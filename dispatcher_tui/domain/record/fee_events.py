"""What can happen to a list of fees: the entries have rooms, months and amounts, and no person.

A list is known by the ``list`` it is of (``unpaid``) and its ``month`` (``2026-11``). ``counts``
are those of the whole list after the entry. Amounts are in fen.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.watch_events import WatchEvent
from dispatcher_tui.domain.words.terms import Label


class LineResult(StrEnum):
    """What a list that comes back says of a line."""

    DELIVERED = "delivered"
    REMINDED = "reminded"
    PAID = "paid"
    REFUSED = "refused"
    NOBODY = "nobody"


class FeeLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One household of a list: the room, how many months it owes and how much.

    ``since`` is the day on which its oldest unpaid bill was due; ``area`` is whose round it is on.
    """

    place: str
    months: int
    fen: int
    since: date | None = None
    area: str = ""


class FeeCounts(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a list stands: its lines, how many were handed to a keeper, came back and are settled,
    what they owed together and what was paid of it."""

    lines: int = 0
    handed: int = 0
    back: int = 0
    settled: int = 0
    fen: int = 0
    paid: int = 0


class LineOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one line; ``paid`` is how much was paid now."""

    place: str
    result: LineResult
    paid: int = 0


class FeeListTaken(WatchEvent, frozen=True, kw_only=True):
    """A list was taken over, for the first time or anew; its text, of that hash, is no part of it.

    ``new``, ``changed``, ``gone``: how many lines, against the list as it stood before.
    """

    list: str
    month: str
    label: Label
    rule: str = ""
    sha256: str = ""
    lines: tuple[FeeLine, ...] = ()
    new: int = 0
    changed: int = 0
    gone: int = 0
    counts: FeeCounts = FeeCounts()


class FeeLinesHanded(WatchEvent, frozen=True, kw_only=True):
    """Lines were handed to an area keeper, who signs for them on paper."""

    list: str
    month: str
    label: Label
    keeper: str
    area: str = ""
    places: tuple[str, ...] = ()
    counts: FeeCounts = FeeCounts()


class FeeResultsNoted(WatchEvent, frozen=True, kw_only=True):
    """A list came back, as a file of that hash, or the result of one line was written down."""

    list: str
    month: str
    label: Label
    results: tuple[LineOutcome, ...] = ()
    sha256: str = ""
    counts: FeeCounts = FeeCounts()


class FeeLineOpened(WatchEvent, frozen=True, kw_only=True):
    """Somebody acts on one line singly: it is a case from now on, of that id and number."""

    list: str
    month: str
    label: Label
    place: str
    case_id: str
    number: str


FeeEvent = FeeListTaken | FeeLinesHanded | FeeResultsNoted | FeeLineOpened
