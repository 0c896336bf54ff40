"""Charts on paper and in cells: every value and label whole, nothing beside the page."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from dispatcher_tui.reports.document import Chart, ChartSeries, Document, Heading, Para
from dispatcher_tui.reports.pdf.layout import pages
from dispatcher_tui.reports.pdf.pages import PAPERS, Shade, Stroke, Words
from dispatcher_tui.reports.pdf.to_pdf import pdf
from dispatcher_tui.reports.plain_text import markdown, text
from dispatcher_tui.reports.scale import figure, value_label
from tests.reports.charts import BARS, COURSE
from tests.reports.pdf.test_writer import _Square
from tests.reports.readback import FONTS, in_order, pages_of

LONG = "门禁与车位等其他物业服务设施类问题投诉"


def drawn(*blocks: Chart | Heading | Para) -> list[Words | Stroke | Shade]:
    """Everything that is put on the pages."""
    found = pages(Document("T", blocks), _Square())
    return [ink for page in found for ink in page]


@pytest.mark.parametrize(
    ("value", "unit", "label"),
    [
        (12.0, "件", "12件"),
        (91.25, "%", "91.25%"),
        (5.5, "cases", "5.5 cases"),
        (1 / 3, "", "0.33"),
        (100, "", "100"),
        (-2, "", "-2"),
        (None, "件", ""),
    ],
)
def test_a_value_is_said_as_short_as_it_can_be(value: float | None, unit: str, label: str) -> None:
    assert value_label(value, unit) == label
    assert figure(0.0) == "0"


def test_bars_are_as_long_as_their_values() -> None:
    chart = Chart("", ("a", "b", "c", "d"), (ChartSeries("s", (4, 2, 0, None)),))
    bars = [ink for ink in drawn(chart) if isinstance(ink, Shade)]
    assert len(bars) == 3
    assert bars[0].width == pytest.approx(2 * bars[1].width)
    assert bars[2].width == 0


def test_what_is_below_nought_lies_on_its_other_side() -> None:
    chart = Chart("", ("a", "b"), (ChartSeries("s", (3, -1)),))
    up, down = (ink for ink in drawn(chart) if isinstance(ink, Shade))
    assert down.x + down.width == pytest.approx(up.x)


def test_every_label_is_on_the_page_whole() -> None:
    chart = Chart(
        "按类别", (LONG, "电梯"), (ChartSeries("本月", (3, 12)), ChartSeries("上月", (2, None)))
    )
    (page,) = pages_of(pdf(Document("T", (chart, COURSE), language="zh"), FONTS))
    told = ["按类别", "本月", "上月", LONG, "3", "2", "电梯", "12"]
    told += ["处理及时率", "91.25%", "95.5%", "88%", "2026-09", "2026-10", "2026-11"]
    assert in_order(page, told) == []


@pytest.mark.parametrize("kind", ["bar", "line"])
@pytest.mark.parametrize("count", [0, 1, 3, 12, 90])
def test_nothing_stands_outside_its_page(kind: str, count: int) -> None:
    names = tuple(f"{n} " + "名" * (n % 40) for n in range(count))
    series = tuple(
        ChartSeries(f"系列{s}" * 9, tuple(float(n * s) for n in range(count))) for s in (1, 2, 3)
    )
    chart = Chart("标题" * 50, names, series, "line" if kind == "line" else "bar", "件")
    for ink in drawn(Para("x " * 900), chart, Heading("h"), chart):
        if isinstance(ink, Words):
            assert ink.x >= PAPERS["A4"].left - 0.01
            assert ink.x + len(ink.text) * ink.size <= PAPERS["A4"].left + PAPERS["A4"].room + 0.01
            assert PAPERS["A4"].top - 20 <= ink.y <= PAPERS["A4"].lowest + 25
        if isinstance(ink, Shade):
            assert ink.x >= PAPERS["A4"].left
            assert ink.x + ink.width <= PAPERS["A4"].left + PAPERS["A4"].room + 0.01
            assert ink.y >= PAPERS["A4"].top
            assert ink.y + ink.height <= PAPERS["A4"].lowest


def test_a_line_rises_and_falls_with_its_values_and_breaks_where_there_is_none() -> None:
    months = tuple(f"{n}" for n in range(1, 6))
    chart = Chart("", months, (ChartSeries("s", (90, 95, None, 88, 91)),), "line", "%")
    points = [ink for ink in drawn(chart) if isinstance(ink, Shade)]
    assert len(points) == 4
    assert points[1].y < points[0].y < points[2].y
    slanted = [i for i in drawn(chart) if isinstance(i, Stroke) and i.x != i.to_x and i.y != i.to_y]
    assert len(slanted) == 2


def test_values_that_are_all_the_same_are_drawn_too() -> None:
    for value in (0.0, 7.0):
        chart = Chart("", ("a", "b"), (ChartSeries("s", (value, value)),), "line")
        assert len([ink for ink in drawn(chart) if isinstance(ink, Shade)]) == 2


def test_bars_in_cells_fit_the_width_and_name_every_value() -> None:
    for cells in (40, 80):
        chart = Chart("按类别", (LONG * 3, "电梯"), (ChartSeries("本月", (3, 120)),), unit="件")
        written = text(Document("T", (chart, BARS, COURSE)), cells)
        assert max(map(cell_len, written.splitlines())) <= cells
        assert written.count("禁") == 3
    lines = text(Document("T", (Chart("", ("a", "b"), (ChartSeries("s", (4, 1)),)),))).splitlines()
    assert lines[-2:] == [f"a  {'#' * 40}  4", f"b  {'#' * 10}  1"]


def test_a_chart_is_a_table_in_markdown() -> None:
    lines = markdown(Document("T", (BARS,))).splitlines()
    assert lines[2:] == [
        "**按类别**",
        "",
        "|  | 本月 | 上月 |",
        "| --- | --: | --: |",
        "| 漏水渗水 | 12件 | 8件 |",
        "| 电梯故障 | 5.5件 | 0件 |",
        "| 清洁 |  | 1件 |",
    ]
    assert "| 2026-10 | 95.5% | ====" in markdown(Document("T", (COURSE,)))
