"""Proving a record: the chain, what the entries say, what the lists say, and the file itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.kinds import UnknownKindError, decode
from dispatcher_tui.domain.time.clocks import TOLERANCE
from dispatcher_tui.domain.watch.post import VACANT, Post, evolve_post
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.store import proof, proof_schema, proof_search, proof_texts, slip_rows
from dispatcher_tui.store.chain import FIRST_PREV, PAYLOAD_SQL
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.journal_reads import entries_by_case, entries_of_no_case
from dispatcher_tui.store.projection import COLUMNS, line_values, record_of, state_bytes
from dispatcher_tui.store.proof import LevelOf, SiteProof
from dispatcher_tui.store.proof_texts import Faithful
from dispatcher_tui.store.record_types import RecordProblem, Verdict
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.stored_times import parse

Fold = Callable[[list[Entry]], Case]
"""What the entries of one case make of it."""

DutiesOf = Callable[[Case], tuple[Duty, ...]]
"""What is owed on a case, by the procedure and calendar it is pinned to."""

PROBLEMS_SHOWN = 100
"""After so many problems of one sort no more are looked for."""

# In a damaged row anything may be NULL.
_CHAIN = (
    "SELECT seq, ifnull(CAST(prev AS BLOB), x''), ifnull(CAST(hash AS BLOB), x''),"
    " ifnull(CAST(kind AS BLOB), x''), ifnull(length(CAST(body AS BLOB)), 0),"
    f" ifnull({PAYLOAD_SQL}, x''), epoch FROM journal ORDER BY seq"
)
_LINE = (
    f"SELECT cases.row, {', '.join(COLUMNS)}, state, duties FROM cases"
    " LEFT JOIN case_state USING (row) WHERE id = ?"
)

_EPOCHS = (
    "SELECT seq, kind FROM (SELECT seq, kind, epoch, lag(epoch) OVER (ORDER BY seq) AS before"
    " FROM journal) WHERE epoch != before ORDER BY seq"
)
_TIMES = "SELECT seq, CAST(recorded_at AS TEXT), CAST(kind AS TEXT) FROM journal ORDER BY seq"


class _Chain:
    """One walk along the journal, gathering what is wrong with it."""

    def __init__(self, head: str | None) -> None:
        self.problems: list[RecordProblem] = []
        self.rows = 0
        self.head = FIRST_PREV
        self.head_at = 0 if head == FIRST_PREV else None
        self.epochs: list[tuple[int, str]] = []
        self._sought = head.encode() if head else b""

    def walk(self, db: Db) -> None:
        """Follow the rows; a row that does not fit is told, and the walk goes on from it."""
        due, last, sought, before = 1, FIRST_PREV.encode(), self._sought, None
        try:
            for seq, prev, stored, kind, size, payload, epoch in db.each(_CHAIN):
                if sha256(payload).hexdigest().encode() != stored:
                    self._tell("hash", seq, "the entry is not what its hash says")
                if seq != due:
                    self._tell("gap", due, f"{due} to {seq - 1} are missing")
                elif prev != last:
                    self._tell("link", seq, "prev is not the hash of the entry before")
                try:
                    decode(kind.decode(), payload[-size - 1 : -1])  # The body is hashed last.
                except (UnknownKindError, msgspec.DecodeError, UnicodeDecodeError) as error:
                    self._tell("body", seq, f"{kind!r}: {error}")
                if stored == sought:
                    self.head_at = seq
                if epoch != before and before is not None:
                    self.epochs.append((seq, kind.decode("utf-8", "replace")))
                due, last, before = seq + 1, stored, epoch
                self.rows += 1
                if len(self.problems) >= PROBLEMS_SHOWN:
                    break
        except StoreError as error:
            self._tell(error.code, due, error.detail)
        self.head = last.decode("utf-8", "replace")

    def _tell(self, code: str, seq: int, detail: str) -> None:
        self.problems.append(RecordProblem(code, seq, detail))


def _stored_level(row: Row) -> Level:
    """A level as the lists hold it, where no procedure is asked what the level is."""
    found = dict(zip(("row", *COLUMNS), row, strict=False))
    return Level(
        id=found["level"],
        label=Label(found["level_zh"], found["level_en"]),
        rule="",
        emergency=bool(found["emergency"]),
        urgent=bool(found["grave"]),
    )


def _differs(row: Row, case: Case, duties: tuple[Duty, ...], level: Level) -> str:
    """What of a projected case is not as folded; empty where all of it is."""
    line, state, owed = row[1:-2], row[-2], row[-1]
    expected = line_values(case, duties, level)
    wrong = [name for name, is_, to_be in zip(COLUMNS, line, expected, strict=True) if is_ != to_be]
    if wrong:
        return ", ".join(wrong)
    if state is None or owed is None:
        return "state"
    if (state, owed) == state_bytes(case, duties):
        return ""
    try:
        # A version that knows one field more writes other bytes for the same case.
        record = record_of(row[0], state, owed)
    except msgspec.DecodeError:
        return "state"
    return "" if (record.case, record.duties) == (case, duties) else "state"


def _folds(
    db: Db, fold: Fold, duties_of: DutiesOf, level_of: LevelOf | None
) -> Iterator[RecordProblem]:
    """Cases that the lists show otherwise than the entries say."""
    cases, handed = 0, slip_rows.all_charged(db)
    for case_id, entries in entries_by_case(db):
        cases += 1
        row = db.first(_LINE, (case_id,))
        if row is None:
            yield RecordProblem("projection", entries[-1].seq, f"{case_id}: missing")
            continue
        try:
            case = fold(entries)
            level = _stored_level(row) if level_of is None else level_of(case)
            differs = _differs(row, case, duties_of(case), level)
            if slip_rows.differs(db, row[0], case, handed):
                differs = f"{differs}, slips".removeprefix(", ")
        except Exception as error:  # Entries that make no sense may break a fold in any way.
            yield RecordProblem("fold", entries[-1].seq, f"{case_id}: {error!r}")
            continue
        if differs:
            yield RecordProblem("projection", entries[-1].seq, f"{case_id}: {differs}")
    if db.value("SELECT count(*) FROM cases") > cases:
        yield RecordProblem("projection", None, "cases without entries")


def _post(db: Db) -> Iterator[RecordProblem]:
    """Somebody on watch, or something owed, that the entries do not say."""
    state, seen = db.value("SELECT state FROM post"), None
    try:
        post = VACANT
        for entry in entries_of_no_case(db):
            post, seen = evolve_post(post, entry), entry.seq
        kept = VACANT if state is None else msgspec.json.decode(state, type=Post)
    except (msgspec.DecodeError, TypeError, ValueError) as error:
        yield RecordProblem("projection", seen, f"post: {error!r}")
        return
    if kept != post or db.value("SELECT count(*) FROM post WHERE id <> 1"):
        yield RecordProblem("projection", seen, "post")


def _set_back(db: Db) -> Iterator[RecordProblem]:
    """Where entries go back in time, and none recorded at that very moment says why.

    A version that did not write this down as it happened left such places; they are no fault.
    """
    last = ""
    open_: tuple[str, RecordProblem] | None = None
    for seq, recorded, kind in db.each(_TIMES):
        if open_ is not None and open_[0] != recorded:
            yield open_[1]
            open_ = None
        seconds = _seconds_back(last, recorded)
        if seconds > TOLERANCE:
            open_ = (recorded, RecordProblem("clock_back", seq, f"{seconds:.0f}"))
        if kind == "clock_jumped":
            open_ = None
        last = recorded
    if open_ is not None:
        yield open_[1]


def _seconds_back(last: str, recorded: str) -> float:
    """By how much a moment is before the one that was recorded last; 0 where it is not."""
    if recorded >= last:
        return 0.0
    try:
        return (parse(last) - parse(recorded)).total_seconds()
    except ValueError:  # Digits in the form of a time that are none.
        return 0.0


def _file(db: Db) -> Iterator[RecordProblem]:
    """What SQLite's own checks find."""
    for (found,) in db.all(f"PRAGMA integrity_check({PROBLEMS_SHOWN})"):
        if found != "ok":
            yield RecordProblem("file", None, str(found))
    for table, row, parent, _key in db.all("PRAGMA foreign_key_check"):
        yield RecordProblem("file", None, f"{table} {row}: no {parent}")


