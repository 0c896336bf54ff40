"""What callers say where they mean a danger: it leads to F9 before any class is picked (E-01)."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.text import fold


def danger_said(
    procedure: Procedure, categories: Iterable[Category], said: str
) -> tuple[str, Category] | None:
    """The word by which a class of danger is called in what a caller says, and the class.

    A class of danger is one whose tags make an emergency, by themselves or with a fact. Of several
    words the one said first counts, of those the longest; None where there is none.
    """
    text, level = fold(said), emergency_level(procedure)
    if not text:
        return None
    tags = {*level.tags, *(tag for each in level.together for tag in each.tags)}
    found = [
        (text.find(fold(word)), -len(word), word, category)
        for category in categories
        if not tags.isdisjoint(category.tags)
        for word in category.words
        if fold(word) in text
    ]
    first = min(found, key=lambda each: each[:2], default=None)
    return first[2:] if first else None
