"""Charts and a document to try every form on."""

from __future__ import annotations

from datetime import UTC, datetime

from dispatcher_tui.reports.document import (
    Block,
    Chart,
    ChartSeries,
    Column,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
    Table,
)

BARS = Chart(
    "按类别",
    ("漏水渗水", "电梯故障", "清洁"),
    (ChartSeries("本月", (12, 5.5, None)), ChartSeries("上月", (8, 0, 1))),
    unit="件",
)
COURSE = Chart(
    "处理及时率",
    ("2026-09", "2026-10", "2026-11"),
    (ChartSeries("率", (91.25, 95.5, 88)),),
    "line",
    "%",
)
COLUMNS = (
    Column("编号", 1, whole=True),
    Column("内容", 4),
    Column("次数", 1, align="right"),
)


def full(said: str = "漏水", *, rows: int = 3, mark: str = "") -> Document:
    """A document with every kind of block, the same words everywhere."""
    blocks: tuple[Block, ...] = (
        Heading(said),
        Para(said),
        Facts(((said, said), ("b", said), ("c", said)), across=2),
        Chart(
            said,
            (said, "x"),
            (ChartSeries(said, (1, 2)), ChartSeries("s", (3, None))),
            unit=said[:8],
        ),
        Table(COLUMNS, tuple((f"00{n}", said, str(n)) for n in range(rows))),
        Table(COLUMNS, (), said),
    )
    return Document(
        title=said,
        subtitle=said,
        head=said,
        foot=said,
        blocks=blocks,
        signatures=(SignatureField(said, said, said),),
        hand="签字",
        day="日期",
        language="zh",
        mark=mark,
        at=datetime(2026, 11, 22, 7, 2, tzinfo=UTC),
    )
