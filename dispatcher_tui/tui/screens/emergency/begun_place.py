"""A place typed without the digit that leads to its field: what of it was taken for something else.

Its first figures look like results of calls, since nothing says that they are none before the
first `-` comes.
"""

from __future__ import annotations

import msgspec

from dispatcher_tui.tui import twice

LEANT_ON = 0.3
"""Seconds: a key refused so shortly ago is still held down."""


class Taken(msgspec.Struct):
    """A digit that was taken as the result of a call: what was written down, in which entries."""

    digit: str
    words: str
    seqs: tuple[int, ...] = ()
    in_place: bool = False
    """Whether it turned out to be a figure of a place."""


class BegunPlace:
    """The digits pressed last outside of the fields, one right behind the other."""

    def __init__(self) -> None:
        self._typed = ""
        self._at = 0.0
        self._taken: list[Taken] = []
        self._refused = ("", 0.0)

    def add(self, digit: str, at: float, taken: Taken | None = None) -> None:
        """A digit was pressed at that second; ``taken`` where it counted as a result."""
        if at - self._at >= twice.TWICE_WITHIN:
            self.forget()
        self._typed += digit
        self._at = at
        self._taken += [taken] if taken is not None else []

    def refuse(self, digit: str, at: float) -> None:
        """It did not count: it may be asked for again."""
        self.add(digit, at)
        self._refused = (digit, at)

    def held_down(self, digit: str, at: float) -> bool:
        """Whether it is the key refused just now that is leant on."""
        key, since = self._refused
        return digit == key and at - since < min(LEANT_ON, twice.RINGS_AFTER)

    def ends(self, at: float) -> str:
        """The last digit, where it was pressed shortly before that second."""
        return self._typed[-1:] if at - self._at < twice.TWICE_WITHIN else ""

    def end(self, at: float) -> tuple[str, list[Taken]]:
        """A mark of a place came at that second: its first figures, and which of them counted."""
        if at - self._at >= twice.TWICE_WITHIN:
            self.forget()
        found = (self._typed, self._taken)
        self.forget()
        for each in found[1]:
            each.in_place = True
        return found

    def forget(self) -> None:
        """Something else was pressed."""
        self._typed, self._taken = "", []
