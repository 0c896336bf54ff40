"""Ruled rows and columns over as many pages as it takes: tables, and labels beside values."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from dispatcher_tui.present.cells import Align
from dispatcher_tui.reports.columns import needs, spread
from dispatcher_tui.reports.document import Facts, Table
from dispatcher_tui.reports.pdf.pages import (
    ASCENT,
    CELL,
    GAP,
    Pages,
    Shade,
    Stroke,
    Words,
    height,
)

PAD = 3.0
"""Between the rules of a cell and what stands in it."""

_KEPT_LINES = 3
"""A row is broken over pages only where at least so many of its lines stand on either."""


class _GridRow(msgspec.Struct, frozen=True):
    """A row of a grid: the lines of each cell; ``widths``: its own, where it has fewer cells."""

    cells: tuple[tuple[str, ...], ...]
    bold: bool = False
    widths: tuple[float, ...] = ()

    @property
    def lines(self) -> int:
        return max(map(len, self.cells))


class Grid(msgspec.Struct, frozen=True):
    """Rows in ruled columns; ``shaded`` columns carry labels, the head comes again on each page."""

    widths: tuple[float, ...]
    rows: tuple[_GridRow, ...]
    head: _GridRow | None = None
    shaded: tuple[int, ...] = ()
    aligns: tuple[Align, ...] = ()


def row_height(lines: int) -> float:
    """How high a row with so many lines is."""
    return height(lines) + 2 * PAD


def grid_of_table(flow: Pages, table: Table) -> Grid:
    """A table's cells broken to columns that fill the page's width."""
    shown = _shown(flow, table)
    asked = needs(shown, lambda line: flow.type.length(line) * CELL, flow.paper.room, 2 * PAD + 0.1)
    widths = spread(asked, flow.paper.room, fill=True)

    def row(texts: Sequence[str], *, bold: bool = False) -> _GridRow:
        cells = zip(texts, widths, strict=True)
        return _GridRow(tuple(flow.lines(t, w - 2 * PAD, CELL) for t, w in cells), bold)

    head = row([column.head for column in shown.columns], bold=True)
    aligns = tuple(column.align for column in table.columns)
    return Grid(tuple(widths), tuple(map(row, shown.rows)), head, (), aligns)


def _shown(flow: Pages, table: Table) -> Table:
    """The same table with the texts as they are drawn."""
    columns = tuple(replace(c, head=flow.type.shown(c.head)) for c in table.columns)
    rows = tuple(tuple(map(flow.type.shown, row)) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _longest(flow: Pages, text: str) -> float:
    return max(flow.type.length(line) for line in flow.type.shown(text).split("\n")) * CELL


def label_width(flow: Pages, run: Sequence[Facts]) -> float:
    """How wide the labels of facts are that follow one another: one width, so that they line up."""
    labels = (label for facts in run for label, _value in facts.pairs)
    longest = max((_longest(flow, label) for label in labels), default=0.0)
    across = max((facts.across for facts in run), default=1)
    return min(longest + 2 * PAD + 1, flow.paper.room / max(1, across) * 0.45)


def grid_of_facts(flow: Pages, facts: Facts, label_width: float) -> Grid:
    """Labels on grey beside their values, so many pairs to a row; a row with fewer of them is
    filled by its last value."""
    across = max(1, facts.across)
    room = flow.paper.room / across
    widths = (label_width, room - label_width) * across
    rows = []
    for start in range(0, len(facts.pairs), across):
        pairs = facts.pairs[start : start + across]
        texts = [text for pair in pairs for text in pair]
        rest = room * (across - len(pairs))
        own = (*widths[: len(texts) - 1], widths[len(texts) - 1] + rest)
        lines = (flow.lines(t, w - 2 * PAD, CELL) for t, w in zip(texts, own, strict=True))
        rows.append(_GridRow(tuple(lines), widths=own if rest else ()))
    return Grid(widths, tuple(rows), None, tuple(range(0, 2 * across, 2)))


def _draw_row(flow: Pages, grid: Grid, row: _GridRow, first: int, count: int) -> None:
    """Lines ``first`` to ``first + count`` of a row, with the rules around them."""
    high = row_height(count)
    top, x = flow.y, flow.paper.left
    widths = row.widths or grid.widths
    for index, (width, lines) in enumerate(zip(widths, row.cells, strict=True)):
        if row is grid.head or index in grid.shaded:
            flow.ink(Shade(x, top, width, high))
        for number, line in enumerate(lines[first : first + count]):
            at = x + PAD
            if grid.aligns and grid.aligns[index] == "right":
                at = x + width - PAD - flow.type.length(line) * CELL
            y = top + PAD + height(number) + CELL * ASCENT
            flow.ink(Words(at, y, line, CELL, row.bold))
        x += width
    edge = flow.paper.left
    for width in (0.0, *widths):
        edge += width
        flow.ink(Stroke(edge, top, edge, top + high))
    flow.ink(
        Stroke(flow.paper.left, top, edge, top),
        Stroke(flow.paper.left, top + high, edge, top + high),
    )
    flow.y += high


def _head_height(grid: Grid) -> float:
    return row_height(grid.head.lines) if grid.head else 0.0


_WITH_TAIL, _WITH_TAIL_PART = 2, 0.8
"""So many of the last rows stay with what must not stand alone on a page, where that takes no more
than this part of one."""

_KEPT_PART = 6
"""A grid that takes no more than this part of a page is not broken."""


def least(flow: Pages, grid: Grid, tail: float) -> float:
    """The height without which a grid is not begun: all of a short one, with its ``tail``."""
    whole = _head_height(grid) + sum(row_height(row.lines) for row in grid.rows)
    if whole <= flow.paper.body / _KEPT_PART:
        ended = whole + GAP + tail if tail else whole
        return ended if ended <= flow.paper.body * _WITH_TAIL_PART else whole
    first = grid.rows[0].lines if grid.rows else 0
    return _head_height(grid) + row_height(min(first, _KEPT_LINES))


def draw_grid(flow: Pages, grid: Grid, tail: float = 0.0) -> None:
    """A grid from page to page; a row goes over whole unless it is too long for that.

    ``tail``: the height of what follows and does not begin a page without rows of the grid.
    """
    if grid.head:
        _draw_row(flow, grid, grid.head, 0, grid.head.lines)

    def turn() -> None:
        flow.turn()
        if grid.head:
            _draw_row(flow, grid, grid.head, 0, grid.head.lines)

    last = sum(row_height(row.lines) for row in grid.rows[-_WITH_TAIL:]) + GAP + tail
    for number, row in enumerate(grid.rows, 1):
        done, total = 0, row.lines
        if tail and len(grid.rows) - number == min(_WITH_TAIL, len(grid.rows)) - 1:
            fits = last <= flow.paper.body * _WITH_TAIL_PART
            if fits and last > flow.left and flow.y > flow.paper.top:
                turn()
        if row_height(total) > flow.left and row_height(total) <= flow.paper.body / 3:
            turn()
        while done < total:
            fit = int((flow.left - 2 * PAD) / height(1) + 0.01)
            if fit < min(_KEPT_LINES, total - done):
                turn()
                continue
            count = min(fit, total - done)
            _draw_row(flow, grid, row, done, count)
            done += count
    flow.y += GAP
