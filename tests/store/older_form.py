"""A file in the form that an older version left: without what the steps from one on have added."""

from __future__ import annotations

from dispatcher_tui.store.db import Db

SEALED = 9
"""The step that seals the operators, by its number."""


def take_back_to(db: Db, step: int = SEALED) -> None:
    """Undo the steps from that one on, ``SEALED`` the earliest; the file is one again after it."""
    if step < SEALED:
        raise ValueError(step)
    db.run("DROP INDEX slips_forms")
    db.run("ALTER TABLE slips DROP COLUMN form")
    db.run("ALTER TABLE slips DROP COLUMN version")
    db.run("DELETE FROM case_search WHERE rowid < 0")
    db.run("DELETE FROM _sqlite_migrations WHERE id >= ?", (step,))
    db.run(f"PRAGMA user_version = {step - 1}")
    db.run("PRAGMA journal_mode=DELETE")
