"""Proving the search index: each case is found by every word it has, and by none it never had; each
line of the Work Log by every word it has.

Whoever takes a word out of the index hides a case from whoever looks for it. The words are taken
back out of the index itself and set against the case as it is kept, which is proved to be what its
entries say.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import msgspec

from dispatcher_tui.domain.case.search import case_words, lasting_words, note_words
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.projection import record_of, words_key
from dispatcher_tui.store.record_types import RecordProblem

TABLE = "case_search"

OLDER = "search_older"
"""The code of a note: how many cases an older version gave fewer words, and the first of them."""

_STRANGER, _NO_LINE = "no case of that row", "no line of that entry"
_AT_ONCE = 100_000
"""So many cases' words are held at a time: a hundred bytes a word of the estate, four a place."""

_VOCABULARY = f"CREATE VIRTUAL TABLE temp.found_by USING fts5vocab(main, {TABLE}, instance)"
_WORDS = (
    "SELECT term, group_concat(doc) FROM found_by WHERE doc > :low AND doc <= :high GROUP BY term"
)
_COUNTED = f"CREATE VIRTUAL TABLE temp.how_many USING fts5vocab(main, {TABLE}, row)"
_MANY = "SELECT term, doc FROM how_many"
_LED_TO = "SELECT doc FROM how_many WHERE term = ?"
_EVERY, _OFTEN = 8, 64
"""Looked up as somebody who searches does: each such term, and each that so many cases have. A
page of the index holds more than eight that are rarer, and leads to all of them or none."""
_CASES = (
    "SELECT row, words, state, duties FROM cases JOIN case_state USING (row)"
    " WHERE row > ? AND row <= ? ORDER BY row"
)
_NEXT = "SELECT min(row) FROM cases WHERE row > ?"
_STRANGERS = f"SELECT rowid FROM {TABLE} WHERE rowid >= 0 AND rowid NOT IN (SELECT row FROM cases)"
_LINES = (
    "SELECT seq, kind, body FROM journal WHERE kind = 'log_noted'"
    " AND seq > :low AND seq <= :high ORDER BY seq"
)
_NEXT_LINE = "SELECT min(seq) FROM journal WHERE kind = 'log_noted' AND seq > ?"
_NO_LINES = (
    f"SELECT rowid FROM {TABLE} WHERE rowid < 0"
    " AND rowid NOT IN (SELECT -seq FROM journal WHERE kind = 'log_noted') ORDER BY rowid DESC"
)
_HIGHEST = 2**63 - 1
"""No row of SQLite has a higher number."""
_UNCOUNTED = f"SELECT row FROM cases WHERE row NOT IN (SELECT rowid FROM {TABLE}) ORDER BY row"
_KEPT = f"SELECT 1 FROM sqlite_schema WHERE name = '{TABLE}_content'"
_SIZES = f"SELECT id, sz FROM {TABLE}_docsize WHERE id > ? AND id <= ?"
_TEXTS = f"SELECT id, c0 FROM {TABLE}_content WHERE id > ? AND id <= ?"


def _row(key: object, what: str) -> RecordProblem:
    return RecordProblem("row", None, f"{TABLE} {key}: {what}")


def _nobody(_name: str) -> tuple[str, ...]:
    """Initials stand in a table of the site; what they add is no part of the case."""
    return ()


def _found_by(db: Db, low: int, high: int) -> tuple[list[str], dict[int, array[int]]]:
    """Every word in the index in the order of its bytes; by case, the places of its words there."""
    terms: list[str] = []
    rows: dict[int, array[int]] = {}
    for term, found in db.each(_WORDS, {"low": low, "high": high}):
        at = len(terms)
        terms.append(term)
        for row in map(int, found.split(",")):
            if row in rows:
                rows[row].append(at)
            else:
                rows[row] = array("I", (at,))
    return terms, rows


def _differs(case: Case, key: bytes, has: list[str]) -> str:
    """What is wrong with the words a case is found by; ``OLDER`` where they were once all."""
    if words_key(" ".join(has)) != key:
        return "not the words it was given"
    held = set(has)
    if held.issuperset(case_words(case, _nobody).split()):
        return ""
    return OLDER if held.issuperset(lasting_words(case)) else "not all words of the case"


def _size(words: int) -> bytes:
    """How the index keeps a number of words: seven bits a byte, the highest first."""
    parts = [words & 0x7F]
    while words := words >> 7:
        parts.append(words & 0x7F | 0x80)
    return bytes(reversed(parts))


