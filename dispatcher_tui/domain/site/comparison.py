"""Two texts of a file line by line: what a site wrote there, and what is shipped."""

from __future__ import annotations

from enum import StrEnum

import msgspec

CONTEXT = 2
"""How many unchanged lines stand before and after a change."""


class Side(StrEnum):
    """Whose a line is."""

    BOTH = "both"
    OURS = "ours"
    SHIPPED = "shipped"


class ComparedLine(msgspec.Struct, frozen=True):
    """A line; ``number`` counts from 1 in the text whose it is, in the site's for both."""

    side: Side
    number: int
    text: str


class Comparison(msgspec.Struct, frozen=True):
    """The places where two texts differ, each with a little around it.

    ``ours`` and ``shipped`` are how many lines stand in the one text alone.
    """

    places: tuple[tuple[ComparedLine, ...], ...]
    ours: int
    shipped: int


def compare(ours: str, shipped: str) -> Comparison:
    """Compare the site's text with the shipped one; equal texts differ in no place."""
    from difflib import SequenceMatcher  # only a file that was edited needs it

    mine, theirs = ours.splitlines(), shipped.splitlines()
    places = []
    for group in SequenceMatcher(None, mine, theirs).get_grouped_opcodes(CONTEXT):
        rows: list[ComparedLine] = []
        for tag, first, last, begin, end in group:
            if tag == "equal":
                rows += _rows(Side.BOTH, mine, first, last)
            else:
                rows += _rows(Side.OURS, mine, first, last)
                rows += _rows(Side.SHIPPED, theirs, begin, end)
        places.append(tuple(rows))
    every = [row.side for place in places for row in place]
    return Comparison(tuple(places), every.count(Side.OURS), every.count(Side.SHIPPED))


def _rows(side: Side, lines: list[str], first: int, last: int) -> list[ComparedLine]:
    return [ComparedLine(side, number, lines[number - 1]) for number in range(first + 1, last + 1)]
