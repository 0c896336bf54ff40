"""The lists that a site imports as a whole: the register of units, the roster.

They are replaced by hand, seldom, and never while a call waits, so that sqlite-utils may write
them; it is imported only then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.place import place_parts
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import RAW, translated


def unit_row(unit: Household) -> dict[str, Any]:
    """How the table of units holds a household."""
    return {
        "place": unit.place,
        "place_fold": fold(unit.place),
        "building": (place_parts(unit.place) or ("",))[0],
        "data": msgspec.json.encode(unit).decode(),
    }


def person_row(person: Person, place: int) -> dict[str, Any]:
    """How the roster's table holds a person, who stands at ``place`` of it, counted from 0."""
    return {"id": person.id, "data": msgspec.json.encode(person).decode(), "ord": place}


def replace_rows(db: Db, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Put these rows, by column, in the place of all that a table holds.

    It is part of the transaction that is open; whoever opened it undoes it.

    Raises:
        StoreError: as SQLite finds.
    """
    from sqlite_utils import Database

    # The library's own truncation leaves the old rows where there are no new ones.
    db.run(f"DELETE FROM {table}")
    try:
        Database(db.conn, execute_plugins=False).table(table).insert_all(dict(row) for row in rows)
    except RAW as error:
        raise translated(error) from error
