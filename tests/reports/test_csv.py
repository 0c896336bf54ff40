"""Comma separated values read back: the data table, or everything, and nothing that runs."""

from __future__ import annotations

import csv
from io import StringIO
from random import Random

import pytest
from msgspec.structs import replace

from dispatcher_tui.reports.document import Table
from dispatcher_tui.reports.printer import Reports
from tests.faults.hostility import hostile, judge_table
from tests.reports.charts import BARS, COLUMNS, full
from tests.reports.readback import FONTS


def rows_of(data: bytes) -> list[list[str]]:
    """The rows as a program reads them."""
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_table_is_the_data_and_nothing_else_is_written() -> None:
    table = Table(COLUMNS, (("007", "=1+1", "2"), ("a", 'b "c", d\ne', "3")))
    made = Reports(FONTS).document(replace(full(), data=table), "csv")
    assert rows_of(made) == [
        ["编号", "内容", "次数"],
        ["'007", "'=1+1", "2"],
        ["a", 'b "c", d e', "3"],
    ]


def test_without_it_everything_is_written_part_by_part() -> None:
    rows = rows_of(Reports(FONTS).document(replace(full(), blocks=(*full().blocks, BARS)), "csv"))
    assert rows[0] == ["漏水", "漏水"]
    assert ["编号", "内容", "次数"] in rows
    assert ["漏水渗水", "12", "8"] in rows
    assert ["清洁", "", "1"] in rows


def test_a_drill_is_marked_in_every_row() -> None:
    for document in (full(), replace(full(), data=Table(COLUMNS, (("1", "2", "3"),)))):
        rows = rows_of(Reports(FONTS, "演练").document(document, "csv"))
        assert {row[0] for row in rows} == {"演练"}


@pytest.mark.parametrize("seed", range(40))
def test_no_words_are_run(seed: int) -> None:
    random = Random(seed)
    said = "".join(hostile(random) for _ in range(3)) + "x"
    made = Reports(FONTS).document(full(said), "csv").decode("utf-8-sig")
    assert list(judge_table(made, "csv")) == []
