"""A hand on the file beside the journal: what it may change, and how a proof names it."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import NamedTuple

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.migrations import migrate
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.sqlite import Connection, connect
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.estate import Estate

OUTSIDE = {
    ("operators", "failures"): "wrong tries are beside the record; each is an entry of its own",
    ("operators", "wait_seconds"): "a lock of minutes",
    ("operators", "wait_since"): "a lock of minutes",
    ("operators", "guessed"): "a quota of an hour",
    ("drafts", "*"): "what somebody is typing; it is no entry yet",
    ("_sqlite_migrations", "id"): "the library's own count",
    ("_sqlite_migrations", "applied_at"): "the library's own note",
}
"""What may be changed unseen, and why: by table and column, a star for all of them."""

SAYS = {
    "journal": r"(hash|gap|link|body) ",
    "cases": r"projection .*\d{4}-\d{2}|projection cases|projection [0-9a-f-]{36}|row case_search ",
    "case_state": r"projection [0-9a-f-]{36}: |file case_state ",
    "slips": r"projection [0-9a-f-]{36}: .*slips|file slips",
    "operators": r"row operators \S+: (name|missing|role|disabled|pin_hash)$",
    "post": r"projection post",
    "adopted": r"adopted |file adopted",
    "documents": r"document |text_gone |row documents ",
}
"""How a difference is named where it is not by ``row TABLE KEY``."""

_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND name NOT LIKE 'case\\_search%' ESCAPE '\\' ORDER BY name"
)
_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
HEAD, HEAD_PIN = "陈志强", "864213"


def columns() -> list[tuple[str, str]]:
    """Every column there is, as the migrations of this version make them, by its table."""
    db = Db.in_memory()
    try:
        migrate(db)
        tables = [name for (name,) in db.all(_TABLES)]
        return [(t, row[1]) for t in tables for row in db.all(f"PRAGMA table_info({t})")]
    finally:
        db.close()


def is_outside(table: str, column: str) -> bool:
    """Whether it may be changed unseen."""
    return (table, column) in OUTSIDE or (table, "*") in OUTSIDE


class Hand(NamedTuple):
    """An estate with a life, a second operator and a paper: its bytes to begin anew from, and the
    guards that a hand takes off first, by name with their text."""

    estate: Estate
    bytes: bytes
    guards: tuple[tuple[str, str], ...]

    def take(self) -> Connection:
        """A fresh file in the hands of somebody who took its guards off."""
        self.estate.db.write_bytes(self.bytes)
        conn = connect(self.estate.db)
        for pragma in ("ignore_check_constraints=ON", "foreign_keys=OFF", "synchronous=OFF"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("PRAGMA journal_mode=MEMORY")
        for name, _sql in self.guards:
            conn.execute(f"DROP TRIGGER {name}")
        return conn

    def verdict(self, conn: Connection) -> Verdict:
        """What ``verify`` says when the guards are back as they were."""
        for _name, sql in self.guards:
            conn.execute(sql)
        conn.execute("PRAGMA journal_mode=DELETE")
        conn.close()
        return estates.prove(self.estate)


def make(folder: Path, many: int = 1) -> Hand:
    """Such an estate, after so many lives, in one file.

    Raises:
        AssertionError: it is not sound as it was made.
    """
    estate = estates.make(folder)
    desk = estates.open_desk(estate)
    add_operator(desk, HEAD, "head", HEAD_PIN)
    for number in range(many):
        list(lives.life(desk, Random(5 + number)))
    desk.store.save_draft("d", "case", desk.clock.now(), b"{}", updated_at=desk.clock.now())
    desk.issue_slip(desk.open_case(lives.opening(Random(6))).case.id)
    desk.store.db.run("PRAGMA journal_mode=DELETE")
    guards = tuple(desk.store.db.all(_TRIGGERS))
    desk.store.close()
    assert estates.prove(estate).sound
    return Hand(estate, estate.db.read_bytes(), guards)


def other(value: object) -> object:
    """Another value of the same type; where a text is JSON, still JSON."""
    if isinstance(value, bool | int | float):
        return value + 1
    if isinstance(value, bytes):
        changed = re.sub(rb"[0-9]", lambda m: b"%d" % ((int(m[0]) + 1) % 10), value, count=1)
        return changed if changed != value else value + b" x"
    if isinstance(value, str):
        if value.startswith(("[", "{")):
            inner = re.search(r'":\s*"([^"]+)"', value)
            assert inner is not None
            return f"{value[: inner.start(1)]}{inner[1]}x{value[inner.end(1) :]}"
        return value + "x"
    return 7


def told(verdict: Verdict) -> list[str]:
    """The problems as they are named."""
    return [f"{problem.code} {problem.detail}" for problem in verdict.problems]


def named(table: str, verdict: Verdict) -> bool:
    """Whether the proof says that the row is one of this table."""
    return any(re.match(SAYS.get(table, f"row {table} "), each) for each in told(verdict))
