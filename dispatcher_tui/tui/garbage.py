"""What a screen leaves behind is let go in a pause between two keys, never while one is handled."""

from __future__ import annotations

import gc
from collections.abc import Callable

STILL = 0.1
"""Seconds without a key that are a pause."""
YOUNG = 10_000
"""Objects after which Python looks for garbage by itself: more than a screen makes as it opens."""


class Garbage:
    """Looks for garbage once a desk runs; before, and in what has no desk, Python's own way stays.

    The widgets of a screen hold one another: without a look they stay until so many more were made
    that Python looks by itself, most often in the middle of the key that opens the next screen.
    """

    def __init__(
        self,
        set_timer: Callable[[float, Callable[[], None]], object],
        still_for: Callable[[], float],
        at_rest: Callable[[], bool],
    ) -> None:
        """``still_for``: seconds since the last key; ``at_rest``: whether nothing but what stays
        for good is open.
        """
        self._set_timer = set_timer
        self._still_for = still_for
        self._at_rest = at_rest
        self._begun = False
        self._waiting = False

    def begin(self) -> None:
        """What was made until now is never garbage."""
        gc.freeze()
        gc.set_threshold(YOUNG, 10, 10)
        gc.enable()
        self._begun = True

    def settle(self) -> None:
        """The modules of the screens are there now, and stay: no later look goes through them.

        A screen that is open would stay too; where one is, every look takes a little longer.
        """
        if self._begun and self._at_rest():
            gc.collect()
            gc.freeze()

    def screen_left(self) -> None:
        """A screen is gone: look with the next pause."""
        if self._begun and not self._waiting:
            self._waiting = True
            self._set_timer(STILL, self._look)

    def _look(self) -> None:
        left = STILL - self._still_for()
        if left > 0:
            self._set_timer(left, self._look)
            return
        self._waiting = False
        gc.collect()
