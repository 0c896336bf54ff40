"""A file that is taken away from under an open record: nothing more is acknowledged."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.store import store as store_module
from dispatcher_tui.store.errors import FileLost
from dispatcher_tui.store.rescue import rescue
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, filled, new_store, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")

NOW = datetime(2026, 11, 30, 7, 31, 5, tzinfo=UTC)


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def renamed(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))


def replaced(path: Path) -> None:
    """A copy bears the name now, byte for byte the same."""
    shutil.copyfile(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


LOST: dict[str, Callable[[Path], None]] = {
    "deleted": Path.unlink,
    "renamed": renamed,
    "replaced": replaced,
    "log deleted": lambda path: log_of(path).unlink(),
    "log renamed": lambda path: renamed(log_of(path)),
}


def note(store: Store) -> None:
    with store.write() as tx:
        write(tx, LogNoted(text="巡逻"), AT)


@pytest.mark.parametrize("how", LOST)
def test_nothing_is_acknowledged_and_all_of_it_is_copied(tmp_path: Path, how: str) -> None:
    store = new_store(tmp_path)
    filled(store, 3)
    note(store)
    store.check_file()
    rows = store.rows()
    LOST[how](store.path)
    with pytest.raises(FileLost):
        store.check_file()
    for _ in range(2):
        with pytest.raises(FileLost):
            note(store)
    assert store.rows() == rows, "what was refused is not in the copy either"
    with pytest.raises(FileLost):
        store.save_draft("d", "intake", AT, b"{}", updated_at=AT)
    copy = rescue(store, NOW)
    assert copy == tmp_path / "desk-rescued-20261130T073105.sqlite3"
    store.close()
    again = Store.open(copy, read_only=True)
    assert again.rows() == rows
    assert verify(again).sound
    again.close()


def test_lost_between_the_last_look_and_the_commit(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    rows = store.rows()
    writing = store.write()
    write(writing.__enter__(), LogNoted(text="巡逻"), AT)
    store.path.unlink()
    with pytest.raises(FileLost):
        writing.__exit__(None, None, None)
    assert store.rows() == rows
    store.close()


def test_where_the_folder_is_gone_too_the_copy_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    (tmp_path / "site").mkdir()
    store = new_store(tmp_path / "site")
    filled(store, 1)
    (tmp_path / "site").rename(tmp_path / "moved")
    with pytest.raises(FileLost):
        store.check_file()
    copy = rescue(store, NOW)
    assert copy is not None
    assert copy.parent == home
    store.close()


def test_a_record_without_a_log_has_only_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "JOURNAL_MODE", "truncate")
    store = new_store(tmp_path)
    assert store.db.value("PRAGMA journal_mode") == "truncate"
    filled(store, 2)
    assert not log_of(store.path).exists()
    store.check_file()
    beside = Store.open(store.path, ballast=0)
    note(beside)
    beside.close()
    note(store)
    assert verify(store).sound
    store.path.unlink()
    with pytest.raises(FileLost):
        note(store)
    store.close()


def test_a_record_moves_between_the_two_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store(tmp_path)
    filled(store, 2)
    assert store.db.value("PRAGMA journal_mode") == "wal"
    monkeypatch.setattr(store_module, "JOURNAL_MODE", "truncate")
    monkeypatch.setattr("dispatcher_tui.store.sqlite.BUSY_MS", 50)
    beside = Store.open(store.path, ballast=0)
    assert beside.db.value("PRAGMA journal_mode") == "wal", "the other one has it open so"
    note(beside)
    beside.close()
    store.close()
    for mode in ("truncate", "wal"):
        monkeypatch.setattr(store_module, "JOURNAL_MODE", mode)
        store = Store.open(store.path, ballast=0)
        assert store.db.value("PRAGMA journal_mode") == mode
        assert verify(store).sound
        store.close()


def test_other_processes_coming_and_going_take_nothing_away(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    for _ in range(3):
        beside = Store.open(store.path, ballast=0)
        note(beside)
        beside.close()
        store.check_file()
        note(store)
    store.close()
