"""Text that people typed: made safe to show, and folded for matching.

What is kept of a caller's words is kept to the letter; only what could steer a terminal or hide
text is taken out. Folding serves matching alone and never reaches the record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

VERBATIM_LIMIT = 40_000
"""Most characters one text may have."""

_LINE_BREAK_OR_TAB = re.compile("(?:\r\n?|[\n\t\u2028\u2029])+")

# Unified ideographs and their extensions, compatibility ideographs, and the ideographic zero.
_HANZI = (
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FA1F),
    (0x30000, 0x3FFFD),
)


class Cleaned(msgspec.Struct, frozen=True):
    """A text fit for the record, and what was done to it.

    `removed` counts the characters taken out without a substitute, `cut` those beyond the limit.
    """

    text: str
    removed: int
    cut: int


def _unsafe() -> Iterator[int]:
    """Every code point that is taken out; line breaks and tabs are dealt with apart."""
    yield from (code for code in range(0x20) if chr(code) not in "\n\r\t")
    yield from range(0x7F, 0xA0)  # DEL and C1
    yield 0x061C  # bidi controls: this one, and those in the ranges below
    yield from range(0x200B, 0x2010)  # zero width, left-to-right and right-to-left mark
    yield from range(0x202A, 0x202F)
    yield from range(0x2060, 0x2070)  # word joiner, unseen operators, bidi isolates, old controls
    yield from range(0xD800, 0xE000)  # lone surrogates: no encoding can write them
    yield from range(0xFDD0, 0xFDF0)  # noncharacters: this block, and two at each plane's end
    yield 0xFEFF
    yield from range(0xFFF9, 0xFFFC)  # interlinear annotation
    yield from range(0xE0000, 0xE0080)  # tags
    for plane in range(17):
        yield plane * 0x10000 + 0xFFFE
        yield plane * 0x10000 + 0xFFFF


_TAKE_OUT = dict.fromkeys(_unsafe())


def clean_text(raw: str, *, multiline: bool = True, limit: int = VERBATIM_LIMIT) -> Cleaned:
    """Take out what could steer a terminal or hide text; keep the rest to the letter.

    Every kind of line break becomes one line feed. Without `multiline`, each run of line breaks
    and tabs becomes one space. A lone carriage return is a line break too: terminals paste them
    so, and taking it out would join two words. Cleaning twice changes nothing more.
    """
    if raw.isprintable():  # No control, no format character, no break: nothing to take out.
        return Cleaned(text=raw[:limit], removed=0, cut=max(0, len(raw) - limit))
    kept = raw.translate(_TAKE_OUT)
    removed = len(raw) - len(kept)
    if multiline:
        text = kept.replace("\r\n", "\n").replace("\r", "\n")
        text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    else:
        text = _LINE_BREAK_OR_TAB.sub(" ", kept)
    return Cleaned(text=text[:limit], removed=removed, cut=max(0, len(text) - limit))


def clean_line(text: str) -> str:
    """A text on its way out: without what could steer a terminal, tabs as spaces.

    Line breaks stay what they are, one line feed each.
    """
    return clean_text(text, limit=len(text)).text.replace("\t", " ")


def fold(s: str) -> str:
    """One form for all spellings of a query or code: full width, case, compatibility forms.

    For matching only. Folding twice changes nothing more.
    """
    if s.isascii():
        return s.lower()
    # Unicode's recipe for compatibility caseless matching: each step may undo the one before.
    step = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", s).casefold())
    return unicodedata.normalize("NFKC", step.casefold())


def fold_key(ch: str) -> str:
    """The ASCII twin of a key that an input method turned into another character.

    Case stays, since a terminal tells `n` from `N`. What has no twin of one character, such as
    the name of a function key, comes back unchanged.
    """
    if len(ch) != 1:
        return ch
    twin = unicodedata.normalize("NFKC", ch)
    twin = {"、": "/", "。": "."}.get(twin, twin)
    return twin if len(twin) == 1 else ch


def is_hanzi(ch: str) -> bool:
    """True where the one character is a Chinese ideograph."""
    if len(ch) != 1:
        return False
    code = ord(ch)
    return any(first <= code <= last for first, last in _HANZI)
