"""A head's leave for what makes or changes a head: whose it is, and whether it still holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import OperatorAdded as Added
from dispatcher_tui.domain.record.watch_events import RescueCodeUsed as Used
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx


class Granted(msgspec.Struct, frozen=True):
    """A head's leave, proved: by the PIN of ``head``, or by the code of the entry ``code``.

    A code is spent on it; ``fresh`` is the one that takes its place, ``fresh_hash`` what is kept.
    """

    head: str = ""
    code: int = 0
    fresh: str = ""
    fresh_hash: str = ""

    def __repr__(self) -> str:
        """The new code is never shown, not in an error either."""
        return f"Granted(head={self.head!r}, code={self.code})"


def roles_of_head(in_force: Iterable[Procedure]) -> frozenset[str]:
    """The roles that decide as the head does: the head's own, and those of the procedures."""
    return frozenset({HEAD, *(each.emergency.roles.get(HEAD) or HEAD for each in in_force)})


def head_roles(desk: Desk) -> frozenset[str]:
    """The roles that decide here as the head does."""
    return roles_of_head(desk.in_force.procedures)


def of_roles(roles: Collection[str], reads: Store | Tx) -> list[Operator]:
    """Those of these roles who may sign in, by what the entries say: no hand on a row makes or
    ends one."""
    said = reads.operators_said()
    named = {name for name, each in said.items() if each.role in roles and not each.disabled}
    return [each for each in reads.operators() if each.name in named]


def heads(desk: Desk, reads: Store | Tx) -> list[Operator]:
    """The heads who may sign in.

    No procedure under which a role that anybody may be given is the head's makes one: since there
    is a rescue code a head is whoever was taken in by a head's leave or by that code.
    """
    found, given = of_roles(head_roles(desk), reads), _given_leave(reads)
    return [each for each in found if given is None or each.name in given]


def _given_leave(reads: Store | Tx) -> set[str] | None:
    """Who was taken in before there was a rescue code, or by leave; None where there is none."""
    codes = [entry.seq for entry in reads.all_of("rescue_code_made")]
    if not codes:
        return None
    names = {e.event.name for e in reads.all_of("rescue_code_used") if isinstance(e.event, Used)}
    for entry in reads.all_of("operator_added"):
        if isinstance(entry.event, Added) and (entry.cosigner or entry.seq < codes[0]):
            names.add(entry.event.name)
    return names


def code_in_force(reads: Store | Tx) -> Entry | None:
    """The entry that the rescue code in the envelope was made by; None while there is none."""
    return reads.last_of("rescue_code_made")


def needs_head(desk: Desk, reads: Store | Tx, role: str) -> bool:
    """Whether somebody of that role is made or given a PIN by a head's leave alone.

    In a record without any head and any code there is nobody to ask: the first one is made freely.
    """
    asked = heads(desk, reads) or code_in_force(reads) is not None
    return role in head_roles(desk) and bool(asked)


def is_last_head(desk: Desk, reads: Store | Tx, name: str) -> bool:
    """Whether nobody but that operator is a head."""
    return [operator.name for operator in heads(desk, reads)] == [name]


def confirm(desk: Desk, tx: Tx, granted: Granted) -> None:
    """That a leave still holds in the transaction that is done by it.

    Raises:
        Refusal: the head was disabled, or the code was used, in the meantime.
    """
    code = code_in_force(tx)
    if granted.code and (code is None or code.seq != granted.code):
        raise Refusal("rescue_wrong")
    if not granted.code and granted.head not in {each.name for each in heads(desk, tx)}:
        raise Refusal("head_needed")