def _site(
    store: Store,
    epochs: Sequence[tuple[int, str]],
    site: SiteProof,
    notes: list[RecordProblem],
) -> Iterator[RecordProblem]:
    """What judges, signs, rings or finds besides the cases and is not what the entries say."""
    db = store.db
    yield from proof_schema.form(db)
    yield from proof.meta(db, epochs)
    yield from proof.operators(db, store)
    yield from proof.lists(db, store, site.read_list)
    yield from proof_search.search(db, notes)


def _gather(problems: list[RecordProblem], found: Iterator[RecordProblem]) -> None:
    """Take what is found; a file that breaks off while it is read is one more problem."""
    try:
        problems.extend(islice(found, PROBLEMS_SHOWN))
    except StoreError as error:
        problems.append(RecordProblem(error.code, None, error.detail))


def named_besides(
    store: Store, *, faithful: Faithful, site: SiteProof
) -> tuple[RecordProblem, ...]:
    """What a proof in full would name of a record whose chain and cases were proved already:
    operators, lists, adopted texts, what the file says of itself, and its form."""
    db, found = store.db, list[RecordProblem]()
    db.run("BEGIN")
    try:
        _gather(found, proof_texts.texts(db, faithful))
        _gather(found, _site(store, db.all(_EPOCHS), site, []))
    finally:
        db.rollback()
    return tuple(found)


