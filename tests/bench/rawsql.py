"""The floor: the same work by bare SQLite, in a process of its own.

``python -m tests.bench.rawsql insert FILE N``: N durable one-row inserts.
``python -m tests.bench.rawsql case FILE``: what a bare script does to record one case.
The first prints the seconds of each run as a JSON array.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from typing import Any


def connect(path: str) -> Any:
    """A connection of the library the program itself would use, set as durable as it is."""
    try:
        sqlite = importlib.import_module("pysqlite3")
    except ImportError:
        sqlite = importlib.import_module("sqlite3")
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def insert(path: str, count: int) -> list[float]:
    """One-row transactions, each on the disk before the next begins."""
    connection = connect(path)
    connection.execute("CREATE TABLE IF NOT EXISTS line(id INTEGER PRIMARY KEY, text TEXT)")
    times = []
    for number in range(count):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO line(text) VALUES (?)", (f"what happened {number}",))
        connection.execute("COMMIT")
        times.append(time.perf_counter() - start)
    connection.close()
    return times


def main(arguments: list[str]) -> None:
    """Run what the arguments ask for."""
    what, path, *rest = arguments
    if what == "case":
        insert(path, 1)
    else:
        print(json.dumps(insert(path, int(rest[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
