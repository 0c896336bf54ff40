"""Promise 13: nothing is final without its paper in hand, signed and filed, since it was opened.

Random commands, taking back, opening the file anew, and whoever has an SQL prompt on the file
with its guards in place. The judge reads the journal with nothing of the program's own fold.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.store import chain
from dispatcher_tui.store.sqlite import Connection, Error, connect
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.estate import Estate, SteppingClock
from tests.faults.promise import Outcome, Promise, outcome

PAPERS = {"paper_received", "paper_signed", "paper_filed"}
STEPS_A_CASE = 30
CASES_A_FILE = 30

_COLUMNS = ", ".join(chain.COLUMNS)
_APPEND = f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join('?' * len(chain.COLUMNS))})"
_LAST = f"SELECT {_COLUMNS} FROM journal ORDER BY seq DESC LIMIT 1"


def _forge(conn: Connection, case: str, kind: str, body: dict[str, object]) -> None:
    """Append a perfect entry by hand."""
    last = conn.execute(_LAST).fetchone()
    text = json.dumps({"case": case, **body}, separators=(",", ":"))
    decode(kind, text)  # nothing that the program itself could not have written
    at = last[5]
    values = (
        last[0] + 1,
        chain.entry_id(estates.BEGIN),
        *last[2:5],
        at,
        at,
        "sql",
        "",
        kind,
        1,
        text,
    )
    prev = last[-1]
    conn.execute(_APPEND, (*values, prev, chain.entry_hash(prev, values)))


def _take_papers_back(conn: Connection, case: str) -> None:
    """Append a perfect ``taken_back`` of every paper the case ever had."""
    found = conn.execute(
        "SELECT seq FROM journal WHERE json_extract(body, '$.case') = ?"
        " AND kind IN ('paper_received', 'paper_signed', 'paper_filed')",
        (case,),
    ).fetchall()
    _forge(conn, case, "taken_back", {"of": [seq for (seq,) in found]})


def _rename_case(conn: Connection, case: str) -> None:
    """Give the case the id of one that is final."""
    conn.execute(
        "UPDATE OR REPLACE cases SET id = (SELECT id FROM cases WHERE stage = 'final' LIMIT 1)"
        " WHERE id = ?",
        (case,),
    )


def _final_state(conn: Connection, case: str) -> None:
    """Let the whole case say that it is final, the lists aside."""
    conn.execute(
        "UPDATE case_state SET state = CAST(json_set(CAST(state AS TEXT), '$.stage', 'final')"
        " AS BLOB) WHERE row = (SELECT row FROM cases WHERE id = ? AND stage <> 'final')",
        (case,),
    )


def _insert_final(conn: Connection, case: str) -> None:
    """Put the list's row in anew, as final."""
    names = [row[1] for row in conn.execute("PRAGMA table_info(cases)")]
    values = ", ".join("'final'" if name == "stage" else name for name in names)
    conn.execute(
        f"INSERT OR REPLACE INTO cases ({', '.join(names)}) SELECT {values} FROM cases"
        " WHERE id = ?",
        (case,),
    )


Sql = Callable[[Connection, str], object]
BY_SQL: tuple[Sql, ...] = (
    lambda conn, case: _forge(conn, case, "closed_final", {}),
    lambda conn, case: _forge(conn, case, "paper_filed", {"binder": "B", "page": "1"}),
    _take_papers_back,
    lambda conn, case: conn.execute("UPDATE cases SET stage = 'final' WHERE id = ?", (case,)),
    _insert_final,
    _rename_case,
    _final_state,
    lambda conn, case: conn.execute("UPDATE journal SET kind = 'closed_final' WHERE kind = 'x'"),
    lambda conn, case: conn.execute("DELETE FROM journal WHERE kind = 'reopened'"),
)
"""What somebody may try who has only SQL, against a case that is not final."""


