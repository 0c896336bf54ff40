"""The digits of an emergency with what each does; where they are dead it is said instead."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from textual import events
from textual.app import RenderResult
from textual.geometry import Size

from dispatcher_tui.present.cells import width, wrap
from dispatcher_tui.present.spans import Span, cells_of
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import Lines

Key = tuple[str, str]
"""A digit, and what it does."""


def _wide_stop(character: str) -> bool:
    return width(character) > 1 and unicodedata.category(character) == "Po"


class ResultKeys(Lines):
    """In one row where they fit; a click on one presses it.

    A key that does nothing is never drawn as one.
    """

    DEFAULT_CSS = "ResultKeys { padding: 0; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id)
        self._keys: tuple[Key, ...] = ()
        self._said: tuple[Span, ...] = ()

    def put(self, keys: Sequence[Key]) -> None:
        """The digits that act."""
        self._take(tuple(keys), ())

    def say(self, *parts: Span) -> None:
        """What is said instead of them."""
        row: list[Span] = []
        for span in parts:
            # A wide full stop has its blank in its own cell, a wide character has none.
            apart = "" if row and _wide_stop(row[-1].text[-1]) else " "
            row += [span._replace(text=f"{apart}{span.text}")] if span.text else []
        self._take((), tuple(row))

    def _take(self, keys: tuple[Key, ...], said: tuple[Span, ...]) -> None:
        if (keys, said) == (self._keys, self._said):
            return
        cells = self.content_size.width
        rows = len(self._laid(cells))
        self._keys, self._said = keys, said
        self._text = "  ".join(f"{key} {text}" for key, text in keys)
        self._text += "".join(span.text for span in said)
        self.refresh(layout=not cells or rows != len(self._laid(cells)))

    def _laid(self, cells: int) -> list[list[Span]]:
        """The rows at a width; the caps come closer before a second row is taken."""
        if self._said:
            return self._words(cells)
        for way in _WAYS:
            row = _row(self._keys, *way)
            if cells_of(row) <= cells:
                return [row] if row else []
        half = (len(self._keys) + 1) // 2
        rows = (self._keys[:half], self._keys[half:])
        if len(self._keys) == 10:  # the results of a call, then what is no result
            rows = (self._keys[:6], self._keys[6:])
        return [self._closest(keys, cells) for keys in rows]

    @staticmethod
    def _closest(keys: Sequence[Key], cells: int) -> list[Span]:
        """The row as far apart as there is room."""
        tried = [_row(keys, *way) for way in _WAYS[1:]]
        return next((row for row in tried if cells_of(row) <= cells), tried[-1])

    def _words(self, cells: int) -> list[list[Span]]:
        whole = "".join(span.text for span in self._said)
        if width(whole) <= cells:
            return [[*self._said]]
        return [
            [Span(f" {row}", span.role)]
            for span in self._said
            for row in wrap(span.text.strip(), max(1, cells - 1))
        ]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as they take."""
        return len(self._laid(width))

    def render(self) -> RenderResult:
        """The caps with what they do, or the words instead."""
        return drawn(self.app.theme, self._laid(self.content_size.width))

    def on_click(self, event: events.Click) -> None:
        """A click on a cap or its word is the key."""
        offset = event.get_content_offset(self)
        if offset is None or not self._keys:
            return
        event.stop()
        rows = self._laid(self.content_size.width)
        end, digit = 0, ""
        for span in rows[offset.y] if offset.y < len(rows) else ():
            digit = span.text.strip() if span.role == "cap" else digit
            end += width(span.text)
            if offset.x < end:
                if digit and span.text.strip():
                    self.app.simulate_key(digit)
                return


_WAYS = (("   ", " ", " "), (" ", " ", ""), (" ", "", ""), ("", "", ""))
"""What stands between two keys, behind a digit in its cap, before the word: as much as has room."""


def _row(keys: Sequence[Key], gap: str, inside: str, before: str) -> list[Span]:
    row: list[Span] = []
    for key, text in keys:
        cap = Span(f" {key}{inside}", "cap")
        row += [Span(gap)] * bool(row and gap) + [cap, Span(f"{before}{text}", "fg1")]
    return row
