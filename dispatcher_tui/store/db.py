"""A connection that speaks in the store's own errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dispatcher_tui.store.errors import RAW, Busy, translated
from dispatcher_tui.store.sqlite import Connection, Cursor, connect, connect_in_memory

Row = tuple[Any, ...]
Args = Sequence[object] | Mapping[str, object]

WAITS = 4
"""How often a transaction waits for the others that write (``sqlite.BUSY_MS`` each): SQLite keeps
no queue, and on a slow machine one of many is passed over for longer than that."""


class Db:
    """A thin cover over one connection; every error that leaves it is a ``StoreError``."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn

    @classmethod
    def connect(cls, path: Path, *, read_only: bool = False, create: bool = False) -> Db:
        """Open a file; see ``sqlite.connect``."""
        try:
            return cls(connect(path, read_only=read_only, create=create))
        except RAW as error:
            raise translated(error) from error

    @classmethod
    def in_memory(cls) -> Db:
        """An empty database that is gone when it is closed."""
        try:
            return cls(connect_in_memory())
        except RAW as error:
            raise translated(error) from error

    def run(self, sql: str, args: Args = ()) -> Cursor:
        """Run one statement that gives no rows."""
        try:
            return self.conn.execute(sql, args)
        except RAW as error:
            raise translated(error) from error

    def begin(self, sql: str) -> None:
        """Begin a transaction, however many wait for the file: nothing was read or written before
        it is held.

        Raises:
            Busy: somebody kept it through every wait.
        """
        for left in reversed(range(WAITS)):
            try:
                self.run(sql)
            except Busy:
                if not left:
                    raise
            else:
                return

    def run_many(self, sql: str, rows: Sequence[Args]) -> None:
        """Run one statement for each of the rows."""
        try:
            self.conn.executemany(sql, rows)
        except RAW as error:
            raise translated(error) from error

    def all(self, sql: str, args: Args = ()) -> list[Row]:
        """Every row of a query."""
        try:
            return self.conn.execute(sql, args).fetchall()
        except RAW as error:
            raise translated(error) from error

    def first(self, sql: str, args: Args = ()) -> Row | None:
        """The first row of a query, None where there is none."""
        try:
            row: Row | None = self.conn.execute(sql, args).fetchone()
        except RAW as error:
            raise translated(error) from error
        return row

    def value(self, sql: str, args: Args = ()) -> Any:
        """The one value of a query, None where there is no row."""
        row = self.first(sql, args)
        return None if row is None else row[0]

    def each(self, sql: str, args: Args = (), chunk: int = 2000) -> Iterator[Row]:
        """The rows of a query in chunks, for what is too long to hold."""
        try:
            cursor = self.conn.execute(sql, args)
            while rows := cursor.fetchmany(chunk):
                yield from rows
        except RAW as error:
            raise translated(error) from error

    def rollback(self) -> None:
        """Undo what is not committed; does nothing where SQLite has done so already."""
        if self.conn.in_transaction:
            self.run("ROLLBACK")

    def close(self) -> None:
        """Give the connection back; a transaction still open is undone."""
        try:
            self.conn.close()
        except RAW as error:
            raise translated(error) from error
