"""A hand on the file beside the journal: every table, every column, every guard is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest

from dispatcher_tui.desk.operators import add_operator, pin_hash
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.migrations import migrate
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.sqlite import Connection, connect
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.estate import OPERATOR, Estate

OUTSIDE = {
    ("operators", "failures"): "wrong tries are beside the record; each is an entry of its own",
    ("operators", "wait_seconds"): "a lock of minutes",
    ("operators", "wait_since"): "a lock of minutes",
    ("operators", "guessed"): "a quota of an hour",
    ("documents", "data"): "of a list: how many rows it has, which nothing reads",
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
SQLITES_OWN = (
    "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_t', 'journal', 0,"
    " 'CREATE TRIGGER sqlite_t AFTER INSERT ON journal BEGIN DELETE FROM drafts; END')"
)
"""A trigger under a name that only SQLite itself can give."""

_TRIGGERS = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


def _columns() -> list[tuple[str, str]]:
    """Every column there is, as the migrations of this version make them."""
    db = Db.in_memory()
    try:
        migrate(db)
        tables = [name for (name,) in db.all(_TABLES)]
        return [(t, row[1]) for t in tables for row in db.all(f"PRAGMA table_info({t})")]
    finally:
        db.close()


COLUMNS = _columns()


def _is_outside(table: str, column: str) -> bool:
    return (table, column) in OUTSIDE or (table, "*") in OUTSIDE


class Site(NamedTuple):
    """An estate with a life, a second operator and a paper, and its bytes to begin anew from."""

    estate: Estate
    bytes: bytes

    def hand(self) -> Connection:
        """A fresh file in the hands of somebody who took its guards off."""
        self.estate.db.write_bytes(self.bytes)
        conn = connect(self.estate.db)
        for pragma in ("ignore_check_constraints=ON", "foreign_keys=OFF", "synchronous=OFF"):
            conn.execute(f"PRAGMA {pragma}")
        for name, _sql in GUARDS:
            conn.execute(f"DROP TRIGGER {name}")
        return conn

    def verdict(self, conn: Connection) -> Verdict:
        """What ``verify`` says when the guards are back as they were."""
        for _name, sql in GUARDS:
            conn.execute(sql)
        conn.close()
        return estates.prove(self.estate)


GUARDS: list[tuple[str, str]] = []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One estate for the whole module; each test begins with its bytes."""
    estate = estates.make(tmp_path_factory.mktemp("hand"))
    desk = estates.open_desk(estate)
    add_operator(desk, "陈志强", "head", "864213")
    list(lives.life(desk, Random(5)))
    desk.store.save_draft("d", "case", desk.clock.now(), b"{}", updated_at=desk.clock.now())
    desk.issue_slip(desk.open_case(lives.opening(Random(6))).case.id)
    desk.store.db.run("PRAGMA journal_mode=DELETE")
    GUARDS[:] = desk.store.db.all(_TRIGGERS)
    desk.store.close()
    assert estates.prove(estate).sound
    yield Site(estate, estate.db.read_bytes())
    shutil.rmtree(estate.site)


def _other(value: object) -> object:
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


@pytest.mark.parametrize(("table", "column"), [c for c in COLUMNS if not _is_outside(*c)])
def test_a_column_changed_beside_the_journal_is_named(site: Site, table: str, column: str) -> None:
    conn = site.hand()
    key = conn.execute(f"PRAGMA table_info({table})").fetchall()[0][1]
    order = f"ORDER BY {key} DESC LIMIT 1"
    before = conn.execute(f"SELECT {key}, {column} FROM {table} {order}").fetchone()
    assert before is not None, f"nothing in {table} to change"
    args = (_other(before[1]), before[0])
    conn.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", args)
    verdict = site.verdict(conn)
    assert not verdict.sound
    told = [f"{p.code} {p.detail}" for p in verdict.problems]
    assert any(re.match(SAYS.get(table, f"row {table} "), each) for each in told), told


def _told(verdict: Verdict) -> list[str]:
    return [f"{problem.code} {problem.detail}" for problem in verdict.problems]


WHOLE = sorted({table for table, _ in COLUMNS if (table, "*") not in OUTSIDE})


@pytest.mark.parametrize("table", WHOLE)
def test_a_row_that_is_gone_is_named(site: Site, table: str) -> None:
    conn = site.hand()
    key = conn.execute(f"PRAGMA table_info({table})").fetchall()[0][1]
    conn.execute(f"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})")
    if table == "meta":  # Without its desk no file is opened at all.
        conn.execute("INSERT INTO meta VALUES ('desk', 'desk-2')")
    verdict = site.verdict(conn)
    assert any(re.match(SAYS.get(table, f"row {table} "), each) for each in _told(verdict))


