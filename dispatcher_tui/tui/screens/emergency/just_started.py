"""The first digits after a start: the hand types a PIN by habit where none is asked (E-05)."""

from __future__ import annotations

import math

from dispatcher_tui.tui import twice
from dispatcher_tui.tui.typeahead import moment


class JustStarted:
    """An emergency that the desk came up with again: digits in a row right after that are nothing.

    All moments are seconds of the clock of keys.
    """

    def __init__(self, *, started: bool) -> None:
        self._until = moment() + twice.TOLD_AFTER if started else -math.inf

    def comes_up(self) -> None:
        """What lay over it is gone: the hand begins now."""
        if self._until > -math.inf:
            self._until = moment() + twice.TOLD_AFTER

    def may_be_pin(self, at: float) -> bool:
        """Whether a digit pressed then may be of a PIN; the next one is, while it follows soon."""
        if at >= self._until:
            self._until = -math.inf
            return False
        self._until = at + twice.RINGS_AFTER
        return True
