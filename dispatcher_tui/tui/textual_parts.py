"""What leans on Textual's private parts, each with what happens where Textual has them no more.

Nothing else of the program may: a new version of Textual is tried by the tests of this module.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.widgets import Input
from textual.worker import WorkerFailed

WITHOUT_WINDOW = ("linux", "dumb", "vt100")
"""Terminals that would show a title as text, or have none."""


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


def set_window_title(app: App[Any], text: str) -> None:
    """Give the terminal's window a title; nothing where there is no window, or no way to it."""
    driver = getattr(app, "_driver", None)
    if driver is None or app.is_headless or os.environ.get("TERM") in WITHOUT_WINDOW:
        return
    driver.write(f"\x1b]2;{text}\x07")


def left_behind(app: App[Any], error: BaseException) -> bool:
    """Whether a fault is that of a screen that was left, or of a widget taken away, at its work.

    A screen that is left while it is still opening goes on with what it had begun and misses its
    own widgets; nobody looks at it any more. Where it missed them is read from the fault itself.
    """
    found = error.error if isinstance(error, WorkerFailed) else error
    if not isinstance(found, NoMatches):
        return False
    node, step = None, found.__traceback__
    while step is not None:
        owner = step.tb_frame.f_locals.get("self")
        node = owner if isinstance(owner, DOMNode) else node
        step = step.tb_next
    if node is None or node is app:
        return False
    try:
        return node.screen not in app.screen_stack
    except (NoScreen, ScreenStackError):
        return True


PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
"""What a terminal puts around a text that is pasted."""


class PasteFilter:
    """What a terminal sends, without the escape characters inside of what is pasted.

    Textual takes an escape character in a paste for the beginning of a key and hands the
    characters after it on as keys: they overtake the paste, and the time it takes grows with the
    square of its length.
    """

    def __init__(self) -> None:
        self._pasting = False
        self._before = ""
        """The end of what was sent last, which may be the beginning of a mark."""

    def filtered(self, data: str) -> str:
        """The next piece; what may be half a mark in a paste is kept until the next one."""
        found: list[str] = []
        while data:
            if self._pasting:
                data = self._inside(data, found)
            else:
                data = self._outside(data, found)
        return "".join(found)

    def _outside(self, data: str, found: list[str]) -> str:
        """Pass on what is no paste, at once; gives what is left after a paste's beginning."""
        both = self._before + data
        at = both.find(PASTE_BEGINS)
        if at < 0:
            found.append(data)
            self._before = both[-(len(PASTE_BEGINS) - 1) :]
            return ""
        passed = at + len(PASTE_BEGINS) - len(self._before)
        found.append(data[:passed])
        self._pasting, self._before = True, ""
        return data[passed:]

    def _inside(self, data: str, found: list[str]) -> str:
        """Pass on the paste without escape characters; gives what is left after its end."""
        both, self._before = self._before + data, ""
        at = both.find(PASTE_ENDS)
        if at >= 0:
            found += (both[:at].replace("\x1b", ""), PASTE_ENDS)
            self._pasting = False
            return both[at + len(PASTE_ENDS) :]
        half = next(
            (n for n in range(len(PASTE_ENDS) - 1, 0, -1) if both.endswith(PASTE_ENDS[:n])), 0
        )
        kept = both[: len(both) - half]
        self._before = both[len(both) - half :]
        found.append(kept.replace("\x1b", ""))
        return ""


def filter_pastes() -> bool:
    """Have every terminal's parser of Textual's read through a ``PasteFilter``; False where it has
    no such parser. A second time does nothing.
    """
    try:
        parser: Any = import_module("textual._xterm_parser").XTermParser
        feed = parser.feed
    except (ImportError, AttributeError):
        return False
    if getattr(feed, "filters_pastes", False):
        return True

    def filtering(self: Any, data: str) -> Iterable[Any]:
        if not data:  # the end of what is sent
            found: Iterable[Any] = feed(self, data)
            return found
        own = self.__dict__.setdefault("_paste_filter", PasteFilter())
        text = own.filtered(data)
        return feed(self, text) if text else ()

    filtering.filters_pastes = True  # type: ignore[attr-defined]
    parser.feed = filtering
    return True


def cover(field: Input, *, covered: bool) -> None:
    """Draw a field's text as that of a PIN, or as it is."""
    field.password = covered
