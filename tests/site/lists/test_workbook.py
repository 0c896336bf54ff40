"""Workbooks: two readers that agree to the letter, and what is not read is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatcher_tui.site.lists import workbook as module
from dispatcher_tui.site.lists.list_sheet import ListSheet
from dispatcher_tui.site.lists.workbook import workbook_sheets
from dispatcher_tui.site.problems import SiteError
from tests.site.lists.list_samples import workbook

MOST = 200_000
CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**16), 10**16),
    st.floats(-1e18, 1e18, allow_nan=False),
    st.sampled_from(["3-2-1502", "0101", " 甲 ", "a\nb", "x&<y>", "139****0001", "1.0", "_x0041_"]),
)


def codes(sheets: list[ListSheet]) -> list[str]:
    return [note.code for sheet in sheets for note in sheet.notes]


def saved(change: Callable[[Any], None]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    change(book)
    book.save(stream)
    return stream.getvalue()


@settings(deadline=None)
@given(st.lists(st.lists(CELL, max_size=6), max_size=6))
def test_both_readers_read_the_same(rows: list[list[Any]]) -> None:
    pytest.importorskip("python_calamine")
    raw = workbook(rows)
    judged = module._judge(raw, "f")
    slow = list(module._sheets(raw, "f", MOST, judged))
    if judged.plain:
        assert module._fast(raw, "f", MOST, judged) == slow
    assert workbook_sheets(raw, "f", MOST) == slow


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (date(2026, 12, 1), "yyyy-mm-dd"),
        (101, "0000"),
        (0.5, "h:mm"),
        ("=1+1", "General"),
        ("#N/A", "General"),
    ],
)
def test_what_only_one_reader_knows_is_left_to_it(value: object, form: str) -> None:
    def put(book: Any) -> None:
        book.active["A1"] = value
        book.active["A1"].number_format = form

    assert not module._judge(saved(put), "f").plain


def test_a_plain_list_goes_the_fast_way() -> None:
    calamine = pytest.importorskip("python_calamine")
    assert calamine is not None
    raw = workbook([["房号", "业主"], ["1-1-101", "甲"], [None, None], ["1-1-102", 7]])
    judged = module._judge(raw, "f")
    assert judged.plain
    (sheet,) = module._fast(raw, "f", MOST, judged) or []
    assert [row.number for row in sheet.rows] == [1, 2, 4]
    with pytest.raises(SiteError):
        module._fast(raw, "f", 2, judged)


def test_a_sheet_s_far_corner_is_not_made_room_for() -> None:
    def put(book: Any) -> None:
        book.active["A1"] = book.active["GR1"] = book.active["A1000000"] = "x"

    assert not module._judge(saved(put), "f").plain


def test_columns_beyond_those_that_are_read_are_told() -> None:
    def put(column: str) -> Callable[[Any], None]:
        def done(book: Any) -> None:
            book.active["A1"] = "房号"
            book.active[f"{column}2"] = "甲"

        return done

    assert codes(workbook_sheets(saved(put("GR")), "f", MOST)) == [], "the 200th is read"
    for column in ("GS", "ZZ", "AAA"):
        (sheet,) = workbook_sheets(saved(put(column)), "f", MOST)
        (note,) = sheet.notes
        assert (note.code, note.detail) == ("columns_beyond", {"most": "200", "name": "GS"})


def test_formulas_and_macros_are_told() -> None:
    def put(book: Any) -> None:
        book.active["A1"], book.active["B1"] = "房号", "=1+1"

    assert codes(workbook_sheets(saved(put), "f", MOST)) == ["formulas_as_saved"]
    stream = io.BytesIO(workbook([["房号"], ["1-1-101"]]))
    assert codes(workbook_sheets(stream.getvalue(), "f", MOST)) == []
    with zipfile.ZipFile(stream, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    (sheet,) = workbook_sheets(stream.getvalue(), "f.xlsm", MOST)
    assert [note.code for note in sheet.notes] == ["macros_unread"]
    assert [row.cells for row in sheet.rows] == [("房号",), ("1-1-101",)]


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read() -> None:
    pytest.importorskip("python_calamine")
    rows = [
        [f"{n // 2000 + 1}-1-{n % 2000 + 1:04}", f"业主{n}", f"139{n:08}"] for n in range(MOST // 2)
    ]
    raw = workbook(rows)
    (sheet,) = workbook_sheets(raw, "f", MOST)
    assert len(sheet.rows) == MOST // 2
