"""Who may sign, as the entries make it: what a list of operators is proved by."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from dispatcher_tui.domain.record.events import (
    Event,
    OperatorAdded,
    OperatorChanged,
    OperatorsSealed,
    SealedOperator,
)

OPERATOR_KINDS = ("operator_added", "operator_changed", "operators_sealed")
"""The kinds of entry that say who may sign."""

Operators = dict[str, SealedOperator]
"""By name."""


def pin_seal(name: str, pin_hash: str) -> str:
    """The keyed hash that an entry has of a stored PIN: HMAC-SHA256, in hex.

    The key is the operator's name, so that one operator's stored PIN proves nothing in the row of
    another. The stored PIN has a salt of its own: nobody can try PINs against this hash alone.
    """
    return hmac.digest(name.encode(), pin_hash.encode(), "sha256").hex()


def _changed(known: SealedOperator | None, event: OperatorChanged) -> SealedOperator:
    if event.pin_seal:
        return SealedOperator(event.name, event.role, event.disabled, event.pin_seal)
    before = known or SealedOperator(event.name, "")
    if event.what == "disabled":
        return SealedOperator(event.name, before.role, True, before.pin_seal)
    return SealedOperator(event.name, before.role, before.disabled)


def evolve_operators(operators: Operators, event: Event) -> Operators:
    """The operators after an entry; what says nothing of them leaves them as they are."""
    match event:
        case OperatorAdded():
            added = SealedOperator(event.name, event.role, False, event.pin_seal)
            return {**operators, event.name: added}
        case OperatorChanged():
            return {**operators, event.name: _changed(operators.get(event.name), event)}
        case OperatorsSealed():
            return {each.name: each for each in event.operators}
        case _:
            return operators


def fold_operators(events: Iterable[Event]) -> Operators:
    """The operators that the entries make, in their order."""
    operators: Operators = {}
    for event in events:
        operators = evolve_operators(operators, event)
    return operators


def operator_differs(said: SealedOperator | None, role: str, disabled: bool, pin_hash: str) -> str:
    """The first column of a row that is not what the entries say; empty where none differs.

    What no entry has a hash of, being written by an older version alone, is not judged.
    """
    if said is None:
        return "name"
    if role != said.role:
        return "role"
    if disabled != said.disabled:
        return "disabled"
    if said.pin_seal and pin_seal(said.name, pin_hash) != said.pin_seal:
        return "pin_hash"
    return ""
