"""Reading cases: one, a lane, a search, what has come due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.search import match_query
from dispatcher_tui.domain.record.case_line import CaseLine, Counts, Lane
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.journal_reads import CASE_OF, JournalReads
from dispatcher_tui.store.projection import LINE, line_of, record_of
from dispatcher_tui.store.record_types import CaseRecord
from dispatcher_tui.store.site_reads import same_home
from dispatcher_tui.store.stored_times import iso, micros, moment_or_none

_RECORD = (
    "SELECT cases.row, case_state.state, case_state.duties FROM cases JOIN case_state USING (row)"
)
_BY_NUMBER = f"{_RECORD} WHERE cases.number = ?"
_BY_ID = f"{_RECORD} WHERE cases.id = ?"
_ID_OF_ROW = "SELECT id FROM cases WHERE row = ?"
_LINE_BY_ID = f"SELECT {LINE} FROM cases WHERE id = ?"
_FROM_ROW = f"{_RECORD} WHERE cases.row > ? ORDER BY cases.row LIMIT ?"
# Each half by its own index: by the time alone SQLite walks along all that is older.
_OPENED_OR_OPEN = (
    f"{_RECORD} WHERE cases.row IN"
    " (SELECT row FROM cases WHERE opened_at >= ?1 AND opened_at < ?2"
    " UNION ALL SELECT row FROM cases INDEXED BY cases_open WHERE open = 1 AND opened_at < ?1)"
    " ORDER BY cases.opened_at, cases.row"
)
_UNSURE = (
    "SELECT cases.id FROM cases INDEXED BY cases_open JOIN case_state USING (row) WHERE open = 1"
    " AND instr(CAST(case_state.duties AS TEXT), '\"confirmed\":false') > 0 ORDER BY cases.row"
)
_PLACE = (
    f"SELECT {LINE} FROM cases WHERE place IN (SELECT value FROM json_each(?))"
    " ORDER BY open DESC, row DESC LIMIT ?"
)
_LATELY = f"SELECT {LINE} FROM cases WHERE opened_at >= ? AND category = ? ORDER BY opened_at, row"
_SEARCH = (
    f"SELECT {LINE} FROM case_search JOIN cases ON cases.row = case_search.rowid"
    " WHERE case_search MATCH ? AND case_search.rowid > 0"
    " ORDER BY case_search.rowid DESC LIMIT ?"
)
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
    f" (SELECT {CASE_OF} FROM journal WHERE journal.seq > ?) ORDER BY row"
)
_OPENED_AFTER = (
    f"SELECT {LINE} FROM cases WHERE id IN"
    f" (SELECT {CASE_OF} FROM journal WHERE seq > ? AND +kind = 'case_opened') ORDER BY row"
)
_ALARMS = (
    f"SELECT {CASE_OF} FROM journal WHERE journal.occurred_at >= ? AND journal.occurred_at <= ?"
    " AND journal.kind IN ('case_opened', 'alarm_repeated') ORDER BY journal.occurred_at DESC"
)
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


class CaseReads(JournalReads):
    """What is read of cases; mixed into the store and into a transaction."""

    _db: Db

    def case(self, key: str) -> CaseRecord | None:
        """The case of that number or id, None where there is none."""
        row = self._db.first(_BY_NUMBER, (key,)) or self._db.first(_BY_ID, (key,))
        return self._record(row) if row else None

    def _record(self, row: Row) -> CaseRecord:
        """What a row of ``_RECORD`` holds. Of a spoilt one the case is made of its entries: no call
        is refused for it, and what it owes is reckoned with the next entry."""
        try:
            return record_of(*row)
        except msgspec.DecodeError:
            return CaseRecord(row[0], fold(self.entries(self._db.value(_ID_OF_ROW, row[:1]))), ())

    def line(self, case_id: str) -> CaseLine | None:
        """How lists show the case of that id."""
        row = self._db.first(_LINE_BY_ID, (case_id,))
        return line_of(row) if row else None

    def alarmed(self, since: datetime, until: datetime) -> list[str]:
        """Ids of the cases opened in that stretch or with an alarm repeated in it, newest first;
        both ends count."""
        rows = self._db.all(_ALARMS, (iso(since), iso(until)))
        return list(dict.fromkeys(row[0] for row in rows))

    def opened_after(self, seq: int) -> list[CaseLine]:
        """Every case that was opened by an entry after ``seq``, in the order of opening."""
        return [line_of(row) for row in self._db.all(_OPENED_AFTER, (seq,))]

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

    def opened_lately(self, since: datetime, category: str) -> list[CaseLine]:
        """The cases of a class opened from a moment on, in the order of their opening."""
        return [line_of(row) for row in self._db.all(_LATELY, (micros(since), category))]

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
            yield from (self._record(row) for row in page)
            last = page[-1][0]

    def opened_or_open(self, begin: datetime, end: datetime) -> Iterator[CaseRecord]:
        """Every case opened from ``begin`` up to ``end``, and every older one that is open."""
        for row in self._db.all(_OPENED_OR_OPEN, (micros(begin), micros(end))):
            yield self._record(row)
