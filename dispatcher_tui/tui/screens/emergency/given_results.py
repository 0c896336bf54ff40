"""When a digit pressed outside of the fields is the result of a call, and which ones just were.

A digit says nothing of what it was meant for. Sooner than anybody can have rung it is no result,
and the same digit counts later; nothing is ever made of it but a result. Where another one follows
at once, something was typed, a room or a PIN: what counted before it is undone. Somebody rung twice
costs seconds; somebody taken for told who was not costs more.
"""

from __future__ import annotations

import math

import msgspec

from dispatcher_tui.tui import twice

TOLD = "15"
"""The digits of results for which it rang, somebody answered and was spoken to."""
READ_BACK = "7"
"""The digit by which somebody has repeated it."""


class Taken(msgspec.Struct):
    """A digit that was taken as the result of a call: what was written down, in which entries."""

    digit: str
    words: str
    seqs: tuple[int, ...] = ()
    in_doubt: bool = False
    """Whether a mark of a place, or another figure, followed at once: it may have been one, and
    nothing more is said of it as of a result."""


class GivenResults:
    """The digits of results pressed last, one right behind the other.

    All moments are seconds of the clock of keys.
    """

    def __init__(self) -> None:
        self._pressed_at = self._result_at = self._free_at = self._asked_at = -math.inf
        self._refused = ("", -math.inf)
        self._taken: list[Taken] = []
        self._undone: list[Taken] = []

    def count(self, taken: Taken, at: float) -> None:
        """A digit counted at that moment."""
        self._press(taken.digit, at)
        self._taken.append(taken)
        self._undone = []
        self.free_from(at)

    def refuse(self, digit: str, at: float, *, in_menu: bool = False) -> list[Taken]:
        """A digit did not count at that moment; which results it shows to have been none.

        Another one right behind them belongs to something that is typed: nobody rings meanwhile.
        So does any ``in_menu``: the 0 that opened the menu was typed as well.
        """
        last, since = self._refused
        undone: list[Taken] = []
        if self._taken and at - self._pressed_at < twice.RINGS_AFTER:
            other = in_menu or digit not in (READ_BACK, self._taken[-1].digit)
            undone, self._taken = (self._taken, []) if other else ([], self._taken)
        for each in undone:
            each.in_doubt = True
        if last not in ("", digit) and at - since < twice.RINGS_AFTER:
            self.free_from(at)
        self._press(digit, at)
        self._refused = (digit, at)
        self._undone += undone
        return undone

    def _press(self, digit: str, at: float) -> None:
        if at - self._pressed_at >= twice.RINGS_AFTER:
            self._taken, self._undone = [], []
        self._pressed_at = at
        if digit != READ_BACK:
            self._result_at = at

    def undone(self, at: float) -> list[Taken]:
        """The results that the digits right before that moment, one behind the other, undid."""
        return self._undone if at - self._pressed_at < twice.RINGS_AFTER else []

    def free_from(self, at: float, *, asked: bool = False) -> None:
        """Until that moment the hand did something else than ring: it typed, or it was ``asked``
        something."""
        self._free_at = max(self._free_at, at)
        if asked:
            self._asked_at = max(self._asked_at, at)

    @property
    def menu_from(self) -> float:
        """From when on a digit can be meant for the menu: one right behind a result is none, but
        whoever has read back sets off at any speed."""
        return self._result_at + twice.RINGS_AFTER

    def free_in(self, digit: str, at: float) -> float:
        """In how many seconds a digit can be the result of a call; 0 where it can by then.

        A read-back follows a result at any speed, and no answer to a question.
        """
        since = self._asked_at if digit == READ_BACK else self._free_at
        return max(0.0, since + twice.RINGS_AFTER - at)

    def held_down(self, digit: str, at: float) -> bool:
        """Whether it is the key refused just now that is leant on."""
        key, since = self._refused
        return digit == key and twice.leant_on(at - since, twice.RINGS_AFTER)

    def before(self, at: float) -> list[Taken]:
        """Those that counted right before a mark of a place; from then on they are right before
        nothing more."""
        found = self._taken if at - self._pressed_at < twice.RINGS_AFTER else []
        self._taken = []
        return found
