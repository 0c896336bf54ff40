"""Proving what judges, signs or rings besides the cases: each row against what the entries say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.who_may_sign import operator_differs
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.lists import person_row, unit_row
from dispatcher_tui.store.record_types import AdoptedText, RecordProblem
from dispatcher_tui.store.site_reads import SiteReads

LevelOf = Callable[[Case], Level]
"""The record of the level a case holds, by the procedure it is pinned to."""

ReadList = Callable[[AdoptedText], Sequence[Household] | Sequence[Person] | None]
"""The households or people of an adopted list; None where this version cannot read its text."""


class SiteProof(msgspec.Struct, frozen=True):
    """What a proof of the whole file needs to know besides the file."""

    level_of: LevelOf
    read_list: ReadList


UNREAD_BREAKS = "unread_breaks"
"""What nobody has read yet; what happened is in the journal in any case."""

LOOK = "look"
"""The colours somebody chose at this desk: they say nothing and judge nothing."""

SWALLOWED = "swallowed_keys"
"""The F-keys that never arrive at this desk: they say nothing of the record either."""

_SPENT, _SLIP = "number:", "slip:"

_SEALED_AT = (
    "SELECT max(seq) FROM journal WHERE json_extract(body, '$.case') IS NULL"
    " AND kind = 'operators_sealed'"
)
_OPERATORS = "SELECT name, role, disabled, pin_hash FROM operators ORDER BY name"
_UNITS = "SELECT place, place_fold, building, data FROM units"
_PEOPLE = "SELECT id, data, ord FROM people"
_META = "SELECT key, value FROM meta ORDER BY key"
_LAST = "SELECT site, desk, epoch FROM journal ORDER BY seq DESC LIMIT 1"
_RESTORED = (
    "SELECT 1 FROM journal WHERE json_extract(body, '$.case') IS NULL AND kind = 'restored' LIMIT 1"
)
_WENT_ON_FROM = (
    "SELECT json_extract(body, '$.numbers') FROM journal"
    " WHERE json_extract(body, '$.case') IS NULL AND kind = 'restored' ORDER BY seq"
)
_ON_RECORD = (
    "SELECT CAST(substr(json_extract(body, '$.number'), length(?1) + 1) AS INTEGER) AS nth"
    " FROM journal WHERE kind IN ('slip_issued', 'slip_voided', 'paper_received', 'form_issued')"
    " AND substr(json_extract(body, '$.number'), 1, length(?1)) = ?1 ORDER BY nth DESC LIMIT 1"
)


def _row(table: str, key: object, what: str, seq: int | None = None) -> RecordProblem:
    return RecordProblem("row", seq, f"{table} {key}: {what}")


def operators_sealed_at(db: Db) -> int:
    """The entry from which on every operator is proved; 0 where each has one from the first."""
    return db.value(_SEALED_AT) or 0


def operators(db: Db, reads: SiteReads) -> Iterator[RecordProblem]:
    """Operators who may do what no entry says; tries and locks are beside the record."""
    try:
        said = reads.operators_said()
    except (ValueError, msgspec.DecodeError) as error:
        yield RecordProblem("body", None, f"operators: {error!r}")
        return
    for name, role, disabled, pin_hash in db.each(_OPERATORS):
        found = said.pop(name, None)
        differs = operator_differs(found, role, bool(disabled), pin_hash)
        if differs or disabled not in (0, 1):
            yield _row("operators", name, differs or "disabled")
    for name in said:
        yield _row("operators", name, "missing")


def _listed(
    db: Db, what: str, table: str, query: str, wanted: dict[str, dict[str, Any]], of: type
) -> Iterator[RecordProblem]:
    """Rows of a list that are not those of its text; ``wanted`` is used up."""
    for values in db.each(query):
        key = values[0]
        row = wanted.pop(key, None)
        if row is None:
            yield _row(table, key, f"not in the adopted {what}")
            continue
        for (column, to_be), is_ in zip(row.items(), values, strict=True):
            if is_ != to_be and not (column == "data" and _same(is_, to_be, of)):
                yield _row(table, key, column)
                break
    for key in wanted:
        yield _row(table, key, "missing")


def _same(stored: object, wanted: str, of: type) -> bool:
    """Whether two texts say the same; a version that knows one field more writes another one."""
    if not isinstance(stored, str):
        return False
    try:
        return bool(msgspec.json.decode(stored, type=of) == msgspec.json.decode(wanted, type=of))
    except (msgspec.DecodeError, UnicodeEncodeError):
        return False


def lists(db: Db, reads: SiteReads, read_list: ReadList) -> Iterator[RecordProblem]:
    """Units and people that are not those of the list adopted last."""
    for what, table, query in (("units", "units", _UNITS), ("roster", "people", _PEOPLE)):
        document = reads.current(what)
        if document is None:
            if reads.current_hash(what):
                yield _row("documents", what, "the current one is missing")
            elif db.value(f"SELECT count(*) FROM {table}"):
                yield _row(table, "", f"no {what} was ever adopted")
            continue
        found = read_list(document)
        if found is None:  # It was read by a version that took more than this one does.
            continue
        of = Household if what == "units" else Person
        if what == "units":
            units = [unit_row(each) for each in found if isinstance(each, Household)]
            wanted = {row["place"]: row for row in units}
        else:
            people = [each for each in found if isinstance(each, Person)]
            wanted = {each.id: person_row(each, place) for place, each in enumerate(people)}
        yield from _listed(db, what, table, query, wanted, of)


def meta(db: Db, epochs: Sequence[tuple[int, str]]) -> Iterator[RecordProblem]:
    """What the file says of itself and its entries do not; ``epochs`` are the entries that begin
    another epoch, with their kinds."""
    last = db.first(_LAST)
    if last is not None:
        found: dict[str, str] = dict(db.all(_META))
        for key, said in zip(("site", "desk", "epoch"), last, strict=True):
            if found.get(key) != str(said):
                yield _row("meta", key, f"the last entry has {said}")
    sealed = operators_sealed_at(db)
    for seq, kind in epochs:
        if seq > sealed and kind != "restored":
            yield _row("journal", seq, "another epoch, and nothing was restored", seq)
    restored, went_on = db.value(_RESTORED) is not None, _went_on_from(db)
    for key, value in db.each(_META):
        if key in ("site", "desk", "epoch", UNREAD_BREAKS, LOOK, SWALLOWED):
            continue
        least = went_on.pop(key, None)
        if key.startswith(_SLIP) or (key.startswith(_SPENT) and restored):
            # What a file had given out that a copy replaced is told by no entry of the copy.
            most = least
            if key.startswith(_SLIP) and (least is not None or not restored):
                most = max(least or 0, _highest(db, key.removeprefix(_SLIP)))
            if not value.isdecimal() or (most is not None and int(value) > most):
                yield _row("meta", key, f"the entries go up to {most or 0}")
            elif least is not None and int(value) < least:
                yield _row("meta", key, f"the entries go on from {least}")
        else:
            yield _row("meta", key, "no entry knows of it")
    yield from (_row("meta", key, "missing") for key in went_on)


def _went_on_from(db: Db) -> dict[str, int]:
    """The counters from which the record went on when a copy took its place, by their keys: a
    lower one would give numbers of the replaced file out once more."""
    found: dict[str, int] = {}
    for (text,) in db.each(_WENT_ON_FROM):
        with suppress(msgspec.DecodeError):  # The proof of the chain has named it.
            found |= msgspec.json.decode(text or "{}", type=dict[str, int])
    return found


def _highest(db: Db, prefix: str) -> int:
    """The highest number of a range of papers that any entry has."""
    return db.value(_ON_RECORD, (prefix,)) or 0
