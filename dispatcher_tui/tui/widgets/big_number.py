"""A number to ring or a place to read back, in digits that are read at arm's length."""

from __future__ import annotations

from textual.app import RenderResult
from textual.geometry import Size

from dispatcher_tui.present.big_digits import ROWS, BigRows, big, shape
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import Lines

LEAST_ROWS = 20
"""Rows of a terminal from which a big number leaves room for the rest of the screen."""


class BigNumber(Lines):
    """As wide as it can be drawn; no row where there is no number or no room.

    The number itself stands in the line above it, for copying and for readers of the screen.
    """

    DEFAULT_CSS = "BigNumber { padding: 0 0 0 2; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, number: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's
        super().__init__(number, id=id, wrap=False)

    @property
    def number(self) -> str:
        """What is shown."""
        return self._text

    def show(self, text: str) -> None:
        """Show another number; the layout is touched only where its rows come or go."""
        cells = self.content_size.width
        had = bool(self._big(cells))
        super().show(text)
        if had != bool(self._big(cells)):
            self.refresh(layout=True)

    @property
    def shape(self) -> str:
        """The cells that are filled, as text; empty where none is."""
        return shape(self._big(self.content_size.width)) if self.display else ""

    def _big(self, cells: int) -> BigRows:
        return big(self._text, cells) if self.app.size.height >= LEAST_ROWS else ()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Five rows, or none."""
        return ROWS if self._big(width) else 0

    def render(self) -> RenderResult:
        """The filled cells."""
        colourless = self.app.console.color_system is None
        return drawn(self.app.theme, self._big(self.content_size.width), colourless=colourless)
