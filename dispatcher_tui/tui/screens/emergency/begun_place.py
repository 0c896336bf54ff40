"""A place typed without the digit that leads to its field: what of it was taken for something else.

Its first figure looks like the result of a call, since nothing says that it is none before the
next one comes, sooner than a call can have been made, or the first `-`.
"""

from __future__ import annotations

import msgspec

from dispatcher_tui.tui import twice

PLACE, BEHIND = "8", "79"
"""The digit of the place, and those that follow a result at any speed: read back, the log."""
READ_BACK, MENU = "7", "0"
"""Whoever has read back sets off: who came how far is told by the menu."""


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
        self._once = ""
        """The same without second presses: whether those are figures nobody can tell."""
        self._at = 0.0
        self._taken: list[Taken] = []
        self._counted = False
        self._refused = ("", 0.0)
        self.in_doubt: tuple[str, str] | None = None
        """The first figures of the place that is typed, with second presses and without."""

    def add(
        self, digit: str, at: float, taken: Taken | None = None, *, second: bool = False
    ) -> None:
        """A digit was pressed at that second; ``taken`` where it counted as a result, ``second``
        where it was told that it counts for nothing, being a second press."""
        if at - self._at >= twice.FIGURES_WITHIN:
            self.forget()
        self._counted = taken is not None or (self._counted and digit == self._typed[-1:])
        self._typed += digit
        self._once += "" if second else digit
        self._at = at
        self._taken += [taken] if taken is not None else []

    def refuse(self, digit: str, at: float) -> None:
        """It did not count: it may be asked for again. A key leant on is one press."""
        if not self.held_down(digit, at):
            self.add(digit, at)
        self._refused = (digit, at)

    def held_down(self, digit: str, at: float) -> bool:
        """Whether it is the key refused just now that is leant on."""
        key, since = self._refused
        return digit == key and at - since < min(twice.LEANT_ON, twice.RINGS_AFTER)

    def insists(self, digit: str, at: float) -> bool:
        """Whether it is the key refused before, pressed again too late for a next figure."""
        key, since = self._refused
        return digit == key and at - since >= twice.TWICE_WITHIN

    def goes_on(self, digit: str, at: float, *, told: bool) -> bool:
        """Whether a digit is the next figure: so shortly after the last one that no call was made.

        The same one at once is a second press of it, unless the first was refused because nobody
        can have been ``told`` so soon. 8 leads to the place at any speed; so does 9 to the log,
        and 7 reads back, behind what was written down, and 0 to the menu behind a
        read-back that no other digit came shortly before.
        """
        last = self._typed[-1:]
        if not last or at - self._at >= twice.FIGURES_WITHIN or self.held_down(digit, at):
            return False
        if digit == last:
            refused = self._refused == (digit, self._at)
            return told and refused and at - self._at < twice.TWICE_WITHIN
        behind = digit in BEHIND or (digit == MENU and self._typed == READ_BACK)
        return digit != PLACE and not (behind and self._counted)

    def led_by(self, digit: str, at: float) -> tuple[str, list[Taken]]:
        """The figures with the digit that leads on, where those came shortly before that second."""
        near = self._typed and at - self._at < twice.FIGURES_WITHIN
        return (self._typed + digit, list(self._taken)) if near else ("", [])

    def ends(self, at: float) -> str:
        """The last digit, where it was pressed shortly before that second."""
        return self._typed[-1:] if at - self._at < twice.FIGURES_WITHIN else ""

    def end(self, at: float) -> tuple[str, list[Taken]]:
        """The place is typed on at that second: its first figures, and which of them counted."""
        if at - self._at >= twice.FIGURES_WITHIN:
            self.forget()
        found = (self._typed, self._taken)
        self.in_doubt = (self._typed, self._once) if self._once not in ("", self._typed) else None
        self.forget()
        for each in found[1]:
            each.in_place = True
        return found

    def forget(self) -> None:
        """Something else was pressed."""
        self._typed, self._once, self._taken, self._counted = "", "", [], False
