"""A document as a workbook: a sheet like the page, its tables as data, its charts native.

The sheet's columns are the edges of all its blocks laid one over the other, so that a cell of a
table lies over as many of them as it is wide. A long table that is torn by that comes once more
on a sheet of its own, to be filtered. Imported only where a workbook is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace
from xlsxwriter.worksheet import Worksheet

from dispatcher_tui.present.table import Value, value_text
from dispatcher_tui.reports.columns import needs, spread
from dispatcher_tui.reports.document import (
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    NewPage,
    Para,
    SignatureField,
    SignHere,
    Table,
    Tear,
)
from dispatcher_tui.reports.typed_cells import width, wrap
from dispatcher_tui.reports.xlsx.book import Told, Workbook
from dispatcher_tui.reports.xlsx.chart import put_chart

CELLS = 100
"""Width of the page in cells of a terminal, which are about those of a sheet's columns."""

LONG = 12
"""Rows from which on a table is worth filtering."""

_LINE = 12.5
"""Height of a line of a cell, in points."""
_MOST_LINES = 30
"""Lines of one row; a sheet's row cannot be higher, so what is longer goes on in the next."""
_WIDEST = 60
"""Of a column on a sheet of data; what is longer is broken."""
_BORDER = {"border": 1, "border_color": "#808080"}
_HEAD = {**_BORDER, "bold": True, "bg_color": "#E8E8E8"}


def _seen(table: Table, row: int, column: int) -> str:
    """What a cell shows: a value in its own form, else its text."""
    value = table.values[row][column] if table.values else None
    if isinstance(value, int) and table.columns[column].kind == "length":
        return str(timedelta(seconds=value))
    if isinstance(value, (int, float, date)):
        return value_text(value, table.columns[column].kind)
    return table.rows[row][column]


def _as_seen(table: Table) -> Table:
    """The table with what its cells show, to be measured."""
    columns, rows = range(len(table.columns)), range(len(table.rows))
    return replace(table, rows=tuple(tuple(_seen(table, r, c) for c in columns) for r in rows))


class _Grid(msgspec.Struct, frozen=True):
    """A block in rows of cells: where each cell ends, counted in cells of the page."""

    edges: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    shaded: tuple[int, ...] = ()
    table: Table | None = None

    def value(self, row: int, column: int, room: int) -> Value:
        """The value of a table's cell; None where it has none, or no room to stand unbroken."""
        table, at = self.table, row - 1
        if table is None or at < 0 or not table.values:
            return None
        return table.values[at][column] if width(_seen(table, at, column)) < room else None

    @property
    def rooms(self) -> list[int]:
        """How wide each column is."""
        return [e - b for b, e in zip((0, *self.edges), self.edges, strict=False)]

    @property
    def all_held(self) -> bool:
        """Whether no value of a table's cells has to become text."""
        rooms = self.rooms
        values = self.table.values if self.table is not None else ()
        return not any(
            isinstance(value, (int, float, date)) and self.value(row, column, rooms[column]) is None
            for row, each in enumerate(values, 1)
            for column, value in enumerate(each)
        )


def _whole_edges(widths: Sequence[float]) -> tuple[int, ...]:
    """Where columns end, in whole cells; each has at least one, the last ends with the page."""
    edges: list[int] = []
    at = 0.0
    for each in widths:
        at += each
        edges.append(max(round(at), (edges[-1] if edges else 0) + 1))
    edges[-1] = CELLS
    for index in range(len(edges) - 2, -1, -1):
        edges[index] = min(edges[index], edges[index + 1] - 1)
    return tuple(edges)


def _table_grid(table: Table) -> _Grid:
    # A cell with a value is not broken: where it has no room, hashes stand in its place.
    unbroken = tuple(replace(c, whole=c.whole or c.kind != "text") for c in table.columns)
    widths = spread(
        needs(replace(_as_seen(table), columns=unbroken), width, CELLS, 1.5), CELLS, fill=True
    )
    heads = tuple(column.head for column in table.columns)
    return _Grid(_whole_edges(widths), (heads, *table.rows), table=table)


