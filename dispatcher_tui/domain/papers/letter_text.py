"""The paragraphs of a notice or letter: words of the site, with paths of the record in braces."""

from __future__ import annotations

import re
from collections.abc import Callable

PLACE = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)+)\}")
"""A path in braces, such as ``{case.place}``; nothing else in braces is one."""

TYPED = "typed."
"""What the path of a field begins with that is typed before the paper is printed."""


def paths_in(text: str) -> tuple[str, ...]:
    """The paths that a paragraph asks for."""
    return tuple(PLACE.findall(text))


def loose_brace(text: str) -> bool:
    """Whether a brace is left that belongs to no path: it would be printed as it is."""
    rest = PLACE.sub("", text)
    return "{" in rest or "}" in rest


def filled_in(text: str, said: Callable[[str], str], blank: str) -> str:
    """A paragraph with what the record has for each path, ``blank`` where it has nothing. What
    stands in for a path is no template: braces in it stay as they are."""
    return PLACE.sub(lambda found: said(found[1]) or blank, text)
