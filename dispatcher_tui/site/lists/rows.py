"""Rows of a spreadsheet saved as CSV, with the row's number for every problem."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

import msgspec

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.problems import Findings


class CsvRow(msgspec.Struct, frozen=True):
    """One row below the header: its number as a spreadsheet counts, its cells by column."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def key(self, column: str) -> str:
        """Where a problem of this row's column is."""
        return f"row {self.number} {column}"


def _header(
    cells: list[str], columns: Collection[str], required: Collection[str], findings: Findings
) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    for name in header:
        if name and name not in columns:
            findings.add_unknown("row 1", "unknown_column", name, columns)
        if name and header.count(name) > 1:
            findings.add(f"row 1 {name}", "duplicate", name=name)
    for name in required:
        if name not in header:
            findings.add("row 1", "missing_column", name=name)
    return header


def _clean(cell: str) -> str:
    return clean_text(cell, multiline=False).text.strip()


def read_rows(
    text: str, columns: Collection[str], required: Collection[str], findings: Findings
) -> Iterator[CsvRow]:
    """The rows of a CSV text by its header; empty rows are passed over.

    Columns may stand in any order, and those that are not required may be missing. Cells lose
    outer spaces and what could steer a terminal. A wrong header is noted and nothing is read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = _header(next(reader, []), columns, required, findings)
        if findings.problems:
            return
        for number, cells in enumerate(reader, 2):
            values = [_clean(cell) for cell in cells[: len(header)]]
            if any(_clean(cell) for cell in filter(None, cells[len(header) :])):
                findings.add(f"row {number}", "row_too_long", columns=len(header))
            elif any(values):
                yield CsvRow(number, dict(zip(header, values, strict=False)))
    except csv.Error as error:
        findings.add(f"line {reader.line_num}", "csv_syntax", reason=error)
