"""What is done where somebody rings about a case whose handling is over."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from dispatcher_tui.domain.record.commands import Command


class AfterEnd(StrEnum):
    """What such a call comes to; nobody decides that unasked."""

    REOPEN = "reopen"
    CALL_BACK = "call_back"
    EMERGENCY = "emergency"  # it reports one, which has a case of its own


class RingAfterEnd(Command, frozen=True, kw_only=True):
    """Somebody rings about a case that is written off or ended; ``due``: called back by then."""

    after: AfterEnd
    caller: str = ""
    phone: str = ""
    said: str = ""
    due: datetime | None = None
