"""``case show --out``: the dispatch record of one case in every form, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from io import StringIO
from pathlib import Path

import pytest

from dispatcher_tui.domain.papers.report import FORMS
from tests.cli.support import Run
from tests.faults.hostility import judge_print
from tests.reports.readback import pages_of, rows_of

SAID = "=HYPERLINK(1) 厨房漏水\u202e到楼下"


@pytest.fixture
def number(run: Run, site: Path) -> str:
    """A case whose words would like to be run."""
    told = ("--said", SAID, "--caller", "+1", "--phone", "0755123456", "--category", "leak")
    opened = run("case", "open", *told, "--json", "--site", site)
    found: str = opened.json["number"]
    return found


def test_each_form_is_written_and_said_so(
    run: Run, site: Path, tmp_path: Path, number: str
) -> None:
    for form in FORMS:
        out = tmp_path / f"case.{form}"
        done = run("case", "show", number, "--out", out, "--lang", "zh", "--site", site)
        assert (done.code, done.out) == (0, ""), done.err
        assert f"{number} 的调度记录已写入 {out}" in done.err
    made = {form: (tmp_path / f"case.{form}").read_bytes() for form in FORMS}
    assert "调度记录" in "".join(pages_of(made["pdf"]))
    assert number in "".join(pages_of(made["pdf"]))
    assert ("=HYPERLINK(1) 厨房漏水到楼下",) in rows_of(made["xlsx"])
    assert any(row[:2] == ("+1", "0755123456") for row in rows_of(made["xlsx"]))
    rows = list(csv.reader(StringIO(made["csv"].decode("utf-8-sig"), newline="")))
    assert ["'=HYPERLINK(1) 厨房漏水到楼下"] in rows
    assert ["'+1", "'0755123456"] in [row[:2] for row in rows]
    shown = run("case", "show", number, "--json", "--lang", "zh", "--site", site).json
    assert json.loads(made["json"])["verbatim"] == shown["verbatim"]
    assert json.loads(made["json"])["entries"] == shown["entries"]
    for form in ("md", "json", "txt"):
        assert list(judge_print(made[form], form)) == []


def test_there_is_no_such_case(run: Run, site: Path, tmp_path: Path) -> None:
    done = run("case", "show", "999999-01", "--out", tmp_path / "x.pdf", "--site", site)
    assert (done.code, done.out) == (1, "")
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_cannot_be_is_a_wrong_use(
    run: Run, site: Path, tmp_path: Path, number: str
) -> None:
    for name in ("x.doc", "x", "nowhere/x.pdf", "."):
        assert run("case", "show", number, "--out", tmp_path / name, "--site", site).code == 2


def test_the_record_and_what_lies_beside_it_are_never_written_over(
    run: Run, site: Path, number: str
) -> None:
    for end in ("", "-wal", "-shm"):
        base = site / "desk.json"
        if not base.exists():
            (site / "desk.sqlite3").rename(base)
        link = site / "link.json"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{base}{end}")
        before = base.read_bytes()
        done = run("--site", site, "--db", base, "case", "show", number, "--out", link)
        assert done.code == 2
        assert base.read_bytes() == before


def test_json_goes_with_a_json_file_alone(
    run: Run, site: Path, tmp_path: Path, number: str
) -> None:
    for form, code in (("pdf", 2), ("json", 0)):
        out = tmp_path / f"x.{form}"
        done = run("case", "show", number, "--json", "--out", out, "--site", site)
        assert (done.code, done.out) == (code, "")
        assert out.exists() == (code == 0)


def test_what_stood_there_stays_where_writing_fails(
    run: Run, site: Path, tmp_path: Path, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "papers"
    folder.mkdir()
    for form in FORMS:
        path = folder / f"case.{form}"
        path.write_text("yesterday's", encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            done = run("case", "show", number, "--out", path, "--site", site)
        assert done.code == 5, done.err
        assert path.read_text(encoding="utf-8") == "yesterday's"
    assert {each.name for each in folder.iterdir()} == {f"case.{form}" for form in FORMS}
