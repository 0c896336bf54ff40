"""A chart as the workbook's own: drawn from cells, so that its titles too are only text."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from dispatcher_tui.present.spreadsheet import one_line
from dispatcher_tui.reports.document import Chart
from dispatcher_tui.reports.xlsx.book import Workbook

_ROW = 20
"""Height of a row of a sheet that nobody set, in pixels."""
_WIDTH = 700
_TOP, _BAR, _FIELD = 110, 26, 280


def _kind(chart: Chart) -> str:
    return "line" if chart.kind == "line" and len(chart.categories) > 1 else "bar"


def _form(chart: Chart) -> str:
    """How a value is shown: figures, then the unit; a quote in it would end the words."""
    unit = one_line(chart.unit).replace('"', "").replace("\\", "")
    return f'General"{unit}"' if unit else "General"


def _figures(book: Workbook, chart: Chart) -> int:
    """Put the values under those of earlier charts: the row of the chart's title."""
    sheet = book.figures
    top = sheet.dim_rowmax + 2 if sheet.dim_rowmax is not None else 0
    first = 1 if book.mark else 0
    book.text(sheet, top, first, chart.title, {"bold": True})
    for index, series in enumerate(chart.series, 1):
        book.text(sheet, top + 1, first + index, series.name, {"bold": True})
    form = book.style({"num_format": _form(chart)})
    for at, category in enumerate(chart.categories):
        book.text(sheet, top + 2 + at, first, category)
        for index, series in enumerate(chart.series, 1):
            value = series.values[at]
            if value is not None:
                sheet.write_number(top + 2 + at, first + index, value, form)
    sheet.set_column(first, first, 30)
    if book.mark:
        for row in range(top, top + 2 + len(chart.categories)):
            book.text(sheet, row, 0, book.mark)
    return top


def put_chart(book: Workbook, sheet: Worksheet, row: int, chart: Chart) -> int:
    """Put a chart at a row of a sheet: the first row below it."""
    top, first = _figures(book, chart), 1 if book.mark else 0
    name, last = book.figures.get_name(), top + 1 + len(chart.categories)
    kind = _kind(chart)
    drawn = book.chart(kind)
    for index in range(1, len(chart.series) + 1):
        column = first + index
        drawn.add_series(
            {
                "name": [name, top + 1, column],
                "categories": [name, top + 2, first, last, first],
                "values": [name, top + 2, column, last, column],
                "data_labels": {"value": True, "num_format": _form(chart)},
                "marker": {"type": "automatic"} if kind == "line" else {},
                "gap": 60,
            }
        )
    drawn.set_title({"name": [name, top, first], "name_font": {"size": 11}})
    if len(chart.series) < 2:
        drawn.set_legend({"none": True})
    else:
        drawn.set_legend({"position": "bottom"})
    if kind == "bar":
        drawn.set_y_axis({"reverse": True})  # the first bar on top, as on paper
    bars = len(chart.categories) * max(1, len(chart.series))
    tall = _FIELD if kind == "line" else _TOP + _BAR * bars
    drawn.set_size({"width": _WIDTH, "height": tall})
    sheet.insert_chart(row, first, drawn, {"x_offset": 4, "y_offset": 4, "object_position": 1})
    rows = -(-(tall + 12) // _ROW)
    for at in range(row, row + rows):
        if book.mark:
            book.text(sheet, at, 0, book.mark)
    return row + rows
