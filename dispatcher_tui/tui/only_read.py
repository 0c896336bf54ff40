"""What is said where a desk can only read its record."""

from __future__ import annotations

from dispatcher_tui.desk.session import Session
from dispatcher_tui.present.i18n import _


def only_read(session: Session) -> str:
    """Why nothing is written down here, and what to do instead."""
    if session.unwritable:
        return _("The disk cannot be written. Each call with its time on paper, until it can be.")
    return _("Another desk owns this file; here it can only be read.")


def nothing_written(session: Session) -> str:
    """The same in an emergency."""
    if session.unwritable:
        return _("The disk cannot be written. NOTHING is written down here.")
    owner = _("{owner} has the record: shout it over to them. NOTHING is written down here.")
    return owner.format(owner=session.read_only)
