"""A key that a shaking hand, or one that leans on it, presses twice: it is meant once.

After a digit the next person may stand there, or a question: the second press of the same digit
would be about somebody whom nobody rang.
"""

from __future__ import annotations

import math
from collections import deque

from textual import events

from dispatcher_tui.domain.words.text import fold_key

TWICE_WITHIN = 2.0
"""Seconds: the same key pressed again sooner, and no other one in between, was pressed twice; and
what answers a question sooner after it was closed was meant for it."""
LINED_UP = 64
"""Most keys that wait to be handled and are known to be second presses."""


class Presses:
    """Which keys were pressed twice, told in the order and by the clock in which they came in.

    It is asked when a key is handled, which may be later: the one before it comes first.
    """

    def __init__(self) -> None:
        self._key = ""
        self._at = -math.inf
        self._second: deque[float] = deque(maxlen=LINED_UP)
        self._answers = ""
        self._closed_at = -math.inf

    def note(self, event: events.Event) -> None:
        """A key came in; anything else, a click or a paste, is something else in between."""
        key = _name(event) if isinstance(event, events.Key) else ""
        if key and key == self._key and event.time - self._at < TWICE_WITHIN:
            self._second.append(event.time)
        self._key, self._at = key, event.time

    def twice(self, event: events.Key) -> bool:
        """Whether it is the second press of the key before it."""
        return event.time in self._second

    def closed(self, answers: str, at: float) -> None:
        """A question was closed without one of these ``answers``, by a key that came in then."""
        self._answers, self._closed_at = answers, at

    def too_late(self, event: events.Key) -> bool:
        """Whether it was meant for a question that had just been closed when it came in."""
        key = _name(event)
        within = event.time - self._closed_at < TWICE_WITHIN
        return within and len(key) == 1 and key in self._answers

    def once_more(self) -> None:
        """The same key is asked for again: the next press of it is not a second one."""
        self._key = ""


def _name(event: events.Key) -> str:
    """A digit is the same one by an input method and without."""
    return fold_key(event.character or "") or event.key
