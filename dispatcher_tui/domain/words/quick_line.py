"""What one typed line means: a case's number, a line for the Work Log, or a call to take down."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from dispatcher_tui.domain.words.phone import phone_digits, plausible_phone
from dispatcher_tui.domain.words.place import normalise_place, place_parts
from dispatcher_tui.domain.words.text import clean_text, fold

MOST = 2_000
"""Characters of a line; what is pasted beyond them is not read."""

FEWEST_DIGITS = 7
"""Digits of a telephone number in a line; fewer may be a storey, a time or an amount."""

_NUMBER = re.compile(r"[0-9]{6}-[0-9]{2,}")
_BEGUN_NUMBER = re.compile(r"[0-9]{6}-[0-9]?")
"""A number of a case that is not typed to its end: no telephone rings there."""
_LOG = re.compile(r"(?:log|工作日志|日志)(?=\s|[:,]|$)[\s:,]*", re.IGNORECASE)


class QuickCase(msgspec.Struct, frozen=True):
    """The case of that number is to be opened."""

    number: str


class QuickLog(msgspec.Struct, frozen=True):
    """A line for the Work Log."""

    text: str


class QuickCall(msgspec.Struct, frozen=True):
    """A call to take down; ``category`` is a class by its id, each may be empty."""

    place: str = ""
    phone: str = ""
    category: str = ""
    said: str = ""


QuickLine = QuickCase | QuickLog | QuickCall


def read_quick_line(
    line: str, class_of: Callable[[str], str], registered: Callable[[str], bool]
) -> QuickLine | None:
    """What a line means; None where it may only be the name of a command.

    A call begins with its place, or with a telephone number of seven digits or more. Behind it
    stand, with blanks between, a class and a number in any order; all else is what was said, in
    its order. ``class_of`` gives the id of the class that a word names exactly, else nothing;
    ``registered`` says whether a place that is no unit is one of the site's.
    """
    text = clean_text(line, multiline=False, limit=MOST).text.strip()
    folded = fold(text)
    if _NUMBER.fullmatch(folded):
        return QuickCase(folded)
    if (log := _LOG.match(text)) is not None and text[log.end() :].strip():
        return QuickLog(text[log.end() :].strip())
    if _BEGUN_NUMBER.fullmatch(folded):
        return None
    first, *rest = text.split() or [""]
    if is_number(first):
        return _call("", [first, *rest], class_of)
    if len(place_parts(first)) > 1 or (first and registered(normalise_place(first))):
        return _call(normalise_place(first), rest, class_of)
    return None


def is_number(word: str) -> bool:
    """Whether a word of a line is a telephone number."""
    return plausible_phone(word) and len(phone_digits(word)) >= FEWEST_DIGITS


def _call(place: str, words: list[str], class_of: Callable[[str], str]) -> QuickCall:
    """The words behind a place: the first number, the first class, all else was said."""
    phone = next((word for word in words if is_number(word)), "")
    named = next((word for word in words if word != phone and class_of(word)), "")
    said = list(words)
    for taken in filter(None, (phone, named)):
        said.remove(taken)
    category = class_of(named) if named else ""
    # The word that names the class is often all that was said: it stays the caller's, too.
    return QuickCall(place, phone, category, " ".join(said) or named)
