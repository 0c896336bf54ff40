"""A chart's values as they are written and drawn: their labels, and where they lie."""

from __future__ import annotations

import msgspec

from dispatcher_tui.present.spreadsheet import one_line
from dispatcher_tui.reports.document import Chart


def figure(value: float) -> str:
    """A value as short as it can be said: whole, or with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def value_label(value: float | None, unit: str) -> str:
    """A value with its unit; empty where there is none."""
    if value is None:
        return ""
    unit = one_line(unit)
    between = " " if unit[:1].isascii() and unit[:1].isalpha() else ""
    return f"{figure(value)}{between}{unit}"


def value_labels(chart: Chart) -> list[list[str]]:
    """The labels of every series' values, in order."""
    return [[value_label(v, chart.unit) for v in series.values] for series in chart.series]


class Scale(msgspec.Struct, frozen=True):
    """From the least to the greatest value of a chart."""

    least: float
    greatest: float

    def share(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        return (value - self.least) / (self.greatest - self.least)


def scale_of(chart: Chart) -> Scale:
    """The scale of bars: nought always lies on it, so that lengths compare."""
    values = _values(chart)
    least, greatest = min([0.0, *values]), max([0.0, *values])
    return Scale(least, greatest if greatest > least else least + 1)


def course_of(chart: Chart) -> Scale:
    """The scale of lines: as much as the values take up, and a quarter of that below them."""
    values = _values(chart) or [0.0]
    span = max(values) - min(values) or 1.0
    return Scale(
        min(values) - span / 4, max(values) if len(set(values)) > 1 else min(values) + span
    )


def _values(chart: Chart) -> list[float]:
    return [v for series in chart.series for v in series.values if v is not None]
