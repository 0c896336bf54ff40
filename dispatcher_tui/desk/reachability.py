"""Which numbers answer, read from the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain import events as ev
from dispatcher_tui.domain.reachability import Number, Try, ledger
from dispatcher_tui.store.reads import CaseReads

LOOK_BACK = timedelta(days=90)
"""How far back tries tell whom to ring by which number."""


def tries(store: CaseReads, since: datetime, until: datetime) -> Iterator[Try]:
    """Every try to reach somebody in a stretch of time (UTC)."""
    for entry in store.calls_made(since, until):
        event = entry.event
        if isinstance(event, ev.CallTried):
            yield Try(event.person, event.name, event.phone, event.outcome, entry.occurred_at)


def numbers_known(desk: Desk, now: datetime) -> dict[tuple[str, str], Number]:
    """What the last three months tell of every number that was rung."""
    found = tries(desk.store, now - LOOK_BACK, now)
    return ledger(found, desk.rules.calendar.tz)
