"""A workbook read back by another program: text that is never run, charts, pages set up."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.present.i18n import use
from dispatcher_tui.reports.document import Chart, ChartSeries, Column, Document, Para, Table
from dispatcher_tui.reports.xlsx.to_xlsx import xlsx
from tests.faults.hostility import hostile
from tests.reports.charts import BARS, COLUMNS, COURSE, full
from tests.reports.readback import book_of, rows_of


def written(document: Document) -> tuple[bytes, list[str]]:
    """The workbook, and what was told of it."""
    told: list[str] = []
    return xlsx(document, told.append), told


def parts_of(data: bytes) -> dict[str, bytes]:
    """The files a workbook is packed of."""
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_first_sheet_is_laid_out_like_the_page() -> None:
    data, told = written(replace(full(), head="翠湖花园 & 记录"))
    sheet = book_of(data).worksheets[0]
    assert told == []
    assert sheet.title == "漏水"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.oddHeader.left.text == "翠湖花园 ＆ 记录"
    assert sheet.oddFooter.right.text == "&P / &N"
    assert sheet.freeze_panes == "A3"
    rows = rows_of(data)
    assert ("漏水", "漏水", "b", "漏水") in rows
    assert ("编号", "内容", "次数") in rows
    assert ("漏水",) in rows  # what is said of the empty table
    assert any("签字 ___" in str(cell) and "日期 ___" in str(cell) for row in rows for cell in row)


def test_a_text_that_reads_as_a_number_stays_text() -> None:
    texts = ("007", "12", "3.50", "-1", "95%", "1e3", "=1+1")
    table = Table((Column("a"), Column("b", kind="count")), tuple((text, text) for text in texts))
    rows = rows_of(written(Document("T", (table,)))[0])[-len(texts) :]
    assert rows == [(text, text) for text in texts]


def test_a_length_of_time_is_one_to_a_workbook_however_long() -> None:
    seconds = (40, 27 * 3600, 400 * 3600 + 59)
    table = Table(
        (Column("a", kind="length"),),
        tuple(("said",) for _each in seconds),
        values=tuple((each,) for each in seconds),
    )
    sheet = book_of(written(Document("T", (table,)))[0]).worksheets[0]
    cells = [cell for cell in sheet["A"] if isinstance(cell.value, timedelta)]
    assert [cell.value.total_seconds() for cell in cells] == pytest.approx(seconds)
    assert {cell.number_format for cell in cells} == {"[h]:mm:ss"}


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "http://x.cn"])
def test_no_words_are_run_or_linked(said: str) -> None:
    data, _told = written(full(said))
    cells = [cell for sheet in book_of(data) for row in sheet.iter_rows() for cell in row]
    shown = [cell for cell in cells if str(cell.value).strip() == said.strip()]
    assert len(shown) >= 8
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in shown)
    parts = parts_of(data)
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts.values())


def test_charts_are_the_workbooks_own_and_drawn_from_cells() -> None:
    data, _told = written(Document("T", (BARS, COURSE)))
    first, figures = book_of(data).worksheets
    assert [type(chart).__name__ for chart in first._charts] == ["BarChart", "LineChart"]
    assert figures.title == "Chart figures"
    for row in (("漏水渗水", 12, 8), ("清洁", 1), ("2026-09", 91.25)):
        assert row in rows_of(data)
    chart = parts_of(data)["xl/charts/chart1.xml"].decode()
    assert chart.count("<c:v>漏水渗水</c:v>") == 2
    assert "General&quot;件&quot;" in chart


def test_a_charts_title_is_a_cell_and_no_formula() -> None:
    evil = Chart("=1+1", ("=2",), (ChartSeries("=3", (1,)),), unit='"=4')
    parts = parts_of(written(Document("T", (evil,)))[0])
    chart = parts["xl/charts/chart1.xml"].decode()
    assert "<c:v>=1+1</c:v>" in chart
    assert "<c:f>1+1" not in chart
    assert "<c:f>=" not in chart


def test_a_long_table_can_be_filtered_and_has_its_titles_on_every_page() -> None:
    rows = tuple((f"2611-{n:03d}", f"第{n}件", str(n)) for n in range(200))
    (alone,) = book_of(written(Document("T", (Table(COLUMNS, rows),)))[0]).worksheets
    assert alone.auto_filter.ref == "A3:C203"
    assert alone.print_title_rows == "$3:$3"
    between = replace(full(rows=200), blocks=full(rows=200).blocks)
    first, _figures, apart = book_of(written(between)[0]).worksheets
    assert first.auto_filter.ref is None
    assert apart.auto_filter.ref == "A1:C201"
    assert (apart.freeze_panes, apart.print_title_rows) == ("A2", "$1:$1")


def test_a_text_that_no_cell_holds_is_cut_with_a_mark_and_told() -> None:
    long = "漏" * 40_000
    rows = tuple((str(n), long if n == 3 else "x", "1") for n in range(20))
    data, told = written(Document("调度记录", (Table(COLUMNS, rows),)))
    assert told == ["调度记录 2, cell B5: 40000 characters are more than a cell holds; it was cut."]
    page, apart = book_of(data).worksheets
    held = apart["B5"].value
    assert held.endswith(".. [cut: 40000 characters]")
    assert len(held) == 32_767
    # On the page it goes on from row to row, whole.
    whole = "".join(str(cell.value or "") for row in page.iter_rows() for cell in row)
    assert whole.count("漏") == 40_000
    assert all((dim.height or 0) <= 409 for dim in page.row_dimensions.values())


def test_the_cut_never_tears_a_character() -> None:
    rows = tuple(("1", "𠀀" * 20_000, "1") for _ in range(12))
    data, told = written(Document("T", (Table(COLUMNS, rows),)))
    assert len(told) == 12
    held = book_of(data).worksheets[1]["B2"].value
    assert set(held[: held.index("..")]) == {"𠀀"}


def test_what_is_cut_is_told_in_the_readers_language() -> None:
    use("zh")
    try:
        rows = tuple(("1", "x" * 33_000, "1") for _ in range(12))
        told = written(Document("T", (Table(COLUMNS, rows),)))[1]
    finally:
        use("en")
    assert told[0].startswith("工作表「T 2」单元格 B2：33000 字")


def test_a_drill_is_marked_in_every_row_and_on_every_page() -> None:
    for sheet in book_of(written(full(rows=20, mark="演练"))[0]):
        assert sheet.oddHeader.left.text.startswith("演练")
        assert sheet.title.startswith("演练")
        for row in sheet.iter_rows(values_only=True):
            assert row[0] == "演练" or not any(row)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert written(full())[0] == written(full())[0]
    assert book_of(written(full())[0]).properties.created.isoformat() == "2026-11-22T07:02:00"


@pytest.mark.parametrize("name", ["", "x" * 90, "a/b:c*d?e[f]g\\h'", "History", "𠀀" * 40, "'"])
def test_any_title_names_a_sheet(name: str) -> None:
    titles = [sheet.title for sheet in book_of(written(full(name, rows=20))[0])]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(0 < len(title.encode("utf-16-le")) // 2 <= 31 for title in titles)


@pytest.mark.parametrize("seed", range(25))
def test_hostile_words_come_out_as_data(seed: int) -> None:
    random = Random(seed)
    said = "".join(hostile(random) for _ in range(4)) + "x"
    data, _told = written(full(said))
    assert not any(b"<f>" in part for part in parts_of(data).values())
    for row in rows_of(data):
        assert not {c for cell in row for c in str(cell) if ord(c) < 0x20 and c not in "\n\t"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_a_formula_or_breaks_the_file(said: str) -> None:
    data, _told = written(Document(said, (Para(said), Table(COLUMNS, ((said, said, said),)))))
    cells = [cell for sheet in book_of(data) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in ("f", "e")]
