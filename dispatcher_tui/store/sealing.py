"""One step of the file's form: the operators of an older file are sealed into its journal."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import OperatorsSealed, SealedOperator
from dispatcher_tui.domain.record.who_may_sign import pin_seal
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Damaged
from dispatcher_tui.store.stored_times import parse
from dispatcher_tui.store.tx import Tx, identity_of

_OPERATORS = "SELECT name, role, disabled, pin_hash FROM operators ORDER BY name"
_LAST = "SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1"
# The step runs before there is a desk, and so before there is a desk's clock.
_NOW = "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'"


def _moment(db: Db) -> datetime:
    """Now, but never before the last entry: a record does not go back."""
    return max(parse(text) for text in (db.value(_NOW), db.value(_LAST)) if text is not None)


def seal_operators(db: Db) -> None:
    """Write the operators as they are listed into the journal of a file that has any.

    It is part of the transaction that is open.

    Raises:
        Damaged: the file does not say whose record it is, or its operators cannot be read.
        StoreError: as SQLite finds.
    """
    # An older version kept there who was on watch; nothing reads it any more.
    db.run("DELETE FROM meta WHERE key = 'operator'")
    listed = db.all(_OPERATORS)
    if not listed and db.value(_LAST) is None:
        return  # A new file: every operator of it will have an entry of his own.
    try:
        operators = tuple(
            SealedOperator(name, role, bool(disabled), pin_seal(name, pin_hash))
            for name, role, disabled, pin_hash in listed
        )
        identity = identity_of(db)
        now = _moment(db)
    except (AttributeError, TypeError, ValueError) as error:
        raise Damaged(f"operators: {error}") from error
    sealed = PendingEntry(OperatorsSealed(operators=operators), now)
    Tx(db, identity).append([sealed], actor=identity.desk, recorded_at=now)
