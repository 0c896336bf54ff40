"""A document for programs and spreadsheets as comma separated values: text alone, nothing runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from dispatcher_tui.present.spreadsheet import safe_cell
from dispatcher_tui.reports.chart_text import figures_table
from dispatcher_tui.reports.document import Chart, Document, Facts, Heading, Para, Table

_Row = Iterable[str]


def _safe(row: _Row) -> tuple[str, ...]:
    return tuple(map(safe_cell, row))


def _table(table: Table) -> Iterator[_Row]:
    """Heads and rows, ready to be written: a number or a time is one to a spreadsheet, too."""
    yield _safe(column.head for column in table.columns)
    for number, row in enumerate(table.rows):
        values = table.values[number] if table.values else row
        yield (
            text if isinstance(value, (int, float, date)) else safe_cell(text)
            for text, value in zip(row, values, strict=True)
        )


def _all(document: Document) -> Iterator[_Row]:
    """Everything there is, block by block."""
    yield _safe((document.title, document.subtitle))
    for block in document.blocks:
        match block:
            case Heading() | Para():
                yield _safe((block.text,))
            case Facts():
                yield from map(_safe, block.pairs)
            case Table():
                yield from _table(block) if block.rows else (_safe((block.empty,)),)
            case Chart():
                yield _safe((block.title,))
                yield from _table(figures_table(block))
    for one in document.signatures:
        yield _safe((one.part, one.name, one.signed))


def comma_separated(document: Document) -> str:
    """The table that is the document's data, its titles first; else everything, part by part.

    Each row of what is no record begins with its mark.
    """
    rows = _table(document.data) if document.data is not None else _all(document)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    lead = _safe((document.mark,)) if document.mark else ()
    writer.writerows((*lead, *row) for row in rows)
    return stream.getvalue()
