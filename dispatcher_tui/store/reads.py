"""Reading the record: cases, entries, lanes, search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from dispatcher_tui.domain.case.search import match_query
from dispatcher_tui.domain.record.case import Entry, LogLine
from dispatcher_tui.domain.record.case_line import CaseLine, Counts, Lane
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.store.chain import FIRST_PREV
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.projection import LINE, line_of, record_of
from dispatcher_tui.store.record_types import CaseRecord
from dispatcher_tui.store.retention import RetentionReads
from dispatcher_tui.store.schema_changes import IN_BOOKS
from dispatcher_tui.store.site_reads import same_home
from dispatcher_tui.store.stored_times import iso, micros, moment_or_none, parse

_ENTRY = (
    "journal.seq, journal.occurred_at, journal.recorded_at, journal.actor, journal.cosigner,"
    " journal.kind, journal.body"
)
_CASE_OF = "json_extract(journal.body, '$.case')"
_RECORD = (
    "SELECT cases.row, case_state.state, case_state.duties FROM cases JOIN case_state USING (row)"
)
_BY_NUMBER = f"{_RECORD} WHERE cases.number = ?"
_BY_ID = f"{_RECORD} WHERE cases.id = ?"
_LINE_BY_ID = f"SELECT {LINE} FROM cases WHERE id = ?"
_FROM_ROW = f"{_RECORD} WHERE cases.row > ? ORDER BY cases.row LIMIT ?"
# Each half by its own index: by the time alone SQLite walks along all that is older.
_OPENED_OR_OPEN = (
    f"{_RECORD} WHERE cases.row IN"
    " (SELECT row FROM cases WHERE opened_at >= ?1 AND opened_at < ?2"
    " UNION ALL SELECT row FROM cases INDEXED BY cases_open WHERE open = 1 AND opened_at < ?1)"
    " ORDER BY cases.opened_at, cases.row"
)
_ENTRIES = f"SELECT {_ENTRY} FROM journal WHERE {_CASE_OF} = ? ORDER BY journal.seq"
_LOG = (
    f"SELECT * FROM (SELECT {_ENTRY}, cases.number FROM journal"
    f" LEFT JOIN cases ON cases.id = {_CASE_OF}"
    " WHERE journal.occurred_at >= ? AND journal.occurred_at < ?"
    " ORDER BY journal.occurred_at DESC, journal.seq DESC LIMIT ?) ORDER BY 2, 1"
)
_OF_NO_CASE = f"SELECT {_ENTRY} FROM journal WHERE {_CASE_OF} IS NULL ORDER BY journal.seq"
_BY_SEQ = f"SELECT {_ENTRY} FROM journal WHERE journal.seq = ?"
_UNSURE = (
    "SELECT cases.id FROM cases INDEXED BY cases_open JOIN case_state USING (row) WHERE open = 1"
    " AND instr(CAST(case_state.duties AS TEXT), '\"confirmed\":false') > 0 ORDER BY cases.row"
)
_PLACE = (
    f"SELECT {LINE} FROM cases WHERE place IN (SELECT value FROM json_each(?))"
    " ORDER BY open DESC, row DESC LIMIT ?"
)
_SEARCH = (
    f"SELECT {LINE} FROM case_search JOIN cases ON cases.row = case_search.rowid"
    " WHERE case_search MATCH ? AND case_search.rowid > 0"
    " ORDER BY case_search.rowid DESC LIMIT ?"
)
_NOTES = (
    f"SELECT {_ENTRY} FROM journal WHERE seq IN (SELECT -rowid FROM case_search"
    " WHERE case_search MATCH ? AND rowid < 0 ORDER BY rowid LIMIT ?) ORDER BY seq DESC"
)
_CALLS = (
    f"SELECT {_ENTRY} FROM journal WHERE occurred_at >= ? AND occurred_at < ?"
    " AND kind = 'call_tried' ORDER BY occurred_at, seq"
)
_CALLS_AFTER = f"SELECT {_ENTRY} FROM journal WHERE seq > ? AND kind = 'call_tried' ORDER BY seq"
_HASH_OF = "SELECT hash FROM journal WHERE seq = ?"
_HEAD = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
_ROWS = "SELECT coalesce(max(seq), 0) FROM journal"
_FIRING = "SELECT id FROM cases WHERE fire_at <= ? ORDER BY fire_at, row"
_NEXT_FIRING = "SELECT min(fire_at) FROM cases WHERE fire_at IS NOT NULL"
_COUNTS = (
    "SELECT coalesce(sum(next_due < ?1), 0),"
    " coalesce(sum(next_due >= ?1 AND next_due < ?2), 0), count(*),"
    " coalesce(sum(stage = 'written_off'), 0), coalesce(sum(emergency), 0),"
    " coalesce(sum(stuck), 0), coalesce(sum(shout), 0) FROM cases WHERE open = 1"
)
# Not told to leave out what comes twice: to do that SQLite walks the whole index of cases.
_CHANGED = (
    f"SELECT {LINE} FROM cases WHERE id IN"
    f" (SELECT {_CASE_OF} FROM journal WHERE journal.seq > ?) ORDER BY row"
)
_LAST_HASH_OF = (
    "SELECT hash FROM journal INDEXED BY journal_desk"
    f" WHERE {_CASE_OF} IS NULL AND kind = ? ORDER BY seq DESC LIMIT 1"
)
_OPENED_AFTER = (
    f"SELECT {LINE} FROM cases WHERE id IN"
    f" (SELECT {_CASE_OF} FROM journal WHERE seq > ? AND +kind = 'case_opened') ORDER BY row"
)
_ALL_OF = (
    f"SELECT {_ENTRY} FROM journal INDEXED BY journal_desk"
    f" WHERE {_CASE_OF} IS NULL AND kind = ? AND seq > ? ORDER BY seq"
)
_LATEST_OF = (
    f"SELECT {_ENTRY} FROM journal INDEXED BY journal_desk"
    f" WHERE {_CASE_OF} IS NULL AND kind = ? ORDER BY seq DESC LIMIT ?"
)
_ALARMS = (
    f"SELECT {_CASE_OF} FROM journal WHERE journal.occurred_at >= ? AND journal.occurred_at <= ?"
    " AND journal.kind IN ('case_opened', 'alarm_repeated') ORDER BY journal.occurred_at DESC"
)
_OPENING = (
    f"SELECT {_ENTRY} FROM journal WHERE {_CASE_OF} = ? AND journal.kind = 'case_opened'"
    " ORDER BY journal.seq LIMIT 1"
)
_BOOK = (
    f"SELECT {_ENTRY}, cases.number FROM journal LEFT JOIN cases ON cases.id = {_CASE_OF}"
    f" WHERE journal.{IN_BOOKS} AND journal.kind = ? AND journal.seq > ? ORDER BY journal.seq"
)
_LAST = "SELECT coalesce(max(seq), 0) FROM journal"
_RECORDED = "SELECT max(recorded_at) FROM journal WHERE seq > ?"

_BY_DUE = "ORDER BY next_due ASC NULLS LAST, row LIMIT ?"
_LANES: dict[Lane, str] = {
    Lane.ALL: "WHERE open = 1",
    Lane.DUE: "WHERE open = 1 AND next_due <= ?",
    Lane.PAPER: "WHERE open = 1 AND stage = 'written_off'",
    Lane.EMERGENCY: "WHERE open = 1 AND emergency = 1",
    Lane.STUCK: "WHERE open = 1 AND stuck = 1",
}
_LATEST = f"SELECT {LINE} FROM cases WHERE done_at >= ? ORDER BY done_at DESC, row DESC LIMIT ?"
# Two questions, so that each has its index: an emergency nobody knows of comes before any other.
_BOARD = {
    lane: tuple(
        f"SELECT {LINE} FROM cases {where} AND untold = {untold} {_BY_DUE}" for untold in (1, 0)
    )
    for lane, where in _LANES.items()
} | {Lane.DONE: (_LATEST,)}

_NO_LIMIT = -1
_PAGE = 500
_EVER = "0000"
_FOR_EVER = "9999-99"


def _entry(row: Row) -> Entry:
    """An entry from the columns of ``_ENTRY``."""
    return Entry(
        seq=row[0],
        occurred_at=parse(row[1]),
        recorded_at=parse(row[2]),
        actor=row[3],
        cosigner=row[4],
        event=decode(row[5], row[6]),
    )


ENTRY, CASE_OF, entry_of = _ENTRY, _CASE_OF, _entry
"""What other readings select of the journal, and how they read it back."""


def entries_by_case(db: Db) -> Iterator[tuple[str, list[Entry]]]:
    """Every case's entries, one case after the other; entries of no case are left out."""
    rows = db.each(
        f"SELECT {_CASE_OF}, {_ENTRY} FROM journal WHERE {_CASE_OF} IS NOT NULL"
        f" ORDER BY {_CASE_OF}, journal.seq"
    )
    current, found = "", list[Entry]()
    for case_id, *row in rows:
        if found and case_id != current:
            yield current, found
            found = []
        current = case_id
        found.append(_entry(tuple(row)))
    if found:
        yield current, found


