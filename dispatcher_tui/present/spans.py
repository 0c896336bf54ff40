"""Text in runs of one role each: what a screen says, and what each part of it is for.

A role names what its words are for and never a colour; the desk's look gives it one. The roles
are those of ``ROLES``; a run without one looks as the rest of its line does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from dispatcher_tui.present.cells import fit, width, wrap

ROLES = frozenset(
    {
        "fg0",  # strong: titles, values, what is urgent; always bold
        "unseen",  # the place of what the cursor has not been on since it came or fell due
        "fg1",  # text
        "fg2",  # muted: labels, times, numbers, rule codes
        "overt",  # overdue, not reached
        "warnt",  # due soon, required
        "okt",  # confirmed by a person
        "over",  # badge: overdue; an emergency that holds the post
        "over-up",  # the badges of those two, for the moment in which their figure grew
        "warn-up",
        "warn",  # badge: nobody told, missing, not read back, a household's warning
        "grave",  # badge: a grave level
        "emgh",  # an emergency's head line, the cap of F9
        "emgh2",  # what stands at the right of that line
        "sel",  # the one place where keys go
        "tint",  # what is chosen there without them; the key to press next
        "next",  # what is to be done next, without a ground of its own
        "cap",  # a key
        "bar0",  # strong, on a head line
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
    """The row in at most so many cells; where more than blanks is cut it ends in ``ellipsis``."""
    kept: list[Span] = []
    left = cells
    for nth, span in enumerate(line):
        wide = width(span.text)
        if wide > left:
            if width(span.text.rstrip()) <= left and not plain(line[nth + 1 :]).strip():
                ellipsis = ""
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


def wrapped(text: str, role: str, cells: int, head: SpanLine = ()) -> list[list[Span]]:
    """A text in as many rows as it takes, behind a head that stands on the first one."""
    if not text:
        return [[*head]] if head else []
    lead = cells_of(head) or 1
    rows = [line for each in text.split("\n") for line in wrap(each, max(8, cells - lead))]
    blank = [Span(" " * lead)]
    return [
        [*(blank if nth or not head else head), Span(row, role)] for nth, row in enumerate(rows)
    ]


def begun_muted(text: str, cells: int) -> list[Span]:
    """A row that begins with a label, a time or a number of so many cells: that is muted."""
    lead = text[:cells]
    if not (len(lead) == cells and text[: cells + 1].isascii() and lead.isprintable()):
        lead = fit(text, cells, ellipsis="")
    return [Span(lead, "fg2"), Span(text[len(lead) :], "fg1")]
