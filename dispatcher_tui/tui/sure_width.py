"""The last thing done to a drawn line: no character of ambiguous width goes to the terminal.

What the desk says has none (`present/cells.py`), but a field draws what somebody typed, and a
widget of Textual's what it likes.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from dispatcher_tui.present.cells import folded_in_place


class SureWidth(LineFilter):
    """Puts a plain twin on the very cells of each character that terminals disagree about."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, those without such a character untouched."""
        if all(text.isascii() for text, _style, _control in segments):
            return segments
        return [
            each if each.text.isascii() else Segment(folded_in_place(each.text), *each[1:])
            for each in segments
        ]
