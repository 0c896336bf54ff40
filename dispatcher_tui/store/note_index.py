"""Lines of the Work Log that belong to no case, in the index that finds cases.

Cases have the rows above 0 there, by their own; a line has the row below it, by its entry's.
"""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.case.search import Initials, note_words
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.store.db import Db

_INDEX = "INSERT INTO case_search (rowid, words) VALUES (?, ?)"
_NOTES = (
    "SELECT seq, kind, body FROM journal WHERE json_extract(body, '$.case') IS NULL"
    " AND kind = 'log_noted' ORDER BY seq"
)


def no_initials(_name: str) -> tuple[str, ...]:
    """Names are found by their characters alone."""
    return ()


def index_notes(db: Db, entries: Iterable[Entry], initials: Initials) -> None:
    """Let what was written down be found."""
    for entry in entries:
        if isinstance(entry.event, LogNoted):
            db.run(_INDEX, (-entry.seq, note_words(entry.event, initials)))


def fill_notes(db: Db, initials: Initials = no_initials) -> None:
    """Let every line that stands in the journal be found; none of them was before.

    A body that makes no sense is passed over: proving the record names it.
    """
    for seq, kind, body in db.all(_NOTES):
        try:
            event = decode(kind, body)
        except ValueError:
            continue
        if isinstance(event, LogNoted):
            db.run(_INDEX, (-seq, note_words(event, initials)))
