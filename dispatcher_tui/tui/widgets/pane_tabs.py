"""The parts of an emergency by their titles: where the arrows work, how far the calls are."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual.app import RenderResult

from dispatcher_tui.present.spans import Span, SpanLine, cells_of, plain, sides
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.lines import Lines


class Pane(msgspec.Struct, frozen=True):
    """One part: its title, whether the arrows work in it, its width where all are in view."""

    title: str
    chosen: bool
    cells: int = 0


class PaneTabs(Lines):
    """Tabs where one part is in view, a title over each part where all of them are."""

    DEFAULT_CSS = """
    PaneTabs {
        height: 1; padding: 0; background: $desk-bg2; color: $desk-fg0;
        text-wrap: nowrap; text-overflow: clip;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id, wrap=False)
        self._panes: tuple[Pane, ...] = ()
        self._far: tuple[Span, ...] = ()
        self._how = ""

    def tell(self, panes: Sequence[Pane], far: SpanLine, how: str) -> None:
        """Say it.

        Args:
            panes: the parts; each with a width where they stand side by side.
            far: how far the calls are.
            how: how to come to another part.
        """
        said = (tuple(panes), tuple(far), how)
        if said != (self._panes, self._far, self._how):
            self._panes, self._far, self._how = said
            parts = [f"[{each.title}]" if each.chosen else each.title for each in panes]
            self._text = "   ".join([*parts, how, plain(far)])
            self.refresh()

    def render(self) -> RenderResult:
        """The row."""
        cells = self.content_size.width
        wide = any(pane.cells for pane in self._panes)
        return drawn(self.app.theme, [self._titles(cells) if wide else self._tabs(cells)])

    def _tabs(self, cells: int) -> list[Span]:
        row: list[Span] = []
        for pane in self._panes:
            row += [Span(" ", "strip2")] * bool(row) + [_title(pane)]
        end = [*self._far, Span(" ", "strip2")] if self._far else []
        how = Span(f"   {self._how}", "strip2")
        if cells_of(row) + cells_of([how]) + cells_of(end) < cells:
            row.append(how)
        return _grounded(sides(row, end, cells))

    def _titles(self, cells: int) -> list[Span]:
        row: list[Span] = []
        for at, pane in enumerate(self._panes):
            left = cells - cells_of(row) - bool(row)
            wide = pane.cells if at + 1 < len(self._panes) else left
            end = [*self._far] if at == 0 else [Span(self._how.split(" ")[0], "strip2")]
            row += [Span(" ", "gap")] * bool(row)
            row += _grounded(sides([_title(pane)], [*end, Span(" ", "strip2")], wide))
        return row


def _title(pane: Pane) -> Span:
    if pane.chosen:
        return Span(f"[{pane.title}]", "tint")
    return Span(f" {pane.title} ", "strip" if pane.cells else "strip2")


def _grounded(row: Sequence[Span]) -> list[Span]:
    """What has no role is the ground of the strip."""
    return [span if span.role else span._replace(role="strip2") for span in row]
