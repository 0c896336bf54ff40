"""A workbook being filled: text that is never run, cut only where the format cuts, and said so.

The one place that hands a cell to XlsxWriter. Imported only where a workbook is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spreadsheet import margin_text, one_line
from dispatcher_tui.reports.document import Document

MOST = 32_767
"""Most UTF-16 units that a cell can hold; what is more is cut by every program that reads it."""

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file for the moment of a document that has none: the clock is never asked."""

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.(\d{1,4}))?(%?)")
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
        return cut(clean, _("… [cut: {n} characters]").format(n=len(clean)))

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
        numeric: bool = False,
    ) -> None:
        """A cell of a table: a number where its column has numbers and it reads as one."""
        found = _NUMBER.fullmatch(text) if numeric else None
        if found is None:
            self.text(sheet, row, column, text, style, to=to)
            return
        decimals, percent = len(found[1] or ""), found[2]
        value = float(text.removesuffix("%")) / (100 if percent else 1)
        form = "0" + ("." + "0" * decimals if decimals else "") + percent
        kind = self.style({**style, "num_format": form})
        if to > column:
            sheet.merge_range(row, column, row, to, "", kind)
        sheet.write_number(row, column, value, kind)

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
