"""Any change to the record is found, and the first bad entry named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.record.events import Adopted, LogNoted, NoteAdded
from dispatcher_tui.store import chain
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import (
    AT,
    add,
    duties_of,
    filled,
    fold,
    initials,
    level_of,
    new_store,
    write,
)

_TRIGGERS = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
_COLUMNS = ", ".join(chain.COLUMNS)


@pytest.fixture
def bare(store: Store) -> Store:
    """A desk with some life whose guards somebody took away."""
    filled(store, 6)
    for (name,) in store.db.all(_TRIGGERS):
        store.db.run(f"DROP TRIGGER {name}")
    return store


def _judge(store: Store, head: str | None = None) -> Verdict:
    return verify(store, fold=fold, duties_of=duties_of, head=head)


def _rechain(store: Store, first: int) -> None:
    """What a forger does who knows the rule: compute every hash anew."""
    prev = store.db.value("SELECT hash FROM journal WHERE seq = ?", (first - 1,)) or "0" * 64
    for row in store.db.all(
        f"SELECT {_COLUMNS} FROM journal WHERE seq >= ? ORDER BY seq", (first,)
    ):
        digest = chain.entry_hash(prev, row[:-2])
        store.db.run("UPDATE journal SET prev = ?, hash = ? WHERE seq = ?", (prev, digest, row[0]))
        prev = digest


def test_a_sound_record(store: Store) -> None:
    filled(store, 6)
    verdict = _judge(store)
    assert verdict.sound
    assert verdict.problems == ()
    assert (verdict.head, verdict.rows) == (store.head(), store.rows())
    assert verdict.unchanged_to is None


def test_an_empty_record(store: Store) -> None:
    verdict = _judge(store, head="0" * 64)
    assert (verdict.sound, verdict.rows, verdict.unchanged_to) == (True, 0, 0)


def test_a_printed_head_is_found_again(store: Store) -> None:
    filled(store, 2)
    head, rows = store.head(), store.rows()
    add(store, "case-0", NoteAdded(case="case-0", text="later"))
    assert _judge(store, head).unchanged_to == rows
    assert _judge(store, store.head()).unchanged_to == store.rows()
    verdict = _judge(store, "f" * 64)
    assert (verdict.sound, verdict.unchanged_to) == (False, None)
    assert [p.code for p in verdict.problems] == ["head"]


@pytest.mark.parametrize("column", [c for c in chain.COLUMNS if c != "seq"])
def test_every_column_is_proved(bare: Store, column: str) -> None:
    value = bare.db.value(f"SELECT {column} FROM journal WHERE seq = 5")
    other: object = value + 1 if isinstance(value, int) else re.sub("[0-9a-zA-Z]", "0", value)
    if column == "body":
        other = value.replace(":", ": ", 1)
    if column in ("occurred_at", "recorded_at"):
        other = value.replace("2026", "2025")
    if column in ("site", "actor"):
        other = value + "x"
    if column == "cosigner":
        other = "x"
    bare.db.run("PRAGMA ignore_check_constraints = ON")
    bare.db.run(f"UPDATE journal SET {column} = ? WHERE seq = 5", (other,))
    verdict = _judge(bare)
    assert not verdict.sound
    assert verdict.first_bad_seq == 5


def _delete(store: Store) -> int:
    store.db.run("DELETE FROM journal WHERE seq = 7")
    return 7


def _delete_first(store: Store) -> int:
    store.db.run("DELETE FROM journal WHERE seq <= 2")
    return 1


def _delete_and_renumber(store: Store) -> int:
    store.db.run("DELETE FROM journal WHERE seq = 7")
    store.db.run("UPDATE journal SET seq = seq + 1000 WHERE seq > 7")
    store.db.run("UPDATE journal SET seq = seq - 1001 WHERE seq > 1000")
    return 7


def _swap(store: Store) -> int:
    store.db.run("UPDATE journal SET seq = 99 WHERE seq = 4")
    store.db.run("UPDATE journal SET seq = 4 WHERE seq = 9")
    store.db.run("UPDATE journal SET seq = 9 WHERE seq = 99")
    return 4


def _swap_bodies(store: Store) -> int:
    a, b = (
        store.db.value("SELECT body FROM journal WHERE kind = 'note_added' AND seq > ?", (s,))
        for s in (0, 3)
    )
    store.db.run("UPDATE journal SET body = ? WHERE body = ?", ("{}", a))
    store.db.run("UPDATE journal SET body = ? WHERE body = ?", (a, b))
    store.db.run("UPDATE journal SET body = ? WHERE body = '{}'", (b,))
    return 2


def _append(store: Store) -> int:
    seq = store.rows() + 1
    columns = ", ".join(c for c in chain.COLUMNS if c not in ("seq", "id", "kind", "body"))
    store.db.run(
        f"INSERT INTO journal (seq, id, kind, body, {columns})"
        f" SELECT ?, ?, 'log_noted', '{{\"text\":\"-\"}}', {columns} FROM journal WHERE seq = 1",
        (seq, chain.entry_id(AT)),
    )
    return seq


def _replace(store: Store) -> int:
    columns = ", ".join(c for c in chain.COLUMNS if c != "actor")
    store.db.run(
        f"REPLACE INTO journal (actor, {columns}) SELECT 'x', {columns} FROM journal WHERE seq = 3"
    )
    return 3


def _replace_and_hash(store: Store) -> int:
    _replace(store)
    row = store.db.first(f"SELECT {_COLUMNS} FROM journal WHERE seq = 3")
    assert row is not None
    digest = chain.entry_hash(row[-2], row[:-2])
    store.db.run("UPDATE journal SET hash = ? WHERE seq = 3", (digest,))
    return 4


@pytest.mark.parametrize(
    "tamper",
    [
        _delete,
        _delete_first,
        _delete_and_renumber,
        _swap,
        _swap_bodies,
        _append,
        _replace,
        _replace_and_hash,
    ],
)
def test_tampering_is_found(bare: Store, tamper: Callable[[Store], int]) -> None:
    first = tamper(bare)
    verdict = _judge(bare)
    assert not verdict.sound
    assert verdict.first_bad_seq == first


def test_a_chain_computed_anew_is_found_by_the_printed_head(bare: Store) -> None:
    head = bare.head()
    bare.db.run("UPDATE journal SET actor = 'x' WHERE seq = 3")
    _rechain(bare, 3)
    assert _judge(bare).sound
    verdict = _judge(bare, head)
    assert [p.code for p in verdict.problems] == ["head"]


def test_a_tail_cut_off_is_found_by_the_printed_head_and_by_the_lists(bare: Store) -> None:
    head, rows = bare.head(), bare.rows()
    bare.db.run("DELETE FROM journal WHERE seq > ?", (rows - 3,))
    assert verify(bare, deep=False).sound
    assert not verify(bare, head=head).sound
    assert {p.code for p in _judge(bare).problems} == {"projection"}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases SET place = 'x' WHERE row = 2",
        "UPDATE cases SET stage = 'final', open = 0 WHERE row = 2",
        "UPDATE cases SET next_due = 5 WHERE row = 2",
        "UPDATE case_state SET duties = CAST('[]' AS BLOB) WHERE row = 2",
        "UPDATE case_state SET state = CAST('x' AS BLOB) WHERE row = 2",
        "DELETE FROM case_state WHERE row = 2",
        "INSERT INTO cases SELECT 99, 'more', '000000-01', {rest} FROM cases WHERE row = 2",
    ],
)
def test_lists_that_say_otherwise_are_found_and_mended(bare: Store, sql: str) -> None:
    names = [row[1] for row in bare.db.all("PRAGMA table_info(cases)")]
    bare.db.run(sql.format(rest=", ".join(names[3:])))
    assert {p.code for p in _judge(bare).problems} == {"projection"}
    assert _rebuild(bare) == 6
    assert _judge(bare).sound


def _rebuild(store: Store) -> int:
    return rebuild(store, fold=fold, duties_of=duties_of, level_of=level_of, initials=initials)


def test_rebuilding_gives_the_same(store: Store) -> None:
    filled(store, 7)
    tables = ("cases", "case_state")
    before = [store.db.all(f"SELECT * FROM {table} ORDER BY row") for table in tables]
    found = store.search("漏水")
    assert _rebuild(store) == 7
    assert [store.db.all(f"SELECT * FROM {table} ORDER BY row") for table in tables] == before
    assert store.search("漏水") == found
    assert len(found) == 7
    with store.write() as tx:
        write(tx, LogNoted(text="guards stand"))
    assert store.db.value("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") == 8


@pytest.mark.parametrize(
    ("kind", "body"), [("moon_landed", "{}"), ("log_noted", "{}"), ("log_noted", "[1]")]
)
def test_entries_this_version_cannot_read(bare: Store, kind: str, body: str) -> None:
    bare.db.run("UPDATE journal SET kind = ?, body = ? WHERE seq = 5", (kind, body))
    _rechain(bare, 5)
    verdict = _judge(bare)
    assert [(p.code, p.seq) for p in verdict.problems] == [("body", 5)]


@pytest.mark.parametrize("column", ["sha256", "what", "name", "text", "data"])
def test_a_value_that_became_another_type_is_found(store: Store, column: str) -> None:
    with store.write() as tx:
        tx.put_document("calendar", "calendar", "{}", b"{}")
    store.db.run("PRAGMA writable_schema = ON")
    store.db.run(
        "UPDATE sqlite_schema SET sql = replace(replace(sql, ' TEXT', ' ANY'), ' BLOB', ' ANY')"
        " WHERE name = 'documents'"
    )
    store.db.run("PRAGMA writable_schema = RESET")
    store.db.run("PRAGMA ignore_check_constraints = ON")
    store.db.run(f"UPDATE documents SET {column} = 7")
    verdict = verify(store, fold=fold, duties_of=duties_of)
    assert not verdict.sound
    assert "document" in {problem.code for problem in verdict.problems}


def test_a_text_that_is_not_what_its_hash_says(store: Store) -> None:
    with store.write() as tx:
        sha256 = tx.put_document("procedure", "p", "text", b"")
        tx.adopt("procedure", "p", sha256)
        write(tx, Adopted(what="procedure", name="p", sha256=sha256, text="text"))
    assert _judge(store).sound
    store.db.run("UPDATE documents SET text = 'texte'")
    assert [p.code for p in _judge(store).problems] == ["document"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(row=st.integers(0), column=st.integers(0), at=st.integers(0), bit=st.integers(0, 7))
def test_one_bit_of_one_entry(tmp_path: Path, row: int, column: int, at: int, bit: int) -> None:
    path = tmp_path / "flip.sqlite3"
    if not path.exists():
        made = new_store(tmp_path, path.name)
        filled(made, 4)
        for (name,) in made.db.all(_TRIGGERS):
            made.db.run(f"DROP TRIGGER {name}")
        made.close()
    store = Store.open(path, ballast=0)
    try:
        seq = row % store.rows() + 1
        names = [c for c in chain.COLUMNS if c not in ("seq", "epoch", "schema", "cosigner")]
        name = names[column % len(names)]
        store.db.run("PRAGMA ignore_check_constraints = ON")
        store.db.run("BEGIN")
        raw = bytearray(
            store.db.value(f"SELECT CAST({name} AS BLOB) FROM journal WHERE seq = ?", (seq,))
        )
        raw[at % len(raw)] ^= 1 << bit
        flipped = bytes(raw)
        if name == "body" and not store.db.value("SELECT json_valid(?)", (flipped,)):
            return  # SQLite itself refuses it: it cannot be indexed.
        store.db.run(f"UPDATE journal SET {name} = CAST(? AS TEXT) WHERE seq = ?", (flipped, seq))
        store.db.run("COMMIT")
        verdict = verify(store, deep=False)
        assert not verdict.sound
        assert verdict.first_bad_seq == seq
        store.db.run("BEGIN")
        raw[at % len(raw)] ^= 1 << bit
        store.db.run(
            f"UPDATE journal SET {name} = CAST(? AS TEXT) WHERE seq = ?", (bytes(raw), seq)
        )
        store.db.run("COMMIT")
        assert verify(store, deep=False).sound
    finally:
        store.db.rollback()
        store.close()


def test_every_row_is_proved(store: Store) -> None:
    with store.write() as tx:
        for index in range(1_000):
            write(tx, LogNoted(text=f"note {index} " + "x" * 300))
    assert verify(store, deep=False).rows == 1_000


def test_the_sql_and_the_python_hash_the_same(store: Store) -> None:
    filled(store, 3)
    rows = store.db.all(f"SELECT {_COLUMNS}, {chain.PAYLOAD_SQL} FROM journal")
    for row in rows:
        parts = [row[12], *row[:12]]
        assert row[-1] == b"".join(
            b"%d:%b," % (len(raw), raw) for raw in (str(p).encode() for p in parts)
        )
