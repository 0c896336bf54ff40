"""Reading the journal: entries by their case, their time, their kind; hashes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dispatcher_tui.domain.case.search import match_query
from dispatcher_tui.domain.record.case import Entry, LogLine
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.store.chain import FIRST_PREV
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.retention import RetentionReads
from dispatcher_tui.store.schema_changes import IN_BOOKS
from dispatcher_tui.store.stored_times import iso, parse

ENTRY = (
    "journal.seq, journal.occurred_at, journal.recorded_at, journal.actor, journal.cosigner,"
    " journal.kind, journal.body"
)
CASE_OF = "json_extract(journal.body, '$.case')"
_ENTRIES = f"SELECT {ENTRY} FROM journal WHERE {CASE_OF} = ? ORDER BY journal.seq"
_LOG = (
    f"SELECT * FROM (SELECT {ENTRY}, cases.number FROM journal"
    f" LEFT JOIN cases ON cases.id = {CASE_OF}"
    " WHERE journal.occurred_at >= ? AND journal.occurred_at < ?"
    " ORDER BY journal.occurred_at DESC, journal.seq DESC LIMIT ?) ORDER BY 2, 1"
)
_OF_NO_CASE = f"SELECT {ENTRY} FROM journal WHERE {CASE_OF} IS NULL ORDER BY journal.seq"
_BY_SEQ = f"SELECT {ENTRY} FROM journal WHERE journal.seq = ?"
_NOTES = (
    f"SELECT {ENTRY} FROM journal WHERE seq IN (SELECT -rowid FROM case_search"
    " WHERE case_search MATCH ? AND rowid < 0 ORDER BY rowid LIMIT ?) ORDER BY seq DESC"
)
_CALLS = (
    f"SELECT {ENTRY} FROM journal WHERE occurred_at >= ? AND occurred_at < ?"
    " AND kind IN ('call_tried', 'taken_back') ORDER BY occurred_at, seq"
)
_CALLS_AFTER = (
    f"SELECT {ENTRY} FROM journal WHERE seq > ?"
    " AND kind IN ('call_tried', 'taken_back') ORDER BY seq"
)
_HASH_OF = "SELECT hash FROM journal WHERE seq = ?"
_HEAD = "SELECT hash FROM journal ORDER BY seq DESC LIMIT 1"
_ROWS = "SELECT coalesce(max(seq), 0) FROM journal"
_LAST_HASH_OF = (
    "SELECT hash FROM journal INDEXED BY journal_desk"
    f" WHERE {CASE_OF} IS NULL AND kind = ? ORDER BY seq DESC LIMIT 1"
)
_ALL_OF = (
    f"SELECT {ENTRY} FROM journal INDEXED BY journal_desk"
    f" WHERE {CASE_OF} IS NULL AND kind = ? AND seq > ? ORDER BY seq"
)
_LATEST_OF = (
    f"SELECT {ENTRY} FROM journal INDEXED BY journal_desk"
    f" WHERE {CASE_OF} IS NULL AND kind = ? ORDER BY seq DESC LIMIT ?"
)
_OPENING = (
    f"SELECT {ENTRY} FROM journal WHERE {CASE_OF} = ? AND journal.kind = 'case_opened'"
    " ORDER BY journal.seq LIMIT 1"
)
_BOOK = (
    f"SELECT {ENTRY}, cases.number FROM journal LEFT JOIN cases ON cases.id = {CASE_OF}"
    f" WHERE journal.{IN_BOOKS} AND journal.kind = ? AND journal.seq > ? ORDER BY journal.seq"
)
_LAST = "SELECT coalesce(max(seq), 0) FROM journal"
_RECORDED = "SELECT max(recorded_at) FROM journal WHERE seq > ?"
_NO_LIMIT = -1
_EVER = "0000"
_FOR_EVER = "9999-99"


def entry_of(row: Row) -> Entry:
    """An entry from the columns of ``ENTRY``."""
    return Entry(
        seq=row[0],
        occurred_at=parse(row[1]),
        recorded_at=parse(row[2]),
        actor=row[3],
        cosigner=row[4],
        event=decode(row[5], row[6]),
    )


def entries_by_case(db: Db) -> Iterator[tuple[str, list[Entry]]]:
    """Every case's entries, one case after the other; entries of no case are left out."""
    rows = db.each(
        f"SELECT {CASE_OF}, {ENTRY} FROM journal WHERE {CASE_OF} IS NOT NULL"
        f" ORDER BY {CASE_OF}, journal.seq"
    )
    current, found = "", list[Entry]()
    for case_id, *row in rows:
        if found and case_id != current:
            yield current, found
            found = []
        current = case_id
        found.append(entry_of(tuple(row)))
    if found:
        yield current, found