def entries_of_no_case(db: Db) -> Iterator[Entry]:
    """Every entry that belongs to no case, in order."""
    for row in db.each(_OF_NO_CASE):
        yield _entry(row)


class CaseReads(RetentionReads):
    """What is read of cases; mixed into the store and into a transaction."""

    _db: Db

    def case(self, key: str) -> CaseRecord | None:
        """The case of that number or id, None where there is none."""
        row = self._db.first(_BY_NUMBER, (key,)) or self._db.first(_BY_ID, (key,))
        return record_of(*row) if row else None

    def line(self, case_id: str) -> CaseLine | None:
        """How lists show the case of that id."""
        row = self._db.first(_LINE_BY_ID, (case_id,))
        return line_of(row) if row else None

    def entries(self, case_id: str) -> list[Entry]:
        """The case's entries in the order they were written."""
        return [_entry(row) for row in self._db.all(_ENTRIES, (case_id,))]

    def opening(self, case_id: str) -> Entry | None:
        """The entry that opened the case of that id, None where there is none."""
        row = self._db.first(_OPENING, (case_id,))
        return _entry(row) if row else None

    def alarmed(self, since: datetime, until: datetime) -> list[str]:
        """Ids of the cases opened in that stretch or with an alarm repeated in it, newest first;
        both ends count."""
        rows = self._db.all(_ALARMS, (iso(since), iso(until)))
        return list(dict.fromkeys(row[0] for row in rows))

    def log(
        self, since: datetime | None, until: datetime | None, limit: int | None = None
    ) -> list[LogLine]:
        """Entries by when they occurred, from ``since`` up to but without ``until``.

        With a ``limit`` it is the last ones; they are in the order of their time all the same.
        """
        rows = self._db.all(
            _LOG,
            (
                iso(since) if since else _EVER,
                iso(until) if until else _FOR_EVER,
                _NO_LIMIT if limit is None else limit,
            ),
        )
        return [LogLine(_entry(row), row[7] or "") for row in rows]

    def entry(self, seq: int) -> Entry | None:
        """The entry of that seq, None where there is none."""
        row = self._db.first(_BY_SEQ, (seq,))
        return _entry(row) if row else None

    def calls_made(self, since: datetime, until: datetime) -> Iterator[Entry]:
        """Every try to reach somebody in a stretch of time, in order."""
        for row in self._db.each(_CALLS, (iso(since), iso(until))):
            yield _entry(row)

    def calls_after(self, seq: int) -> Iterator[Entry]:
        """Every try to reach somebody that was written after an entry, in that order."""
        for row in self._db.each(_CALLS_AFTER, (seq,)):
            yield _entry(row)

    def last_of(self, kind: str) -> Entry | None:
        """The last entry of a kind that belongs to no case, None while there is none."""
        return next(iter(self.latest_of(kind, 1)), None)

    def all_of(self, kind: str, after: int = 0) -> Iterator[Entry]:
        """Every entry of a kind that belongs to no case, from the seq after ``after`` on."""
        for row in self._db.each(_ALL_OF, (kind, after)):
            yield _entry(row)

    def latest_of(self, kind: str, most: int) -> list[Entry]:
        """The last entries of a kind that belongs to no case, the newest first."""
        return [_entry(row) for row in self._db.all(_LATEST_OF, (kind, most))]

    def opened_after(self, seq: int) -> list[CaseLine]:
        """Every case that was opened by an entry after ``seq``, in the order of opening."""
        return [line_of(row) for row in self._db.all(_OPENED_AFTER, (seq,))]

    def book(self, kind: str, after: int = 0) -> Iterator[LogLine]:
        """Every entry of one of ``BOOKS``, from the seq after ``after`` on, in order."""
        for row in self._db.each(_BOOK, (kind, after)):
            yield LogLine(_entry(row), row[7] or "")

    def board(
        self,
        lane: Lane,
        limit: int | None = None,
        *,
        now: datetime | None = None,
        since: datetime | None = None,
    ) -> list[CaseLine]:
        """A lane's cases: the nearest duty first, those without a time last; above all of them
        an emergency that nobody knows of.

        ``Lane.DUE`` asks for ``now``. ``Lane.DONE`` asks for ``since``, when the day began, and
        has the latest first.

        Raises:
            ValueError: the lane's moment is missing.
        """
        args: list[Any] = []
        if lane in (Lane.DUE, Lane.DONE):
            at = now if lane is Lane.DUE else since
            if at is None:
                raise ValueError(f"the lane {lane.value} needs its moment")
            args.append(micros(at))
        found: list[CaseLine] = []
        for query in _BOARD[lane]:
            left = _NO_LIMIT if limit is None else limit - len(found)
            found += [line_of(row) for row in self._db.each(query, (*args, left))]
        return found

    def counts(self, now: datetime, soon: datetime) -> Counts:
        """The board's figures at a moment; due between ``now`` and ``soon`` counts as soon."""
        row = self._db.first(_COUNTS, (micros(now), micros(soon)))
        return Counts(*row) if row else Counts()

    def last_seq(self) -> int:
        """The seq of the last entry; 0 while there is none."""
        last: int = self._db.value(_LAST)
        return last

    def latest_since(self, seq: int) -> datetime | None:
        """The latest moment at which an entry after ``seq`` was recorded, whatever was done to
        the clock since; None where there is none."""
        latest: str | None = self._db.value(_RECORDED, (seq,))
        return parse(latest) if latest else None

    def changed_since(self, seq: int) -> tuple[int, list[CaseLine]]:
        """The journal's last seq, and every case that an entry after ``seq`` is about."""
        last = self.last_seq()
        if last == seq:
            return last, []
        return last, [line_of(row) for row in self._db.all(_CHANGED, (seq,))]

    def search(self, text: str, limit: int = 50) -> list[CaseLine]:
        """The newest cases with every word of ``text``; whatever was typed is harmless."""
        query = match_query(text)
        if query is None:
            return []
        return [line_of(row) for row in self._db.all(_SEARCH, (query, limit))]

    def notes(self, text: str, limit: int = 20) -> list[Entry]:
        """The newest lines of the Work Log, enquiries among them, with every word of ``text``."""
        query = match_query(text)
        return [_entry(row) for row in self._db.all(_NOTES, (query, limit))] if query else []

    def at_place(self, place: str, limit: int = 10) -> list[CaseLine]:
        """Cases at a place, however it is spelt: open ones first, then the newest.

        Those under the same figures with other zeros in front count too, unless the register has
        another home by that spelling.
        """
        known = same_home(self._db, place)
        if not known:
            return []
        rows = self._db.all(_PLACE, (msgspec.json.encode(known).decode(), limit))
        return [line_of(row) for row in rows]

    def unsure(self) -> list[str]:
        """Ids of the open cases with a due time that was reckoned without a holiday table."""
        return [row[0] for row in self._db.all(_UNSURE)]

    def firing(self, now: datetime) -> list[str]:
        """Ids of the cases with a duty that has come due by ``now`` and did not fire."""
        return [row[0] for row in self._db.all(_FIRING, (micros(now),))]

    def next_firing(self) -> datetime | None:
        """When the next duty falls due that has not fired; it may be past."""
        return moment_or_none(self._db.value(_NEXT_FIRING))

    def all_cases(self) -> Iterator[CaseRecord]:
        """Every case in the order of opening, read page by page."""
        last = 0
        while page := self._db.all(_FROM_ROW, (last, _PAGE)):
            yield from (record_of(*row) for row in page)
            last = page[-1][0]

    def opened_or_open(self, begin: datetime, end: datetime) -> Iterator[CaseRecord]:
        """Every case opened from ``begin`` up to ``end``, and every older one that is open."""
        for row in self._db.all(_OPENED_OR_OPEN, (micros(begin), micros(end))):
            yield record_of(*row)

    def head(self) -> str:
        """The hash of the last entry; 64 zeros while there is none."""
        found: str = self._db.value(_HEAD) or FIRST_PREV
        return found

    def hash_of(self, seq: int) -> str:
        """The hash of the entry of that seq, as ``head`` gives it for the last one."""
        found: str = self._db.value(_HASH_OF, (seq,)) or FIRST_PREV
        return found

    def record_hash(self) -> str:
        """What a record is known by: the hash of its first entry, whose id is random.

        Empty while there is none.
        """
        found: str | None = self._db.value(_HASH_OF, (1,))
        return found or ""

    def branch_hash(self) -> str:
        """What a branch of it is known by: the hash of the last entry that went on from a copy.

        Empty where it never did.
        """
        found: str | None = self._db.value(_LAST_HASH_OF, ("restored",))
        return found or ""

    def rows(self) -> int:
        """How many entries the journal has."""
        count: int = self._db.value(_ROWS)
        return count
