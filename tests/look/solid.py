"""The places of a screen that say in the solid accent that the keys go there."""

from __future__ import annotations

from typing import Any

from textual.color import Color
from textual.screen import Screen

from dispatcher_tui.tui.look import PALETTES


def solid(screen: Screen[Any]) -> int:
    """How many places have the solid accent, wider than a caret; a label may take two rows."""
    accent = Color.parse(PALETTES[screen.app.theme]["sel"]).rich_color
    places, above = 0, False
    for row in screen._compositor.render_strips():
        cells = sum(s.cell_length for s in row if s.style is not None and s.style.bgcolor == accent)
        places += cells > 1 and not above
        above = cells > 1
    return places