def _facts_grid(facts: Facts) -> _Grid:
    across = max(1, min(facts.across, len(facts.pairs)))
    room = CELLS / across
    label = max((width(line) for name, _v in facts.pairs for line in name.split("\n")), default=0)
    label_room = min(label + 2, room * 0.45)
    rows = []
    for start in range(0, len(facts.pairs), across):
        pairs = facts.pairs[start : start + across]
        row = [text for pair in pairs for text in pair]
        rows.append((*row, *[""] * (2 * across - len(row))))
    edges = _whole_edges((label_room, room - label_room) * across)
    return _Grid(edges, tuple(rows), tuple(range(0, 2 * across, 2)))


def _grid(block: Block) -> _Grid | None:
    match block:
        case Table() if block.rows:
            return _table_grid(block)
        case Facts() if block.pairs:
            return _facts_grid(block)
    return None


def _broken(cells: Sequence[str], rooms: Sequence[int]) -> Iterator[tuple[tuple[str, ...], int]]:
    """A row as the rows it takes, each with its number of lines."""
    lines = [wrap(cell, max(2, room - 1)) for cell, room in zip(cells, rooms, strict=True)]
    tall = max(map(len, lines))
    if tall <= _MOST_LINES:
        yield tuple(cells), tall
        return
    for start in range(0, tall, _MOST_LINES):
        parts = [each[start : start + _MOST_LINES] for each in lines]
        yield tuple("\n".join(part) for part in parts), max(map(len, parts))


