"""How SQLite goes about the store's statements: none of a key's walks along the whole journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from dispatcher_tui import store as package
from dispatcher_tui.domain.events import LogNoted, NoteAdded
from dispatcher_tui.store import reads
from dispatcher_tui.store.errors import Outdated
from dispatcher_tui.store.migrations import CURRENT
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.store.build import add, filled, new_store, write

WHOLE = {
    *("verify._CHAIN", "verify._SAID_ADOPTED"),
    "rebuild._OPENED",
    "paper_fill._WITH_PAPERS",
}
"""What reads everything there is, as proving, making anew and moving a file must."""

LAST = re.compile(r"SELECT [\w, ]+ FROM journal ORDER BY seq DESC LIMIT 1")
"""Called a scan by SQLite; it is one step from the end."""


def texts(value: object) -> Iterator[str]:
    """The texts in a module's constant."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        yield from (each for each in value if isinstance(each, str))
    elif isinstance(value, dict):
        yield from texts(list(value.values()))


def statements() -> dict[str, list[str]]:
    """Every query of the journal that stands in a module of the store, by its name."""
    found: dict[str, list[str]] = {}
    for info in iter_modules(package.__path__):
        for name, value in vars(import_module(f"{package.__name__}.{info.name}")).items():
            asked = [sql for sql in texts(value) if re.match(r"SELECT\b.*\bjournal\b", sql)]
            if asked:
                found[f"{info.name}.{name}"] = asked
    return found


def scans(store: Store, sql: str) -> list[str]:
    """The steps of a statement that walk along the whole journal, or all of one of its indexes."""
    named = dict.fromkeys(re.findall(r":(\w+)", sql), 1)
    numbered = [int(n) for n in re.findall(r"\?(\d+)", sql)]
    args = named or (1,) * max(numbered, default=sql.count("?"))
    plan = [row[3] for row in store.db.all(f"EXPLAIN QUERY PLAN {sql}", args)]
    return [step for step in plan if step.startswith("SCAN journal")]


STATEMENTS = statements()


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - WHOLE))
def test_no_statement_walks_along_the_journal(store: Store, name: str) -> None:
    for sql in STATEMENTS[name]:
        assert LAST.fullmatch(sql) or not scans(store, sql), sql


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_what_reads_everything_is_known_as_such(store: Store, name: str) -> None:
    assert any(scans(store, sql) for sql in STATEMENTS[name])


@pytest.mark.parametrize("name", ["_CHANGED", "_LAST_OF", "_CALLS_AFTER", "_HASH_OF", "_CALLS"])
def test_what_a_key_asks_is_among_them(name: str) -> None:
    assert f"reads.{name}" in STATEMENTS


def test_a_walk_is_seen_as_one(store: Store) -> None:
    assert scans(store, reads._CHANGED.replace("(SELECT", "(SELECT DISTINCT", 1))
    assert scans(store, "SELECT seq FROM journal WHERE kind = ? ORDER BY seq DESC LIMIT 1")


def test_the_last_of_a_kind_is_found_in_a_file_of_before(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    filled(store, 3)
    with store.write() as tx:
        for text in ("first", "last"):
            write(tx, LogNoted(text=text))
    add(store, "case-0", NoteAdded(case="case-0", text="of a case"))
    store.db.run("DROP INDEX journal_desk")
    store.db.run("DELETE FROM _sqlite_migrations WHERE name = 'desk'")
    store.db.run(f"PRAGMA user_version = {CURRENT - 1}")
    store.close()
    with pytest.raises(Outdated):
        Store.open(store.path, read_only=True)
    newer = Store.open(store.path, ballast=0)
    try:
        assert verify(newer).sound
        entry = newer.last_of("log_noted")
        assert entry is not None
        assert entry.event == LogNoted(text="last")
        assert newer.last_of("note_added") is None
        assert newer.last_of("backup_made") is None
    finally:
        newer.close()
