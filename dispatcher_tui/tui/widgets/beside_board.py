"""The chosen case beside the board: rows of runs, of which a tick draws only those that changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, cut, plain
from dispatcher_tui.tui.look import paint


class CasePanel(Widget):
    """What is put stands from the top; what has no room below is not drawn."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "CasePanel { height: 100%; background: $desk-bg1; color: $desk-fg1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self.auto_links = False
        self._lines: tuple[tuple[Span, ...], ...] = ()
        self._styles: dict[tuple[str, bool], Style] = {}

    @property
    def text(self) -> str:
        """What is shown."""
        return "\n".join(plain(line) for line in self._lines)

    def put(self, rows: Sequence[SpanLine]) -> None:
        """Show other rows; only those that differ are drawn."""
        new = tuple(map(tuple, rows))
        cells = self.content_size.width
        pairs = enumerate(zip_longest(self._lines, new))
        dirty = [Region(0, y, cells, 1) for y, (old, now) in pairs if old != now]
        self._lines = new
        if dirty and cells:
            self.refresh(*dirty)

    def notify_style_update(self) -> None:
        """Another theme: nothing drawn in the old colours may be used again."""
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """One row, as wide as the panel."""
        cells = self.content_size.width
        row = cut(self._lines[y], cells) if y < len(self._lines) else []
        parts = [Segment(fit(s.text, cells_of([s])), self._style(s)) for s in row]
        left = cells - cells_of(row)
        parts.append(Segment(" " * max(0, left), self.rich_style))
        return Strip(Segment.simplify(parts), cells)

    def _style(self, span: Span) -> Style:
        key = (span.role, span.bold)
        style = self._styles.get(key)
        if style is None:
            style = (self.visual_style + paint(self.app.theme, *key)).rich_style
            self._styles[key] = style
        return style
