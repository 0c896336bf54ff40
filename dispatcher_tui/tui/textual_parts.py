"""What leans on Textual's private parts, each with what happens where Textual has them no more.

Nothing else of the program may: a new version of Textual is tried by the tests of this module.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module


def _cache_of_drawn_lines() -> Callable[[], None] | None:
    try:
        cache = import_module("textual._styles_cache").StylesCache.get_inner_outer
    except (ImportError, AttributeError):
        return None
    clear: Callable[[], None] | None = getattr(cache, "cache_clear", None)
    return clear


_clear_drawn_lines = _cache_of_drawn_lines()


def forget_drawn_lines() -> None:
    """Let go of the lines that widgets drew which are on no screen any more.

    Textual 8.2 remembers two colours for each widget's lines, in a cache that is kept by the
    owner of those lines and holds a thousand of them: every screen that was ever open leaves its
    lines there. Living widgets work the two colours out anew. Does nothing where there is no such
    cache.
    """
    if _clear_drawn_lines is not None:
        _clear_drawn_lines()
