"""Any words through every form: whole, as data, and nothing that steers whoever reads the file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatcher_tui.domain.papers.report import FORMS
from dispatcher_tui.reports.printer import Reports
from tests.faults.hostility import PIECES, judge_print, judge_table
from tests.reports.charts import full
from tests.reports.readback import FONTS, book_of, pages_of

REPORTS = Reports(FONTS)
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=9)), max_size=9).map("".join)


def judged(form: str, data: bytes) -> list[str]:
    """What of a file steers or runs."""
    if form == "xlsx":
        cells = [cell for sheet in book_of(data) for row in sheet.iter_rows() for cell in row]
        return [str(cell.value) for cell in cells if cell.data_type in ("f", "e")]
    if form == "pdf":
        text = "".join(pages_of(data))
        return [char for char in text if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0]
    text = data.decode("utf-8-sig")
    found = list(judge_print(text.replace("\r\n", "\n").encode(), form))
    return found + (list(judge_table(text, form)) if form == "csv" else [])


@settings(max_examples=25, deadline=None)
@given(WORDS)
def test_no_words_steer_or_run_in_any_form(said: str) -> None:
    for form in FORMS:
        assert judged(form, REPORTS.document(full(said + "x"), form)) == [], form


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_without_anything_on_it_is_written_too(form: str) -> None:
    assert REPORTS.document(replace(full(), blocks=(), signatures=()), form)


def test_a_document_for_programs_has_its_blocks_by_their_kinds() -> None:
    found = json.loads(REPORTS.document(full(), "json"))
    assert found["title"] == "漏水"
    kinds = ["heading", "para", "facts", "chart", "table", "table"]
    assert [block["block"] for block in found["blocks"]] == kinds
    assert found["blocks"][4]["rows"][0] == ["000", "漏水", "0"]
    assert found["at"] == "2026-11-22T07:02:00+00:00"


def test_what_steers_stands_in_json_as_an_escape() -> None:
    made = REPORTS._json({"said": "\x9b31m漏水\u202e"})
    assert list(judge_print(made, "json")) == []
    assert json.loads(made) == {"said": "\x9b31m漏水\u202e"}
