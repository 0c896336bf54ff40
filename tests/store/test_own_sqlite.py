"""Where no newer SQLite can be installed, the interpreter's own carries the desk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dispatcher_tui.store import schema
from dispatcher_tui.store.errors import OldSqlite
from dispatcher_tui.store.sqlite import LIBRARY
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.cli.support import ROOT, environment
from tests.store.build import filled, new_store

_A_NIGHT = """
import sqlite3, sys
from pathlib import Path
from dispatcher_tui.desk.site.doctor import sqlite_finding
from dispatcher_tui.store import sqlite
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import filled, new_store

store = new_store(Path(sys.argv[1]))
filled(store, 3)
assert len(store.search("漏水")) == 3
store.close()
store = Store.open(store.path, ballast=0)
assert verify(store).sound
store.close()
assert sqlite.LIBRARY == "sqlite3" and sqlite.Connection is sqlite3.Connection
import sqlite_utils.utils
assert sqlite_utils.utils.sqlite3 is sqlite3, "two libraries on one file"
assert sqlite_finding().detail == {"version": sqlite3.sqlite_version, "library": "sqlite3"}
"""


@pytest.fixture
def without_wheel(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine on which the newer SQLite is not installed."""
    block = tmp_path / "block"
    block.mkdir()
    (block / "pysqlite3.py").write_text("raise ModuleNotFoundError(__name__)\n", "utf-8")
    return environment(PYTHONPATH=os.pathsep.join((str(block), str(ROOT))))


def _run(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=env, capture_output=True, encoding="utf-8", timeout=120
    )


def test_the_record_is_made_written_found_and_proved(
    tmp_path: Path, without_wheel: dict[str, str]
) -> None:
    done = _run(without_wheel, "-c", _A_NIGHT, str(tmp_path))
    assert done.returncode == 0, done.stderr


def test_a_case_is_opened_and_the_doctor_names_the_library(
    tmp_path: Path, without_wheel: dict[str, str]
) -> None:
    site = ("-m", "dispatcher_tui", "--site", str(tmp_path / "site"))
    assert _run(without_wheel, *site, "init", "--name", "x").returncode == 0
    opened = _run(without_wheel, *site, "case", "open", "--said", "水管爆了")
    assert opened.returncode == 0, opened.stderr
    assert _run(without_wheel, *site, "verify").returncode == 0
    told = _run(without_wheel, *site, "--lang", "en", "doctor").stdout
    assert " of sqlite3" in told
    assert "pysqlite3" not in told


def test_what_a_newer_sqlite_made_is_refused_before_a_call_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not schema.CONTENTLESS:
        pytest.skip(f"{LIBRARY} here makes no file of the newer form")
    store = new_store(tmp_path)
    filled(store, 2)
    store.close()
    monkeypatch.setattr(schema, "CONTENTLESS", False)
    with pytest.raises(OldSqlite):
        Store.open(store.path, ballast=0)
    reading = Store.open(store.path, read_only=True)
    assert verify(reading).sound
    reading.close()


def test_what_an_older_sqlite_made_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "CONTENTLESS", False)
        store = new_store(tmp_path)
        filled(store, 2)
        store.close()
        Store.open(store.path, ballast=0).close()
    store = Store.open(store.path, ballast=0)
    assert len(store.search("漏水")) == 2
    store.close()