@pytest.mark.parametrize("table", WHOLE)
def test_a_row_too_many_is_named(site: Site, table: str) -> None:
    conn = site.hand()
    columns = conn.execute(f"PRAGMA table_info({table})").fetchall()
    row = list(conn.execute(f"SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1").fetchone())
    unique = {"cases": ("row", "id", "number"), "journal": ("seq", "id"), "slips": ("nth",)}
    unique["_sqlite_migrations"] = ("id", "name")
    for at, (_cid, name, *_rest) in enumerate(columns):
        if name in unique.get(table, (columns[0][1],)):
            row[at] = _other(row[at])
    conn.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    verdict = site.verdict(conn)
    assert any(re.match(SAYS.get(table, f"row {table} "), each) for each in _told(verdict))


def test_what_is_outside_is_there_and_is_outside(site: Site) -> None:
    known = {*COLUMNS, *((table, "*") for table, _ in COLUMNS)}
    assert set(OUTSIDE) <= known
    conn = site.hand()
    conn.execute("UPDATE operators SET failures = 9, wait_seconds = 7, wait_since = 1.5")
    conn.execute("UPDATE operators SET guessed = '[1.5]'")
    conn.execute("UPDATE documents SET data = CAST('7' AS BLOB) WHERE what IN ('units', 'roster')")
    conn.execute("DELETE FROM drafts")
    conn.execute("INSERT INTO meta VALUES ('unread_breaks', '[]')")
    conn.execute("INSERT INTO meta VALUES ('look', 'day')")
    conn.execute("INSERT INTO meta VALUES ('swallowed_keys', 'f1 f10')")
    assert site.verdict(conn).problems == ()


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        (
            "UPDATE people SET data = json_set(data, '$.phones', json_array('13900000000'))",
            r"row people \S+: data",
        ),
        ("UPDATE units SET data = json_set(data, '$.warning', 'x')", r"row units \S+: data"),
        ("DELETE FROM units", r"row units \S+: missing"),
        ("UPDATE operators SET role = 'gm'", r"row operators \S+: role"),
        ("UPDATE operators SET disabled = 2", r"row operators \S+: disabled"),
        ("UPDATE meta SET value = '2' WHERE key = 'epoch'", r"row meta epoch: "),
        ("UPDATE meta SET value = '999' WHERE key LIKE 'slip:%'", r"row meta slip:FW-: "),
        ("INSERT INTO meta VALUES ('number:261121-', '50')", r"row meta number:261121-: "),
        ("INSERT INTO meta VALUES ('x', '')", r"row meta x: "),
        ("UPDATE cases SET emergency = 1 - emergency", r"projection .*: emergency"),
        ("UPDATE cases SET grave = 1 - grave", r"projection .*: grave"),
        ("UPDATE cases SET level_zh = 'x'", r"projection .*: level_zh"),
        ("UPDATE cases SET row = row + 50", r"projection .*: state"),
        ("INSERT INTO post SELECT 2, state FROM post", r"projection post"),
        ("CREATE TRIGGER t AFTER INSERT ON people BEGIN SELECT 1; END", r".* trigger t: unknown"),
        ("CREATE TRIGGER t AFTER INSERT ON case_search_data BEGIN SELECT 1; END", r".* trigger t"),
        ("PRAGMA writable_schema=on; " + SQLITES_OWN, r".* trigger sqlite_t: unknown"),
        ("CREATE VIEW v AS SELECT 1", r"row sqlite_schema view v: unknown"),
        ("DROP INDEX cases_fire", r"row sqlite_schema index cases_fire: missing"),
        ("ALTER TABLE people ADD COLUMN x TEXT", r"row sqlite_schema table people: another text"),
    ],
)
def test_what_a_hand_may_do_is_named(site: Site, sql: str, named: str) -> None:
    conn = site.hand()
    conn.executescript(sql)
    assert any(re.match(named, each) for each in _told(site.verdict(conn)))


def test_every_guard_that_is_gone_or_another_is_named(site: Site) -> None:
    assert len(GUARDS) >= 8
    for name, sql in GUARDS:
        conn = site.hand()
        for other, text in GUARDS:
            if other != name:
                conn.execute(text)
        conn.close()
        told = _told(estates.prove(site.estate))
        assert told == [f"row sqlite_schema trigger {name}: missing"]
        conn = connect(site.estate.db)
        conn.execute(re.sub(r"BEGIN\s.*", "BEGIN SELECT 1; END", sql, flags=re.DOTALL))
        conn.close()
        told = _told(estates.prove(site.estate))
        assert told == [f"row sqlite_schema trigger {name}: another text"]


def test_a_stored_pin_put_into_anothers_row_is_named(site: Site) -> None:
    conn = site.hand()
    conn.execute(
        "UPDATE operators SET pin_hash = (SELECT pin_hash FROM operators WHERE name = ?)"
        " WHERE name <> ?",
        (OPERATOR, OPERATOR),
    )
    assert _told(site.verdict(conn)) == ["row operators 陈志强: pin_hash"]


def test_a_whole_operator_of_nobody_is_named(site: Site) -> None:
    conn = site.hand()
    conn.execute(
        "INSERT INTO operators SELECT 'x', 'head', ?, 0, 0, 0, 0, '[]'", (pin_hash("1234"),)
    )
    assert _told(site.verdict(conn)) == ["row operators x: name"]
