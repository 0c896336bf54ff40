"""The call tree's rows: the one that is chosen, and the colour of how far everybody has come."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult

from dispatcher_tui.present.spans import Span, SpanLine, cells_of, cut, plain
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.pick_lines import PickLines

_LOUD = ("over", "warn")
"""Badges keep their colour in the row that is chosen."""


class TreeList(PickLines):
    """Lines to choose one from, drawn by the roles of their runs."""

    _spans: tuple[SpanLine, ...] = ()

    def put(self, rows: Sequence[SpanLine], cursor: int | None = None) -> None:
        """Show other rows; the cursor stays at its row unless another is named."""
        texts, spans = [plain(row) for row in rows], tuple(tuple(row) for row in rows)
        old, self._spans = self._spans, spans
        self.show(texts, cursor)
        view = range(self._top, min(self._top + self.size.height, len(old), len(spans)))
        if other := [self._place_of(at) for at in view if old[at] != spans[at]]:
            self.refresh(*other)  # a colour may differ where no letter does

    def render(self) -> RenderResult:
        """The rows in view, a mark before the chosen one."""
        if not self._spans:
            return super().render()
        high, cells = self.size.height, self.size.width
        self._top = max(self.cursor - high + 1, min(self._top, max(0, self.cursor)))
        self._top = max(0, min(self._top, len(self._spans) - high))
        self._shown_here = self.here
        rows = enumerate(self._spans[self._top : self._top + high], self._top)
        return drawn(self.app.theme, [self._drawn(row, index, cells) for index, row in rows])

    def _drawn(self, row: SpanLine, index: int, cells: int) -> list[Span]:
        if index != self.cursor:
            return cut([Span(" "), *row], cells)
        role = "sel" if self.here else "tint"
        line = [span if span.role in _LOUD else Span(span.text, role) for span in row]
        line = cut([Span(">" if self.here else "*", role), *line], cells)
        return [*line, Span(" " * (cells - cells_of(line)), role)]
