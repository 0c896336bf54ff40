"""Text in runs of one role each: what a screen says, and what each part of it is for.

A role names what its words are for and never a colour; the desk's look gives it one. The roles
are those of ``ROLES``; a run without one looks as the rest of its line does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from dispatcher_tui.present.cells import fit, width

ROLES = frozenset(
    {
        "fg0",  # strong: titles, values, what is urgent; always bold
        "fg1",  # text
        "fg2",  # muted: labels, times, numbers, rule codes
        "overt",  # overdue, not reached
        "warnt",  # due soon, required
        "okt",  # confirmed by a person
        "over",  # badge: overdue; an emergency that holds the post
        "warn",  # badge: nobody told, missing, not read back, a household's warning
        "grave",  # badge: a grave level
        "emgh",  # an emergency's head line, the cap of F9
        "emgh2",  # what stands at the right of that line
        "sel",  # the one place where keys go
        "tint",  # what is chosen there without them; the key to press next
        "cap",  # a key
        "strip",  # a title
        "strip2",  # what stands at a title's right
        "well",  # an empty field
        "gap",  # a cell of the desk between two panels
        "digit",  # a filled cell of a big number
        "drill",  # the mark of a drill
    }
)


class Span(NamedTuple):
    """A run of text in one role."""

    text: str
    role: str = ""
    bold: bool = False


SpanLine: TypeAlias = Sequence[Span]
"""The runs of one row of the screen."""


def plain(line: SpanLine) -> str:
    """The words alone."""
    return "".join(span.text for span in line)


def cells_of(line: SpanLine) -> int:
    """How many cells a row takes."""
    return sum(width(span.text) for span in line)


def cut(line: SpanLine, cells: int, *, ellipsis: str = "..") -> list[Span]:
    """The row in at most so many cells; what is cut ends in ``ellipsis``."""
    kept: list[Span] = []
    left = cells
    for span in line:
        wide = width(span.text)
        if wide > left:
            kept.append(span._replace(text=fit(span.text, left, ellipsis=ellipsis)))
            return kept
        kept.append(span)
        left -= wide
    return kept


def sides(left: SpanLine, right: SpanLine, cells: int) -> list[Span]:
    """One row with a part flush at each side; the left one is cut where both have no room."""
    room = cells - cells_of(right)
    if room <= 1:
        return cut([*left], cells)
    shown = cut(left, room - 1 if right else room)
    return [*shown, Span(" " * (room - cells_of(shown))), *right]


def joined(lines: Iterable[SpanLine], between: str = "   ") -> list[Span]:
    """Parts of one row side by side."""
    row: list[Span] = []
    for line in lines:
        if row:
            row.append(Span(between))
        row.extend(line)
    return row
