"""A round's record over a stretch of time: on paper, on the hand-over sheet, in the month.

What was recorded is an entry; what was not is found by what fell due. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo

import msgspec

from dispatcher_tui.domain.papers.report import PaperMark, Report
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.month import RoundTally
from dispatcher_tui.domain.record.sheet import SheetRound, SheetRounds
from dispatcher_tui.domain.record.watch_events import (
    DeskDutyFellDue,
    RoundFinding,
    RoundRecorded,
)
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.watch.rounds import RoundPlan, begin_in, is_round, round_key, slots
from dispatcher_tui.domain.words.terms import Label


class RoundRow(msgspec.Struct, frozen=True):
    """One stretch of a round: what was recorded in it last, by whom, and when it was first.

    ``at`` is None where it was not recorded.
    """

    begin: datetime
    due: datetime
    at: datetime | None = None
    by: str = ""
    second: str = ""
    findings: tuple[RoundFinding, ...] = ()
    word: str = ""
    reason: str = ""

    @property
    def late(self) -> bool:
        """Whether it was recorded after its time."""
        return self.at is not None and self.at > self.due


class RoundSheet(Report, frozen=True):
    """The record of a round of one local day."""

    site: str
    zone: tzinfo
    at: datetime
    day: date
    plan: RoundPlan
    rows: tuple[RoundRow, ...]

    @property
    def mark(self) -> PaperMark:
        """Of which day."""
        return PaperMark(f"{self.day:%Y-%m-%d}")

    @property
    def stem(self) -> str:
        """By the round and the day."""
        return f"{self.plan.id}-{self.day:%Y%m%d}"


def _row(event: RoundRecorded, entry: Entry, before: RoundRow | None) -> RoundRow:
    """A record as a row; of one that was recorded again the first time counts, and its reason."""
    return RoundRow(
        event.begin,
        event.due,
        before.at if before is not None else entry.occurred_at,
        event.by or entry.actor,
        event.second,
        event.findings,
        event.word,
        before.reason if before is not None else event.reason,
    )


def recorded_rows(entries: Iterable[Entry]) -> dict[str, tuple[Label, RoundRow]]:
    """By the keys of their duties what was recorded, each with what the round is called."""
    found: dict[str, tuple[Label, RoundRow]] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, RoundRecorded):
            key = round_key(event.round, event.begin)
            before = found.get(key)
            found[key] = event.label, _row(event, entry, before[1] if before else None)
    return found


def sheet_rows(
    plan: RoundPlan,
    calendar: Calendar,
    stretch: tuple[datetime, datetime],
    entries: Iterable[Entry],
    now: datetime,
    since: datetime,
) -> Iterator[RoundRow]:
    """Every stretch of a round that began from the first moment on and before the second, and that
    was recorded, or is due by now and was owed: the round is in force ``since`` then."""
    made = recorded_rows(entries)
    for slot in slots(plan, calendar, stretch[0], min(stretch[1], now)):
        found = made.get(round_key(plan.id, slot.begin))
        if slot.begin >= stretch[1]:
            return
        if found is not None:
            yield found[1]
        elif slot.due <= now and slot.begin >= since:
            yield RoundRow(slot.begin, slot.due)


def _fallen(entries: Iterable[Entry]) -> dict[str, tuple[Label, RoundRow]]:
    """By their keys the rounds that fell due without having been recorded by then."""
    found = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, DeskDutyFellDue) and event.label is not None and is_round(event.duty):
            found[event.duty] = event.label, RoundRow(begin_in(event.duty), event.due)
    return found


def _id_in(key: str) -> str:
    return key.partition(":")[2].partition("@")[0]


def _rows_by_round(entries: Iterable[Entry]) -> dict[str, tuple[Label, list[RoundRow]]]:
    """What was owed and what was recorded, by the ids of the rounds, in the order of time."""
    known = tuple(entries)
    rows = {**_fallen(known), **recorded_rows(known)}
    found: dict[str, tuple[Label, list[RoundRow]]] = {}
    for key, (label, row) in sorted(rows.items(), key=lambda each: each[1][1].due):
        found.setdefault(_id_in(key), (label, []))[1].append(row)
    return found


def for_the_sheet(entries: Iterable[Entry]) -> tuple[SheetRounds, ...]:
    """What the next watch is told of the rounds that these entries are about: how many were made,
    and each that was late or not made, or in which something was not in order."""
    found = []
    for label, rows in _rows_by_round(entries).values():
        told = tuple(
            SheetRound(
                begin=row.begin,
                due=row.due,
                at=row.at,
                by=row.by,
                found=tuple(f.choice for f in row.findings if f.digit > 1),
                word=row.word,
                reason=row.reason,
            )
            for row in rows
            if row.at is None or row.late or any(f.digit > 1 for f in row.findings)
        )
        made = sum(row.at is not None for row in rows)
        found.append(SheetRounds(label, made, len(rows) - made, sum(r.late for r in rows), told))
    return tuple(found)


def tallies(entries: Iterable[Entry], begin: datetime, end: datetime) -> tuple[RoundTally, ...]:
    """The rounds that were due from ``begin`` up to ``end``, by what they are called."""
    found = []
    for label, rows in _rows_by_round(entries).values():
        mine = [row for row in rows if begin <= row.due < end]
        if mine:
            late = sum(row.late for row in mine)
            missed = sum(row.at is None for row in mine)
            found.append(RoundTally(label, len(mine), len(mine) - late - missed, late, missed))
    return tuple(found)
