"""Breaking text into lines of a measured width, as Chinese and English are broken on paper.

The terminal's twin, which counts cells, is ``cells.wrap``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

Measure = Callable[[str], float]
"""The width of one character; the width of a text is the sum of its characters'."""

_CLOSING = re.escape("、。〉》」』】〕〗！），．：；？］｝”’…—,.;:!?)]}%")
"""Marks that do not stand at the head of a line."""
_OPENING = re.escape("《「『【〔〖（［｛“‘〈([{")
"""Marks that do not stand at a line's end."""
_WIDE = (
    "\u2e80-\u2fff\u3003-\u3007\u3012-\u303f\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd"
)


@cache
def _unit() -> re.Pattern[str]:
    """What a line may be broken between; compiled when the first text is broken."""
    return re.compile(
        f" +|[{_OPENING}]*[{_WIDE}][{_CLOSING}]*|[{_OPENING}]*[^ {_WIDE}{_OPENING}]+|[{_OPENING}]+"
    )


def units(text: str) -> list[str]:
    """What of a text stays together where there is room for it: words, wide characters, spaces."""
    return [unit for row in text.split("\n") for unit in _unit().findall(row)]


def _pieces(unit: str, room: float, measure: Measure) -> Iterator[str]:
    """A unit cut so that each piece fits; a mark that combines stays with what it stands on."""
    piece, used = "", 0.0
    for char in unit:
        size = measure(char)
        if piece and used + size > room and not unicodedata.combining(char):
            yield piece
            piece, used = "", 0.0
        piece += char
        used += size
    yield piece


def _row(row: str, room: float, measure: Measure) -> Iterator[str]:
    line, used = "", 0.0
    for unit in _unit().findall(row):
        size = sum(map(measure, unit))
        if used + size <= room:
            line += unit
            used += size
            continue
        if unit.isspace():
            # The break falls on these spaces; what follows begins a line.
            yield line.rstrip(" ")
            line, used = "", 0.0
            continue
        if line.strip(" "):
            yield line.rstrip(" ")
        *full, line = _pieces(unit, room, measure)
        yield from full
        used = sum(map(measure, line))
    yield line


def broken(text: str, room: float, measure: Measure) -> list[str]:
    """The text in lines that fit into ``room``; its own line breaks stay, nothing is left out.

    Lines break between Chinese characters and at spaces; a word longer than the line is cut.
    Spaces at a break are dropped.
    """
    return [line for row in text.split("\n") for line in _row(row, room, measure)]
