"""The chosen case beside the board: rows of runs, of which a tick draws only those that changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.geometry import Region
from textual.strip import Strip

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, cut, plain
from dispatcher_tui.tui.widgets.edge_to_edge import EdgeToEdge


class CasePanel(EdgeToEdge):
    """What is put stands from the top; what has no room below is not drawn."""

    DEFAULT_CSS = "CasePanel { height: 100%; background: $desk-bg1; color: $desk-fg1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._lines: tuple[tuple[Span, ...], ...] = ()
        self._strips: dict[tuple[Span, ...], Strip] = {}
        self._cells = 0

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
        self._strips = {line: strip for line, strip in self._strips.items() if line in new}
        if dirty and cells:
            self.refresh(*dirty)

    def notify_style_update(self) -> None:
        """As for every role."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """One row, as wide as the panel."""
        cells = self.outer_size.width
        if cells != self._cells:
            self._cells = cells
            self._strips.clear()
        line = self._lines[y] if y < len(self._lines) else ()
        strip = self._strips.get(line)
        if strip is None:
            row = cut(line, cells)
            parts = [span._replace(text=fit(span.text, cells_of([span]))) for span in row]
            parts.append(Span(" " * max(0, cells - cells_of(row))))
            strip = self._strips[line] = Strip(self.drawn(parts), cells)
        return strip
