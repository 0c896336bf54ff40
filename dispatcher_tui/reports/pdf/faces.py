"""The fonts that are printed with: which of them draws a character, how wide, and what none has.

Both come with the program and are embedded, so that a sheet looks the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.text import clean_text

FILES = ("DejaVuSansCondensed.ttf", "DroidSansFallbackFull.ttf")
"""Latin and signs first, Chinese second: the first that has a character draws it."""

LACKING = "□"
"""Stands for a character that no font has."""

_STAND_INS = {0x9: " ", 0xA0: " ", 0x3000: "  ", 0x3008: "\u27e8", 0x3009: "\u27e9"}
"""By code point, where another character looks the same: the spaces, two pointed brackets."""
_LEFTWARD = frozenset({"R", "AL"})
"""Kinds of letters that run to the left and join: drawn one by one to the right they say another
word, so that no font here counts as having them."""


class FontMissing(Failure):
    """A font that comes with the program is not there, or is none."""

    code = "font_missing"


@cache
def _load(path: Path) -> TTFont:
    """A font made known to reportlab, once for the life of the program: it is large.

    Raises:
        FontMissing: it cannot be read.
    """
    try:
        font = TTFont(path.stem, str(path))
    except (TTFError, OSError) as error:
        raise FontMissing(path.name) from error
    registerFont(font)
    return font


class Faces:
    """The fonts for one document."""

    def __init__(self, folder: Path) -> None:
        self._fonts = [_load(folder / file) for file in FILES]
        self._by_char: dict[str, TTFont | None] = {}

    @property
    def first(self) -> str:
        """The name of the font that is asked first."""
        name: str = self._fonts[0].fontName
        return name

    def _font(self, char: str) -> TTFont | None:
        if char not in self._by_char:
            code = ord(char)
            private = unicodedata.category(char) == "Co"  # no two fonts mean the same by it
            barred = private or unicodedata.bidirectional(char) in _LEFTWARD
            having = (font for font in self._fonts if code in font.face.charToGlyph and not barred)
            self._by_char[char] = next(having, None)
        return self._by_char[char]

    def _stand_in(self, char: str) -> str:
        """What is drawn for a character; empty where nothing means the same."""
        if self._font(char) is not None and ord(char) not in _STAND_INS:
            return char
        twin = _STAND_INS.get(ord(char)) or unicodedata.normalize("NFKC", char)
        return twin if twin != char and all(map(self._font, twin)) else ""

    def shown(self, text: str) -> str:
        """The text as it can be drawn; what no font has becomes a mark."""
        clean = clean_text(text, limit=len(text)).text
        drawn = (char if char == "\n" else self._stand_in(char) or LACKING for char in clean)
        return "".join(drawn)

    def lacks(self, text: str) -> list[str]:
        """The stretches of a text that no font has."""
        clean = clean_text(text, limit=len(text)).text
        stretches = groupby(clean, lambda char: char != "\n" and not self._stand_in(char))
        return ["".join(chars) for lacking, chars in stretches if lacking]

    def width(self, char: str) -> float:
        """The width of a character that was ``shown``, in parts of the size."""
        font = self._font(char)
        return float(font.face.charWidths[ord(char)]) / 1000 if font else 0.0

    def length(self, text: str) -> float:
        """The width of a line that was ``shown``, in parts of the size."""
        return sum(map(self.width, text))

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """A line that was ``shown`` in stretches of one font each: its name, and the stretch."""
        for font, chars in groupby(text, self._font):
            if font is not None:
                yield font.fontName, "".join(chars)
