"""A desk that was left open and was not there for a while asks for a PIN when it is started."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.alive import AliveFile, last_stop
from dispatcher_tui.desk.watch.outlook import may_sign_in
from dispatcher_tui.domain.record.watch_events import DeskLocked
from dispatcher_tui.store.tx import Tx

STAYS_OPEN = 60.0
"""Seconds for which a desk that was open may be gone and comes up open: a program that ended and
is started again. A longer time may have brought somebody else to the keyboard."""


def lock_left_open(desk: Desk, file: AliveFile | None) -> bool:
    """Lock a desk that is started later than that after its last sign of life; whether it is.

    Nothing is done under a name whose PIN nobody gave. Where the clock was set back nobody can say
    how long it was. An emergency that holds the post goes on without a PIN, a drill is nobody's
    desk, and one that nobody could open again is not locked.

    Raises:
        StoreError: it cannot be written down; the desk is as open as it was.
    """
    post = desk.store.post()
    if desk.scratch or not post.holder or post.locked:
        return post.locked
    stop = last_stop(desk, file)
    if stop is None or 0 <= stop.seconds <= STAYS_OPEN:
        return False
    from dispatcher_tui.desk.emergency.emergency import holding  # most starts need none of it

    if holding(desk) or not may_sign_in(desk):
        return False

    def job(tx: Tx) -> bool:
        desk.note_in(tx, DeskLocked(name=post.holder, left_open=True))
        return True

    return desk.store.transact(job)
