"""Promise 6: any change to the record is found, and the first bad entry is named."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from random import Random

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.sqlite import connect
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import verify
from tests.faults import estate as estates
from tests.faults import lives
from tests.faults.estate import BEGIN, Estate
from tests.faults.forgery import FOUND_ALONE, FOUND_BY_HEAD, Forgery, hurry, unguard
from tests.faults.promise import Outcome, Promise, outcome

LIVES = 2
JOURNAL = "SELECT * FROM journal ORDER BY seq"
TEXTS = (
    "SELECT a.what, a.name, d.sha256, d.text, iif(a.what IN ('procedure', 'calendar'), d.data, '')"
    " FROM adopted AS a JOIN documents AS d USING (sha256) ORDER BY 1, 2"
)
MANY_ROWS = 150_000


def made(folder: Path) -> Estate:
    """An estate with a few lives on it, all in one file."""
    estate = estates.make(folder)
    desk, random = estates.open_desk(estate), Random(5)
    for _ in range(LIVES):
        list(lives.life(desk, random))
    desk.store.db.run("PRAGMA journal_mode=DELETE")
    desk.store.close()
    return estate


class Bench:
    """One estate to forge again and again: the file as it was, and its printed head."""

    def __init__(self, folder: Path) -> None:
        self.estate = made(folder)
        self.bytes = self.estate.db.read_bytes()
        store = Store.open(self.estate.db, read_only=True)
        self.head, self.rows = store.head(), store.rows()
        store.close()
        self.record = self.contents()

    def contents(self) -> list[object]:
        """Everything that counts as the record, by what it means."""
        store = Store.open(self.estate.db, read_only=True)
        try:
            journal, texts = (store.db.all(sql) for sql in (JOURNAL, TEXTS))
            return [journal, texts, list(store.all_cases()), store.board(Lane.ALL)]
        finally:
            store.close()

    def fresh(self) -> None:
        """Put the file back as it was."""
        self.estate.db.write_bytes(self.bytes)


def forged(bench: Bench, forgery: Forgery, random: Random) -> str:
    """One forgery that needs no head; empty where it was found, else what was wrong."""
    bench.fresh()
    conn = connect(bench.estate.db)
    try:
        unguard(conn)
        done = forgery(conn, random, bench.rows)
    finally:
        conn.close()
    try:
        verdict = estates.prove(bench.estate)
    except StoreError:
        return "" if not done.first_bad else f"{done.what}: no entry was named"
    if verdict.sound:
        return f"{done.what}: not found"
    if done.first_bad and verdict.first_bad_seq not in done.first_bad:
        return f"{done.what}: named {verdict.first_bad_seq}"
    return ""


def forged_whole(bench: Bench, forgery: Forgery, random: Random) -> str:
    """One forgery that leaves a record right in itself: only the printed head finds it."""
    bench.fresh()
    conn = connect(bench.estate.db)
    hurry(conn)
    conn.execute("PRAGMA ignore_check_constraints=ON")
    guards = conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        conn.execute(f"DROP TRIGGER {name}")
    done = forgery(conn, random, bench.rows)
    conn.close()
    desk = estates.open_desk(bench.estate)
    desk.store.db.run("PRAGMA synchronous=OFF")  # the log stays: the desk looks after it
    rebuild(
        desk.store,
        fold=fold,
        duties_of=estates.duties_of(desk),
        level_of=lambda case: desk.rules_of(case).procedure.level(case.level),
        initials=desk.initials,
    )
    for _, sql in guards:
        desk.store.db.run(sql)
    desk.store.db.run("PRAGMA journal_mode=DELETE")
    desk.store.close()
    alone = estates.prove(bench.estate)
    if not alone.sound:
        return f"{done.what}: the forgery is clumsy, {alone.problems[0]}"
    if estates.prove(bench.estate, head=bench.head).sound:
        return f"{done.what}: not found by its head"
    return ""


def flipped_byte(bench: Bench, random: Random) -> str:
    """One byte of the file is another: found, or nothing of the record is different by it."""
    changed = bytearray(bench.bytes)
    at = random.randrange(len(changed))
    changed[at] ^= random.randint(1, 255)
    bench.estate.db.write_bytes(changed)
    try:
        sound = estates.prove(bench.estate).sound
    except StoreError:
        return ""
    return f"byte {at}: not found" if sound and bench.contents() != bench.record else ""


def long_proof(folder: Path) -> float:
    """Seconds to prove a journal of 150,000 entries, the chain and every entry."""
    store = Store.create(folder / "long.sqlite3", site="s", desk="d", ballast=0)
    happenings = [
        PendingEntry(LogNoted(text=f"巡查一切正常 {n}"), BEGIN + timedelta(seconds=n))
        for n in range(MANY_ROWS)
    ]
    with store.write() as tx:
        tx.append(happenings, actor="李建国", recorded_at=BEGIN + timedelta(days=9))
    start = time.perf_counter()
    sound = verify(store, deep=False).sound
    seconds = time.perf_counter() - start
    store.close()
    if not sound:
        raise AssertionError("a long journal is called unsound")
    return seconds


def run(folder: Path, full: bool) -> Outcome:
    """Forge copies in every way, and flip bytes of the file."""
    random, bench, problems = Random(11), Bench(folder), list[str]()
    copies = 10_000 if full else 150
    whole, bytes_ = copies // 30, copies // 5
    for number in range(copies - whole - bytes_):
        problems.append(forged(bench, FOUND_ALONE[number % len(FOUND_ALONE)], random))
    for number in range(whole):
        problems.append(forged_whole(bench, FOUND_BY_HEAD[number % 2], random))
    problems += [flipped_byte(bench, random) for _ in range(bytes_)]
    problems = [problem for problem in problems if problem]
    measured = f"{copies:,} copies, {len(problems)} not found"
    if full:
        measured += f"; {MANY_ROWS:,} rows proved in {long_proof(folder):.2f} s"
    return outcome(measured, problems)


PROMISE = Promise(
    6,
    "tamper",
    "Any change to the record is found",
    "all found, first bad seq named; full: 10,000 copies, 150,000 rows in 1 s",
    run,
)
