"""Numbers to read at arm's length, five rows high, drawn of filled cells.

Nothing but blank cells on a ground of their own: block and box characters are two cells wide on
some Chinese terminals, and the rows would no longer stand under one another. Each filled cell
holds the digit it belongs to, which is what a terminal without any colour shows of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.spans import Span

ROWS = 5
"""Rows of a big number."""

BigRows: TypeAlias = tuple[tuple[Span, ...], ...]

_FONT = """
0 111 101 101 101 111
1 01 11 01 01 01
2 111 001 111 100 111
3 111 001 111 001 111
4 101 101 111 001 001
5 111 100 111 001 111
6 111 100 111 101 111
7 111 001 001 010 010
8 111 101 111 101 111
9 111 101 111 001 111
- 00 00 11 00 00
: 0 1 0 1 0
/ 001 001 010 100 100
. 0 0 0 0 1
"""
_GLYPHS: dict[str, tuple[str, ...]] = {
    line[0]: tuple(line[1:].split()) for line in _FONT.strip().splitlines()
}
_BLANK = 2
"""Cells of a space."""


class _Way(NamedTuple):
    """How wide a number is drawn: cells of a bit, of a gap between groups."""

    cell: int
    apart: int


_WAYS = (_Way(2, 5), _Way(1, 3), _Way(1, 2), _Way(1, 1))
"""The widest first; between two digits stands one bit's gap."""

_MOBILE = (3, 4, 4)
_BY_LENGTH = {11: _MOBILE, 8: (4, 4), 7: (3, 4)}
_TOLL_FREE = ("400", "800")


def _area(digits: str) -> int:
    """Digits of the area code of a landline."""
    return 3 if digits[1:2] in "12" else 4


def grouped(text: str) -> tuple[str, ...]:
    """A telephone number in the groups in which it is said; anything else is one group.

    A place keeps its hyphens: they are read aloud. Those of a number only part it.
    """
    digits = re.sub(r"[-\s()]", "", text)
    if not digits.isdecimal() or not digits.isascii():
        return (text,)
    if len(digits) < 10 and digits != text:
        return (text,)
    sizes: Sequence[int] = _BY_LENGTH.get(len(digits), ())
    if digits.startswith("0") and len(digits) in (10, 11, 12):
        area = _area(digits)
        sizes = (area, len(digits) - area - 4, 4)
    elif len(digits) == 10 and digits.startswith(_TOLL_FREE):
        sizes = (3, 3, 4)
    if not sizes:
        return tuple(part for part in re.split(r"\D+", text) if part)
    return tuple(_parted(digits, sizes))


def _parted(digits: str, sizes: Sequence[int]) -> Iterator[str]:
    at = 0
    for size in sizes:
        yield digits[at : at + size]
        at += size


def _glyph(ch: str) -> tuple[str, ...]:
    """A character's bits, a row each; of one without a big form only how wide it is."""
    return _GLYPHS.get(ch) or ("0" * (_BLANK if ch.isspace() else width(ch)),) * ROWS


def _row(groups: Sequence[str], row: int, way: _Way) -> tuple[Span, ...]:
    spans: list[Span] = []

    def put(text: str, role: str = "", *, bold: bool = False) -> None:
        if spans and spans[-1].role == role and not bold:
            spans[-1] = spans[-1]._replace(text=spans[-1].text + text)
        elif text:
            spans.append(Span(text, role, bold))

    for at, group in enumerate(groups):
        put(" " * way.apart if at else "")
        for place, ch in enumerate(group):
            put(" " * way.cell if place else "")
            if ch not in _GLYPHS and not ch.isspace():
                plain = ch if row == ROWS - 1 else " " * width(ch)
                put(plain + " " * (width(ch) * (way.cell - 1)))
                continue
            for bit in _glyph(ch)[row]:
                put((ch if bit == "1" else " ") * way.cell, "digit" if bit == "1" else "")
    return tuple(spans)


def _cells(groups: Sequence[str], way: _Way) -> int:
    """How wide the groups are that way."""
    bits = sum(sum(len(_glyph(ch)[0]) for ch in group) + len(group) - 1 for group in groups)
    return bits * way.cell + way.apart * (len(groups) - 1)


@lru_cache(maxsize=64)
def big(text: str, cells: int = 80) -> BigRows:
    """A number or a place in at most so many cells; no rows where it is empty or has no room.

    Full-width digits count as plain ones; what has no big form stands plain on the lowest row.
    """
    groups = grouped(unicodedata.normalize("NFKC", text).strip())
    if not any(groups):
        return ()
    way = next((each for each in _WAYS if _cells(groups, each) <= cells), None)
    return tuple(_row(groups, row, way) for row in range(ROWS)) if way else ()


def shape(rows: BigRows) -> str:
    """The filled cells as text, each the digit it belongs to."""
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)
