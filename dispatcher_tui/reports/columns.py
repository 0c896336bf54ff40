"""How wide the columns of a table become, on paper and in terminal cells alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from dispatcher_tui.present.breaking import units
from dispatcher_tui.reports.document import Table

_WHOLE_AT_MOST = 0.3
"""The part of the room that one unbroken column may take; beyond that it is broken too."""
_SHORT = 0.13
"""Nothing is won by breaking a column that takes no more of the room than this."""
_WORD_AT_MOST = 0.2
"""The part of the room that is kept free for one column's longest word."""

Length = Callable[[str], float]


class Need(msgspec.Struct, frozen=True):
    """What a column asks for: its share, and its width without a break and with every one."""

    share: float
    natural: float
    least: float


def _longest_word(text: str, length: Length) -> float:
    return max((length(unit) for unit in units(text)), default=0.0)


def needs(table: Table, length: Length, room: float, padding: float = 0.0) -> list[Need]:
    """What the columns of a table ask for, with ``padding`` in each cell.

    Args:
        table: its texts, as they will be shown.
        length: the width of a line, in the room's unit.
        room: what there is for all columns.
        padding: what a cell takes beside its text.
    """
    found, heads = list[Need](), list[float]()
    for index, column in enumerate(table.columns):
        texts = (column.head, *(row[index] for row in table.rows))
        natural = padding + max(length(line) for text in texts for line in text.split("\n"))
        word = padding + max(_longest_word(text, length) for text in texts)
        whole = natural <= room * (_WHOLE_AT_MOST if column.whole else _SHORT)
        least = natural if whole else min(word, room * _WORD_AT_MOST)
        found.append(Need(column.share, natural, least))
        head = padding + length(column.head)
        heads.append(max(least, head) if head <= room * _SHORT else least)
    if sum(heads) <= room:  # no head is broken inside a word
        pairs = zip(found, heads, strict=True)
        return [msgspec.structs.replace(need, least=head) for need, head in pairs]
    return found


def _pour(
    widths: list[float], limits: Sequence[float], shares: Sequence[float], left: float
) -> float:
    """Give what is left to the columns by their shares, none beyond its limit; gives the rest."""
    thirsty = {i for i, limit in enumerate(limits) if widths[i] < limit}
    while thirsty and left > 0:
        part = left / sum(shares[i] for i in thirsty)
        full = {i for i in thirsty if limits[i] - widths[i] <= part * shares[i]}
        if not full:
            for i in thirsty:
                widths[i] += part * shares[i]
            return 0.0
        for i in full:
            left -= limits[i] - widths[i]
            widths[i] = limits[i]
        thirsty -= full
    return left


def spread(asked: Sequence[Need], room: float, *, fill: bool = False) -> list[float]:
    """A width for each column that together are at most ``room``.

    What fits without a break gets what it needs. Otherwise every column has room for its longest
    word, and the rest is shared out: a column that needs less than its share leaves it to others.

    Args:
        asked: see ``needs``.
        room: what there is.
        fill: give away what is left over too, so that the table is as wide as the room.
    """
    shares = [need.share for need in asked]
    least = sum(need.least for need in asked)
    if least > room:  # not even the words fit: all are cut alike
        return [need.least * room / least for need in asked]
    widths = [need.least for need in asked]
    left = _pour(widths, [need.natural for need in asked], shares, room - least)
    if fill and left > 0:
        broken = [need.share if need.natural > need.least else 0.0 for need in asked]
        given = broken if any(broken) else shares
        widths = [w + left * share / sum(given) for w, share in zip(widths, given, strict=True)]
    return widths
