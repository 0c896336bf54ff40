"""Rows of runs to choose one from: the same list as ``PickLines``, drawn by role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.app import RenderResult
from textual.geometry import Region

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, cut, plain, sides
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.pick_lines import PickLines

KEPT = frozenset({"over", "warn"})
"""What is urgent keeps its colour on the chosen row too."""


class PickRow(NamedTuple):
    """One row: what stands at its left, and flush at its right."""

    left: SpanLine
    right: SpanLine = ()


class PickRows(PickLines):
    """Its rows are put up by ``put``; each is cut where it has no room."""

    _rows_shown: tuple[PickRow, ...] = ()
    _was: tuple[PickRow, ...] = ()

    def put(self, rows: Sequence[PickRow], cursor: int | None = None) -> None:
        """Show other rows; the cursor stays at its line unless another is named.

        Only the rows that have changed are drawn.
        """
        old = self._rows_shown
        self._rows_shown = tuple(PickRow(_clean(row.left), _clean(row.right)) for row in rows)
        words = [_words(row) for row in self._rows_shown]
        self._was = old
        if words == list(self.lines):
            if regions := self._regions(old):
                self.refresh(*regions)
            self._was = self._rows_shown
        self.show(words, cursor)

    def _regions(self, old: Sequence[PickRow]) -> list[Region]:
        """Where the rows in view look otherwise than before."""
        pairs = enumerate(zip(old, self._rows_shown, strict=False))
        seen = range(self._top, self._top + self.size.height)
        changed = [n for n, (was, now) in pairs if was != now and n in seen]
        return [Region(0, n - self._top, self.size.width, 1) for n in changed]

    def _changed(self, old: Sequence[str]) -> Iterator[Region]:
        """The same for the words alone."""
        yield from self._regions(self._was)

    def render(self) -> RenderResult:
        """The rows in view, ``>`` before the chosen one."""
        if not self._rows_shown or not self.lines:
            return super().render()
        self._follow()
        cells, chosen = self.size.width, "sel" if self.here else "tint"
        view = list(enumerate(self._rows_shown))[self._top : self._top + self.size.height]
        return drawn(self.app.theme, [self._spans(row, n, cells, chosen) for n, row in view])

    def _spans(self, row: PickRow, index: int, cells: int, chosen: str) -> list[Span]:
        """One row as wide as the list."""
        hidden = self._hidden(index)
        end = [*row.right, Span(f"{hidden} ", "fg2")] if row.right or hidden else []
        if index != self.cursor:
            return sides([Span(" "), *row.left], end, cells)
        mark = ">" if self.here else "*"
        made = cut(sides([Span(mark), *row.left], end, cells), cells)
        made.append(Span(" " * (cells - cells_of(made))))
        return [each if each.role in KEPT else each._replace(role=chosen) for each in made]


def _words(row: PickRow) -> str:
    """What a row says, for those who read it and draw nothing."""
    return f"{plain(row.left)}   {plain(row.right)}".rstrip()


def _clean(line: SpanLine) -> tuple[Span, ...]:
    return tuple(s._replace(text=clean_text(s.text, multiline=False).text) for s in line)
