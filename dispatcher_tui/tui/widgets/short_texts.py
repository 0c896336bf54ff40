"""Short texts one after the other, as many to a line as fit, none of them torn apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

APART = 2
"""Cells between two texts."""


class ShortTexts:
    """A renderable: rich would break a line between a digit and its word, or inside a word.

    ``lead`` stands before the first line, blanks before the others.
    """

    def __init__(
        self, items: Sequence[Text], *, apart: int = APART, lead: Text | None = None
    ) -> None:
        self._items = tuple(items)
        self._apart = apart
        self._lead = lead

    def _lines(self, cells: int) -> Iterator[Text]:
        line = Text(overflow="fold")
        for item in self._items:
            if line.cell_len and line.cell_len + self._apart + item.cell_len > cells:
                yield line
                line = Text(overflow="fold")
            elif line.cell_len:
                line.append(" " * self._apart)
            line.append_text(item)
        yield line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines that go into the width there is."""
        lead = self._lead.cell_len if self._lead is not None else 0
        for nth, line in enumerate(self._lines(options.max_width - lead)):
            head = self._lead if self._lead is not None and not nth else Text(" " * lead)
            yield Text.assemble(head, line) if lead else line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the longest text to all in one line."""
        cells = [item.cell_len for item in self._items] or [0]
        lead = self._lead.cell_len if self._lead is not None else 0
        whole = sum(cells) + self._apart * (len(cells) - 1)
        return Measurement(lead + max(cells), lead + whole).with_maximum(options.max_width)
