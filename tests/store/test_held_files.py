"""What looks into the record beside a desk leaves it its locks, and so the log it writes to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dispatcher_tui.store.held_files import is_held
from dispatcher_tui.store.sqlite import JOURNAL_MODE
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import duties_of, filled, fold, new_store

STRANGER = """
import sqlite3, sys
found = sqlite3.connect(sys.argv[1])
print(found.execute("SELECT count(*) FROM journal").fetchone()[0])
found.close()
"""
"""Another program that may write, looks, and goes: the last one of all folds the log in."""


def looked_into(path: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", STRANGER, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(JOURNAL_MODE != "wal", reason="there is no log to lose")
@pytest.mark.parametrize("beside", ["nothing", "read", "proved"])
def test_a_stranger_leaves_the_log_of_a_desk_that_looked_at_its_own_file(
    tmp_path: Path, beside: str
) -> None:
    store = new_store(tmp_path)
    try:
        filled(store, 2)
        if beside != "nothing":
            again = Store.open(store.path, read_only=True)
            if beside == "proved":
                assert verify(again, fold=fold, duties_of=duties_of).sound
            again.close()
        rows = store.rows()
        assert looked_into(store.path) == rows
        assert store.path.with_name(f"{store.path.name}-wal").exists()
        store.check_file()
    finally:
        store.close()


def test_a_file_is_held_until_its_last_connection_is_closed(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    path = store.path
    assert is_held(path)
    again = Store.open(path, read_only=True)
    again.close()
    again.close()
    assert is_held(path), "the first one still holds it, and closing twice lets go once"
    store.close()
    assert not is_held(path)
