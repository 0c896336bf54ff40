"""The files of lists: workbooks, whatever is none, and more than a list can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dispatcher_tui.site.lists import sheets
from dispatcher_tui.site.lists import workbook as workbook_reading
from dispatcher_tui.site.lists.list_reading import (
    put_together,
    read_list,
    read_roster,
    read_units,
)
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.rows import read_rows
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.problems import Findings, SiteError
from tests.site.lists.list_samples import HOME, PLAIN, read, refused, sayable, told, workbook


def test_a_workbook_s_numbers_days_and_times_are_what_was_seen() -> None:
    rows = [["姓名", "岗位", "上班", "下班", "入职"]]
    rows.append(["甲", "主管", time(8, 30), time(17, 30), date(2022, 3, 1)])  # type: ignore[list-item]
    (person,) = read(workbook(rows)).people
    assert (person.on_from, person.on_until) == (time(8, 30), time(17, 30))
    assert person.valid_from == date(2022, 3, 1)
    dated = workbook([["房产", "业主"], [date(2001, 3, 2), "甲"]])
    assert refused(dated) == [("row 2 房产", "mangled_date")]


def test_a_number_shown_with_zeros_in_front_has_them() -> None:
    rows: list[list[Any]] = [["楼栋", "单元", "房号"], [1, 2, 101], [1, 2, 102]]
    assert [home.place for home in read(workbook(rows)).households] == ["1-2-101", "1-2-102"]
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    book.worksheets[0]["C2"].number_format = "0000"
    stream = io.BytesIO()
    book.save(stream)
    assert [home.place for home in read(stream.getvalue()).households] == ["1-2-0101", "1-2-102"]


def test_a_formula_that_was_never_reckoned_is_no_empty_cell() -> None:
    raw = workbook([["房产", "业主"], ["1-1-101", "=A1"]])
    assert refused(raw) == [("row 2 业主", "mangled_error")]


def test_a_hidden_sheet_is_not_read_and_that_is_said() -> None:
    raw = workbook([["房产", "业主"], ["1-1-101", "甲"]], [["x"]])
    book = openpyxl.load_workbook(io.BytesIO(raw))
    book.worksheets[1].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert "sheet_hidden" in told(found)


def test_both_lists_in_one_workbook() -> None:
    raw = workbook(
        [["房产", "业主"], ["1-1-101", "甲"]], [["姓名", "岗位"], ["乙", "主管"]], [["x"]]
    )
    units, people = read_list(raw, "both.xlsx")
    assert (units.what, people.what) == ("units", "roster")
    assert [each.code for each in units.notes] == ["sheet_unread"]


def test_a_cell_that_is_merged_downwards_stands_in_each_of_its_rows() -> None:
    rows = [["某花园住户一览表", "", ""], ["", "", ""], ["房产", "业主", "电话"]]
    rows += [
        ["3-2-1502", "甲", "110"],
        ["", "乙", "119"],
        ["3-2-1503", "丙", "120"],
        ["", "丁", ""],
    ]
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    book.worksheets[0].merge_cells("A1:C2")
    book.worksheets[0].merge_cells("A4:A5")
    stream = io.BytesIO()
    book.save(stream)
    assert refused(stream.getvalue()) == [("row 7 房产", "empty_text")], "merged with nothing"
    book.worksheets[0].merge_cells("A6:A7")
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert [(home.place, home.residents) for home in found.households] == [
        ("3-2-1502", ("甲", "乙")),
        ("3-2-1503", ("丙", "丁")),
    ]


def test_a_sheet_for_each_building_is_one_list() -> None:
    raw = workbook([["房产", "业主"], ["1-1-101", "甲"]], [["房产", "业主"], ["1-1-101", "乙"]])
    (found,) = put_together(read_list(raw, "b.xlsx"))
    assert [home.residents for home in found.households] == [("甲", "乙")]
    assert (found.rows, parse_units(found.text)) == (2, list(found.households))
    assert told(found)["merged_lists"] == {"n": "1"}


def test_two_sheets_of_a_roster_are_one_and_nobody_is_in_both() -> None:
    heads = ["姓名", "岗位", "上班", "下班", "入职", "手机", "技能"]
    one = ["甲", "主管", time(8, 30), time(17, 30), date(2022, 3, 1), "13800000001", "cpr lift"]
    other = ["乙", "主管", "", "", "", "", ""]
    (found,) = put_together(read_list(workbook([heads, one], [heads, other]), "b.xlsx"))
    (alone,) = read_list(workbook([heads, one]), "b.xlsx")
    assert found.people[0] == alone.people[0]
    assert [person.id for person in found.people] == ["甲", "乙"]
    assert parse_roster(found.text) == list(found.people)
    with pytest.raises(SiteError) as caught:
        put_together(read_list(workbook([heads, one], [heads, one]), "b.xlsx"))
    assert [each.code for each in caught.value.problems] == ["in_two_lists"]


def _bomb() -> bytes:
    """A sheet of 201 MB that is packed in a few bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _mebibyte in range(201):
            part.write(bytes(1024 * 1024))
    return stream.getvalue()


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


