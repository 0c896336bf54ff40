"""A running register on paper: 200 lines, by the page, each page under its head."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.domain.papers.running_book import RunningBook
from dispatcher_tui.present.i18n import use
from tests.domain.support import SHANGHAI, local, shipped_procedure
from tests.reports.cases import report_of
from tests.reports.readback import pages_of, rows_of, squeezed

FORM = next(f for f in shipped_procedure("project-centre").forms if f.id == "front_desk_book")


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


def book(lines: int) -> RunningBook:
    """So many cases of a month, each with a number of its own."""
    one = report_of("project-centre", said="楼道灯不亮")
    cases = tuple(
        replace(one, case=replace(one.case, number=f"2611{n // 30 + 1:02d}-{n:03d}"))
        for n in range(lines)
    )
    return RunningBook("翠湖花园", SHANGHAI, local("2026-12-01 09:00"), "2026-11", FORM, cases)


@pytest.mark.rule("P5-05")
def test_two_hundred_lines_stand_on_their_pages_each_under_its_head() -> None:
    report = book(200)
    pages = pages_of(printer().report(report, "pdf"))
    text = "".join(pages)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "前台受理工作登记表" in page
        assert "来电人" in page or "序号" in page
        assert f"{number}/{len(pages)}" in squeezed(page)
    assert [case.case.number for case in report.cases if case.case.number not in text] == []
    cells = rows_of(printer().report(report, "xlsx"))
    assert any(row[:1] == (200,) or 200 in row for row in cells)


def test_a_month_without_cases_says_so() -> None:
    assert "无" in "".join(pages_of(printer().report(book(0), "pdf")))
