"""Keys that are not what they seem: pressed twice, too soon for a call, or marks of a place.

After a digit the next person may stand there, or a question: the second press of the same digit
would be about somebody whom nobody rang. So would a place that is typed where results are.
"""

from __future__ import annotations

import math
from collections import deque

from textual import events

from dispatcher_tui.domain.words.place import AFTER_A_FIGURE, PLACE_MARKS
from dispatcher_tui.domain.words.text import fold_key

TWICE_WITHIN = 2.0
"""Seconds: the same key pressed again sooner, and no other one in between, was pressed twice; and
what answers a question sooner after it was closed was meant for it."""
LEANT_ON = 0.3
"""Seconds: the same key pressed again sooner is still held down."""
RINGS_AFTER = 3.0
"""Seconds: nobody has rung a number that came up later than this before the key, nor rings anybody
between two digits closer together."""
TOLD_AFTER = 5.0
"""Seconds: nobody was told, or took a message, by a number that came up later than this before."""
LINED_UP = 64
"""Most keys that wait to be handled and are known to be second presses."""


class Presses:
    """Which keys were pressed twice, told in the order and by the clock in which they came in.

    It is asked when a key is handled, which may be later: the one before it comes first.
    """

    def __init__(self) -> None:
        self._key = ""
        self._at = self._first_at = -math.inf
        self._second: deque[float] = deque(maxlen=LINED_UP)
        self._bounced: deque[float] = deque(maxlen=LINED_UP)
        self._figures: deque[float] = deque(maxlen=LINED_UP)
        self._in_place = self._figure = False
        self._answers = ""
        self._closed_at = -math.inf

    def note(self, event: events.Event) -> None:
        """A key came in; anything else, a click or a paste, is something else in between."""
        key = _name(event) if isinstance(event, events.Key) else ""
        near = event.time - self._at < TWICE_WITHIN
        same = bool(key) and key == self._key
        held_down = leant_on(event.time - self._at, TWICE_WITHIN)
        if same and (held_down or event.time - self._first_at < TWICE_WITHIN):
            self._second.append(event.time)
            if held_down:
                self._bounced.append(event.time)
        else:
            self._first_at = event.time
        digit = len(key) == 1 and key.isdigit()
        marks = PLACE_MARKS + AFTER_A_FIGURE * (near and self._figure)
        self._in_place = (len(key) == 1 and key in marks) or (digit and near and self._in_place)
        self._figure = digit
        if self._in_place:
            self._figures.append(event.time)
        self._key, self._at = key, event.time

    def twice(self, event: events.Key) -> bool:
        """Whether it is the second press of the key before it."""
        return event.time in self._second

    def bounced(self, event: events.Key) -> bool:
        """Whether the key before it was the same and still held down."""
        return event.time in self._bounced

    def wait(self, at: float) -> float:
        """For how many seconds more the key that was pressed twice counts once; it is reckoned
        from its first press, so that no refused one makes it longer."""
        return max(0.0, TWICE_WITHIN - (at - self._first_at))

    def of_place(self, event: events.Key) -> bool:
        """Whether it is a mark of a place (`-`), or a figure typed on right behind one."""
        return event.time in self._figures

    def closed(self, answers: str, at: float) -> None:
        """A question was closed without one of these ``answers``, by a key that came in then."""
        self._answers, self._closed_at = answers, at

    def too_late(self, event: events.Key) -> bool:
        """Whether it was meant for a question that had just been closed when it came in."""
        key = _name(event)
        within = event.time - self._closed_at < TWICE_WITHIN
        return within and len(key) == 1 and key in self._answers

    @property
    def last(self) -> tuple[str, float]:
        """The key that came in last, and when."""
        return self._key, self._at

    def once_more(self) -> None:
        """The same key is asked for again: the next press of it is not a second one."""
        self._key = ""


def leant_on(since: float, within: float) -> bool:
    """Whether a key that was pressed so many seconds ago is still held down, ``within`` being all
    there is to wait for. Less than a microsecond is none: it goes by how long the machine has run.
    """
    return round(since, 6) < min(LEANT_ON, within)


def _name(event: events.Key) -> str:
    """A digit is the same one by an input method and without."""
    return fold_key(event.character or "") or event.key
