"""``register``: the running register of a month, by the procedure that names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.support import Run
from tests.reports.readback import pages_of


@pytest.mark.rule("P5-05")
def test_a_register_is_read_and_written_to_a_file(run: Run, site: Path, tmp_path: Path) -> None:
    file = site / "site.toml"
    words = file.read_text("utf-8")
    file.write_text(words.replace('"estate-dispatch"', '"project-centre"', 1), "utf-8")
    opened = run("case", "open", "--site", site, "--said", "楼道灯不亮", "--json").json
    month = opened["opened_at"][:7]
    done = run("register", month, "--site", site)
    assert (done.code, done.err) == (0, "")
    assert opened["number"] in done.out
    assert "cli:" not in done.out
    paper = tmp_path / "book.pdf"
    done = run("--lang", "zh", "register", month, "--site", site, "--out", paper)
    assert (done.code, done.err) == (0, f"登记表在 {paper}。\n")
    assert "前台受理工作登记表" in "".join(pages_of(paper.read_bytes()))
    found = json.loads(run("register", month, "--site", site, "--json").out)
    assert opened["number"] in json.dumps(found, ensure_ascii=False)
    for wrong in (("2199-01",), (month, "--form", "nowhere")):
        assert run("register", *wrong, "--site", site).code == 2


def test_a_procedure_without_one_says_so(run: Run, site: Path) -> None:
    done = run("register", "2026-11", "--site", site)
    assert (done.code, done.out) == (2, "")
    assert "names no running register" in done.err
