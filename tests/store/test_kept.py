"""A hand put a trigger into the file that takes away what is written: nothing is acknowledged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.record.events import LogNoted, NoteAdded
from dispatcher_tui.store.errors import NotKept, StoreError
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from tests.store.build import AT, filled, opened, project, undone, write

SWALLOWS = "CREATE TRIGGER t BEFORE {how} ON {table} BEGIN SELECT RAISE(IGNORE); END"
TAKES_OUT = "CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM {table} WHERE {key}; END"


def _open(tx: Tx) -> None:
    opened(tx, "case-new", place="3-2-1502", verbatim="x")


def _note(tx: Tx) -> None:
    write(tx, NoteAdded(case="case-0", text="other words"))
    project(tx, "case-0")


def _operator(tx: Tx) -> None:
    tx.put_operator(Operator("李敏", "dispatcher", "x"))


def _adopted(tx: Tx) -> None:
    tx.adopt("procedure", "p", tx.put_document("procedure", "p", "text", b""))


@pytest.mark.parametrize(
    ("table", "how", "job"),
    [
        ("journal", "INSERT", _open),
        ("journal", "INSERT", _note),
        ("cases", "INSERT", _open),
        ("case_state", "INSERT", _open),
        ("cases", "UPDATE", _note),
        ("case_state", "UPDATE", _note),
        ("operators", "INSERT", _operator),
        ("meta", "INSERT", lambda tx: tx.set_meta("slip:F", "1")),
        ("adopted", "INSERT", _adopted),
        ("documents", "INSERT", lambda tx: tx.put_document("procedure", "p", "text", b"")),
        ("post", "INSERT", lambda tx: tx.put_post(tx.post())),
    ],
)
def test_a_row_that_is_passed_over_undoes_all_of_it(
    store: Store, table: str, how: str, job: object
) -> None:
    filled(store, 2)
    assert callable(job)
    before = (store.rows(), store.head())
    store.db.run(SWALLOWS.format(how=how, table=table))
    with pytest.raises(NotKept):
        store.transact(job)
    assert (store.rows(), store.head()) == before
    store.db.run("DROP TRIGGER t")
    store.transact(job)


def test_an_entry_that_is_taken_out_again_undoes_all_of_it(store: Store) -> None:
    filled(store, 2)
    store.db.run("DROP TRIGGER journal_delete")
    store.db.run(TAKES_OUT.format(table="journal", key="seq = NEW.seq"))
    with pytest.raises(NotKept):
        store.transact(lambda tx: write(tx, LogNoted(text="patrol"), AT + timedelta(hours=1)))
    assert not any(line.entry.event == LogNoted(text="patrol") for line in store.log(None, None))


def test_a_case_that_is_taken_out_of_the_lists_undoes_all_of_it(store: Store) -> None:
    filled(store, 2)
    rows = store.rows()
    store.db.run(TAKES_OUT.format(table="cases", key="id = NEW.id"))
    with pytest.raises(StoreError):
        store.transact(_open)
    assert store.rows() == rows


def test_a_draft_that_is_passed_over_is_told(store: Store) -> None:
    store.db.run(SWALLOWS.format(how="INSERT", table="drafts"))
    with pytest.raises(NotKept):
        store.save_draft("d", "intake", AT, b"{}", updated_at=AT)


def test_parts_of_one_transaction_are_proved_each_by_itself(store: Store) -> None:
    with store.write() as tx:
        write(tx, LogNoted(text="one"))
        with store.write() as part:
            write(part, LogNoted(text="two"))
        with undone(store) as other:
            write(other, LogNoted(text="three"))
        write(tx, LogNoted(text="four"))
    kept = [line.entry.event for line in store.log(None, None)]
    assert kept == [LogNoted(text=text) for text in ("one", "two", "four")]
