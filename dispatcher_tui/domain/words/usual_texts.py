"""What callers usually say about a class, to be taken by a digit instead of being typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.terms import Label

MOST = 9
"""Texts that can be offered: one for each digit."""


class UsualText(msgspec.Struct, frozen=True):
    """A text of a class; ``category`` is the class by its id."""

    text: Label
    category: str


def usual_texts(categories: Iterable[Category], chosen: str = "") -> tuple[UsualText, ...]:
    """The texts of the chosen class; while none is chosen, the first one of each class that has
    any, in the order of the site's file."""
    if chosen:
        own = (each for each in categories if each.id == chosen)
        found = [UsualText(text, each.id) for each in own for text in each.texts]
    else:
        found = [UsualText(each.texts[0], each.id) for each in categories if each.texts]
    return tuple(found[:MOST])


def taken_by_digit(said: str, offered: Sequence[UsualText]) -> UsualText | None:
    """The text that is meant by words that are one of its digits and nothing else; None where they
    are words, whatever figures they begin with."""
    digit = said.strip()
    if len(digit) != 1 or not digit.isascii() or not digit.isdigit():
        return None
    return offered[int(digit) - 1] if 1 <= int(digit) <= len(offered) else None