def _not_led_to(db: Db) -> Iterator[RecordProblem]:
    """Words that are in the index and that a search for them does not come to."""
    for nth, (term, cases) in enumerate(db.each(_MANY)):
        if (nth % _EVERY == 0 or cases >= _OFTEN) and db.value(_LED_TO, (term,)) != cases:
            yield _row("idx", "does not lead to all words")
            return


def _bands(db: Db, following: str) -> Iterator[tuple[int, int]]:
    """Stretches that hold all there is, each from the next number there is: a number that a hand
    has put far out is no reason to walk there."""
    low = 0
    while (first := db.value(following, (low,))) is not None:
        low, high = first - 1, min(first - 1 + _AT_ONCE, _HIGHEST)
        yield low, high
        low = high


def _band(db: Db, low: int, high: int, older: list[int]) -> Iterator[RecordProblem]:
    terms, rows = _found_by(db, low, high)
    texts: dict[int, str] | None = dict(db.all(_TEXTS, (low, high))) if db.value(_KEPT) else None
    sizes: dict[int, bytes] = dict(db.all(_SIZES, (low, high)))
    for row, key, state, owed in db.each(_CASES, (low, high)):
        has = [terms[at] for at in rows.pop(row, ())]
        try:
            case = record_of(row, state, owed).case
        except msgspec.DecodeError:
            continue  # The proof of the lists has named it.
        differs = _differs(case, key, has)
        if not differs and sizes.get(row) != _size(len(has)):
            differs = "not so many words"
        if not differs and texts is not None and texts.get(row) != " ".join(has):
            differs = "another text"
        if differs == OLDER:
            older.append(row)
        elif differs:
            yield _row(row, differs)
    yield from (_row(row, _STRANGER) for row in sorted(rows))


def _line_differs(note: LogNoted, held: set[str]) -> str:
    """What is wrong with the words a line is found by. A caller's initials stand in a table of the
    site: letters more than the line's own words may be those."""
    wanted = set(note_words(note, _nobody).split())
    if not held.issuperset(wanted):
        return "not all words of the line"
    more = held - wanted
    if more and not (note.caller and all(word.isascii() and word.isalpha() for word in more)):
        return "words that the line never had"
    return ""


def _lines(db: Db, low: int, high: int) -> Iterator[RecordProblem]:
    """The same for lines of the Work Log: each has the row below 0 of its entry."""
    terms, rows = _found_by(db, -high - 1, -low - 1)
    sizes: dict[int, bytes] = dict(db.all(_SIZES, (-high - 1, -low - 1)))
    for seq, kind, body in db.each(_LINES, {"low": low, "high": high}):
        held = {terms[at] for at in rows.pop(-seq, ())}
        try:
            note = decode(kind, body)
        except ValueError:
            continue  # The proof of the chain has named it.
        differs = _line_differs(note, held) if isinstance(note, LogNoted) else ""
        if not differs and sizes.get(-seq) != _size(len(held)):
            differs = "not so many words"
        if differs:
            yield _row(-seq, differs)
    yield from (_row(row, _NO_LINE) for row in sorted(rows))


def search(db: Db, notes: list[RecordProblem]) -> Iterator[RecordProblem]:
    """Cases that are found by other words than theirs, and rows of the index that are no case's.

    ``notes`` gets one where an older version indexed fewer words than this one does.
    """
    older = list[int]()
    try:
        db.run(_VOCABULARY)
        db.run(_COUNTED)
        try:
            for low, high in _bands(db, _NEXT):
                yield from _band(db, low, high, older)
            yield from (_row(row, _STRANGER) for (row,) in db.each(_STRANGERS))
            for low, high in _bands(db, _NEXT_LINE):
                yield from _lines(db, low, high)
            yield from (_row(row, _NO_LINE) for (row,) in db.each(_NO_LINES))
            yield from _not_led_to(db)
            yield from (_row(row, "missing") for (row,) in db.each(_UNCOUNTED))
        finally:
            db.run("DROP TABLE temp.found_by")
            db.run("DROP TABLE temp.how_many")
    except StoreError as error:
        yield _row("", error.detail or error.code)
    if older:
        notes.append(RecordProblem(OLDER, None, f"{TABLE} {older[0]}, {len(older)}"))
