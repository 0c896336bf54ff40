"""Ways to change a record with the raw tools of the trade, its own guards taken off."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from dispatcher_tui.store import chain
from dispatcher_tui.store.sqlite import Connection

TEXTS = (
    "id",
    "site",
    "desk",
    "occurred_at",
    "recorded_at",
    "actor",
    "kind",
    "body",
    "prev",
    "hash",
)
NUMBERS = ("epoch", "schema")
_ALL = ", ".join(chain.COLUMNS)
_PUT = f"INSERT OR REPLACE INTO journal ({_ALL}) VALUES ({', '.join('?' * len(chain.COLUMNS))})"
_SEQ, _ID, _ACTOR, _PREV = 0, 1, chain.COLUMNS.index("actor"), chain.COLUMNS.index("prev")

Row = list[Any]


class Forged(NamedTuple):
    """What was done, and the entries at which a proof may first stumble; none: anywhere."""

    what: str
    first_bad: frozenset[int]


Forgery = Callable[[Connection, Random, int], Forged]
"""Changes a record of so many entries."""


def hurry(conn: Connection) -> None:
    """A forger does not wait for the disk."""
    conn.execute("PRAGMA synchronous=OFF")
    conn.execute("PRAGMA journal_mode=MEMORY")


def unguard(conn: Connection) -> None:
    """Take off what refuses a forgery: triggers, checks, indexes over what is written."""
    hurry(conn)
    conn.execute("PRAGMA ignore_check_constraints=ON")
    named = "SELECT type, name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL"
    for kind in ("trigger", "index"):
        for _, name in conn.execute(named, (kind,)).fetchall():
            if kind == "trigger" or name.startswith("journal_"):
                conn.execute(f"DROP {kind} {name}")


def rows_of(conn: Connection) -> list[Row]:
    """The whole journal."""
    return [list(row) for row in conn.execute(f"SELECT {_ALL} FROM journal ORDER BY seq")]


def _put(conn: Connection, rows: list[Row]) -> None:
    conn.executemany(_PUT, rows)


def _rehash(row: Row) -> Row:
    """The row with the hash it ought to have."""
    return [*row[:-1], chain.entry_hash(row[_PREV], tuple(row[:_PREV]))]


def flip(conn: Connection, random: Random, rows: int) -> Forged:
    """Another character in a text."""
    seq, column = random.randint(1, rows), random.choice(TEXTS)
    (text,) = conn.execute(f"SELECT {column} FROM journal WHERE seq = ?", (seq,)).fetchone()
    at = random.randrange(len(text))
    other = random.choice([c for c in '0123456789abcdefXYZ"李 ' if c != text[at]])
    changed = text[:at] + other + text[at + 1 :]
    conn.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (changed, seq))
    return Forged(f"flip {column} {seq}", frozenset({seq}))


def count_up(conn: Connection, random: Random, rows: int) -> Forged:
    """Another number."""
    seq, column = random.randint(1, rows), random.choice(NUMBERS)
    conn.execute(f"UPDATE journal SET {column} = {column} + 1 WHERE seq = ?", (seq,))
    return Forged(f"count up {column} {seq}", frozenset({seq}))


def shift_text(conn: Connection, random: Random, rows: int) -> Forged:
    """A character moved over the border of two columns: the same text when read in a row."""
    seq = random.randint(1, rows)
    move = "UPDATE journal SET site = site || substr(desk, 1, 1), desk = substr(desk, 2)"
    conn.execute(f"{move} WHERE seq = ?", (seq,))
    return Forged(f"shift {seq}", frozenset({seq}))


def delete(conn: Connection, random: Random, rows: int) -> Forged:
    """An entry is gone, and left a gap."""
    seq = random.randint(1, rows - 1)
    conn.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    return Forged(f"delete {seq}", frozenset({seq}))


def delete_and_close(conn: Connection, random: Random, rows: int) -> Forged:
    """An entry is gone, and the later ones moved up."""
    seq = random.randint(1, rows - 1)
    conn.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    for later in range(seq + 1, rows + 1):
        conn.execute("UPDATE journal SET seq = ? WHERE seq = ?", (later - 1, later))
    return Forged(f"delete and close {seq}", frozenset({seq}))


def swap(conn: Connection, random: Random, rows: int) -> Forged:
    """Two entries have changed places."""
    one, other = sorted(random.sample(range(1, rows + 1), 2))
    kept = rows_of(conn)
    first, second = kept[one - 1], kept[other - 1]
    conn.execute("DELETE FROM journal WHERE seq IN (?, ?)", (one, other))
    _put(conn, [[one, *second[1:]], [other, *first[1:]]])
    return Forged(f"swap {one} {other}", frozenset({one}))


def insert(conn: Connection, random: Random, rows: int) -> Forged:
    """An entry more, right in itself, and the later ones moved down."""
    seq = random.randint(1, rows)
    model = rows_of(conn)[seq - 1]
    for later in range(rows, seq - 1, -1):
        conn.execute("UPDATE journal SET seq = ? WHERE seq = ?", (later + 1, later))
    new_id = model[_ID][:-1] + ("0" if model[_ID][-1] != "0" else "1")
    _put(conn, [_rehash([seq, new_id, *model[2:]])])
    return Forged(f"insert {seq}", frozenset({seq + 1}))


def replace(conn: Connection, random: Random, rows: int) -> Forged:
    """REPLACE: another actor, its own hash recomputed; the entry after it gives it away."""
    seq = random.randint(1, rows - 1)
    row = rows_of(conn)[seq - 1]
    row[_ACTOR] += "?"
    _put(conn, [_rehash(row)])
    return Forged(f"replace {seq}", frozenset({seq + 1}))


def lists(conn: Connection, random: Random, rows: int) -> Forged:
    """The lists show what no entry says."""
    changes = (
        "UPDATE cases SET stage = iif(stage = 'final', 'open', 'final') WHERE row = ?",
        "UPDATE cases SET place = place || '0' WHERE row = ?",
        "UPDATE cases SET open = 1 - open WHERE row = ?",
        "UPDATE case_state SET state = CAST(replace(state, '2026', '2027') AS BLOB) WHERE row = ?",
        "DELETE FROM case_state WHERE row = ?",
    )
    (case,) = conn.execute("SELECT row FROM cases ORDER BY random() LIMIT 1").fetchone()
    change = random.choice(changes)
    conn.execute(change, (case,))
    return Forged(change, frozenset())


def document(conn: Connection, random: Random, rows: int) -> Forged:
    """An adopted text says something else, or is read as if it did, or another counts."""
    put, adopt = "UPDATE documents SET", "UPDATE adopted SET sha256 ="
    other = "(SELECT max(sha256) FROM documents)"
    read = "data = CAST(replace(data, '{}', '{}') AS BLOB) WHERE what = 'procedure'"
    changes = (
        f"{put} text = replace(text, '2h', '9h') WHERE what = 'procedure'",
        f"{put} {read.format('P0-08', 'P0-07')}",
        f"{put} {read.format('head', 'gm')}",
        "DELETE FROM adopted WHERE what = 'roster'",
        f"{adopt} {other} WHERE what = 'roster' AND sha256 <> {other}",
    )
    change = random.choice(changes)
    if not conn.execute(change).rowcount:
        conn.execute(changes[0])
    return Forged(change, frozenset())


def cut_tail(conn: Connection, random: Random, rows: int) -> Forged:
    """The last entries are gone; only the head can tell."""
    last = random.randint(rows // 2, rows - 1)
    conn.execute("DELETE FROM journal WHERE seq > ?", (last,))
    conn.execute("DELETE FROM meta WHERE key LIKE 'slip:%'")  # the numbers given since are gone
    return Forged(f"cut after {last}", frozenset())


def recompute(conn: Connection, random: Random, rows: int) -> Forged:
    """One entry is changed and the whole chain computed anew; only the head can tell."""
    seq, prev, done = random.randint(1, rows), chain.FIRST_PREV, []
    for row in rows_of(conn):
        if row[_SEQ] == seq:
            row[_ACTOR] += "?"
        row[_PREV] = prev
        done.append(_rehash(row))
        prev = done[-1][-1]
    _put(conn, done)
    return Forged(f"recompute from {seq}", frozenset())


FOUND_ALONE: tuple[Forgery, ...] = (
    flip,
    count_up,
    shift_text,
    delete,
    delete_and_close,
    swap,
    insert,
    replace,
    lists,
    document,
)
"""What a proof finds without help."""

FOUND_BY_HEAD: tuple[Forgery, ...] = (cut_tail, recompute)
"""What leaves a record that is right in itself: a printed head is needed."""
