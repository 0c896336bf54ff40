"""What can be done with a closing paper that came in, besides taking it further."""

from __future__ import annotations

from dispatcher_tui.domain.record.commands import Command


class CorrectPaperNumber(Command, frozen=True, kw_only=True):
    """The paper that came in last bears another number, ``despite`` what was asked about it."""

    number: str
    reason: str
    despite: tuple[str, ...] = ()
