"""A chart drawn on a page: bars lying beside their labels, or lines over them.

Printed without colour, so that series differ by grey and by the shape of their points, and every
value stands there in figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.reports.document import Chart
from dispatcher_tui.reports.pdf.pages import (
    ASCENT,
    CELL,
    GAP,
    SMALL,
    Pages,
    Shade,
    Stroke,
    Words,
    height,
)
from dispatcher_tui.reports.scale import course_of, scale_of, value_labels

_GREYS = (0.3, 0.62, 0.82, 0.48)
_BAR = 9.0
"""How high a bar is; its value stands behind it in the smallest type."""
_PAD = 4.0
_LABEL_AT_MOST = 0.34
"""The part of the width that the names of bars may take before they are broken."""
_TALL = 120.0
"""How high the field of a line chart is."""
_POINT = 3.6


def _grey(index: int) -> float:
    return _GREYS[index % len(_GREYS)]


def _legend(flow: Pages, chart: Chart) -> None:
    """Which series is which, where there is more than one."""
    if len(chart.series) < 2:
        return
    x = flow.paper.left
    flow.need(height(1, SMALL))
    for index, series in enumerate(chart.series):
        for number, line in enumerate(
            flow.lines(series.name, flow.paper.room - _BAR - _PAD, SMALL)
        ):
            size = flow.type.length(line) * SMALL + (0 if number else _BAR + _PAD)
            if x > flow.paper.left and x + size > flow.paper.left + flow.paper.room:
                flow.y += height(1, SMALL)
                flow.need(height(1, SMALL))
                x = flow.paper.left
            if not number:
                flow.ink(Shade(x, flow.y + 1.5, _BAR, SMALL - 1, _grey(index)))
                x += _BAR + _PAD
            flow.ink(Words(x, flow.y + SMALL * ASCENT, line, SMALL))
            x += flow.type.length(line) * SMALL + GAP
    flow.y += height(1, SMALL) + _PAD


def _title(flow: Pages, chart: Chart) -> tuple[str, ...]:
    return flow.lines(chart.title, flow.paper.room, CELL) if chart.title else ()


def _slot(flow: Pages, chart: Chart) -> float:
    return flow.paper.room / max(1, len(chart.categories))


def _lines_fit(flow: Pages, chart: Chart) -> bool:
    """Whether every label and value has room below and above its point, unbroken."""
    labels = [*chart.categories, *(label for each in value_labels(chart) for label in each)]
    shown = (line for label in labels for line in flow.type.shown(label).split("\n"))
    widest = max((flow.type.length(line) * SMALL for line in shown), default=0.0)
    return widest + _PAD <= _slot(flow, chart)


def _as_lines(flow: Pages, chart: Chart) -> bool:
    return chart.kind == "line" and len(chart.categories) > 1 and _lines_fit(flow, chart)


def _row_height(flow: Pages, chart: Chart, name: Sequence[str]) -> float:
    bars = len(chart.series) * (_BAR + 1)
    return max(bars, height(len(name), CELL)) + _PAD


def _names(flow: Pages, chart: Chart) -> tuple[float, list[tuple[str, ...]]]:
    """The width that the bars' names take, and each of them in its lines."""
    shown = [flow.type.shown(name) for name in chart.categories]
    natural = max(
        (flow.type.length(n) * CELL for text in shown for n in text.split("\n")), default=0
    )
    room = min(natural + 1, flow.paper.room * _LABEL_AT_MOST)
    return room, [flow.lines(name, room, CELL) for name in chart.categories]


def least_chart(flow: Pages, chart: Chart) -> float:
    """The height without which a chart is not begun: bars that fit on half a page stay together."""
    top = height(len(_title(flow, chart)), CELL) + height(1, SMALL) + _PAD
    if _as_lines(flow, chart):
        return top + _field_height(flow, chart)
    rows = [_row_height(flow, chart, name) for name in _names(flow, chart)[1]]
    whole = top + sum(rows)
    return whole if whole <= flow.paper.body / 2 else top + sum(rows[:1])


