"""Pages being filled from top to bottom, and what is put on them.

Knows widths of characters and no file format. Lengths are points, counted from the page's upper
left corner.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from dispatcher_tui.present.breaking import broken


class Paper(msgspec.Struct, frozen=True):
    """A size of paper with its margins; the left one leaves room for the binder's holes."""

    width: float
    height: float
    left: float = 57.0
    right: float = 40.0
    top: float = 56.0
    bottom: float = 50.0

    @property
    def room(self) -> float:
        """The width that can be written on."""
        return self.width - self.left - self.right

    @property
    def lowest(self) -> float:
        """Where the part of the page that can be written on ends."""
        return self.height - self.bottom

    @property
    def body(self) -> float:
        """The height that can be written on."""
        return self.lowest - self.top


PAPERS = {
    "A4": Paper(595.28, 841.89),
    "A5": Paper(419.53, 595.28, left=50.0, right=28.0, top=44.0, bottom=40.0),
}
"""The sizes that are printed on, by their names."""

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
    """Pages of one size being filled from top to bottom."""

    def __init__(self, type_: Type, paper: Paper = PAPERS["A4"]) -> None:
        self.type = type_
        self.paper = paper
        self.pages: list[list[Ink]] = [[]]
        self.parts: list[tuple[int, str]] = [(0, "")]
        """Where a part with page numbers of its own begins, and what it is called."""
        self.y = paper.top

    @property
    def left(self) -> float:
        """What is left of this page."""
        return self.paper.lowest - self.y

    def turn(self) -> None:
        """Begin the next page."""
        self.pages.append([])
        self.y = self.paper.top

    def begin(self, part: str) -> None:
        """Begin the next page; with a name, a part whose pages are counted anew."""
        self.turn()
        if part:
            self.parts.append((len(self.pages) - 1, part))

    def counts(self) -> list[str]:
        """What stands at the foot of each page: which it is of its part, and of how many."""
        found = list[str]()
        ends = [*(first for first, _part in self.parts[1:]), len(self.pages)]
        for (first, part), end in zip(self.parts, ends, strict=True):
            of = range(1, end - first + 1)
            found += [" ".join(filter(None, (part, f"{n} / {len(of)}"))) for n in of]
        return found

    def need(self, room: float) -> None:
        """Turn the page unless there is so much room, or the page is empty anyway."""
        if room > self.left + 0.01 and self.y > self.paper.top:
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
            at = self.paper.left
            if centred:
                at += (self.paper.room - self.type.length(line) * size) / 2
            self.ink(Words(at, self.y + size * ASCENT, line, size, bold))
            self.y += height(1, size)
