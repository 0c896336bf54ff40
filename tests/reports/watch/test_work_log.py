"""The journal on paper: what is read, and all of it as data."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from io import StringIO

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.present.watch.log_text import LogEntry
from dispatcher_tui.reports.document import Document
from dispatcher_tui.reports.printer import Reports
from dispatcher_tui.reports.watch.work_log import log_document
from tests.present.watch_samples import AT
from tests.reports.readback import FONTS, book_of, rows_of

ZONE = timezone(timedelta(hours=8))


def document(*texts: str, late: float = 0) -> Document:
    """The log of notes with these texts, each late by so many seconds."""
    lines = [
        LogEntry(
            Entry(7 + n, AT, AT + timedelta(seconds=late), "李建国", "", ev.LogNoted(text=text)),
            "261121-03" if n == 0 else "",
        )
        for n, text in enumerate(texts)
    ]
    return log_document(lines, "翠湖花园", ZONE, AT, "")


def test_the_data_is_read_back_as_it_was_written() -> None:
    made = Reports(FONTS).document(document('=cmd|"x"\n, 第二行', "巡查", late=7200), "csv")
    rows = list(csv.reader(StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Happened", "Written", "Number", "Kind", "What", "Who", "Line"]
    assert rows[1][:4] == ["2026-11-21 22:47:00", "2026-11-22 00:47:00", "261121-03", "log note"]
    assert rows[1][4].startswith('Noted  =cmd|"x" , 第二行 (late +120 min')
    assert rows[2][2:4] == ["", "log note"]
    assert rows[2][5:] == ["李建国", "8"]
    assert len(rows) == 3


def test_markdown_has_a_row_for_each_and_no_markup_of_theirs() -> None:
    made = Reports(FONTS).document(document("a|b <b> [x](y) `z`"), "md").decode()
    assert made.startswith("# Work Log\n")
    last = made.splitlines()[-3]
    assert r"a\|b \<b\> \[x\](y) \`z\`" in last
    assert last.replace(r"\|", "").count("|") == 5


def test_the_workbook_has_the_page_and_the_data() -> None:
    made = Reports(FONTS).document(document(*(f"巡查{n}" for n in range(20))), "xlsx")
    page, data = book_of(made).worksheets
    assert page.auto_filter.ref == "A4:D24"
    assert page.print_title_rows == "$4:$4"
    assert data.auto_filter.ref == "A1:G21"
    at = datetime.fromisoformat("2026-11-21 22:47")
    assert (at, "261121-03", "Noted  巡查0", "李建国") in rows_of(made)
    assert [data["A2"].number_format, data["B2"].number_format] == ["yyyy-mm-dd hh:mm:ss"] * 2
    assert (data["A2"].value, data["G2"].value, data["C2"].data_type) == (at, 7, "s")


def test_a_stretch_without_an_entry_says_so() -> None:
    assert "Nothing here." in Reports(FONTS).document(document(), "txt").decode()
