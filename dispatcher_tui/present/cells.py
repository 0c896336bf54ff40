"""Text in terminal cells: a Chinese character takes two, a combining mark none.

What comes out holds no control character, fits its width to the cell, and has no character of
ambiguous width: half the terminals give those two cells, and every later column would shift. What
people typed is folded so on its way to the screen alone, and a page keeps it
(`reports/typed_cells.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

from rich.cells import cell_len, split_graphemes

from dispatcher_tui.domain.words.text import clean_text

Align = Literal["left", "right"]

_NARROWEST_WRAP = 2
"""The least width in which every character finds room."""

_MORE_THAN_ANY_SCREEN = 2_000
"""Characters of a text that can matter to one line; the rest is not even remembered."""

# Marks that do not stand at the head of a line.
_CLOSING = re.escape("、。〉》」』】〕〗！），．：；？］｝”’…,.;:!?)]}%")
# Marks that do not stand at its end.
_OPENING = re.escape("（「『《〈【〔〖［｛([{")
# A wide character is a word of its own; between two of them a line may break.
_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
)
_WIDE += "\uffe0-\uffe6\U0001f300-\U0001faff\U00020000-\U0003fffd"

_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
# Two to four of them by themselves are mostly somebody's name, which nobody reads in two pieces.


_WORD = f" +|[{_OPENING}]*(?:[{_WIDE}]|[^ {_WIDE}]+)[{_CLOSING}]*"
# What they are where nothing is wide. The sets of the others take as long to compile as a picture
# to draw, and the first picture of an English desk needs none of them.
_PLAIN_WORDS = re.compile(" +|[^ ]+")


@cache
def _words() -> re.Pattern[str]:
    """What a line may be broken between, however narrow it is."""
    return re.compile(_WORD)


@cache
def _names() -> re.Pattern[str]:
    """The same, and a name is one word."""
    name = rf"[{_OPENING}]*(?<!\w)[{_HAN}]{{2,4}}(?!\w)[{_CLOSING}]*"
    return re.compile(f"{name}|{_WORD}")


_TWINS = (
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-"}
    | {"\u2015": "-", "\u2500": "-", "\u2502": "|", "\u00b7": ".", "\u2022": "*", "\u00d7": "x"}
    | dict.fromkeys(map(chr, range(0x2580, 0x25A0)), " ")  # what a scrollbar ends with
    | {"\u00f7": "/", "\u2190": "<", "\u2192": ">", "\u2191": "^", "\u2193": "v"}
)
"""What stands on a screen for the commonest characters whose width terminals disagree about."""

# As many characters as before: what a caret counts in stays where it is.
_ONE_FOR_ONE = str.maketrans(_TWINS | {"\u2026": "."})
_FOR_READING = str.maketrans(_TWINS | {"\u2026": ".."})
# A difference between two files must stay one.
_TELLING = str.maketrans(_TWINS | {"\u2026": "..", "\u2192": "->"})


@cache
def _perhaps() -> re.Pattern[str]:
    """What is neither plain nor Chinese: only there can a character of ambiguous width be."""
    return re.compile(
        "[^\\x00-\\x7f\u2e80-\u3247\u3250-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]"
    )


def folded(text: str) -> str:
    """The text as a screen shows it: each character of ambiguous width becomes its plain twin.

    An ellipsis becomes two dots, a letter with an accent the bare letter, what has no twin ``?``.
    """
    if text.isascii() or _perhaps().search(text) is None:
        return text
    return "".join(_folded(each, False) for each in text.translate(_FOR_READING))


def folded_in_place(text: str) -> str:
    """As `folded`, each character on as many cells as it had; a mark that takes none may go."""
    if text.isascii() or _perhaps().search(text) is None:
        return text
    return "".join(_folded(each, True) for each in text.translate(_ONE_FOR_ONE))


@lru_cache(maxsize=4096)
def _folded(character: str, in_place: bool) -> str:
    """One character as every terminal gives it the same width; nothing for a mark on another."""
    if unicodedata.east_asian_width(character) != "A":
        return character
    cells = cell_len(character)
    if not cells:
        return ""
    parts = unicodedata.normalize("NFKD", character)
    twin = "".join(each for each in parts if not unicodedata.combining(each))
    sure = all(unicodedata.east_asian_width(each) != "A" for each in twin)
    return twin if sure and (cell_len(twin) == cells or not in_place) else "?" * cells


def _shown(text: str, fold: bool = True) -> str:
    """The text on a single line without anything that could steer the terminal."""
    if text.isascii() and text.isprintable():
        return text
    text = clean_text(text, multiline=False).text
    return folded(text) if fold else text


def sure_width(text: str) -> str:
    """The text in characters that every terminal gives the same width; for the screen alone.

    A character of ambiguous width becomes its plain twin, or its code where it has none.
    """
    if text.isascii():
        return text
    return "".join(map(_sure, unicodedata.normalize("NFC", text).translate(_TELLING)))


def _sure(character: str) -> str:
    if unicodedata.east_asian_width(character) != "A":
        return character
    twin = unicodedata.normalize("NFKC", character)
    plain = all(unicodedata.east_asian_width(each) != "A" for each in twin)
    return twin if plain else f"\\u{ord(character):04x}"


def width(text: str, *, fold: bool = True) -> int:
    """How many cells the text takes when shown on a single line."""
    return cell_len(_shown(text, fold))


def _head(text: str, cells: int) -> str:
    """As much of the text as goes into `cells`, no character split."""
    if text.isascii():
        return text[:cells]
    taken = 0
    end = 0
    for _start, stop, size in split_graphemes(text)[0]:
        if taken + size > cells:
            break
        taken += size
        end = stop
    return text[:end]


@lru_cache(maxsize=8192)
def _fit(text: str, cells: int, align: Align, ellipsis: str, fold: bool) -> str:
    shown = _shown(text, fold)
    size = cell_len(shown)
    if size > cells and cell_len(shown.rstrip(" ")) <= cells:
        shown = shown.rstrip(" ")  # Of blanks nothing is missing.
        size = cell_len(shown)
    if size > cells:
        tail = _shown(ellipsis)
        room = cells - cell_len(tail)
        # A column too narrow for the mark shows what it can of the text instead.
        shown = _head(shown, room) + tail if room > 0 else _head(shown, cells)
        size = cell_len(shown)
    padding = " " * (cells - size)
    return padding + shown if align == "right" else shown + padding


def fit(
    text: str, width: int, align: Align = "left", ellipsis: str = "..", *, fold: bool = True
) -> str:
    """The text on one line of exactly `width` cells, padded with spaces or cut with `ellipsis`.

    A wide character is never split: where only half of it would fit, a space stands instead.
    """
    if width <= 0:
        return ""
    return _fit(text[:_MORE_THAN_ANY_SCREEN], width, align, ellipsis, fold)


def wrap(text: str, width: int, *, fold: bool = True) -> list[str]:
    """The text in lines of at most `width` cells (at least 2); its own line breaks stay.

    Lines break between Chinese characters and at spaces; a word longer than the line is split, but
    no name of four characters at most that stands between marks or spaces. A closing mark stays
    with the character before it. Spaces at a break are dropped, tabs are spaces.
    """
    return list(_wrap(text, max(width, _NARROWEST_WRAP), fold))


@lru_cache(maxsize=512)
def _wrap(text: str, cells: int, fold: bool) -> tuple[str, ...]:
    clean = clean_text(text).text.replace("\t", " ")
    clean = folded(clean) if fold else clean
    return tuple(line for row in clean.split("\n") for line in _wrap_row(row, cells))


def _words_of(row: str, cells: int) -> Iterator[str]:
    """What a row is broken between; a name that is longer than a line, at its characters."""
    if row.isascii():
        yield from _PLAIN_WORDS.findall(row)
        return
    for word in _names().findall(row):
        if len(word) > 1 and not word.isascii() and cell_len(word) > cells:
            yield from _words().findall(word)
        else:
            yield word


def _wrap_row(row: str, cells: int) -> list[str]:
    """The lines of a text without line breaks; one empty line for an empty text."""
    lines: list[str] = []
    line, used = "", 0
    for word in _words_of(row, cells):
        size = cell_len(word)
        if used + size <= cells:
            line += word
            used += size
            continue
        if word.isspace():
            # The break falls on these spaces; what follows begins a line.
            lines.append(line.rstrip(" "))
            line, used = "", 0
            continue
        if line:
            lines.append(line.rstrip(" "))
        *full, line = _pieces(word, cells)
        lines.extend(full)
        used = cell_len(line)
    if line or not lines:
        lines.append(line)
    return lines


def _pieces(word: str, cells: int) -> list[str]:
    """A word in pieces of at most `cells`; in one piece where it fits."""
    if cell_len(word) <= cells:
        return [word]
    pieces = []
    start = used = 0
    for first, _stop, size in split_graphemes(word)[0]:
        if used + size > cells:
            pieces.append(word[start:first])
            start, used = first, 0
        used += size
    return [*pieces, word[start:]]


def beside_name(name: str, rest: str, cells: int) -> str:
    """A name and what stands behind it, a number above all: of the two the name is cut."""
    rest = rest.strip()
    room = cells - (width(rest) + 2 if rest else 0)
    shown = fit(name, max(1, room)).rstrip() if width(name) > room else name
    return f"{shown}  {rest}".rstrip()
