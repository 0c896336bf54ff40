"""Promise 16: nothing that judges, signs, rings or finds is another one unseen.

A hand on the file beside the journal, on every table, column, row, guard and key of ``meta``: the
proof names the table, and the row where the table has one of its own. Behind the search index,
which SQLite keeps in its own way, an edit is named or no search finds anything else by it. Then
the two forgeries of a third party: a signature by another PIN, and a false number to ring.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency
from dispatcher_tui.desk.operators import check_pin, pin_hash
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.sqlite import Connection, connect
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults import fresh, hand
from tests.faults.estate import OPERATOR, PIN
from tests.faults.hand import Hand
from tests.faults.promise import Outcome, Promise, outcome

FALSE, OTHER_PIN = "13900000000", "975310"
SHORT, FULL = 24, 4_000
"""How many edits behind the search index; in the short form as many of the tables' cells."""
LIVES = 3
KEYED = ("units", "people", "operators", "meta")
"""Tables of which the proof names the row by its own key."""
BEHIND = ("data", "idx", "docsize", "config")
_TERMS = "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, case_search, row)"

Key = tuple[object, ...]
Cell = tuple[str, str, Key]
"""A table, one of its columns, and the key of a row."""


def _key(conn: Connection, table: str) -> list[str]:
    """The columns by which a row of the table is one of its kind."""
    info = conn.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in info if row[5]] or [info[0][1]]


def _where(conn: Connection, table: str) -> str:
    return " AND ".join(f"{name} = ?" for name in _key(conn, table))


def cells(site: Hand) -> list[Cell]:
    """Every cell that is proved, of every row there is."""
    found: list[Cell] = []
    conn = connect(site.estate.db)
    for table, column in hand.columns():
        if not hand.is_outside(table, column):
            keys = conn.execute(f"SELECT {', '.join(_key(conn, table))} FROM {table}").fetchall()
            found += [(table, column, tuple(key)) for key in keys]
    conn.close()
    return found


def changed(site: Hand, cell: Cell) -> str:
    """Change a cell; empty where the proof names it, else what it says."""
    table, column, row = cell
    conn = site.take()
    where = _where(conn, table)
    (before,) = conn.execute(f"SELECT {column} FROM {table} WHERE {where}", row).fetchone()
    to_be = hand.other(before)
    conn.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", (to_be, *row))
    return _judged(site, conn, table, {str(row[0]), str(to_be)}, f"{table}.{column} of {row}")


def deleted(site: Hand, table: str, row: Key) -> str:
    """Take a row out; empty where the proof names it, else what it says."""
    conn = site.take()
    conn.execute(f"DELETE FROM {table} WHERE {_where(conn, table)}", row)
    return _judged(site, conn, table, {str(row[0])}, f"{table} without {row}")


def _judged(site: Hand, conn: Connection, table: str, keys: set[str], what: str) -> str:
    try:
        verdict = site.verdict(conn)
    except StoreError as error:  # It is not opened at all.
        return "" if error.code else f"{what}: no reason was given"
    if verdict.sound:
        return f"{what}: not found"
    tail = table == "journal" and not what.startswith("journal.")
    if not tail and not hand.named(table, verdict):  # The last entry is missed by its case alone.
        return f"{what}: named as {hand.told(verdict)[0]}"
    told = " ".join(hand.told(verdict))
    rows = table not in KEYED or any(key in told for key in keys)
    return "" if rows else f"{what}: the row is not named, {told}"


def guards(site: Hand) -> Iterator[str]:
    """Each guard gone, and each one that does nothing."""
    for name, sql in site.guards:
        for other in ("", f"{sql.partition('BEGIN')[0]}BEGIN SELECT 1; END"):
            conn = site.take()
            for each, text in site.guards:
                if each != name or other:
                    conn.execute(other if each == name else text)
            conn.close()
            told = hand.told(estates.prove(site.estate))
            if not any(f"trigger {name}: " in each for each in told):
                yield f"trigger {name} as {other[-20:]!r}: {told}"


class Search:
    """What every word finds, in cases and in the Work Log."""

    def __init__(self, site: Hand) -> None:
        conn = connect(site.estate.db)
        conn.execute(_TERMS)
        self.terms = [term for (term,) in conn.execute("SELECT term FROM terms")]
        conn.close()
        self.found = self._found(site)

    def _found(self, site: Hand) -> list[object]:
        store = Store.open(site.estate.db, read_only=True)
        try:
            return [
                ([line.id for line in store.search(term)], [e.seq for e in store.notes(term)])
                for term in self.terms
            ]
        finally:
            store.close()

    def differs(self, site: Hand) -> bool:
        """Whether any word finds something else than it did, or nothing can be looked for."""
        try:
            return self._found(site) != self.found
        except StoreError:
            return True


def _spoilt(value: object, random: Random) -> object:
    """Another value of the same type."""
    if isinstance(value, bytes) and value:
        mangled = bytearray(value)
        mangled[random.randrange(len(mangled))] ^= random.randint(1, 255)
        return random.choice((bytes(mangled), value[:-1], b""))
    return value + random.choice((-1, 1, 700)) if isinstance(value, int) else hand.other(value)