class _Page:
    """The first sheet, filled from top to bottom."""

    def __init__(self, book: Workbook, grids: Sequence[_Grid]) -> None:
        self._book = book
        document = book.document
        self.sheet: Worksheet = book.sheet(document.title)
        edges = {CELLS}.union(*(grid.edges for grid in grids))
        self._edges = sorted(edges | {CELLS // 2} if document.signatures else edges)
        self._first = 1 if book.mark else 0
        """The column before it bears the mark at every line."""
        self.row = 0
        self.filtered = False
        self._turns: list[int] = []
        before = 0
        for index, edge in enumerate(self._edges):
            at = self._first + index
            self.sheet.set_column(at, at, max(0.5, (edge - before) * 0.92))
            before = edge
        if book.mark:
            self.sheet.set_column(0, 0, width(book.mark) + 1)

    @property
    def _last(self) -> int:
        return self._first + len(self._edges) - 1

    def _column(self, edge: int) -> int:
        """The column that ends there."""
        return self._first + self._edges.index(edge)

    def _end_row(self, lines: int, line: float = _LINE) -> None:
        self.sheet.set_row(self.row, max(1, lines) * line + 2)
        if self._book.mark:
            self._book.text(self.sheet, self.row, 0, self._book.mark)
        self.row += 1

    def line(self, text: str, size: float = 9, **style: object) -> None:
        """A text over the whole width."""
        for (part,), lines in _broken((text,), (int(CELLS * 9 / size),)):
            self._book.text(
                self.sheet, self.row, self._first, part, {**style, "font_size": size}, to=self._last
            )
            self._end_row(lines, _LINE * size / 9)

    def gap(self) -> None:
        """An empty row."""
        self._end_row(1, _LINE / 2)

    def grid(self, grid: _Grid) -> bool:
        """A block's rows; whether each of them is a row of the sheet, and each cell a cell."""
        table = grid.table
        rooms = grid.rooms
        ends = [self._column(edge) for edge in grid.edges]
        begins = [self._first, *(end + 1 for end in ends[:-1])]
        head, plain = self.row, begins == ends
        for number, row in enumerate(grid.rows):
            for parts, lines in _broken(row, rooms):
                for index, text in enumerate(parts):
                    column = table.columns[index] if table is not None else None
                    is_head = index in grid.shaded or (table is not None and number == 0)
                    style: dict[str, object] = {**(_HEAD if is_head else _BORDER)}
                    if column is not None and column.align == "right":
                        style["align"] = "right"
                    self._book.cell(
                        self.sheet,
                        self.row,
                        begins[index],
                        text,
                        style,
                        to=ends[index],
                        of=None if is_head else column,
                        value=grid.value(number, index, rooms[index]),
                    )
                self._end_row(lines)
        plain = plain and self.row - head == len(grid.rows) and grid.all_held
        if plain and table is not None and len(table.rows) >= LONG and not self.filtered:
            self.sheet.autofilter(head, self._first, self.row - 1, self._last)
            self.sheet.repeat_rows(head)
            self.filtered = True
            return True
        return False

    def turn(self) -> None:
        """What follows begins on a page of its own."""
        self._turns.append(self.row)

    def close(self) -> None:
        """All of it is there: what is printed is that, and where its pages begin."""
        self.sheet.set_h_pagebreaks(self._turns)
        self.sheet.print_area(0, 0, max(0, self.row - 1), self._last)

    def signatures(self, signatures: Sequence[SignatureField]) -> None:
        """The fields two by two: part and name, how it was signed here, lines for the hand."""
        if not signatures:
            return
        document, middle = self._book.document, self._column(CELLS // 2)
        fields = ((self._first, middle), (middle + 1, self._last))
        line = "_" * 18
        for start in range(0, len(signatures), 2):
            pair = signatures[start : start + 2]
            for part in ("part", "name", "signed", "hand"):
                for one, (begin, end) in zip(pair, fields, strict=False):
                    text = f"{document.hand} {line}  {document.day} {line[:12]}"
                    text = text if part == "hand" else getattr(one, part)
                    style = _HEAD if part == "part" else _BORDER
                    self._book.text(self.sheet, self.row, begin, text, style, to=end)
                self._end_row(3 if part == "hand" else 1)
            self.gap()


def _as_data(book: Workbook, name: str, table: Table) -> None:
    """A table on a sheet of its own: its titles stay in sight and on every page, to be filtered."""
    sheet, first = book.sheet(name), 1 if book.mark else 0
    widths = [
        min(_WIDEST, max(width(line) for text in texts for line in text.split("\n")) + 3)
        for texts in zip(
            *([column.head for column in table.columns], *_as_seen(table).rows), strict=True
        )
    ]
    for index, column in enumerate(table.columns):
        sheet.set_column(first + index, first + index, widths[index])
        book.text(sheet, 0, first + index, column.head, _HEAD)
    for number, row in enumerate(table.rows, 1):
        for index, text in enumerate(row):
            column = table.columns[index]
            value = table.values[number - 1][index] if table.values else None
            style = {**_BORDER, "align": "right"} if column.align == "right" else _BORDER
            book.cell(sheet, number, first + index, text, style, of=column, value=value)
    if book.mark:
        sheet.set_column(0, 0, width(book.mark) + 1)
        for number in range(len(table.rows) + 1):
            book.text(sheet, number, 0, book.mark)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.autofilter(0, first, len(table.rows), first + len(table.columns) - 1)


def _titles(page: _Page, document: Document) -> None:
    page.line(document.title, 15, bold=True, align="center")
    if document.subtitle:
        page.line(document.subtitle, align="center")
    page.sheet.freeze_panes(page.row, 0)
    page.gap()


def xlsx(document: Document, told: Told) -> bytes:
    """The document as the bytes of a workbook.

    Args:
        document: what to write; its texts are taken as they are, none is run.
        told: hears of every text that was longer than a cell can hold.
    """
    book = Workbook(document, told)
    grids = [_grid(block) for block in document.blocks]
    page = _Page(book, [grid for grid in grids if grid is not None])
    _titles(page, document)
    name, apart = document.title, list[tuple[str, Table]]()
    for block, grid in zip(document.blocks, grids, strict=True):
        match block:
            case Heading():
                name = block.text
                page.line(block.text, 11 if block.level == 1 else 10, bold=True)
                continue
            case Para():
                page.line(block.text)
            case Facts() if grid is not None:
                page.grid(grid)
            case Table() if grid is not None:
                if not page.grid(grid) and (len(block.rows) >= LONG or not grid.all_held):
                    apart.append((name, block))
            case Table():
                page.line(block.empty)
            case Chart():
                page.row = put_chart(book, page.sheet, page.row, block)
            case Tear():
                page.line("- " * (CELLS // 2))
            case NewPage():
                page.turn()
                continue
            case SignHere():
                page.signatures(document.signatures)
                continue
        page.gap()
    if SignHere() not in document.blocks:
        page.signatures(document.signatures)
    page.close()
    if document.data is not None and document.data not in document.blocks:
        apart.append((document.title, document.data))
    for name, table in apart:
        _as_data(book, name, table)
    return book.close()
