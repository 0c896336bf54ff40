"""``slips``: every number with its whereabouts, as text, as JSON, in files of every form."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.papers.slips import give_out, void_number
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction
from dispatcher_tui.paths import Paths
from tests.cli.support import Run
from tests.reports.readback import book_of

KEYS = [
    *("number", "where", "case", "place", "issued_number", "issued_at", "issued_to", "assignee"),
    *("written_off_at", "received_at", "signed_by", "signed_at", "filed_at", "binder", "page"),
    *(
        "charge_fen",
        "version",
        "charged_fen",
        "pad_first",
        "pad_last",
        "pad_to",
        "void_reason",
        "void_at",
    ),
    "odd",
]


@pytest.fixture
def papers(site: Path) -> str:
    """A pad with papers void, missing, owed and filed; the number of the case that owes one."""
    call = cmd.TryCall(person="", name="=张伟", outcome=CallOutcome.REACHED)
    done = cmd.WriteOff(by=FeedbackBy.PHONE, source="x", satisfaction=Satisfaction.SATISFIED)
    with open_desk(Paths(site, site / "desk.sqlite3"), actor="李建国") as desk:
        give_out(desk, "000101", "106", to="维修班")
        void_number(desk, "000102", "=撕坏")
        numbers = [desk.open_case(Intake(said="漏水", place="3-2-1502")).case.number for _ in "12"]
        for number, paper in zip(numbers, ("000103", "000105"), strict=True):
            desk.perform(number, call)
            desk.issue_slip(number, paper)
            desk.perform(number, done)
        for command in (
            cmd.ReceivePaper(number="000105"),
            cmd.SignPaper(signer="李建国", role="dispatcher"),
            cmd.FilePaper(binder="2026-11", page="7", charge_fen=1250),
        ):
            desk.perform(numbers[1], command)
    return numbers[0]


def test_every_number_with_its_whereabouts(run: Run, site: Path, papers: str) -> None:
    found = run("slips", "--json", "--site", site)
    assert (found.code, found.err) == (0, "")
    assert all(list(each) == KEYS for each in found.json)
    assert [(each["number"], each["where"]) for each in found.json] == [
        ("000101", "gap"),
        ("000102", "void"),
        ("000103", "owed"),
        ("000104", "gap"),
        ("000105", "filed"),
        ("000106", "unused"),
    ]
    void, filed = found.json[1], found.json[4]
    assert (void["void_reason"], void["pad_to"], void["case"]) == ("=撕坏", "维修班", None)
    assert (filed["charge_fen"], filed["charged_fen"], filed["binder"], filed["page"]) == (
        1250,
        None,
        "2026-11",
        "7",
    )
    assert filed["filed_at"].endswith("+08:00")
    assert filed["odd"] == []


def test_only_what_is_owed(run: Run, site: Path, papers: str) -> None:
    (owed,) = run("slips", "--owed", "--json", "--site", site).json
    assert (owed["number"], owed["case"], owed["assignee"]) == ("000103", papers, "=张伟")
    text = run("slips", "--owed", "--site", site).out
    assert text.count("\n") == 1
    assert all(word in text for word in ("000103", "copy owed", papers))


def test_each_form_is_written_and_zeros_stay(
    run: Run, site: Path, papers: str, tmp_path: Path
) -> None:
    listed = run("slips", "--json", "--site", site).json
    for form in ("json", "csv", "md", "txt", "pdf"):
        path = tmp_path / f"slips.{form}"
        done = run("slips", "--out", path, "--site", site)
        assert (done.code, done.out) == (0, "")
        assert f"6 papers in {path}" in done.err
    assert json.loads((tmp_path / "slips.json").read_text(encoding="utf-8")) == listed
    text = (tmp_path / "slips.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert [row[0] for row in rows[1:]] == [f"'{each['number']}" for each in listed]
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert (tmp_path / "slips.pdf").read_bytes().startswith(b"%PDF")
    plain = (tmp_path / "slips.txt").read_text(encoding="utf-8")
    assert [line.split()[0] for line in plain.splitlines()] == [x["number"] for x in listed]
    assert "| 000104 |" in (tmp_path / "slips.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["slips.doc", "nowhere/slips.csv", "desk.sqlite3"])
def test_a_file_that_cannot_be_is_refused(run: Run, site: Path, name: str) -> None:
    before = (site / "desk.sqlite3").read_bytes()
    done = run("slips", "--out", site / name, "--site", site)
    assert (done.code, done.out) == (2, "")
    assert (site / "desk.sqlite3").read_bytes() == before


def test_nothing_was_ever_given_out(run: Run, site: Path) -> None:
    assert run("slips", "--json", "--site", site).json == []
    assert run("slips", "--site", site).out == ""


def test_a_workbook_has_charges_and_moments_to_reckon_with(
    run: Run, site: Path, papers: str, tmp_path: Path
) -> None:
    assert run("slips", "--out", tmp_path / "slips.xlsx", "--site", site).code == 0
    _page, data = book_of((tmp_path / "slips.xlsx").read_bytes()).worksheets
    (filed,) = (
        [c for c in row if c.value is not None] for row in data.rows if row[0].value == "000105"
    )
    assert [c.value for c in filed if c.number_format == "0.00"] == [12.5]
    moments = [c.value for c in filed if isinstance(c.value, datetime)]
    assert len(moments) == 3
    assert all(c.quotePrefix for c in filed if isinstance(c.value, str))
