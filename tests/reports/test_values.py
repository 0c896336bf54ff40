"""Values that are reckoned with: numbers and days in a workbook, plain in CSV, by key in JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Document
from dispatcher_tui.reports.printer import Reports
from dispatcher_tui.reports.xlsx.to_xlsx import LONG
from tests.domain.support import SHANGHAI
from tests.present.test_table import AT, Fee
from tests.reports.readback import FONTS, book_of, pages_of
from tests.reports.test_csv import rows_of

REPORTS = Reports(FONTS)
FEES = RecordTable[Fee](
    (
        RecordColumn("name", "Name", lambda fee: fee.name, share=10),
        RecordColumn("day", "Day", lambda fee: fee.at, "day", share=10, none="-"),
        RecordColumn("at", "At", lambda fee: fee.at, "moment", share=16),
        RecordColumn("fen", "Yuan", lambda fee: fee.fen, "money", share=8),
        RecordColumn("rate", "Rate", lambda fee: fee.share, "percent", share=8),
        RecordColumn("n", "N", lambda fee: len(fee.name), "count", share=4),
        RecordColumn("written", "Written", lambda fee: fee.at, "second"),
    ),
    SHANGHAI,
)
FIRST, NONE = Fee("12-3-2005"), Fee("=1+1", None, 5)


def listed(*fees: Fee) -> Document:
    table = table_of(FEES, fees)
    return composed("翠湖花园", "Fees", (table,), data=table_of(FEES, fees, data=True))


def naive(text: str) -> datetime:
    """A moment as a workbook has it."""
    return datetime.fromisoformat(text)


def cell_of(sheet: Any, text: object) -> Any:
    """The one cell that holds this."""
    (found,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == text)
    return found


def test_a_workbook_has_numbers_and_days_with_their_forms() -> None:
    page, data = book_of(REPORTS.document(listed(FIRST, NONE), "xlsx")).worksheets
    for sheet in (page, data):
        assert cell_of(sheet, -12.5).number_format == "0.00"
        assert cell_of(sheet, 0.05).number_format == "0.00"
        assert cell_of(sheet, 9).number_format == "0"
        rates = [c for row in sheet.iter_rows() for c in row if c.value == 0.955]
        assert [rate.number_format for rate in rates] == ["0.0%", "0.0%"]
        day = cell_of(sheet, naive("2026-11-21"))
        assert (day.is_date, day.number_format) == (True, "yyyy-mm-dd")
        for text in ("12-3-2005", "=1+1", "-"):
            cell = cell_of(sheet, text)
            assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_the_data_has_the_columns_that_a_paper_has_no_room_for() -> None:
    page, data = book_of(REPORTS.document(listed(FIRST), "xlsx")).worksheets
    assert "Written" not in [cell.value for row in page.iter_rows() for cell in row]
    forms = [cell.number_format for cell in data[2]]
    assert forms[-1] == "yyyy-mm-dd hh:mm:ss"
    assert data[2][-1].value == naive("2026-11-21 00:30")
    assert (page["C5"].value, page["C5"].number_format) == (data[2][2].value, "yyyy-mm-dd hh:mm")


def test_a_value_that_has_no_room_is_text_on_the_page_and_itself_among_the_data() -> None:
    wide = replace(FEES, columns=(*FEES.columns[:1], *FEES.columns[1:3] * 9))
    made = composed("", "Fees", (table_of(wide, (FIRST,) * LONG),))
    page, apart = book_of(REPORTS.document(made, "xlsx")).worksheets
    assert not [c for row in page.iter_rows() for c in row if isinstance(c.value, datetime)]
    assert (
        len([c for row in apart.iter_rows() for c in row if isinstance(c.value, datetime)])
        == 18 * LONG
    )


def test_a_day_before_a_workbooks_first_is_text() -> None:
    old = Fee("x", datetime(1900, 6, 1, tzinfo=UTC))
    made = REPORTS.document(composed("", "Fees", (table_of(FEES, (old,)),)), "xlsx")
    assert cell_of(book_of(made).worksheets[0], "1900-06-01").data_type == "s"
    new = Fee("x", datetime(1901, 1, 1, tzinfo=UTC))
    made = REPORTS.document(composed("", "Fees", (table_of(FEES, (new,)),)), "xlsx")
    assert cell_of(book_of(made).worksheets[0], naive("1901-01-01")).is_date


def test_comma_separated_values_are_plain_and_texts_are_kept_from_being_rewritten() -> None:
    assert rows_of(REPORTS.document(listed(FIRST, NONE), "csv"))[1:] == [
        [
            "'12-3-2005",
            *("2026-11-21", "2026-11-21 00:30", "-12.50", "95.5%", "9", "2026-11-21 00:30:00"),
        ],
        ["'=1+1", "'-", "", "0.05", "95.5%", "4", ""],
    ]


def test_programs_have_each_record_by_its_keys() -> None:
    found = json.loads(REPORTS.document(listed(FIRST, NONE), "json"))
    (block,) = found["blocks"]
    assert block["rows"][0][3] == "-12.50"
    assert block["records"][0]["fen"] == -1250
    assert date.fromisoformat(block["records"][0]["day"]) == date(2026, 11, 21)
    assert datetime.fromisoformat(block["records"][0]["at"]) == AT
    assert block["records"][1] == {
        "name": "=1+1",
        "day": None,
        "at": None,
        "fen": 5,
        "rate": 0.955,
        "n": 4,
    }
    assert "written" in found["data"]["records"][0]


@pytest.mark.parametrize("form", ["txt", "md"])
def test_people_read_the_same_words_in_every_form(form: str) -> None:
    said = REPORTS.document(listed(FIRST), form).decode().replace("\\", "")
    paper = "".join(pages_of(REPORTS.document(listed(FIRST), "pdf")))
    for text in ("12-3-2005", "2026-11-21", "-12.50", "95.5%"):
        assert text in said
        assert text in paper
