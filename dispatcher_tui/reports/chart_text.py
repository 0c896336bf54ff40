"""A chart in terminal cells: every value in figures, and a bar of signs beside it."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.reports.document import Chart, Column, Table
from dispatcher_tui.reports.scale import figure, scale_of, value_labels
from dispatcher_tui.reports.typed_cells import fit, width, wrap

_LONGEST = 40
_SIGN = "#"
_BETWEEN = _INDENT = "  "


def _bar(share: float, cells: int) -> str:
    """A bar of so many cells at most; what is more than nothing shows."""
    return _SIGN * max(int(share * cells + 0.5), 1 if share > 0 else 0)


def chart_lines(chart: Chart, cells: int) -> Iterator[str]:
    """The chart in lines of at most so many cells: name, bar, value, a line for each series."""
    yield from wrap(chart.title, cells) if chart.title else ()
    labels, shares = value_labels(chart), _shares(chart)
    many = len(chart.series) > 1
    names = [_INDENT + series.name for series in chart.series] if many else list(chart.categories)
    room = min(max(map(width, names), default=0), cells // 2)
    value = min(max((width(text) for each in labels for text in each), default=0), cells // 4)
    longest = max(1, min(_LONGEST, cells - room - value - 2 * len(_BETWEEN)))
    for at, category in enumerate(chart.categories):
        if many:
            yield from wrap(category, cells)
        for index in range(len(chart.series)):
            head, *rest = wrap(names[index if many else at], room)
            bar = _bar(shares[at][index], longest)
            text = labels[index][at]
            yield f"{fit(head, room)}{_BETWEEN}{bar}{_BETWEEN if bar else ''}{text}".rstrip()
            yield from rest


def _shares(chart: Chart) -> list[list[float]]:
    """How long the bars of each category are, from 0 to 1."""
    scale = scale_of(chart)
    nought = scale.share(0)
    return [
        [
            0.0 if value is None else abs(scale.share(value) - nought)
            for value in (series.values[at] for series in chart.series)
        ]
        for at in range(len(chart.categories))
    ]


def figures_table(chart: Chart) -> Table:
    """The chart's values as a table of figures, without their unit."""
    columns = [Column(""), *(Column(series.name, align="right") for series in chart.series)]
    rows = (
        (name, *("" if (v := s.values[at]) is None else figure(v) for s in chart.series))
        for at, name in enumerate(chart.categories)
    )
    return Table(tuple(columns), tuple(rows))


def chart_table(chart: Chart) -> Table:
    """The chart as a table: values with their unit, a bar where there is but one series."""
    labels, plain = value_labels(chart), figures_table(chart)
    rows = [[name, *(each[at] for each in labels)] for at, name in enumerate(chart.categories)]
    if len(chart.series) > 1:
        return Table(plain.columns, tuple(map(tuple, rows)))
    for row, (share,) in zip(rows, _shares(chart), strict=True):
        row.append("=" * len(_bar(share, _LONGEST)))
    return Table((*plain.columns, Column("")), tuple(map(tuple, rows)))
