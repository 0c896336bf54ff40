"""Short texts one after the other, as many to a line as fit, none of them torn apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_GAP = 2


class ShortTexts:
    """A renderable: rich would break a line between a digit and its word, or inside a word."""

    def __init__(self, items: Sequence[Text]) -> None:
        self._items = tuple(items)

    def _lines(self, cells: int) -> Iterator[Text]:
        line = Text(overflow="fold")
        for item in self._items:
            if line.cell_len and line.cell_len + _GAP + item.cell_len > cells:
                yield line
                line = Text(overflow="fold")
            elif line.cell_len:
                line.append(" " * _GAP)
            line.append_text(item)
        yield line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines that go into the width there is."""
        yield from self._lines(options.max_width)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the longest text to all in one line."""
        cells = [item.cell_len for item in self._items] or [0]
        whole = sum(cells) + _GAP * (len(cells) - 1)
        return Measurement(max(cells), whole).with_maximum(options.max_width)
