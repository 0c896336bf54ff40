"""A workbook being filled: text that is never run, cut only where the format cuts, and said so.

The one place that hands a cell to XlsxWriter. Imported only where a workbook is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spreadsheet import margin_text, one_line
from dispatcher_tui.present.table import Kind, Value
from dispatcher_tui.reports.document import Column, Document

MOST = 32_767
"""Most UTF-16 units that a cell can hold; what is more is cut by every program that reads it."""

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file for the moment of a document that has none: the clock is never asked."""

_FORMS: dict[Kind, str] = {
    "count": "0",
    "money": "0.00",
    "percent": "0.0%",
    "length": "[h]:mm:ss",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
    "second": "yyyy-mm-dd hh:mm:ss",
}
"""How values of each kind are shown."""

_UNITS: dict[Kind, int] = {"money": 100, "length": 24 * 60 * 60}
"""How much of a value is one to a workbook: it has yuan and days, not fen and seconds."""

_FIRST_YEAR = 1900
"""A workbook counts days from its beginning; until its end programs disagree about them."""

_SHEET_NAME = re.compile(r"[\[\]:*?/\\']+")
_SHEET_NAME_AT_MOST = 31
_HEADER_AT_MOST = 120

Style = Mapping[str, object]
"""Properties of a cell, by XlsxWriter's names."""

_PLAIN: Style = {}

Told = Callable[[str], None]
"""Is told, in the reader's language, what a file could not hold."""


def units(text: str) -> int:
    """How long a text is as a workbook counts it."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, mark: str, most: int = MOST) -> str:
    """As much of a text as a cell holds, with a mark where the rest is missing."""
    room = most - units(mark)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + mark


def _held(of: Column, value: Value) -> tuple[float | date, str] | None:
    """What a cell reckons with and its form; None where it is text."""
    form = _FORMS.get(of.kind)
    if form is None or value is None or isinstance(value, (str, tuple)):
        return None
    if isinstance(value, date):
        if value.year <= _FIRST_YEAR:
            return None
        return (value.replace(tzinfo=None) if isinstance(value, datetime) else value), form
    return value / _UNITS.get(of.kind, 1), form


class Workbook:
    """A workbook, its sheets' names, and its kinds of cells.

    ``told`` hears of each text that was cut, with its sheet and cell.
    """

    def __init__(self, document: Document, told: Told) -> None:
        self.document = document
        self.mark = one_line(document.mark)
        self._told = told
        self._stream = BytesIO()
        self._names: set[str] = {"history"}
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._stream, options)
        at = (document.at or _UNDATED).astimezone(UTC).replace(tzinfo=None)
        title = one_line(f"{document.title} {document.subtitle}".strip())
        self._book.set_properties({"title": title[:255], "created": at})

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, A4, as wide as one page, with what stands on every page of the document."""
        sheet = self._book.add_worksheet(self._free_name(name))
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.75, bottom=0.7)
        head = " ".join(filter(None, (self.mark, self.document.head or self.document.title)))
        sheet.set_header(self._left(head))
        sheet.set_footer(f"{self._left(self.document.foot)}&R&P / &N")
        return sheet

    @staticmethod
    def _left(text: str) -> str:
        """A text on the left of a margin; none at all where there is no text."""
        shown = margin_text(text).strip()[:_HEADER_AT_MOST]
        return f"&L{shown}" if shown else ""

    def _free_name(self, text: str) -> str:
        """A name for a sheet that no other one has."""
        wanted = " ".join(filter(None, (self.mark, _SHEET_NAME.sub(" ", one_line(text)).strip())))
        wanted, number = wanted or "-", 1
        while True:
            end = f" {number}" if number > 1 else ""
            room = _SHEET_NAME_AT_MOST - units(end)
            name = wanted if units(wanted) <= room else cut(wanted, "", room)
            name = name.strip() + end
            if name.casefold() not in self._names:
                self._names.add(name.casefold())
                return name
            number += 1

    def style(self, style: Style) -> Format:
        """A kind of cell; the same one for the same properties."""
        whole = {"font_size": 9, "valign": "top", "text_wrap": True, **style}
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(whole)
        return self._formats[key]

    def shown(self, sheet: Worksheet, row: int, column: int, text: str) -> str:
        """A text as its cell can hold it: nothing that steers; what is cut is marked and told."""
        clean = clean_text(text, limit=len(text)).text
        if len(clean) <= MOST // 2 or units(clean) <= MOST:
            return clean
        words = _("{sheet}, cell {cell}: {n} characters are more than a cell holds; it was cut.")
        cell = xl_rowcol_to_cell(row, column)
        self._told(words.format(sheet=sheet.get_name(), cell=cell, n=len(clean)))
        return cut(clean, _(".. [cut: {n} characters]").format(n=len(clean)))

    def text(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        text: str,
        style: Style = _PLAIN,
        *,
        to: int = 0,
    ) -> None:
        """A cell of text, over all columns up to ``to``; it stays text when it is edited, too."""
        kind = self.style({**style, "quote_prefix": True})
        shown = self.shown(sheet, row, column, text)
        if to > column:
            sheet.merge_range(row, column, row, to, "", kind)
        if shown:
            sheet.write_string(row, column, shown, kind)
        else:
            sheet.write_blank(row, column, None, kind)

    def cell(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        text: str,
        style: Style = _PLAIN,
        *,
        to: int = 0,
        of: Column | None = None,
        value: Value = None,
    ) -> None:
        """A cell of a table: its value where its column has values, else its text."""
        held = _held(of, value) if of is not None else None
        if held is None:
            self.text(sheet, row, column, text, style, to=to)
            return
        held_value, form = held
        kind = self.style({**style, "num_format": form})
        if to > column:
            sheet.merge_range(row, column, row, to, "", kind)
        if isinstance(held_value, date):
            sheet.write_datetime(row, column, held_value, kind)
        else:
            sheet.write_number(row, column, held_value, kind)

    @cached_property
    def figures(self) -> Worksheet:
        """The sheet of the values that charts are drawn from."""
        return self.sheet(_("Chart figures"))

    def chart(self, kind: str) -> xlsxwriter.chart.Chart:
        """A new chart of this kind, in nobody's sheet yet."""
        return self._book.add_chart({"type": kind})

    def close(self) -> bytes:
        """The bytes of the file."""
        self._book.close()
        return self._stream.getvalue()
