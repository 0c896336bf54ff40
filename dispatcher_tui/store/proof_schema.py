"""Proving the form of the file: tables, indexes and triggers as the migrations make them."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.store.db import Db
from dispatcher_tui.store.migrations import migrate
from dispatcher_tui.store.record_types import RecordProblem
from dispatcher_tui.store.schema import search_table

_SCHEMA = (
    "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema"
    " WHERE NOT (type = 'index' AND sql IS NULL)"
    " AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))"
)
_STEPS = "SELECT migration_set, name FROM _sqlite_migrations"

_SEARCH, _STEPS_TABLE = "case_search", "_sqlite_migrations"
_BEHIND_SEARCH = {f"{_SEARCH}_{part}" for part in ("data", "idx", "content", "docsize", "config")}
"""What SQLite itself keeps a search index in; the text of them is its own."""

_Objects = dict[tuple[str, str], tuple[str, str]]


def _objects(db: Db) -> _Objects:
    """Everything a file is made of, by kind and name: the table it is on, and its text.

    Of the library's own table, and of those behind the search, only that they are there counts:
    their texts are made by whatever version of the library or of SQLite made the file.
    """
    found: _Objects = {}
    for kind, name, table, sql in db.each(_SCHEMA):
        if kind == "table" and name in _BEHIND_SEARCH:
            continue
        found[kind, name] = (table, "" if name == _STEPS_TABLE else sql)
    return found


def form(db: Db) -> Iterator[RecordProblem]:
    """Tables, indexes and triggers that are not what this version makes, and steps not taken."""
    model = Db.in_memory()
    try:
        migrate(model)
        wanted, steps = _objects(model), set(model.all(_STEPS))
    finally:
        model.close()
    is_ = _objects(db)
    for key in sorted({*wanted, *is_}):
        if is_.get(key) == wanted.get(key) or _is_search(key, is_.get(key)):
            continue
        kind, name = key
        what = "missing" if key not in is_ else "unknown" if key not in wanted else "another text"
        yield RecordProblem("row", None, f"sqlite_schema {kind} {name}: {what}")
    if ("table", _STEPS_TABLE) in is_:
        for step in sorted(steps ^ set(db.all(_STEPS)), key=repr):
            yield RecordProblem("row", None, f"{_STEPS_TABLE} {step[1]}: not as taken")


def _is_search(key: tuple[str, str], found: tuple[str, str] | None) -> bool:
    """Whether it is the search index in either form: by the SQLite that made the file."""
    texts = {(_SEARCH, search_table(contentless)) for contentless in (True, False)}
    return key == ("table", _SEARCH) and found in texts
