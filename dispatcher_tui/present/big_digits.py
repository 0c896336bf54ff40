"""Numbers to read back, three rows high.

Drawn in plain ASCII: block and box characters are two cells wide on some Chinese terminals, and
the rows would no longer stand under one another.
"""

from __future__ import annotations

import unicodedata

from dispatcher_tui.present.cells import fit, width

# Three rows of each glyph, seven segments each.
_GLYPHS: dict[str, tuple[str, str, str]] = {
    "0": (" _ ", "| |", "|_|"),
    "1": ("   ", "  |", "  |"),
    "2": (" _ ", " _|", "|_ "),
    "3": (" _ ", " _|", " _|"),
    "4": ("   ", "|_|", "  |"),
    "5": (" _ ", "|_ ", " _|"),
    "6": (" _ ", "|_ ", "|_|"),
    "7": (" _ ", "  |", "  |"),
    "8": (" _ ", "|_|", "|_|"),
    "9": (" _ ", "|_|", " _|"),
    "-": ("   ", " _ ", "   "),
    " ": ("  ", "  ", "  "),
    ".": (" ", " ", "."),
}


def _glyph(ch: str) -> tuple[str, str, str]:
    """A character's three rows; what has no big form stands plain on the lowest."""
    known = _GLYPHS.get(ch)
    if known is not None:
        return known
    size = width(ch)
    blank = " " * size
    return blank, blank, fit(ch, size)


def big(text: str) -> tuple[str, str, str]:
    """Three rows of equal width that show the text; full-width digits count as plain ones."""
    glyphs = [_glyph(ch) for ch in unicodedata.normalize("NFKC", text)]
    top, middle, bottom = (" ".join(glyph[row] for glyph in glyphs) for row in range(3))
    return top, middle, bottom
