"""Where on the screen the keys go: the cell that the terminal's own cursor stands on.

An input method opens its candidates there, and a screen reader follows it.
"""

from __future__ import annotations

from typing import Any

from textual.app import App, ScreenStackError
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input


def keys_place(app: App[Any]) -> Offset:
    """The caret of the field in focus, else the chosen row, else the line that speaks.

    In cells from the screen's corner. It is asked for whenever something is drawn.
    """
    try:
        screen = app.screen
    except ScreenStackError:
        return Offset(0, 0)
    focused = screen.focused
    if focused is not None and focused.is_mounted:
        return _in_focus(focused)
    for widget in screen.walk_children(Widget):
        row = getattr(widget, "key_row", -1)
        if row >= 0 and widget.display and widget.content_region.height > row:
            return widget.content_region.offset + Offset(0, row)
    return _where_it_speaks(screen)


def _in_focus(focused: Widget) -> Offset:
    """The cell of a widget that takes keys where the next one goes to."""
    region = focused.content_region
    caret = getattr(focused, "cursor_screen_offset", None)
    if isinstance(caret, Offset):
        if isinstance(focused, Input) and focused.cursor_at_end:
            caret -= Offset(1, 0)  # Textual counts the blank cell behind the text twice.
        return _within(region, caret)
    row = max(0, getattr(focused, "key_row", 0))
    return _within(region, region.offset + Offset(0, row))


def _where_it_speaks(screen: Screen[Any]) -> Offset:
    """The first cell of what was said last; of what is to be read where nothing was."""
    spoken = screen.query("#message").results(Widget)
    for line in spoken:
        if getattr(line, "text", ""):
            return line.content_region.offset
    for body in screen.query("#body").results(Widget):
        return body.content_region.offset
    return Offset(0, max(0, screen.size.height - 2))


def _within(region: Region, spot: Offset) -> Offset:
    """The nearest cell of a region."""
    right, bottom = max(region.x, region.right - 1), max(region.y, region.bottom - 1)
    return Offset(max(region.x, min(spot.x, right)), max(region.y, min(spot.y, bottom)))
