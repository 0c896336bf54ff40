"""Copies restore; what is no good is never called good."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.record.events import LogNoted, NoteAdded
from dispatcher_tui.store import backup as backups
from dispatcher_tui.store import restore as restoring
from dispatcher_tui.store.backup import Copy, backup
from dispatcher_tui.store.errors import (
    Busy,
    DiskFull,
    Exists,
    NoSuchFile,
    Owned,
    StoreError,
    Unsound,
)
from dispatcher_tui.store.file_lock import DeskLock
from dispatcher_tui.store.restore import Restoration, restore
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import add, duties_of, filled, fold, new_store, opened, write

NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def _copy(store: Store, dest: Path) -> Copy:
    return backup(store.path, dest, now=NOW, fold=fold, duties_of=duties_of)


def _restore(source: Path, dest: Path) -> Restoration:
    return restore(source, dest, owner="李敏", now=NOW, fold=fold, duties_of=duties_of)


def test_a_copy_of_a_running_desk(store: Store, tmp_path: Path) -> None:
    filled(store, 5)
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = _copy(store, stick)
    assert copy.path == stick / "云溪园-20261122T010203.sqlite3"
    assert (copy.head, copy.rows) == (store.head(), store.rows())
    assert list(stick.iterdir()) == [copy.path]
    opened = Store.open(copy.path, read_only=True)
    assert opened.db.value("PRAGMA journal_mode") == "delete"
    assert verify(opened, fold=fold, duties_of=duties_of, head=store.head()).sound
    opened.close()
    add(store, "case-0", NoteAdded(case="case-0", text="the desk goes on"))


def test_an_empty_desk_can_be_copied(store: Store, tmp_path: Path) -> None:
    assert _copy(store, tmp_path / "copy").rows == 0


def test_a_newer_copy_takes_the_older_ones_name(store: Store, tmp_path: Path) -> None:
    dest = tmp_path / "copy.sqlite3"
    first = _copy(store, dest)
    filled(store, 1)
    assert _copy(store, dest).rows > first.rows
    dest.write_bytes(dest.read_bytes()[:5000])
    with pytest.raises(Exists):  # What is no good copy may be somebody's record.
        _copy(store, dest)


def test_what_is_no_copy_is_not_replaced(store: Store, tmp_path: Path) -> None:
    letter = tmp_path / "letter.odt"
    letter.write_bytes(b"PK letter " * 100)
    for dest in (letter, store.path):
        with pytest.raises(Exists):
            _copy(store, dest)
    assert letter.read_bytes() == b"PK letter " * 100
    with pytest.raises(NoSuchFile):
        _copy(store, tmp_path / "none" / "copy")


def test_an_unsound_record_is_not_copied(store: Store, tmp_path: Path) -> None:
    filled(store, 3)
    store.db.run("DROP TRIGGER journal_update")
    store.db.run("UPDATE journal SET actor = 'x' WHERE seq = 4")
    with pytest.raises(Unsound) as caught:
        _copy(store, tmp_path / "copy")
    assert caught.value.seq == 4
    assert not (tmp_path / "copy").exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_a_disk_that_fails_leaves_the_older_copy(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dest = tmp_path / "copy.sqlite3"
    _copy(store, dest)
    before = dest.read_bytes()
    filled(store, 1)

    def full(path: Path) -> None:
        raise DiskFull(str(path))

    monkeypatch.setattr(backups, "seal", full)
    with pytest.raises(DiskFull):
        _copy(store, dest)
    assert dest.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir() if "copy" in p.name) == ["copy.sqlite3"]


def test_the_way_back(store: Store, tmp_path: Path) -> None:
    filled(store, 4)
    copy = _copy(store, tmp_path / "copy.sqlite3")
    add(store, "case-0", NoteAdded(case="case-0", text="lost again"))
    lost = store.head()
    store.close()
    done = _restore(copy.path, store.path)
    assert (done.head, done.rows, done.epoch) == (copy.head, copy.rows, 2)
    assert done.replaced == store.path.with_name("desk.sqlite3.replaced-20261122T010203")
    again = Store.open(store.path, ballast=0)
    assert (again.head(), again.identity.epoch) == (copy.head, 2)
    with again.write() as tx:
        write(tx, LogNoted(text="goes on"))
    assert again.db.value("SELECT epoch FROM journal ORDER BY seq DESC LIMIT 1") == 2
    assert verify(again, fold=fold, duties_of=duties_of, head=copy.head).sound
    again.close()
    old = Store.open(done.replaced, read_only=True)
    assert old.head() == lost
    old.close()
    assert _restore(copy.path, store.path).epoch == 3
    assert len(list(tmp_path.glob("*.replaced-*"))) == 2
    assert list(tmp_path.glob(".*")) == []


def test_the_way_back_where_nothing_is_left(store: Store, tmp_path: Path) -> None:
    filled(store, 1)
    copy = _copy(store, tmp_path / "copy.sqlite3")
    fresh = tmp_path / "fresh.sqlite3"
    fresh.with_name("fresh.sqlite3-wal").write_bytes(b"the log of something else")
    assert _restore(copy.path, fresh).replaced is None
    again = Store.open(fresh, ballast=0)
    assert again.head() == copy.head
    again.close()


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"\0" * 500])
def test_a_damaged_desk_can_be_replaced(store: Store, tmp_path: Path, damage: bytes) -> None:
    filled(store, 1)
    copy = _copy(store, tmp_path / "copy.sqlite3")
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(damage)
    done = _restore(copy.path, broken)
    assert done.replaced is not None
    assert done.replaced.read_bytes() == damage


def test_a_running_desk_is_not_replaced(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, 1)
    copy = _copy(store, tmp_path / "copy.sqlite3")
    lock = DeskLock.acquire(store.path, "张")
    assert isinstance(lock, DeskLock)
    with pytest.raises(Owned):
        _restore(copy.path, store.path)
    lock.release()
    monkeypatch.setattr("dispatcher_tui.store.sqlite._EVERY_CONNECTION", ())
    monkeypatch.setattr("dispatcher_tui.store.sqlite.BUSY_MS", 50)
    with pytest.raises(Busy):
        _restore(copy.path, store.path)
    assert store.rows() > 0
    assert list(tmp_path.glob("*.replaced-*")) == []


def test_a_restore_that_fails_leaves_the_desk(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, 1)
    copy = _copy(store, tmp_path / "copy.sqlite3")
    head = store.head()
    store.close()

    def full(file: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(restoring, "sync_file", full)
    with pytest.raises(DiskFull):
        _restore(copy.path, store.path)
    again = Store.open(store.path, ballast=0)
    assert again.head() == head
    again.close()
    with pytest.raises(Exists):
        _restore(store.path, store.path)


def test_a_file_without_a_seal_is_no_copy(store: Store, tmp_path: Path) -> None:
    filled(store, 1)
    store.close()
    with pytest.raises(Unsound):
        _restore(store.path, tmp_path / "other.sqlite3")
    with pytest.raises(NoSuchFile):
        _restore(tmp_path / "none", tmp_path / "other.sqlite3")
    assert not (tmp_path / "other.sqlite3").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(["cut", "flip", "zeros", "longer"]),
    at=st.integers(0),
    bits=st.integers(1, 255),
)
def test_a_faulted_copy_is_never_good(tmp_path: Path, kind: str, at: int, bits: int) -> None:
    good = tmp_path / "good.sqlite3"
    if not good.exists():
        store = new_store(tmp_path)
        filled(store, 4)
        _copy(store, good)
        store.close()
    data = bytearray(good.read_bytes())
    at %= len(data)
    if kind == "cut":
        del data[at:]
    elif kind == "flip":
        data[at] ^= bits
    elif kind == "zeros":
        data[at : at + 4096] = b"\0" * len(data[at : at + 4096])
    else:
        data += b"x" * (at % 9000 + 1)
    if bytes(data) == good.read_bytes():
        return
    bad = tmp_path / "bad.sqlite3"
    bad.write_bytes(data)
    dest = tmp_path / "dest.sqlite3"
    with pytest.raises(StoreError):
        _restore(bad, dest)
    assert not dest.exists()


def test_no_number_given_out_since_the_copy_comes_back(store: Store, tmp_path: Path) -> None:
    filled(store, 2)
    with store.write() as tx:
        assert tx.next_slip("FW-", 6) == "FW-000001"
    copy = _copy(store, tmp_path / "copy")
    with store.write() as tx:
        lost = opened(tx, "lost", verbatim="漏水")
        assert tx.next_slip("FW-", 6) == "FW-000002"
    store.close()
    _restore(copy.path, store.path)
    restored = Store.open(store.path, ballast=0)
    with restored.write() as tx:
        after = opened(tx, "after", verbatim="漏水")
        assert tx.next_slip("FW-", 6) == "FW-000003"
        following = opened(tx, "following", verbatim="漏水")
    restored.close()
    assert (lost.number[-2:], after.number[-2:], following.number[-2:]) == ("03", "04", "05")