def draw_chart(flow: Pages, chart: Chart) -> None:
    """The chart where the page stands; bars go on over pages, a line stays whole."""
    flow.write(_title(flow, chart), CELL, bold=True)
    _legend(flow, chart)
    if _as_lines(flow, chart):
        _draw_lines(flow, chart)
    else:
        _draw_bars(flow, chart)
    flow.y += GAP


def _draw_bars(flow: Pages, chart: Chart) -> None:
    """A row for each category: its name, a bar for each series, the value behind it."""
    labels, scale = value_labels(chart), scale_of(chart)
    shown = [[flow.type.shown(label) for label in each] for each in labels]
    widest = max((flow.type.length(text) * SMALL for each in shown for text in each), default=0.0)
    room, names = _names(flow, chart)
    begin = flow.paper.left + room + _PAD
    length = flow.paper.left + flow.paper.room - begin - widest - _PAD
    nought = begin + scale.share(0) * length
    for at, name in enumerate(names):
        high = _row_height(flow, chart, name)
        flow.need(high)
        for number, line in enumerate(name):
            flow.ink(Words(flow.paper.left, flow.y + height(number) + CELL * ASCENT, line, CELL))
        for index, series in enumerate(chart.series):
            value = series.values[at]
            if value is None:
                continue
            y = flow.y + 1 + index * (_BAR + 1)
            end = begin + scale.share(value) * length
            left, right = min(nought, end), max(nought, end)
            flow.ink(Shade(left, y, right - left, _BAR, _grey(index)))
            flow.ink(Words(right + 2, y + SMALL * ASCENT, shown[index][at], SMALL))
        flow.ink(Stroke(nought, flow.y, nought, flow.y + high))
        flow.y += high


def _field_height(flow: Pages, chart: Chart) -> float:
    rows = max((len(flow.type.shown(c).split("\n")) for c in chart.categories), default=1)
    over = len(chart.series) * height(1, SMALL)
    return over + _TALL + _PAD + height(rows, SMALL)


def _draw_lines(flow: Pages, chart: Chart) -> None:
    """A field with a line for each series; labels that would meet stand one above the other."""
    scale = course_of(chart)
    flow.need(_field_height(flow, chart))
    top = flow.y + len(chart.series) * height(1, SMALL)
    taken: dict[int, list[float]] = {}
    for index, labels in enumerate(value_labels(chart)):
        last: tuple[float, float] | None = None
        for at, value in enumerate(chart.series[index].values):
            if value is None:
                last = None
                continue
            x, y = _middle(flow, chart, at), top + (1 - scale.share(value)) * _TALL
            if last is not None:
                flow.ink(Stroke(*last, x, y, 0.8 + 0.5 * (index % 3)))
            last = (x, y)
            half = _POINT / 2 + index * 0.4
            flow.ink(Shade(x - half, y - half, 2 * half, 2 * half, _grey(index)))
            above = _free(y - _POINT - 2, taken.setdefault(at, []))
            _centred(flow, labels[at], x, above)
    _draw_foot(flow, chart, top + _TALL)


def _middle(flow: Pages, chart: Chart, at: int) -> float:
    return flow.paper.left + _slot(flow, chart) * (at + 0.5)


def _centred(flow: Pages, text: str, x: float, y: float) -> None:
    shown = flow.type.shown(text)
    flow.ink(Words(x - flow.type.length(shown) * SMALL / 2, y, shown, SMALL))


def _draw_foot(flow: Pages, chart: Chart, base: float) -> None:
    """The line that a field stands on, and the names of its categories below."""
    flow.ink(Stroke(flow.paper.left, base, flow.paper.left + flow.paper.room, base))
    rows = 1
    for at, category in enumerate(chart.categories):
        lines = flow.type.shown(category).split("\n")
        rows = max(rows, len(lines))
        for number, line in enumerate(lines):
            y = base + _PAD + height(number, SMALL) + SMALL * ASCENT
            _centred(flow, line, _middle(flow, chart, at), y)
    flow.y = base + _PAD + height(rows, SMALL)


def _free(wanted: float, taken: list[float]) -> float:
    """The nearest place above where a label belongs that no other one of its category has."""
    place, step = wanted, height(1, SMALL)
    while any(abs(place - other) < step - 1 for other in taken):
        place -= step
    taken.append(place)
    return place
