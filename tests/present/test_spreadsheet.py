"""Text for a spreadsheet: never a formula, never a command, its noughts kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.present.spreadsheet import margin_text, safe_cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+8613900001111", "'+8613900001111"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r=1", "' =1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("\u200b=1", "'=1"),
        ("0007", "'0007"),
        ("0", "0"),
        ("261121-03", "261121-03"),
        ("12-3-2005", "'12-3-2005"),
        ("12-3-1900", "'12-3-1900"),
        ("12-3-1899", "12-3-1899"),
        ("3-2-502", "3-2-502"),
        ("3-2", "'3-2"),
        ("2026-11", "'2026-11"),
        ("2/7", "'2/7"),
        ("11-20 07:30", "'11-20 07:30"),
        ("7:30", "'7:30"),
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20 07:30:00", "2026-11-20 07:30:00"),
        ("2026-11-2", "'2026-11-2"),
        ("1E05", "'1E05"),
        ("1E05室", "1E05室"),
        ("1.38e+10", "'1.38e+10"),
        ("(5)", "'(5)"),
        ("(五)", "(五)"),
        ("1 1/2", "'1 1/2"),
        ("2-Mar", "'2-Mar"),
        ("MAR-02", "'MAR-02"),
        ("2-Mar-2001", "'2-Mar-2001"),
        ("Marina 5", "Marina 5"),
        ("May", "May"),
        ("13900001111", "13900001111"),
        ("139000011112", "'139000011112"),
        ("12.50", "12.50"),
        ("95.5%", "95.5%"),
        ("漏水, =1", "漏水, =1"),
        ("", ""),
    ],
)
def test_a_cell_is_never_a_formula_and_keeps_its_noughts(text: str, cell: str) -> None:
    assert safe_cell(text) == cell


@given(st.text())
def test_no_text_makes_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell.lstrip()[:1] not in {*"=+-@＝＋－＠", "\t", "\r"}
    assert not any(ord(char) < 32 for char in cell)


def test_the_margin_of_a_page_takes_no_commands() -> None:
    assert margin_text("A&G &P\n&[Picture]\x1b") == "A＆G ＆P ＆[Picture]"