def behind_search(site: Hand, search: Search, random: Random) -> str:
    """One edit behind the search index; empty where it is named or no search finds it."""
    table = f"case_search_{random.choice(BEHIND)}"
    site.estate.db.write_bytes(site.bytes)
    conn = connect(site.estate.db)
    conn.execute("PRAGMA synchronous=OFF")
    names = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    row = random.choice(conn.execute(f"SELECT * FROM {table}").fetchall())
    at = random.randrange(len(names) + 1)
    where = " AND ".join(f"{name} IS ?" for name in names)
    if at == len(names):
        what = f"{table} without {row[0]}"
        conn.execute(f"DELETE FROM {table} WHERE {where}", row)
    else:
        what, value = f"{table}.{names[at]} of {row[0]}", _spoilt(row[at], random)
        conn.execute(f"UPDATE OR REPLACE {table} SET {names[at]} = ? WHERE {where}", (value, *row))
    conn.close()
    told = hand.told(estates.prove(site.estate))
    if told:
        return "" if any("case_search" in each for each in told) else f"{what}: named as {told}"
    return f"{what}: not found, and a search finds something else" if search.differs(site) else ""


def forged_signature(site: Hand) -> Iterator[str]:
    """A PIN of the forger's own put into the row of somebody else, used, and taken out again."""
    site.estate.db.write_bytes(site.bytes)
    desk = estates.open_desk(site.estate)
    try:
        own, rows = desk.store.operator(OPERATOR), desk.store.rows()
        swap = "UPDATE operators SET pin_hash = ? WHERE name = ?"
        desk.store.db.run(swap, (pin_hash(OTHER_PIN), OPERATOR))
        for pin in (OTHER_PIN, PIN):
            try:
                check_pin(desk, OPERATOR, pin)
                yield f"signed by a row that differs, with {pin}"
            except Refusal as refusal:
                if refusal.code != "operator_differs":
                    yield f"refused as {refusal.code}"
        if hand.told(estates.prove(site.estate)) != [f"row operators {OPERATOR}: pin_hash"]:
            yield "the swapped PIN is not named"
        assert own is not None
        desk.store.db.run(swap, (own.pin_hash, OPERATOR))
        if desk.store.rows() != rows or check_pin(desk, OPERATOR, PIN).name != OPERATOR:
            yield "something was written, or the right PIN no longer signs"
    finally:
        desk.store.close()


def false_number(site: Hand) -> Iterator[str]:
    """A false number in the row of each whom an emergency rings: the adopted one stays first."""
    site.estate.db.write_bytes(site.bytes)
    desk = estates.open_desk(site.estate)
    try:
        right = {
            target.person: target.phones
            for target in read_emergency(desk, open_emergency(desk, "fire")).targets
            if target.person
        }
        put = "UPDATE people SET data = json_set(data, '$.phones', json_array(?))"
        desk.store.db.run(put, (FALSE,))
        found = read_emergency(desk, open_emergency(desk, "fire"))
        for target in found.targets:
            if target.person and target.phones != (*right[target.person], FALSE):
                yield f"{target.person} is rung by {target.phones}"
        shouted = {each.row for each in found.differing}
        if not set(right) <= shouted:
            yield f"not told of: {sorted(set(right) - shouted)}"
        told = hand.told(estates.prove(site.estate))
        yield from (
            f"{person}: the row is not named"
            for person in right
            if f"row people {person}: data" not in told
        )
    finally:
        desk.store.close()


def run(folder: Path, full: bool) -> Outcome:
    """A hand on every cell, row and guard, or on some; then what a third party did."""
    seed = fresh.seed("unseen")
    random, site, problems = Random(seed), hand.make(folder, LIVES), list[str]()
    every = cells(site)
    rows = sorted({(table, row) for table, _column, row in every}, key=repr)
    some = every if full else random.sample(every, SHORT)
    gone = rows if full else random.sample(rows, SHORT // 4)
    problems += [changed(site, cell) for cell in some]
    problems += [deleted(site, table, row) for table, row in gone if not _harmless(table, row)]
    problems += guards(site) if full else ()
    site.estate.db.write_bytes(site.bytes)
    search = Search(site)
    behind = FULL if full else SHORT
    problems += [behind_search(site, search, random) for _ in range(behind)]
    problems += [*forged_signature(site), *false_number(site)]
    problems = [problem for problem in problems if problem]
    measured = (
        f"{len(some)} cells, {len(gone)} rows, {behind} edits behind the search, a signature and "
        f"a number, seed {seed}: {len(problems)} unseen"
    )
    return outcome(measured, problems)


def _harmless(table: str, row: Key) -> bool:
    """Whether it is no row whose absence the proof has to name: without its desk no file is opened
    at all, and a range of papers without its counter passes over every number on record."""
    return table == "meta" and (row == ("desk",) or str(row[0]).startswith("slip:"))


PROMISE = Promise(
    16,
    "unseen",
    "Nothing that judges, signs, rings or finds changes unseen",
    "all named by table and row, signature refused, adopted number first; full: every cell",
    run,
)
