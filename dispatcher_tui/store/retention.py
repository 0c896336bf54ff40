"""Reading what was ended long ago, and what was kept as an example."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.domain.case.search import match_query
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.projection import LINE, line_of
from dispatcher_tui.store.stored_times import micros

# Asked for in one go: the whole case is read as JSON once a row.
_SLIP = (
    "json_extract(CAST(case_state.state AS TEXT), '$.slip.number', '$.slip.binder', '$.slip.page')"
)
# `done_at` of a final case is its end, and indexed; one found invalid has none of its own.
_FINAL_BEFORE = (
    f"SELECT {LINE}, {_SLIP} FROM cases JOIN case_state USING (row)"
    " WHERE cases.done_at < ? AND cases.stage = 'final' ORDER BY cases.done_at, cases.row"
)
_INVALID_BEFORE = (
    f"SELECT {LINE} FROM cases WHERE opened_at < ? AND stage = 'invalid' ORDER BY opened_at, row"
)
_PAPER = msgspec.json.Decoder(tuple[str, str, str])
_AMONG = "cases.id IN (SELECT value FROM json_each(?))"
_LINES = f"SELECT {LINE} FROM cases WHERE {_AMONG} ORDER BY row DESC"
_SEARCH_AMONG = (
    f"SELECT {LINE} FROM case_search JOIN cases ON cases.row = case_search.rowid"
    f" WHERE case_search MATCH ? AND {_AMONG} ORDER BY case_search.rowid DESC"
)


class EndedLine(msgspec.Struct, frozen=True):
    """A case that is final, and where its closing paper is kept."""

    line: CaseLine
    paper: str
    binder: str
    page: str


class RetentionReads:
    """What is read of ended and typical cases; mixed into the reading of cases."""

    _db: Db

    def final_before(self, moment: datetime) -> Iterator[EndedLine]:
        """Every case that was final before a moment, the longest ended first."""
        for row in self._db.each(_FINAL_BEFORE, (micros(moment),)):
            yield EndedLine(line_of(row[:-1]), *_PAPER.decode(row[-1]))

    def invalid_opened_before(self, moment: datetime) -> list[CaseLine]:
        """Every case found invalid that was opened before a moment."""
        return [line_of(row) for row in self._db.all(_INVALID_BEFORE, (micros(moment),))]

    def lines_among(self, ids: Collection[str], text: str = "") -> list[CaseLine]:
        """Those of the cases with these ids that have every word of a text, the newest first."""
        wanted = msgspec.json.encode(sorted(ids)).decode()
        query = match_query(text)
        if query is None:
            return [line_of(row) for row in self._db.all(_LINES, (wanted,))]
        return [line_of(row) for row in self._db.all(_SEARCH_AMONG, (query, wanted))]
