"""An older file's operators are sealed into its journal when it is moved to this form."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import OperatorsSealed, SealedOperator
from dispatcher_tui.domain.record.who_may_sign import pin_seal
from dispatcher_tui.store.backup import backup
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Damaged
from dispatcher_tui.store.migrations import CURRENT, migrate
from dispatcher_tui.store.proof import SiteProof, operators
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.restore import restore
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, duties_of, filled, fold, level_of, new_store
from tests.store.older_form import SEALED, take_back_to


def _of_before(folder: Path) -> Path:
    """A file of the form before, with two operators of whom no entry knows more than the name."""
    store = new_store(folder)
    filled(store, 2)
    with store.write() as tx:
        tx.put_operator(Operator("李敏", "dispatcher", "hash of 李敏", failures=2))
        tx.put_operator(Operator("陈志强", "head", "hash of 陈志强", disabled=True))
        tx.set_meta("operator", "李敏")
    take_back_to(store.db)
    store.close()
    return store.path


def _seals(store: Store) -> list[OperatorsSealed]:
    found = [entry.event for entry in store.all_of("operators_sealed")]
    return [event for event in found if isinstance(event, OperatorsSealed)]


def test_the_operators_of_an_older_file_are_sealed_once(tmp_path: Path) -> None:
    path = _of_before(tmp_path)
    before = Db.connect(path)
    rows = before.value("SELECT count(*) FROM journal")
    before.close()
    for _ in range(2):
        store = Store.open(path, ballast=0)
        assert store.rows() == rows + 1
        expected = (
            SealedOperator("李敏", "dispatcher", False, pin_seal("李敏", "hash of 李敏")),
            SealedOperator("陈志强", "head", True, pin_seal("陈志强", "hash of 陈志强")),
        )
        assert [event.operators for event in _seals(store)] == [expected]
        assert store.meta("operator") is None
        last = store.entry(rows + 1)
        assert last is not None
        assert last.recorded_at >= AT
        site = SiteProof(level_of, lambda _document: None)
        verdict = verify(store, fold=fold, duties_of=duties_of, site=site)
        assert [p for p in verdict.problems if not p.detail.startswith("cases ")] == []
        assert verdict.operators_from == rows + 1
        store.close()


def test_a_copy_of_before_is_restored_and_sealed(tmp_path: Path) -> None:
    path = _of_before(tmp_path)
    later = Store.open(path, ballast=0)
    copy = backup(path, tmp_path / "copy.sqlite3", now=AT, fold=fold, duties_of=duties_of)
    later.close()
    dest = tmp_path / "dest.sqlite3"
    restore(copy.path, dest, owner="x", now=AT, fold=fold, duties_of=duties_of)
    store = Store.open(dest, ballast=0)
    assert len(_seals(store)) == 1
    assert list(operators(store.db, store)) == []
    store.close()


def test_a_file_that_says_not_whose_it_is_stays_as_it_was(tmp_path: Path) -> None:
    path = _of_before(tmp_path)
    db = Db.connect(path)
    db.run("DELETE FROM meta WHERE key = 'site'")
    before = (
        db.all("SELECT name, sql FROM sqlite_schema ORDER BY name"),
        db.all("SELECT * FROM journal"),
    )
    with pytest.raises(Damaged):
        migrate(db)
    assert db.value("PRAGMA user_version") == SEALED - 1
    assert db.value("SELECT value FROM meta WHERE key = 'operator'") == "李敏"
    assert before == (
        db.all("SELECT name, sql FROM sqlite_schema ORDER BY name"),
        db.all("SELECT * FROM journal"),
    )
    db.close()


def test_a_new_file_has_nothing_to_seal(store: Store) -> None:
    assert CURRENT >= SEALED
    assert store.rows() == 0
    site = SiteProof(level_of, lambda _document: None)
    verdict = verify(store, fold=fold, duties_of=duties_of, site=site)
    assert (verdict.sound, verdict.operators_from) == (True, None)
