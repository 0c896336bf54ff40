"""Pages of A4 being filled from top to bottom, and what is put on them.

Knows widths of characters and no file format. Lengths are points, counted from the page's upper
left corner.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from dispatcher_tui.present.breaking import broken

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 57.0, 40.0, 56.0, 50.0
"""Margins; the left one leaves room for the binder's holes."""

WIDTH = PAGE_WIDTH - LEFT - RIGHT
LOWEST = PAGE_HEIGHT - BOTTOM
BODY = LOWEST - TOP

TITLE, SUBTITLE, PART, CELL, SMALL = 17.0, 9.5, 11.0, 8.5, 7.5
"""Sizes of type."""

_LEADING = 1.42
ASCENT = 1.03
"""From the top of a line to what its letters stand on, in parts of the size."""
GAP = 9.0
"""Between one block and the next."""


class Words(msgspec.Struct, frozen=True):
    """A line of text; ``y`` is what its letters stand on."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


class Stroke(msgspec.Struct, frozen=True):
    """A line from one point to another, a thin one if no width is given; dashed where one tears."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float = 0.4
    dashed: bool = False


class Shade(msgspec.Struct, frozen=True):
    """A grey ground, from 0 (black) to 1, a light one if not given; ``y`` is its upper edge."""

    x: float
    y: float
    width: float
    height: float
    grey: float = 0.92


Ink = Words | Stroke | Shade


class Type(Protocol):
    """What is asked of the fonts; widths are in parts of the size."""

    def shown(self, text: str) -> str: ...
    def width(self, char: str) -> float: ...
    def length(self, text: str) -> float: ...


def height(lines: int, size: float = CELL) -> float:
    """How high so many lines are."""
    return lines * size * _LEADING


class Pages:
    """Pages being filled from top to bottom."""

    def __init__(self, type_: Type) -> None:
        self.type = type_
        self.pages: list[list[Ink]] = [[]]
        self.y = TOP

    @property
    def left(self) -> float:
        """What is left of this page."""
        return LOWEST - self.y

    def turn(self) -> None:
        """Begin the next page."""
        self.pages.append([])
        self.y = TOP

    def need(self, room: float) -> None:
        """Turn the page unless there is so much room, or the page is empty anyway."""
        if room > self.left + 0.01 and self.y > TOP:
            self.turn()

    def ink(self, *inks: Ink) -> None:
        """Put something on the page."""
        self.pages[-1].extend(inks)

    def lines(self, text: str, room: float, size: float) -> tuple[str, ...]:
        """A text as it is shown, in lines that fit."""
        return tuple(broken(self.type.shown(text), room / size, self.type.width))

    def write(
        self, lines: Iterable[str], size: float, *, bold: bool = False, centred: bool = False
    ) -> None:
        """Lines over the whole width, from page to page where need be."""
        for line in lines:
            self.need(height(1, size))
            at = LEFT + (WIDTH - self.type.length(line) * size) / 2 if centred else LEFT
            self.ink(Words(at, self.y + size * ASCENT, line, size, bold))
            self.y += height(1, size)
