"""A widget whose lines are all its own, from edge to edge: what the lists with countdowns are.

It has no frame, no padding and no layer for Textual to put around a line, which takes as long for
each line that a second changed as drawing it does.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.tui.look import paint


class EdgeToEdge(Widget):
    """Says its lines in ``render_line``, made of ``drawn`` runs."""

    ALLOW_SELECT = False

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False  # user text holds no links; skips a look at every line drawn
        self._styles: dict[tuple[str, bool], Style | None] = {}

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in view as they go to the terminal."""
        strips = [self.render_line(y) for y in crop.line_range]
        start, end = crop.column_span
        if (start, end) == (0, self.outer_size.width):
            return strips
        return [strip.crop(start, end) for strip in strips]

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn in the old colours may be used again."""
        super().notify_style_update()
        self._styles.clear()

    def drawn(self, line: SpanLine) -> list[Segment]:
        """Runs in their colours; fewer changes of colour, fewer bytes on a slow line."""
        parts = [Segment(span.text, self._style(span.role, span.bold)) for span in line]
        shown = list(Segment.simplify(parts))
        # What filters do to plain letters they have done to their style already.
        return shown if all(part.text.isascii() for part in shown) else self._filtered(shown)

    def in_one_role(self, text: str, role: str = "") -> Strip:
        """A whole line in one role."""
        cells = self.outer_size.width
        return Strip(self.drawn([Span(fit(text, cells, ellipsis=""), role)]), cells)

    def _filtered(self, parts: list[Segment]) -> list[Segment]:
        """The last that is done to what goes to the terminal, as to any other widget's lines."""
        ground = self.background_colors[1]
        for each in self.get_line_filters():
            parts = each.apply(parts, ground)
        return parts

    def _style(self, role: str, bold: bool = False) -> Style | None:
        """How a role is drawn on this widget's ground, kept until the theme changes."""
        key = (role, bold)
        if key not in self._styles:
            style = (self.visual_style + paint(self.app.theme, role, bold)).rich_style
            self._styles[key] = self._filtered([Segment(" ", style)])[0].style
        return self._styles[key]
