"""Reading a month: only the cases that are concerned, whatever the record has grown to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.domain.record.case import Entry, LogLine
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.journal_reads import CASE_OF, ENTRY, entry_of
from dispatcher_tui.store.projection import record_of
from dispatcher_tui.store.record_types import CaseRecord
from dispatcher_tui.store.schema_changes import IN_BOOKS
from dispatcher_tui.store.stored_times import iso, micros, moment_or_none, parse

AHEAD = timedelta(days=40)
"""How long before a month a case may have ended whose duties are looked through for one due in it:
longer than any clock runs. Of an older case only a far promise, kept early, could still be due."""

_IN_MONTH = "journal.occurred_at >= :begin AND journal.occurred_at < :end"

# Each by an index of its own. An ended case counts where it ended later, or where it left a duty
# behind that was done ahead of its time.
_CONCERNED = (
    f"SELECT DISTINCT {CASE_OF} FROM journal WHERE {_IN_MONTH}",
    # The plus leaves it the index of the open cases alone: most were opened before any month.
    "SELECT id FROM cases WHERE open = 1 AND +opened_at < :until",
    "SELECT id FROM cases WHERE done_at >= :since AND opened_at < :until",
    "SELECT id FROM cases JOIN case_state USING (row) WHERE done_at >= :ahead AND done_at < :since"
    " AND (instr(duties, :due1) OR instr(duties, :due2) OR instr(duties, :due3))",
)
# The case by a value, not by a column: of a text column SQLite would not ask the journal's index.
_MONTH_CASE = (
    "SELECT cases.row, state, duties,"
    f" (SELECT max(journal.occurred_at) FROM journal WHERE {CASE_OF} = :id)"
    " FROM cases JOIN case_state USING (row) WHERE cases.id = :id AND opened_at < :until"
)
_OF_KINDS = (
    f"SELECT {ENTRY}, '' FROM journal WHERE {_IN_MONTH}"
    " AND kind IN ('written_off', 'drill_held', 'case_opened', 'signed_in', 'handed_over',"
    " 'post_relieved', 'round_recorded', 'thing_handed_out',"
    " 'thing_came_back', 'desk_duty_fell_due', 'posting_hung', 'posting_taken_down',"
    " 'fee_lines_handed', 'fee_results_noted', 'sent_alone', 'safety_asked')"
    " ORDER BY journal.seq"
)
_OPENED = (
    "SELECT procedure, level, count(*) FROM cases WHERE opened_at >= ? AND opened_at < ?"
    " GROUP BY procedure, level"
)
_VALID = "SELECT id FROM cases WHERE opened_at >= ? AND opened_at < ? ORDER BY row"
_LATE_ENTRIES = (
    f"SELECT {ENTRY}, coalesce(cases.number, '') FROM journal"
    f" LEFT JOIN cases ON cases.id = {CASE_OF}"
    f" WHERE {_IN_MONTH} AND journal.seq > :seq ORDER BY journal.seq"
)
_AMENDED = (
    f"SELECT {ENTRY}, cases.number FROM journal JOIN cases ON cases.id = {CASE_OF}"
    f" WHERE journal.{IN_BOOKS} AND journal.kind = :kind AND journal.seq > :seq"
    " AND journal.occurred_at >= :end AND cases.opened_at < :until ORDER BY journal.seq"
)
_REGRADED = (
    f"SELECT DISTINCT cases.id FROM journal JOIN cases ON cases.id = {CASE_OF}"
    f" WHERE journal.{IN_BOOKS} AND journal.kind = 'level_changed' AND cases.opened_at >= ?"
)


class MonthCase(msgspec.Struct, frozen=True):
    """A case that a month may concern as it stands now, and when the last of it occurred."""

    record: CaseRecord
    latest: datetime


def _due_in(name: str) -> bytes:
    """How the duties of a case spell a due time of that day or month (UTC)."""
    return f'"due":"{name}'.encode()


class MonthReads:
    """What is read of a stretch of time; mixed into the store."""

    _db: Db

    def month_cases(self, begin: datetime, end: datetime) -> Iterator[MonthCase]:
        """Every case that was open at some time from ``begin`` up to ``end``, or has a duty due
        then; some more may be among them. For stretches of a month or less."""
        last, until = end - timedelta(microseconds=1), micros(end)
        given = {
            "begin": iso(begin),
            "end": iso(end),
            "since": micros(begin),
            "until": until,
            "ahead": micros(begin - AHEAD),
            # A month of the site begins and ends within a day of one in UTC.
            "due1": _due_in(f"{begin + (last - begin) / 2:%Y-%m}"),
            "due2": _due_in(f"{begin:%Y-%m-%d}"),
            "due3": _due_in(f"{last:%Y-%m-%d}"),
        }
        found = {row[0] for sql in _CONCERNED for row in self._db.all(sql, given)}
        for case_id in sorted(found - {None}):
            row = self._db.first(_MONTH_CASE, {"id": case_id, "until": until})
            if row is not None:
                yield MonthCase(record_of(*row[:3]), parse(row[3]))

    def month_entries(self, begin: datetime, end: datetime) -> Iterator[Entry]:
        """The openings, write-offs and drills of a stretch of time, who took the watch over, the
        rounds, what the desk itself let fall due, and what it keeps beside its cases, in the order
        they were written."""
        for row in self._db.each(_OF_KINDS, {"begin": iso(begin), "end": iso(end)}):
            yield entry_of(row)

    def first_opening(self) -> datetime | None:
        """When the first case was opened; None while there is none."""
        return moment_or_none(self._db.value("SELECT min(opened_at) FROM cases"))

    def opened_between(self, begin: datetime, end: datetime) -> list[tuple[str, str, int]]:
        """How many cases were opened then: by the hash of the procedure and the level now."""
        return self._db.all(_OPENED, (micros(begin), micros(end)))

    def regraded_since(self, begin: datetime) -> list[str]:
        """The ids of the cases opened since then whose level was changed at any time."""
        return [row[0] for row in self._db.all(_REGRADED, (micros(begin),))]

    def opened_ids(self, begin: datetime, end: datetime) -> list[str]:
        """The ids of the cases opened then, in the order of opening."""
        return [row[0] for row in self._db.all(_VALID, (micros(begin), micros(end)))]

    def written_after(self, seq: int, begin: datetime, end: datetime) -> list[LogLine]:
        """What was written after the entry ``seq`` about a stretch of time: entries of then made
        later, and corrections and reopenings of cases opened before its end."""
        given = {"seq": seq, "begin": iso(begin), "end": iso(end), "until": micros(end)}
        rows = self._db.all(_LATE_ENTRIES, given)
        for kind in ("corrected", "reopened"):
            rows += self._db.all(_AMENDED, {**given, "kind": kind})
        return [LogLine(entry_of(row), row[7]) for row in sorted(rows)]
