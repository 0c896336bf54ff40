"""``handover``: the last signed sheet, as text, as JSON, in a file."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.bootstrap import open_desk, wall_clock
from dispatcher_tui.desk.printing import FOLDER, hand_over_report, print_report
from dispatcher_tui.domain.papers.report import FORMS
from dispatcher_tui.domain.record.case import Entry, PendingEntry
from dispatcher_tui.paths import Paths
from tests.cli.support import Run, environment
from tests.reports import samples
from tests.reports.readback import pages_of, rows_of


def signed(site: Path, remarks: str = "备用钥匙在抽屉里") -> Entry:
    """A signed hand-over in the site's record."""
    with open_desk(Paths(site, site / "desk.sqlite3"), actor="李建国") as desk:
        now = wall_clock().now()
        sheet = replace(samples.SHEET, head=desk.store.head(), rows=desk.store.rows())
        event = replace(
            samples.EVENT, sheet=sheet, remarks=remarks, until=now + timedelta(hours=12)
        )
        entries = desk.store.transact(
            lambda tx: tx.append(
                [PendingEntry(event, now)], actor="李建国", cosigner="王芳", recorded_at=now
            )
        )
        return entries[0]


def test_there_never_was_one(site: Path, run: Run) -> None:
    for more in ((), ("--json",), ("--out", site / "x.pdf")):
        done = run("--site", site, "handover", *more)
        assert (done.code, done.out) == (1, "")
        assert "hand-over" in done.err
    assert not (site / "x.pdf").exists()
    assert "交接班" in run("--site", site, "--lang", "zh", "handover").err


def test_the_last_one_as_text(site: Path, run: Run) -> None:
    signed(site, "the first")
    signed(site, "the second")
    done = run("--site", site, "handover")
    assert done.code == 0
    assert "Hand-over record" in done.out
    assert "the second" in done.out
    assert "the first" not in done.out
    assert "交接班记录" in run("--site", site, "--lang", "zh", "handover").out


def test_as_json_with_times_of_the_site(site: Path, run: Run) -> None:
    entry = signed(site)
    found = run("--site", site, "handover", "--json").json
    assert found["seq"] == entry.seq
    assert found["cosigner"] == "王芳"
    assert found["sheet"]["at"] == "2026-11-22T06:58:00+08:00"


def test_into_a_file_by_its_end(site: Path, tmp_path: Path, run: Run) -> None:
    signed(site)
    for end in FORMS:
        out = tmp_path / f"sheet.{end}"
        done = run("--site", site, "--lang", "zh", "handover", "--out", out)
        assert (done.code, done.out) == (0, ""), done.err
        assert str(out) in done.err
    assert "交接班记录" in "".join(pages_of((tmp_path / "sheet.pdf").read_bytes()))
    assert "交接班记录" in (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert "# 交接班记录" in (tmp_path / "sheet.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "sheet.json").read_bytes())["kind"] == "handed_over"
    assert ("交接班记录",) in rows_of((tmp_path / "sheet.xlsx").read_bytes())
    assert "交接班记录" in (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("name", ["sheet.doc", "sheet", "nowhere/sheet.pdf", "."])
def test_a_file_that_cannot_be_is_a_wrong_use(
    site: Path, tmp_path: Path, run: Run, name: str
) -> None:
    signed(site)
    assert run("--site", site, "handover", "--out", tmp_path / name).code == 2


def test_the_database_is_never_written_over(site: Path, tmp_path: Path, run: Run) -> None:
    base = site / "desk.json"
    (site / "desk.sqlite3").rename(base)
    before = base.read_bytes()
    assert run("--site", site, "--db", base, "handover", "--out", base).code == 2
    assert base.read_bytes() == before


def test_the_printed_head_is_taken_with_its_spaces(site: Path, run: Run) -> None:
    entry = signed(site)
    head = run("--site", site, "handover", "--json").json["sheet"]["head"]
    spaced = " ".join(head[at : at + 4] for at in range(0, len(head), 4)).upper()
    assert run("--site", site, "verify", "--head", spaced).code == 0
    wrong = spaced.replace(spaced[0], "0" if spaced[0] != "0" else "1")
    assert run("--site", site, "verify", "--head", wrong).code == 3
    assert entry.seq > 1


def test_the_desk_prints_into_its_own_folder(site: Path, run: Run) -> None:
    entry = signed(site)
    with open_desk(Paths(site, site / "desk.sqlite3")) as desk:
        report = hand_over_report(desk, entry)
        first, second = print_report(desk, report), print_report(desk, report)
    at = entry.occurred_at.astimezone(samples.ZONE)
    stem = f"handover-{at:%Y%m%d-%H%M}"
    assert [path.name for path in first] == [f"{stem}.pdf", f"{stem}.txt"]
    assert [path.name for path in second] == [f"{stem}-2.pdf", f"{stem}-2.txt"]
    assert first[0].parent == site / FOLDER
    assert "王芳" in "".join(pages_of(first[0].read_bytes()))


def test_text_is_printed_without_the_pdf_library(site: Path) -> None:
    signed(site)
    script = (
        "import sys; from dispatcher_tui.__main__ import main;"
        f"sys.argv = ['x', '--site', {str(site)!r}, 'handover'];"
        "code = main(); print(code, 'reportlab' in sys.modules, 'xlsxwriter' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True
    )
    assert done.stdout.decode().splitlines()[-1] == "0 False False"
