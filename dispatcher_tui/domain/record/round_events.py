"""What can happen to the rounds of the watch beside their being made."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.domain.record.watch_events import WatchEvent
from dispatcher_tui.domain.words.terms import Label


class RoundsLeft(msgspec.Struct, frozen=True):
    """How often one round was not made."""

    round: str
    label: Label
    times: int


class RoundsLeftOut(WatchEvent, frozen=True, kw_only=True):
    """The desk stood still for longer than single rounds are written down as missed: how often each
    was not made that began after ``since`` and before ``until`` (UTC), in one entry."""

    since: datetime
    until: datetime
    left: tuple[RoundsLeft, ...] = ()
