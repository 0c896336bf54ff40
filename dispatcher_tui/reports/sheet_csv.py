"""A document for programs and spreadsheets as comma separated values: text alone, nothing runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from dispatcher_tui.present.spreadsheet import safe_cell
from dispatcher_tui.reports.chart_text import figures_table
from dispatcher_tui.reports.document import Chart, Document, Facts, Heading, Para, Table


def _table(table: Table) -> Iterator[Iterable[str]]:
    yield (column.head for column in table.columns)
    yield from table.rows


def _all(document: Document) -> Iterator[Iterable[str]]:
    """Everything there is, block by block."""
    yield (document.title, document.subtitle)
    for block in document.blocks:
        match block:
            case Heading() | Para():
                yield (block.text,)
            case Facts():
                yield from block.pairs
            case Table():
                yield from _table(block) if block.rows else ((block.empty,),)
            case Chart():
                yield (block.title,)
                yield from _table(figures_table(block))
    for one in document.signatures:
        yield (one.part, one.name, one.signed)


def comma_separated(document: Document) -> str:
    """The table that is the document's data, its titles first; else everything, part by part.

    Each row of what is no record begins with its mark.
    """
    rows = _table(document.data) if document.data is not None else _all(document)
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    lead = (document.mark,) if document.mark else ()
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in (*lead, *row)])
    return stream.getvalue()
