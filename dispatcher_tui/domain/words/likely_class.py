"""Which class a caller's words are probably about: what F2 proposes, and nobody has to take."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.text import fold

MOST = 3
"""Classes that are proposed at most: as many as an eye takes in with one look."""


def likely_classes(categories: Iterable[Category], said: str) -> tuple[Category, ...]:
    """The classes that a caller's words are probably about, the likeliest first; none is usual.

    A class is weighed by its name, its words and its cues, each by how much of the text it stands
    for: two characters may be chance, six hardly are. What stands within a longer one of the same
    class counts once. Of equal weight is first the class first in the file.
    """
    text = fold(said)
    if not text.strip():
        return ()
    weighed = [(_weight(_signs(each), text), each) for each in categories]
    found = sorted((w for w in weighed if w[0]), key=lambda w: -w[0])
    return tuple(category for _weight_of, category in found[:MOST])


@lru_cache(maxsize=512)
def _signs(category: Category) -> tuple[tuple[str, ...], ...]:
    """What stands for a class, folded: each in parts, all of which have to be said."""
    texts = (category.name.zh, category.name.en, *category.words, *category.cues)
    return tuple({tuple(fold(text).split()): None for text in texts if text.strip()})


def _weight(signs: Iterable[tuple[str, ...]], text: str) -> int:
    """How much of the text speaks for a class: the square of the length of each sign in it."""
    said = [sign for sign in signs if all(part in text for part in sign)]
    most = [sign for sign in said if not any(_within(sign, other) for other in said)]
    return sum(sum(map(len, sign)) ** 2 for sign in most)


def _within(sign: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether every part of a sign stands in a part of another, longer one."""
    longer = sum(map(len, other)) > sum(map(len, sign))
    return longer and all(any(part in whole for whole in other) for part in sign)
