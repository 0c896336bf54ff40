"""What the record says of the lone operator's check."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import watch_events as ev


def presence_confirmed(desk: Desk, seconds: int) -> None:
    """The operator answered, so many seconds after being asked."""
    desk.store.transact(lambda tx: desk.note_in(tx, ev.PresenceConfirmed(seconds=seconds)))


def presence_missed(desk: Desk, asked_at: datetime) -> None:
    """The operator did not answer in time what was asked then (UTC)."""
    desk.store.transact(lambda tx: desk.note_in(tx, ev.PresenceMissed(asked_at=asked_at)))