def test_a_row_is_as_wide_as_a_list_can_be_and_no_wider() -> None:
    most = sheets.MOST_COLUMNS
    for separator in ",;\t":
        head = separator.join(("place", "resident", "phone"))
        home = separator.join(("1-1-101", "甲", "13800000001"))
        whole = home + separator * (most - 3)
        assert read("\n".join((head, whole))).rows == 1
        assert read("\n".join((head, whole + "\n" + home))).rows == 2
        assert refused("\n".join((head, home, whole + separator))) == [("row 3", "row_too_wide")]
        quoted = f'"1-1-101"{separator}甲' + separator * (most - 2)
        assert read("\n".join((head, quoted))).rows == 1
        assert refused("\n".join((head, quoted + separator))) == [("row 2", "row_too_wide")]
    note = 'place,note\n1-1-101,"' + "," * most + '"\n'
    assert read(note).rows == 1, "one cell, however many commas are in it"


def test_millions_of_commas_are_refused_before_they_are_cells() -> None:
    wide = "place,resident,phone\n" + "," * 3_000_000 + "\n"
    assert refused(wide) == [("row 2", "row_too_wide")]
    assert refused("," * 3_000_000) == [("row 1", "row_too_wide")]
    findings = Findings("list")
    assert list(read_rows(wide, ("place", "resident", "phone"), ("place",), findings)) == []
    assert not findings.problems, "a row of nothing"


FILES: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "noise": (b"place,phone\n\xff\xff,1\n", "list_encoding"),
    "another alphabet": ("place,resident\n1-1-1,Ünïcödé ñéê\n".encode("latin-1"), "list_encoding"),
    "a password": (b"\xd0\xcf\x11\xe0" + bytes(600), "workbook_locked"),
    "half a workbook": (workbook([["房产"]])[:900], "workbook_unreadable"),
    "no workbook": (_zip(x=b"x"), "workbook_unreadable"),
    "a bomb": (
        _bomb,
        "workbook_too_large",
    ),
    "nothing": (b"", "no_heads"),
    "no list": (b"colour\nred\n", "no_heads"),
    "a stray quote": (b'place,phone\n1-1-1,"1\n', "csv_syntax"),
}