def verify(
    store: Store,
    *,
    fold: Fold | None = None,
    duties_of: DutiesOf | None = None,
    head: str | None = None,
    deep: bool = True,
    faithful: Faithful | None = None,
    site: SiteProof | None = None,
) -> Verdict:
    """Prove a record; reads only.

    The chain and every entry always; with ``fold`` and ``duties_of`` also that the lists are what
    the entries say; with ``deep`` also the file itself and the adopted texts, which ``faithful``
    reads anew; with ``site`` also the operators, the lists of units and people, what the file says
    of itself, its form, and the search. ``head`` is a hash that was printed earlier: the record
    must hold it still.
    """
    db, chain = store.db, _Chain(head)
    sealed_at: int | None = None
    problems, notes = chain.problems, list[RecordProblem]()
    # One transaction, so that all of it is about the same moment.
    db.run("BEGIN")
    try:
        chain.walk(db)
        if fold is not None and duties_of is not None and not problems:
            _gather(problems, _folds(db, fold, duties_of, site.level_of if site else None))
            _gather(problems, _post(db))
        if not chain.problems:
            _gather(notes, _set_back(db))
        if deep:
            _gather(problems, proof_texts.texts(db, faithful))
            _gather(problems, _file(db))
        if site is not None:
            _gather(problems, _site(store, chain.epochs, site, notes))
            # Of a broken chain nothing is proved, and its bodies may be no JSON to search.
            sealed_at = None if chain.problems else proof.operators_sealed_at(db)
    finally:
        db.rollback()
    if head is not None and chain.head_at is None:
        problems.append(RecordProblem("head", None, head))
    return Verdict(
        sound=not problems,
        first_bad_seq=min((p.seq for p in problems if p.seq is not None), default=None),
        problems=tuple(problems),
        head=chain.head,
        rows=chain.rows,
        unchanged_to=chain.head_at if head is not None else None,
        operators_from=max(sealed_at, 1) if sealed_at is not None and chain.rows else None,
        notes=tuple(notes),
    )
