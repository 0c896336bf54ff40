"""A head for the tests to which it does not matter by whose leave there is one."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.leave import Granted, code_in_force, heads
from dispatcher_tui.desk.operators import add_operator, pin_hash


def add_head(desk: Desk, name: str, role: str, pin: str) -> None:
    """Add one by the leave that the record asks for: of a head who is there, or of its code."""
    there, code = heads(desk, desk.store), code_in_force(desk.store)
    granted = Granted(code=code.seq, fresh_hash=pin_hash("-")) if code else None
    if there:
        granted = Granted(head=there[0].name)
    add_operator(desk, name, role, pin, granted)
