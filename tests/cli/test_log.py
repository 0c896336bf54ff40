"""``log``: a stretch as an operator types it, printed or written whole in a form of its own."""

from __future__ import annotations

import csv
import json
import os
from io import StringIO
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.domain.papers.report import FORMS
from dispatcher_tui.paths import Paths
from tests.cli.support import Run
from tests.reports.readback import pages_of, rows_of

SAID = "=cmd|漏水, 010 打不通"


@pytest.fixture
def number(run: Run, site: Path) -> str:
    """A case whose words a spreadsheet would like to run."""
    opened = run("case", "open", "--said", SAID, "--caller", "=1+1", "--json", "--site", site)
    found: str = opened.json["number"]
    return found


def test_days_and_times_as_they_are_typed(run: Run, site: Path, number: str) -> None:
    log = run("log", "--json", "--site", site).json
    for begin in ("今天", "today", "昨天", "1h", "昨22:00"):
        for until in ((), ("--to", "今天")):
            assert run("log", "--from", begin, *until, "--json", "--site", site).json == log
    assert run("log", "--to", "昨天", "--json", "--site", site).json == []
    assert number in {entry["case"] for entry in log}


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_what_is_no_time_is_refused_by_its_name(run: Run, site: Path, option: str) -> None:
    done = run("log", option, "neulich", "--site", site)
    assert (done.code, done.out) == (2, "")
    assert f'{option}: "neulich" is not a time. Type 20:00' in done.err


def test_a_stretch_that_is_turned_round_is_refused(run: Run, site: Path) -> None:
    done = run("log", "--from", "今天", "--to", "2020-01-01", "--site", site)
    assert (done.code, done.out) == (2, "")
    assert "--from (" in done.err
    assert "2020-01-02 00:00" in done.err


def test_each_form_is_written(run: Run, site: Path, tmp_path: Path, number: str) -> None:
    log = run("log", "--json", "--site", site).json
    for form in FORMS:
        path = tmp_path / f"log.{form}"
        done = run("log", "--out", path, "--site", site)
        assert (done.code, done.out) == (0, "")
        assert f"{len(log)} entries in {path}" in done.err
    assert json.loads((tmp_path / "log.json").read_text(encoding="utf-8")) == log
    plain = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert plain == run("log", "--site", site).out
    assert number in (tmp_path / "log.md").read_text(encoding="utf-8")
    assert number in "".join(pages_of((tmp_path / "log.pdf").read_bytes()))
    rows = rows_of((tmp_path / "log.xlsx").read_bytes())
    assert any(number in row and any("=1+1" in str(cell) for cell in row) for row in rows)
    assert {path.name for path in tmp_path.glob("*log.*")} == {f"log.{form}" for form in FORMS}


def test_the_table_is_for_a_spreadsheet(run: Run, site: Path, tmp_path: Path, number: str) -> None:
    assert run("log", "--out", tmp_path / "log.CSV", "--lang", "zh", "--site", site).code == 0
    raw = (tmp_path / "log.CSV").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))
    assert rows[0][0] == "发生时间"
    assert {row[2] for row in rows[1:]} == {"", number}
    assert not any(cell[:1] in {*"=+-@"} for row in rows for cell in row)


@pytest.mark.parametrize("name", ["log.xls", "log.docx", "log", ".csv", "csv"])
def test_other_forms_are_refused_and_those_there_are_listed(
    run: Run, site: Path, tmp_path: Path, name: str
) -> None:
    done = run("log", "--out", tmp_path / name, "--site", site)
    assert done.code == 2
    assert ".xlsx, .pdf, .md, .json, .csv, .txt only" in done.err
    assert not (tmp_path / name).exists()


def test_where_no_file_can_be_none_is_written(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for path in (tmp_path / "folder.csv", tmp_path / "nowhere" / "log.csv"):
        done = run("log", "--out", path, "--site", site)
        assert done.code == 2
        assert "there is no such folder" in done.err
    done = run("log", "--json", "--out", tmp_path / "log.md", "--site", site)
    assert done.code == 2
    assert not (tmp_path / "log.md").exists()


def test_what_stood_there_stays_where_writing_fails(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("yesterday's", encoding="utf-8")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        done = run("log", "--out", path, "--site", site)
    assert done.code == 5, done.err
    assert path.read_text(encoding="utf-8") == "yesterday's"
    assert [each.name for each in tmp_path.glob("*log.csv*")] == ["log.csv"]


def test_what_was_taken_back_is_told_and_marked(run: Run, site: Path, number: str) -> None:
    from dispatcher_tui.bootstrap import open_desk
    from dispatcher_tui.domain.record import commands as cmd
    from dispatcher_tui.paths import find_paths

    with open_desk(find_paths(str(site), None, {}), actor="李建国") as desk:
        desk.perform(number, cmd.AddNote(text="记错了"))
        desk.take_back(number)
    *_rest, note, back = run("log", "--site", site).out.splitlines()
    assert "[taken back] Remark  记错了" in note
    assert "Taken back: Remark  记错了 (李建国)" in back
    shown = run("case", "show", number, "--json", "--site", site).json["entries"]
    assert shown[-1]["text"] == "Taken back: Remark  记错了"
    assert run("log", "--json", "--site", site).json[-1]["text"] == "Taken back: Remark  记错了"


def test_an_enquiry_is_found_by_what_was_asked_and_answered(run: Run, site: Path) -> None:
    """Beside the cases; in JSON a list of cases holds nothing else, and the log has the line."""
    with open_desk(Paths(site, site / "desk.sqlite3")) as desk:
        asked = Intake(kind=IntakeKind.ENQUIRY, said="问几点停水", answer="九点")
        entry = desk.note("", asked)
        desk.note("巡逻正常")
    for words in ("停水", "九点"):
        found = run("case", "find", words, "--site", site)
        assert (found.code, found.err) == (0, "")
        assert "问几点停水  Answer: 九点" in found.out
        cases = run("case", "find", words, "--json", "--site", site)
        assert cases.json == []
        assert "log --find" in cases.err
        assert [e["seq"] for e in run("log", "--find", words, "--json", "--site", site).json] == [
            entry.seq
        ]
    assert run("log", "--find", "停水", "--to", "昨天", "--site", site).out == ""
    assert run("case", "find", "热气球", "--site", site) == (0, "", "")
