"""The cashier's list: sums and days are reckoned with, a copy says that it is one."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.papers.report import ChargesReport
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import Charge, ChargesHandedOver
from dispatcher_tui.present.papers.charge_lines import charges_table, given_table
from dispatcher_tui.reports.papers.charges import charges_document
from dispatcher_tui.reports.plain_text import text
from dispatcher_tui.reports.printer import Reports
from tests.domain.support import SHANGHAI, local
from tests.reports.readback import FONTS, book_of, squeezed
from tests.reports.test_csv import rows_of

CHARGES = (
    Charge("000431", "261121-02", 8000, local("2026-11-22 00:30"), 0, "12-3-2005", "2026-11", "7"),
    Charge("FW-000432", "261121-03", -500, None, 8000, "3-2-1502"),
)
AT = local("2026-11-26 09:05")
GIVEN = ChargesReport(
    "翠湖花园",
    SHANGHAI,
    Entry(
        seq=77,
        occurred_at=AT,
        recorded_at=AT,
        actor="李建国",
        cosigner="",
        event=ChargesHandedOver(period="2026-11", charges=CHARGES, total_fen=7500, to="许婷"),
    ),
)
REPORTS = Reports(FONTS)


@pytest.mark.rule("P0-08")
def test_a_workbook_sums_the_charges_and_sorts_the_days() -> None:
    (sheet,) = book_of(REPORTS.report(GIVEN, "xlsx")).worksheets
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row}
    assert [cells[n].number_format for n in ("80", "-5")] == ["0.00", "0.00"]
    assert [cells[n].value for n in ("1", "2")] == [1, 2]
    assert cells["2026-11-22 00:00:00"].number_format == "yyyy-mm-dd"
    for said in ("000431", "12-3-2005", "2026-11/7", "261121-02"):
        assert (cells[said].data_type, cells[said].quotePrefix) == ("s", True)


def test_comma_separated_values_keep_numbers_and_flats_apart() -> None:
    rows = rows_of(REPORTS.report(GIVEN, "csv"))
    assert [
        "1",
        "'000431",
        "261121-02",
        "'12-3-2005",
        "2026-11-22",
        "'2026-11/7",
        "",
        "80.00",
    ] in rows
    assert ["2", "FW-000432", "261121-03", "3-2-1502", "", "", "80.00", "-5.00"] in rows


def test_programs_have_fen_by_their_keys() -> None:
    blocks = json.loads(REPORTS.report(GIVEN, "json"))["blocks"]
    (records,) = (block["records"] for block in blocks if "records" in block)
    assert [(each["n"], each["charge_fen"], each["before_fen"]) for each in records] == [
        (1, 8000, None),
        (2, -500, 8000),
    ]
    assert records[0]["filed_at"] == "2026-11-22"


def test_a_copy_says_so_and_the_original_does_not() -> None:
    for copy, said in ((0, "original"), (1, "copy 1"), (2, "COPY 2")):
        written = squeezed(text(charges_document(replace(GIVEN, copy=copy)), 200))
        assert squeezed(said) in written
        assert ("COPY" in written) is (copy > 0)


def test_the_screen_has_the_same_columns_in_less_room() -> None:
    head, lines = charges_table(SHANGHAI).shown(CHARGES)
    assert head.split() == ["Paper", "Case", "no.", "Place", "Filed", "Charge"]
    assert lines[0].split() == ["000431", "261121-02", "12-3-2005", "11-22", "80.00"]
    assert lines[1].endswith("-5.00 difference, 80.00 handed over before")
    _head, (line,) = given_table(SHANGHAI).shown([GIVEN])
    assert line.split()[:5] == ["2026-11", "11-26", "09:05", "2", "75.00"]
    assert line.endswith("not saved yet")
    _head, (line,) = given_table(SHANGHAI).shown([replace(GIVEN, copy=2)])
    assert line.endswith("saved, copies 1")
