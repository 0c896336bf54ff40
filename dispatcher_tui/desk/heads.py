"""Who makes or changes a head: an existing head by their PIN, or the rescue code of the envelope.

Else whoever has the machine would make a head of himself and sign in a head's place. Of the code
only a heavy hash is kept, in the entry that says it was made: the chain proves it.
"""

from __future__ import annotations

import secrets

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.leave import (
    Granted,
    code_in_force,
    confirm,
    heads,
    is_last_head,
    needs_head,
)
from dispatcher_tui.desk.operators import (
    add_operator,
    check_pin,
    check_pin_here,
    disable_operator,
    judge_operator,
    matches,
    pin_hash,
    refuse_last,
    reset_pin,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import (
    RescueCodeMade,
    RescueCodeRefused,
    RescueCodeUsed,
)
from dispatcher_tui.domain.watch.rescue_code import LENGTH, LETTERS, is_code, plain, shown
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx


class Leave(msgspec.Struct, frozen=True):
    """What is given for leave: a head's PIN, or the rescue code; ``head`` is whose PIN it is.

    Without a name it is that of the only head there is.
    """

    secret: str
    head: str = ""

    def __repr__(self) -> str:
        """Neither PIN nor code is ever shown, not in an error either."""
        return f"Leave(head={self.head!r})"


def new_code() -> str:
    """A rescue code that nobody can guess, as it is copied into the envelope."""
    return shown("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def known_heads(desk: Desk) -> list[str]:
    """The names of the heads who may sign in."""
    return [operator.name for operator in heads(desk, desk.store)]


def lacks_rescue_code(store: Store) -> bool:
    """Whether no rescue code was ever made for this record."""
    return code_in_force(store) is None


def to_add(desk: Desk, role: str) -> bool:
    """Whether somebody of that role is added by a head's leave alone."""
    return needs_head(desk, desk.store, role)


def to_reset(desk: Desk, name: str) -> bool:
    """Whether that operator's PIN is reset by a head's leave alone."""
    operator = desk.store.operator(name)
    return operator is not None and needs_head(desk, desk.store, operator.role)


def to_disable(desk: Desk, name: str) -> bool:
    """Whether that operator is disabled by a head's leave alone: the last head."""
    return is_last_head(desk, desk.store, name)


def check_leave(desk: Desk, leave: Leave | None) -> Granted:
    """What was given for leave, proved; a wrong PIN and a wrong code are entries.

    Raises:
        Refusal: none was given, it is wrong, or there are several heads and none is named.
        StoreError: the file could not be written; nothing was looked at.
    """
    if leave is None:
        raise Refusal("head_needed")
    if is_code(leave.secret):
        return _check_code(desk, leave.secret)
    names = known_heads(desk)
    if not names:
        raise Refusal("rescue_needed")
    name = leave.head or (names[0] if len(names) == 1 else "")
    if name not in names:
        raise Refusal("no_head" if name else "head_unnamed", name=name, names=", ".join(names))
    return Granted(head=check_pin(desk, name, leave.secret).name)


def _check_code(desk: Desk, typed: str) -> Granted:
    made = code_in_force(desk.store)
    if made is None:
        raise Refusal("no_rescue_code")
    event = made.event
    assert isinstance(event, RescueCodeMade)  # it is asked for by that kind
    if not matches(event.code_hash, plain(typed)):
        desk.store.transact(lambda tx: desk.note_in(tx, RescueCodeRefused()))
        raise Refusal("rescue_wrong")
    fresh = new_code()
    return Granted(code=made.seq, fresh=fresh, fresh_hash=pin_hash(plain(fresh)))


def appoint(desk: Desk, name: str, role: str, pin: str, leave: Leave | None = None) -> str:
    """Let somebody sign in and sign; a head only by a head's leave.

    Gives the new rescue code where the old one was spent on it, else an empty text.

    Raises:
        Refusal: name or PIN cannot be used, or leave is needed and not given; nothing is spent.
    """
    judge_operator(desk, name, pin)
    granted = check_leave(desk, leave) if to_add(desk, role) else None
    add_operator(desk, name, role, pin, granted)
    return granted.fresh if granted else ""


def renew_pin(desk: Desk, name: str, pin: str, leave: Leave | None = None) -> str:
    """Give an operator a new PIN, a head only by a head's leave; the code as for ``appoint``."""
    check_pin_here(desk, pin)
    granted = check_leave(desk, leave) if to_reset(desk, name) else None
    reset_pin(desk, name, pin, granted)
    return granted.fresh if granted else ""


def dismiss(desk: Desk, name: str, leave: Leave | None = None) -> str:
    """Take the right to sign in away, from the last head only by leave; the code as above."""
    refuse_last(desk, name)
    granted = check_leave(desk, leave) if to_disable(desk, name) else None
    disable_operator(desk, name, granted)
    return granted.fresh if granted else ""


def first_rescue_code(desk: Desk) -> str:
    """The code of a record that is only just made, and has none."""
    if not lacks_rescue_code(desk.store):
        raise Refusal("head_needed")
    return _write_code(desk, None)


def refuse_without_head(desk: Desk) -> None:
    """Refuse where there is nobody who could give leave."""
    if not known_heads(desk) and lacks_rescue_code(desk.store):
        raise Refusal("head_missing")


def replace_rescue_code(desk: Desk, leave: Leave | None) -> str:
    """A new code by a head's leave; the one before it is worth nothing from then on.

    Raises:
        Refusal: leave is not given, or there is no head to give it.
    """
    refuse_without_head(desk)
    return _write_code(desk, check_leave(desk, leave))


def _write_code(desk: Desk, granted: Granted | None) -> str:
    code = (granted and granted.fresh) or new_code()
    made = RescueCodeMade(code_hash=pin_hash(plain(code)))
    used = [RescueCodeUsed()] if granted and granted.code else []

    def job(tx: Tx) -> None:
        if granted is not None:
            confirm(desk, tx, granted)
        desk.note_in(tx, *used, made, cosigner=granted.head if granted else "")

    desk.store.transact(job)
    return code
