"""Which file is opened, made, refused, and how it is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.store import migrations, schema, sqlite
from dispatcher_tui.store.ballast import Ballast, free_bytes
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import (
    Damaged,
    DiskFull,
    DiskProblem,
    Exists,
    NoSuchFile,
    NotOurs,
    Outdated,
    ReadOnly,
    StoreError,
    TooNew,
)
from dispatcher_tui.store.migrations import CURRENT, migrate
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from dispatcher_tui.store.verify import verify
from tests.store.build import AT, add, filled, new_store, opened, reopened, write


def _closed(tmp_path: Path, cases: int = 3) -> Path:
    store = new_store(tmp_path)
    filled(store, cases)
    store.close()
    return store.path


def _open(path: Path, *, read_only: bool = False) -> None:
    Store.open(path, read_only=read_only, ballast=0).close()


both = pytest.mark.parametrize("read_only", [False, True])


def test_a_new_desk(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    assert (store.identity.site, store.identity.desk, store.identity.epoch) == ("云溪园", "A", 1)
    assert (store.rows(), store.head()) == (0, "0" * 64)
    assert store.db.value("PRAGMA application_id") == schema.APPLICATION_ID
    assert store.db.value("PRAGMA user_version") == CURRENT
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == ["desk.sqlite3"]


def test_every_connection_is_set_up(store: Store) -> None:
    for pragma, value in {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": int(sqlite.sqlite_version_info < (3, 43)),
        "cell_size_check": 1,
        "busy_timeout": 5000,
    }.items():
        assert store.db.value(f"PRAGMA {pragma}") == value


def test_creating_never_replaces(tmp_path: Path) -> None:
    path = _closed(tmp_path)
    before = path.read_bytes()
    with pytest.raises(Exists):
        Store.create(path, site="s", desk="d", ballast=0)
    assert path.read_bytes() == before
    (tmp_path / "other-wal").write_bytes(b"log of a lost database")
    with pytest.raises(Exists):
        Store.create(tmp_path / "other", site="s", desk="d", ballast=0)


def test_creating_leaves_nothing_when_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = (*schema.site_statements(), "CREATE TABLE meta (x)")
    monkeypatch.setattr(schema, "site_statements", lambda: statements)
    with pytest.raises(StoreError):
        new_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_creating_in_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        new_store(tmp_path / "none")


@both
def test_opening_never_creates(tmp_path: Path, read_only: bool) -> None:
    with pytest.raises(NoSuchFile):
        _open(tmp_path / "none", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


@both
@pytest.mark.parametrize("content", [b"hello\n" * 200, b"%PDF-1.7\n", b"\0" * 5000])
def test_another_programs_file(tmp_path: Path, content: bytes, read_only: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NotOurs):
        _open(path, read_only=read_only)
    assert path.read_bytes() == content


@both
def test_another_programs_database(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "file"
    db = Db.connect(path, create=True)
    db.run("CREATE TABLE journal (x)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(NotOurs):
        _open(path, read_only=read_only)
    assert path.read_bytes() == before
    with pytest.raises(NotOurs):
        _open(tmp_path, read_only=read_only)


@both
def test_a_newer_programs_file(tmp_path: Path, read_only: bool) -> None:
    path = _closed(tmp_path)
    db = Db.connect(path)
    db.run(f"PRAGMA user_version = {CURRENT + 1}")
    db.close()
    with pytest.raises(TooNew):
        _open(path, read_only=read_only)


@both
@pytest.mark.parametrize("part", [0, 1, 15, 50, 99, 100, 512, 4096, 10_000, -4096, -1])
def test_a_file_that_is_cut_off(tmp_path: Path, part: int, read_only: bool) -> None:
    path = _closed(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:part])
    with pytest.raises(Damaged):
        _open(path, read_only=read_only)
    assert path.read_bytes() == whole[:part]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0), bits=st.integers(1, 255))
def test_a_flipped_file_never_ends_in_a_raw_error(tmp_path: Path, at: int, bits: int) -> None:
    good = tmp_path / "good.sqlite3"
    if not good.exists():
        _closed(tmp_path).rename(good)
    data = bytearray(good.read_bytes())
    data[at % len(data)] ^= bits
    path = tmp_path / "flipped.sqlite3"
    path.write_bytes(data)
    try:
        store = Store.open(path, read_only=True)
    except StoreError:
        return
    with suppress(StoreError):
        verify(store)
    store.close()


def test_reading_only(tmp_path: Path) -> None:
    path = _closed(tmp_path)
    store = Store.open(path, read_only=True)
    assert store.rows() > 0
    with pytest.raises(ReadOnly), store.write():
        raise AssertionError
    with pytest.raises(ReadOnly):
        store.save_draft("a", "case", AT, b"{}", updated_at=AT)
    with pytest.raises(ReadOnly):
        store.db.run("DELETE FROM meta")
    store.close()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    path = _closed(tmp_path)
    path.chmod(0o444)
    with pytest.raises(ReadOnly):
        _open(path)


def test_an_older_form_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _closed(tmp_path)

    def newer(db: object) -> None:
        db.conn.execute("CREATE TABLE later (x)")  # type: ignore[attr-defined]

    steps = (*migrations._STEPS, ("later", newer))
    monkeypatch.setattr(migrations, "_STEPS", steps)
    monkeypatch.setattr("dispatcher_tui.store.store.CURRENT", CURRENT + 1)
    monkeypatch.setattr(migrate, "__kwdefaults__", {"upto": CURRENT + 1})
    with pytest.raises(Outdated):
        _open(path, read_only=True)
    store = Store.open(path, ballast=0)
    assert store.db.value("SELECT count(*) FROM later") == 0
    assert store.db.value("PRAGMA user_version") == CURRENT + 1
    assert verify(store).sound
    names = [row[0] for row in store.db.all("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert names == [name for name, _ in steps]
    store.close()


@pytest.mark.parametrize("upto", range(CURRENT))
def test_a_step_that_fails_leaves_the_old_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, upto: int
) -> None:
    path = tmp_path / "desk.sqlite3"
    db = Db.connect(path, create=True)
    if upto:
        migrate(db, upto=upto)
    before = db.all("SELECT name, sql FROM sqlite_schema ORDER BY name")

    def broken(target: object) -> None:
        target.conn.execute("CREATE TABLE half (x)")  # type: ignore[attr-defined]
        target.conn.execute("CREATE TABLE half (x)")  # type: ignore[attr-defined]

    steps = (*migrations._STEPS[:-1], ("broken", broken))
    monkeypatch.setattr(migrations, "_STEPS", steps)
    with pytest.raises(StoreError):
        migrate(db)
    assert db.all("SELECT name, sql FROM sqlite_schema ORDER BY name") == before
    assert db.value("PRAGMA user_version") == upto
    db.close()


def test_an_up_to_date_file_opens_without_the_migration_library(tmp_path: Path) -> None:
    path = _closed(tmp_path)
    code = (
        "import sys; from pathlib import Path; from dispatcher_tui.store.store import Store\n"
        f"Store.open(Path({str(path)!r}), ballast=0).close()\n"
        "assert 'sqlite_utils' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_without_a_newer_sqlite_the_words_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "CONTENTLESS", False)
    store = new_store(tmp_path)
    filled(store, 3)
    add(store, "case-0", LogNoted(text="-"))
    assert len(store.search("漏水")) == 3
    assert verify(store).sound
    store.close()


def test_a_change_elsewhere_is_noticed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    other = Store.open(store.path, ballast=0)
    before = store.data_version()
    with store.write() as tx:
        write(tx, LogNoted(text="mine"))
    assert store.data_version() == before
    with other.write() as tx:
        write(tx, LogNoted(text="theirs"))
    assert store.data_version() != before
    assert store.rows() == other.rows() == 2
    store.close()
    other.close()


def test_ballast(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "desk.sqlite3", 1 << 20)
    assert ballast.fill()
    assert ballast.fill()
    assert ballast.path.stat().st_size == 1 << 20
    assert ballast.release()
    assert not ballast.release()
    assert not ballast.path.exists()
    assert not Ballast(tmp_path / "desk.sqlite3", free_bytes(tmp_path)).fill()
    assert not ballast.path.exists()
    store = Store.create(tmp_path / "desk.sqlite3", site="s", desk="d", ballast=1 << 20)
    assert ballast.path.exists()
    store.close()


def _short_of_room(store: Store) -> None:
    """Let the database grow no further: SQLite then says what a full disk says."""
    pages = store.db.value("PRAGMA page_count")
    store.db.run(f"PRAGMA max_page_count = {pages}")


def _fill(store: Store) -> None:
    with store.write() as tx:
        for index in range(200):
            opened(tx, f"more-{index}", verbatim="漏水" * 500)


def test_a_full_disk_keeps_nothing_of_the_change(store: Store) -> None:
    filled(store, 2)
    _short_of_room(store)
    rows = store.rows()
    with pytest.raises(DiskFull):
        _fill(store)
    assert store.rows() == rows
    assert verify(store).sound
    store.db.run("PRAGMA max_page_count = 100000")
    add(store, "case-0", LogNoted(text="room again"))


def test_the_ballast_is_given_up_and_the_job_done_again(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "desk.sqlite3", site="s", desk="d", ballast=1 << 20)
    tries = []

    def job(tx: Tx) -> int:
        tries.append(store.ballast.path.exists())
        if len(tries) in (1, 3, 4):
            raise DiskFull("full")
        return write(tx, LogNoted(text="x")).seq

    assert store.transact(job) == 1
    assert tries == [True, False]
    with pytest.raises(DiskFull):
        store.transact(job)
    assert store.rows() == 1
    store.close()


def test_errors_are_the_stores_own(store: Store) -> None:
    for sql in ("SELECT nothing", "SELECT * FROM none", "INSERT INTO meta VALUES (1)"):
        with pytest.raises(StoreError):
            store.db.run(sql)
        with pytest.raises(StoreError):
            store.db.all(sql)
    path = store.path
    store.close()
    with pytest.raises(StoreError):
        store.rows()
    assert issubclass(DiskFull, DiskProblem)
    assert {cls.code for cls in StoreError.__subclasses__()} >= {"busy", "owned", "disk"}
    assert reopened(Store.open(path, ballast=0)).rows() == 0


def test_a_copy_of_a_live_database_without_its_log_is_not_taken_for_whole(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    filled(store, 2)
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(store.path, copy)
    head = store.head()
    torn = Store.open(copy, read_only=True)
    assert not verify(torn, head=head).sound
    torn.close()
    store.close()


def test_the_newer_sqlite_is_used_where_there_is_one() -> None:
    assert sqlite.sqlite_version_info >= (3, 37)


def test_a_part_is_undone_alone_and_kept_only_with_the_whole(store: Store) -> None:
    class Off(Exception):
        pass

    def part(key: str, *, fails: bool = False) -> None:
        def job(tx: Tx) -> None:
            tx.set_meta(key, "there")
            if fails:
                raise Off

        store.transact(job)

    with store.write() as tx:
        tx.set_meta("whole", "there")
        part("kept")
        with pytest.raises(Off):
            part("undone", fails=True)
    assert [store.meta(key) for key in ("whole", "kept", "undone")] == ["there", "there", None]
    with suppress(Off), store.write():
        part("gone with the whole")
        raise Off
    assert store.meta("gone with the whole") is None
    part("alone")
    assert store.meta("alone") == "there"