@pytest.mark.parametrize(("raw", "code"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_list_says_what_it_is(
    raw: bytes | Callable[[], bytes], code: str
) -> None:
    with pytest.raises(SiteError) as caught:
        read_list(raw if isinstance(raw, bytes) else raw(), "list")
    (problem,) = caught.value.problems
    assert (problem.file, problem.code) == ("list", code)
    assert sayable(problem)


def test_more_than_a_list_can_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    for raw in (PLAIN.encode(), workbook([["房产", "业主"], ["1-1-101", "甲"], ["1-1-102", "乙"]])):
        assert read(raw).what == "units"
    four = [["房产", "业主"], *([f"1-1-10{n}", "甲"] for n in range(3))]
    assert refused(workbook(four)) == [("", "too_many_rows")]
    assert refused("\n".join(map(",".join, four))) == [("", "too_many_rows")]
    path = tmp_path / "units.csv"
    path.write_text(PLAIN, "utf-8")
    monkeypatch.setattr(sheets, "MOST_BYTES", len(PLAIN.encode()))
    assert read_units(path) == [HOME]
    monkeypatch.setattr(sheets, "MOST_BYTES", len(PLAIN.encode()) - 1)
    with pytest.raises(SiteError) as caught:
        read_units(path)
    assert [each.code for each in caught.value.problems] == ["list_too_large"]
    monkeypatch.undo()
    with pytest.raises(SiteError) as caught:
        read_roster(path)
    assert [each.code for each in caught.value.problems] == ["other_list"]
    assert all(map(sayable, caught.value.problems))


def _with_sheet(rows: bytes) -> bytes:
    """A workbook whose one sheet has these rows below those of a list."""
    sheet = "xl/worksheets/sheet1.xml"
    raw = workbook([["房产", "业主"], ["1-1-101", "甲"]])
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[sheet] = parts[sheet].replace(b"</sheetData>", rows + b"</sheetData>")
    return _zip(**parts)


def test_cells_without_end_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = b'<row r="3">' + b'<c t="str"><v>x</v></c>' * 4 + b"</row>"
    for limit in ("_MOST_CELLS", "_ROW_CELLS"):
        monkeypatch.setattr(workbook_reading, limit, 8 if limit == "_MOST_CELLS" else 4)
        assert refused(_with_sheet(row)) == [
            ("row 3", "row_too_long")
        ]  # as many as there may be: it is read, and judged by its row
        more = row.replace(b"</row>", b"<c/></row>")
        assert refused(_with_sheet(more)) == [("", "workbook_too_large")]
        monkeypatch.undo()
    monkeypatch.setattr(workbook_reading, "_MOST_CELLS", 4)
    texts = _zip(**{"xl/sharedStrings.xml": b"<si><t/></si>" * 5})
    with pytest.raises(SiteError) as caught:
        read_list(texts, "list")
    assert [each.code for each in caught.value.problems] == ["workbook_too_large"]


def test_a_cell_far_away_costs_nothing_and_a_row_beyond_the_last_is_none() -> None:
    far = b'<row r="3"><c r="XFD3" t="str"><v>x</v></c></row>'
    assert read(_with_sheet(far)).rows == 1
    beyond = b'<row r="99999999999"><c r="A9" t="str"><v>x</v></c></row>'
    assert read(_with_sheet(beyond)).rows == 1


def test_a_household_has_as_many_people_as_the_house_has_columns() -> None:
    def crowd(count: int) -> str:
        return "房产,业主\n" + "".join(f"1-1-101,住户{n}\n" for n in range(count))

    most = read(crowd(99))
    assert len(parse_units(most.text)[0].residents) == 99
    assert refused(crowd(100)) == [("row 101 业主", "too_many_people")]


def test_a_cell_has_as_many_characters_as_a_list_needs() -> None:
    assert read(f"房产,备注\n1-1-101,{'字' * 2000}\n").households[0].note == "字" * 2000
    assert refused(f"房产,备注\n1-1-101,{'字' * 2001}\n") == [("row 2", "too_long")]


def test_what_stands_under_no_head_is_not_dropped_unsaid() -> None:
    assert refused("房产,业主,\n1-1-101,甲,x\n") == [("row 1", "column_unnamed")]
    assert refused("房产,业主\n1-1-101,甲,x\n") == [("row 2", "row_too_long")]
    assert refused("place,resident,phon\n1-1-101,甲,110\n") == [("row 1", "unknown_column")]
    numbers = "13800000001、13800000002、13800000003"
    assert refused(f"姓名,岗位,手机\n甲,主管,{numbers}\n") == [("row 2 phone2", "too_many_numbers")]


def test_how_a_file_was_read_is_said() -> None:
    assert told(read(PLAIN)) == {}
    assert told(read(PLAIN.encode("gbk"))) == {"read_as": {"name": "GBK"}}
    assert told(read(f"某花园,,\n{PLAIN}")) == {"heads_in_row": {"row": "2"}}
