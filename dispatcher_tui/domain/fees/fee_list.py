"""A list of fees as its entries have it: who owes what, who has it in hand, what came of it.

It belongs to a routine of the calendar. Its lines are rooms; names are in the adopted text alone.
Times are aware UTC, amounts are in fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.fee_events import (
    FeeCounts,
    FeeEvent,
    FeeLine,
    FeeLineOpened,
    FeeLinesHanded,
    FeeListTaken,
    FeeResultsNoted,
    LineOutcome,
    LineResult,
)
from dispatcher_tui.domain.words.terms import Label


class LineStand(msgspec.Struct, frozen=True):
    """How one line stands: who has it in hand and since when, what came back and when, what was
    paid of it, and the case that it became."""

    line: FeeLine
    keeper: str = ""
    handed_at: datetime | None = None
    result: LineResult | None = None
    result_at: datetime | None = None
    paid: int = 0
    case: str = ""
    number: str = ""

    @property
    def left(self) -> int:
        """What is still owed."""
        return max(0, self.line.fen - self.paid)

    @property
    def settled(self) -> bool:
        """Whether nothing is owed any more."""
        return self.paid >= self.line.fen

    @property
    def back(self) -> bool:
        """Whether anything came back of it."""
        return self.result is not None


class FeeList(msgspec.Struct, frozen=True):
    """A list as it stands; ``stands`` has its lines by their places, in their order."""

    list: str
    month: str
    label: Label
    sha256: str
    taken_at: datetime
    stands: dict[str, LineStand]

    @property
    def key(self) -> str:
        """Which one it is: ``unpaid:2026-11``."""
        return list_key(self.list, self.month)


class FeeArea(msgspec.Struct, frozen=True):
    """The lines of a list on one keeper's round; ``keepers`` are those who have any in hand."""

    name: str
    counts: FeeCounts
    keepers: tuple[str, ...] = ()


def list_key(of: str, month: str) -> str:
    """What a list of a month is known by."""
    return f"{of}:{month}"


def counts_of(stands: Iterable[LineStand]) -> FeeCounts:
    """How many of the lines are where, and the sums."""
    found = tuple(stands)
    return FeeCounts(
        lines=len(found),
        handed=sum(bool(each.keeper) for each in found),
        back=sum(each.back for each in found),
        settled=sum(each.settled for each in found),
        fen=sum(each.line.fen for each in found),
        paid=sum(each.paid for each in found),
    )


def areas_of(fees: FeeList) -> list[FeeArea]:
    """The areas of a list in the order of its lines, each with its counts."""
    found: dict[str, list[LineStand]] = {}
    for stand in fees.stands.values():
        found.setdefault(stand.line.area, []).append(stand)
    return [
        FeeArea(name, counts_of(some), tuple(dict.fromkeys(s.keeper for s in some if s.keeper)))
        for name, some in found.items()
    ]


def _taken(before: FeeList | None, entry: Entry, event: FeeListTaken) -> FeeList:
    """What was handed out and came back stays with the lines that are still there."""
    known = before.stands if before is not None else {}
    stands = {
        line.place: replace(known[line.place], line=line)
        if line.place in known
        else LineStand(line)
        for line in event.lines
    }
    at = entry.occurred_at
    return FeeList(event.list, event.month, event.label, event.sha256, at, stands)


def with_outcome(stand: LineStand, outcome: LineOutcome, at: datetime) -> LineStand:
    """A line after what was said of it."""
    return replace(stand, result=outcome.result, result_at=at, paid=stand.paid + outcome.paid)


def _changed(fees: FeeList, entry: Entry, event: FeeEvent) -> Iterator[LineStand]:
    """The lines that an entry says something of, as they are after it."""
    at = entry.occurred_at
    match event:
        case FeeLinesHanded():
            for place in event.places:
                if place in fees.stands:
                    yield replace(fees.stands[place], keeper=event.keeper, handed_at=at)
        case FeeResultsNoted():
            for outcome in event.results:
                if outcome.place in fees.stands:
                    yield with_outcome(fees.stands[outcome.place], outcome, at)
        case FeeLineOpened():
            if event.place in fees.stands:
                yield replace(fees.stands[event.place], case=event.case_id, number=event.number)
        case _:
            return


def evolve_list(before: FeeList | None, entry: Entry) -> FeeList | None:
    """A list after one more entry about it; as it was where the entry is none of a list."""
    event = entry.event
    if isinstance(event, FeeListTaken):
        return _taken(before, entry, event)
    if before is None or not isinstance(event, FeeEvent):
        return before
    changed = {stand.line.place: stand for stand in _changed(before, entry, event)}
    return replace(before, stands={**before.stands, **changed})
