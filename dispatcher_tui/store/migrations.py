"""Named steps from one form of the file to the next.

All pending steps and their records are one transaction: a crash leaves the old form or the new.
The library that keeps the records is imported only where there is something to do.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from dispatcher_tui.domain.watch.post import VACANT, fold_post
from dispatcher_tui.store import schema, schema_changes
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import StoreError, translated
from dispatcher_tui.store.journal_reads import entries_of_no_case
from dispatcher_tui.store.note_index import fill_notes
from dispatcher_tui.store.paper_fill import fill_papers
from dispatcher_tui.store.projection import fill_untold
from dispatcher_tui.store.sealing import seal_operators
from dispatcher_tui.store.slip_schema import slip_statements
from dispatcher_tui.store.sqlite import Error

if TYPE_CHECKING:
    from sqlite_utils import Database

_SET = "dispatcher"
_Step = Callable[["Database"], None]


def _journal(db: Database) -> None:
    for statement in schema.journal_statements():
        db.conn.execute(statement)


def _projections(db: Database) -> None:
    for statement in schema.projection_statements():
        db.conn.execute(statement)


def _site(db: Database) -> None:
    for statement in schema.site_statements():
        db.conn.execute(statement)


def _watch(db: Database) -> None:
    for statement in schema_changes.watch_statements():
        db.conn.execute(statement)
    post = fold_post(entries_of_no_case(Db(db.conn)))
    if post != VACANT:
        state = msgspec.json.encode(post, order="sorted").decode()
        db.conn.execute("INSERT INTO post (id, state) VALUES (1, ?)", (state,))


def _guesses(db: Database) -> None:
    for statement in schema_changes.guesses_statements():
        db.conn.execute(statement)


def _records(db: Database) -> None:
    for statement in (*schema_changes.record_statements(), *slip_statements()):
        db.conn.execute(statement)


def _desk(db: Database) -> None:
    for statement in schema_changes.desk_statements():
        db.conn.execute(statement)


def _untold(db: Database) -> None:
    for statement in schema_changes.untold_statements():
        db.conn.execute(statement)
    fill_untold(Db(db.conn))


def _sealed(db: Database) -> None:
    seal_operators(Db(db.conn))


def _versions(db: Database) -> None:
    for statement in schema_changes.version_statements():
        db.conn.execute(statement)


def _notes(db: Database) -> None:
    fill_notes(Db(db.conn))


def _forms(db: Database) -> None:
    for statement in schema_changes.form_statements():
        db.conn.execute(statement)
    fill_papers(Db(db.conn))  # here, where its rows have every column that they are written with


_STEPS: tuple[tuple[str, _Step], ...] = (
    ("journal", _journal),
    ("projections", _projections),
    ("site", _site),
    ("watch", _watch),
    ("guesses", _guesses),
    ("records", _records),
    ("desk", _desk),
    ("untold", _untold),
    ("sealed", _sealed),
    ("versions", _versions),
    ("notes", _notes),
    ("forms", _forms),
)
"""Every step in order. A step that was released is never edited: add one."""

CURRENT = len(_STEPS)
"""What stands in the header's user version after the last step."""


def migrate(db: Db, *, upto: int = CURRENT) -> None:
    """Bring a file up to date; the caller owns it alone.

    Raises:
        StoreError: as SQLite finds; the file is then as it was.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    steps = Migrations(_SET)
    for name, step in _STEPS[:upto]:
        steps(name=name)(step)
    db.run("BEGIN IMMEDIATE")
    try:
        steps.apply(Database(db.conn, execute_plugins=False))
        db.run(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.run(f"PRAGMA user_version = {upto}")
        db.run("COMMIT")
    except BaseException as error:
        # What went wrong first is what is told.
        with suppress(StoreError):
            db.rollback()
        if isinstance(error, Error):
            raise translated(error) from error
        raise
