"""A hand on the file beside the journal: every table, every column, every guard is named."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest

from dispatcher_tui.bootstrap import open_session
from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency
from dispatcher_tui.desk.operators import pin_hash
from dispatcher_tui.desk.watch.outage import start_desk
from dispatcher_tui.desk.watch.outlook import may_sign_in
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.paths import Paths
from dispatcher_tui.store.sqlite import connect
from tests.faults import estate as estates
from tests.faults import hand
from tests.faults.estate import OPERATOR
from tests.faults.forgery import unguard
from tests.faults.hand import OUTSIDE, Hand, other, told
from tests.faults.starts import ALARM

SQLITES_OWN = (
    "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_t', 'journal', 0,"
    " 'CREATE TRIGGER sqlite_t AFTER INSERT ON journal BEGIN DELETE FROM drafts; END')"
)
"""A trigger under a name that only SQLite itself can give."""

COLUMNS = hand.columns()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    """One estate for the whole module; each test begins with its bytes."""
    made = hand.make(tmp_path_factory.mktemp("hand"))
    yield made
    shutil.rmtree(made.estate.site)


@pytest.mark.parametrize(("table", "column"), [c for c in COLUMNS if not hand.is_outside(*c)])
def test_a_column_changed_beside_the_journal_is_named(site: Hand, table: str, column: str) -> None:
    conn = site.take()
    key = conn.execute(f"PRAGMA table_info({table})").fetchall()[0][1]
    order = f"ORDER BY {key} DESC LIMIT 1"
    before = conn.execute(f"SELECT {key}, {column} FROM {table} {order}").fetchone()
    assert before is not None, f"nothing in {table} to change"
    args = (other(before[1]), before[0])
    conn.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", args)
    verdict = site.verdict(conn)
    assert not verdict.sound
    assert hand.named(table, verdict), told(verdict)


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_an_entry_whose_body_is_no_json_any_more_is_named(site: Hand, part: float) -> None:
    conn = site.take()
    unguard(conn)
    (last,) = conn.execute("SELECT max(seq) FROM journal").fetchone()
    seq = 1 + int(part * (last - 1))
    conn.execute("UPDATE journal SET body = 'x' || substr(body, 2) WHERE seq = ?", (seq,))
    verdict = site.verdict(conn)
    assert (verdict.sound, verdict.first_bad_seq) == (False, seq), told(verdict)
    assert verdict.operators_from is None, "of a broken chain nothing is proved"


WHOLE = sorted({table for table, _ in COLUMNS if (table, "*") not in OUTSIDE})


@pytest.mark.parametrize("table", WHOLE)
def test_a_row_that_is_gone_is_named(site: Hand, table: str) -> None:
    conn = site.take()
    key = conn.execute(f"PRAGMA table_info({table})").fetchall()[0][1]
    conn.execute(f"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})")
    if table == "meta":  # Without its desk no file is opened at all.
        conn.execute("INSERT INTO meta VALUES ('desk', 'desk-2')")
    verdict = site.verdict(conn)
    assert hand.named(table, verdict), told(verdict)


@pytest.mark.parametrize("table", WHOLE)
def test_a_row_too_many_is_named(site: Hand, table: str) -> None:
    conn = site.take()
    columns = conn.execute(f"PRAGMA table_info({table})").fetchall()
    row = list(conn.execute(f"SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1").fetchone())
    unique = {"cases": ("row", "id", "number"), "journal": ("seq", "id"), "slips": ("nth",)}
    unique["_sqlite_migrations"] = ("id", "name")
    for at, (_cid, name, *_rest) in enumerate(columns):
        if name in unique.get(table, (columns[0][1],)):
            row[at] = other(row[at])
    conn.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    verdict = site.verdict(conn)
    assert hand.named(table, verdict), told(verdict)


def test_what_is_outside_is_there_and_is_outside(site: Hand) -> None:
    known = {*COLUMNS, *((table, "*") for table, _ in COLUMNS)}
    assert set(OUTSIDE) <= known
    conn = site.take()
    conn.execute("UPDATE operators SET failures = 9, wait_seconds = 7, wait_since = 1.5")
    conn.execute("UPDATE operators SET guessed = '[1.5]'")
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
def test_what_a_hand_may_do_is_named(site: Hand, sql: str, named: str) -> None:
    conn = site.take()
    conn.executescript(sql)
    assert any(re.match(named, each) for each in told(site.verdict(conn)))


def test_every_guard_that_is_gone_or_another_is_named(site: Hand) -> None:
    assert len(site.guards) >= 8
    for name, sql in site.guards:
        conn = site.take()
        for each, text in site.guards:
            if each != name:
                conn.execute(text)
        conn.close()
        assert told(estates.prove(site.estate)) == [f"row sqlite_schema trigger {name}: missing"]
        conn = connect(site.estate.db)
        conn.execute(re.sub(r"BEGIN\s.*", "BEGIN SELECT 1; END", sql, flags=re.DOTALL))
        conn.close()
        found = told(estates.prove(site.estate))
        assert found == [f"row sqlite_schema trigger {name}: another text"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE post SET state = 'x'",
        """UPDATE post SET state = '{"spans": [{"name": 7}]}'""",
        "UPDATE documents SET data = x'ff'",
        "UPDATE cases SET opened_at = -9223372036854775808",
        "UPDATE cases SET opened_at = 253402300799000000",
        "UPDATE cases SET stage = 'x'",
        "UPDATE case_state SET state = x'', duties = x''",
        "UPDATE people SET data = 'x'",
        "UPDATE units SET data = 'x'",
        "DELETE FROM adopted",
        "UPDATE operators SET guessed = '{'",
        "UPDATE operators SET wait_since = 1e300, wait_seconds = 9223372036854775807",
        "UPDATE drafts SET opened_at = 9223372036854775807, updated_at = -9223372036854775808",
        "INSERT INTO meta VALUES ('unread_breaks', 'x'), ('look', 'x'), ('swallowed_keys', 'x')",
    ],
)
def test_whatever_a_hand_spoils_the_desk_starts_and_a_fire_is_recorded(
    site: Hand, sql: str
) -> None:
    conn = site.take()
    conn.execute(sql)
    for _name, guard in site.guards:
        conn.execute(guard)
    conn.execute("PRAGMA journal_mode=DELETE")
    conn.close()
    with open_session(Paths(site.estate.site, site.estate.db)) as session:
        desk = session.desk
        case = desk.open_case(ALARM).case
        assert desk.rules_of(case).procedure.level(case.level).emergency
        assert case.id in {line.id for line in desk.store.board(Lane.ALL)}
        start_desk(desk, None)
        assert {each.name for each in may_sign_in(desk)} == {OPERATOR, hand.HEAD}
        assert len(desk.store.drafts()) == 1
        assert read_emergency(desk, open_emergency(desk, "fire")).targets


@pytest.mark.parametrize("column", ["state", "duties"])
def test_a_call_about_a_case_whose_row_was_spoilt_is_recorded(site: Hand, column: str) -> None:
    conn = site.take()
    (number,) = conn.execute("SELECT number FROM cases WHERE stage = 'open' LIMIT 1").fetchone()
    conn.execute(f"UPDATE case_state SET {column} = x''")
    for _name, guard in site.guards:
        conn.execute(guard)
    conn.execute("PRAGMA journal_mode=DELETE")
    conn.close()
    with open_session(Paths(site.estate.site, site.estate.db)) as session:
        call = cmd.TryCall(person="p", name="张伟", outcome=CallOutcome.REACHED)
        done = session.desk.perform(number, call)
        assert done.case.assignee is not None
        assert done.duties
        again = session.desk.store.case(number)
        assert again is not None
        assert (again.case, again.duties) == (done.case, done.duties), "the row is whole again"


def test_a_stored_pin_put_into_anothers_row_is_named(site: Hand) -> None:
    conn = site.take()
    conn.execute(
        "UPDATE operators SET pin_hash = (SELECT pin_hash FROM operators WHERE name = ?)"
        " WHERE name <> ?",
        (OPERATOR, OPERATOR),
    )
    assert told(site.verdict(conn)) == ["row operators 陈志强: pin_hash"]


def test_a_whole_operator_of_nobody_is_named(site: Hand) -> None:
    conn = site.take()
    conn.execute(
        "INSERT INTO operators SELECT 'x', 'head', ?, 0, 0, 0, 0, '[]'", (pin_hash("1234"),)
    )
    assert told(site.verdict(conn)) == ["row operators x: name"]