def entries_of_no_case(db: Db) -> Iterator[Entry]:
    """Every entry that belongs to no case, in order."""
    for row in db.each(_OF_NO_CASE):
        yield entry_of(row)


class JournalReads(RetentionReads):
    """What is read of entries; mixed into the store and into a transaction."""

    _db: Db

    def entries(self, case_id: str) -> list[Entry]:
        """The case's entries in the order they were written."""
        return [entry_of(row) for row in self._db.all(_ENTRIES, (case_id,))]

    def opening(self, case_id: str) -> Entry | None:
        """The entry that opened the case of that id, None where there is none."""
        row = self._db.first(_OPENING, (case_id,))
        return entry_of(row) if row else None

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
        return [LogLine(entry_of(row), row[7] or "") for row in rows]

    def entry(self, seq: int) -> Entry | None:
        """The entry of that seq, None where there is none."""
        row = self._db.first(_BY_SEQ, (seq,))
        return entry_of(row) if row else None

    def calls_made(self, since: datetime, until: datetime) -> Iterator[Entry]:
        """Every try to reach somebody in a stretch of time, and what took any back, in order."""
        for row in self._db.each(_CALLS, (iso(since), iso(until))):
            yield entry_of(row)

    def calls_after(self, seq: int) -> Iterator[Entry]:
        """The same, of what was written after an entry, in that order."""
        for row in self._db.each(_CALLS_AFTER, (seq,)):
            yield entry_of(row)

    def last_of(self, kind: str) -> Entry | None:
        """The last entry of a kind that belongs to no case, None while there is none."""
        return next(iter(self.latest_of(kind, 1)), None)

    def all_of(self, kind: str, after: int = 0) -> Iterator[Entry]:
        """Every entry of a kind that belongs to no case, from the seq after ``after`` on."""
        for row in self._db.each(_ALL_OF, (kind, after)):
            yield entry_of(row)

    def latest_of(self, kind: str, most: int) -> list[Entry]:
        """The last entries of a kind that belongs to no case, the newest first."""
        return [entry_of(row) for row in self._db.all(_LATEST_OF, (kind, most))]

    def book(self, kind: str, after: int = 0) -> Iterator[LogLine]:
        """Every entry of one of ``BOOKS``, from the seq after ``after`` on, in order."""
        for row in self._db.each(_BOOK, (kind, after)):
            yield LogLine(entry_of(row), row[7] or "")

    def last_seq(self) -> int:
        """The seq of the last entry; 0 while there is none."""
        last: int = self._db.value(_LAST)
        return last

    def latest_since(self, seq: int) -> datetime | None:
        """The latest moment at which an entry after ``seq`` was recorded, whatever was done to
        the clock since; None where there is none."""
        latest: str | None = self._db.value(_RECORDED, (seq,))
        return parse(latest) if latest else None

    def notes(self, text: str, limit: int = 20) -> list[Entry]:
        """The newest lines of the Work Log, enquiries among them, with every word of ``text``."""
        query = match_query(text)
        return [entry_of(row) for row in self._db.all(_NOTES, (query, limit))] if query else []

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