def _by_sql(estate: Estate, case: str, random: Random) -> None:
    """One statement with the guards in place; what is refused changed nothing."""
    conn = connect(estate.db)
    try:
        conn.execute("BEGIN IMMEDIATE")
        random.choice(BY_SQL)(conn, case)
        conn.execute("COMMIT")
    except Error:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
    finally:
        conn.close()


def _command(desk: Desk, case: str, random: Random) -> None:
    """One thing the operator may try, sensible or not."""
    tries: list[Callable[[], object]] = [
        lambda: desk.take_back(case),
        lambda: desk.take_back(case),
        lambda: desk.perform(case, cmd.CloseFinal()),
        lambda: desk.perform(case, cmd.JudgeInvalid(reason="无效")),
        lambda: desk.perform(case, cmd.Reopen(reason="又坏了")),
        desk.fire,
    ]
    steps = [*lives.HANDLING, *lives.CLOSING, *lives.CLOSING]
    tries += [lambda step=step: step(desk, case) for step in steps]  # type: ignore[misc]
    random.choice(tries)()


def finals_without_paper(store: Store) -> list[str]:
    """Every case that counts as final although its journal does not show the whole paper."""
    found = []
    for record in store.all_cases():
        line = store.line(record.case.id)
        shown = {record.case.stage, line.stage if line else record.case.stage}
        if Stage.FINAL in shown and not _has_paper(store, record.case.id):
            found.append(f"{record.case.number} is final without its paper")
    return found


def _has_paper(store: Store, case: str) -> bool:
    """Whether the closing stands after all of a paper that came in since the last reopening."""
    rows = store.db.all(
        "SELECT seq, kind, body FROM journal WHERE json_extract(body, '$.case') = ? ORDER BY seq",
        (case,),
    )
    void = {seq for _, kind, body in rows if kind == "taken_back" for seq in json.loads(body)["of"]}
    papers, final = set[str](), False
    for seq, kind, _ in rows:
        if seq in void:
            continue
        if kind == "reopened":
            papers, final = set(), False
        elif kind == "paper_received":
            papers = {kind}
        elif kind in PAPERS:
            papers.add(kind)
        elif kind == "closed_final":
            if papers < PAPERS:
                return False
            final = True
    return final


def _one_case(desk: Desk, estate: Estate, random: Random) -> None:
    """A case of its own, and random attempts on it."""
    case = desk.open_case(lives.opening(random)).case.id
    if random.random() < 0.7:  # far enough that the paper is what is left
        for step in (*lives.HANDLING, *lives.CLOSING)[: random.randint(5, 10)]:
            step(desk, case)
    for _ in range(STEPS_A_CASE):
        try:
            if random.random() < 0.25:
                _by_sql(estate, case, random)
            else:
                _command(desk, case, random)
        except (Refusal, Failure, ValueError):
            continue  # The record did not take it: that is what is promised.
        if random.random() < 0.1 and isinstance(desk.clock, SteppingClock):
            desk.clock.at += timedelta(hours=random.choice((1, 9, 80)))


def run(folder: Path, full: bool) -> Outcome:
    """Random attempts on many cases; after each case every final one is judged."""
    random, problems, finals, tried = Random(13), list[str](), 0, 0
    template = estates.make(folder / "template")
    for file in range(100 if full else 1):
        estate = estates.copy(template, folder / f"work-{file}")
        for _ in range(CASES_A_FILE):
            desk = estates.open_desk(estate)
            try:
                _one_case(desk, estate, random)
                tried += STEPS_A_CASE
                problems += finals_without_paper(desk.store)
            finally:
                desk.store.close()
        store = Store.open(estate.db, read_only=True)
        finals += sum(record.case.stage is Stage.FINAL for record in store.all_cases())
        store.close()
        if problems:
            break
    if not finals:
        problems.append("no case became final: the attempts are too clumsy to prove anything")
    return outcome(f"{tried:,} attempts, {finals} finals, {len(problems)} without paper", problems)


PROMISE = Promise(
    13,
    "paper",
    "Nothing is closed without its paper",
    "0 finals without the paper in hand, signed, filed",
    run,
)
