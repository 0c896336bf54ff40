"""``round``: list, record and show, on a site whose rounds are in force."""

from __future__ import annotations

import json
from pathlib import Path

from dispatcher_tui.site.texts import ROUNDS, shipped_text
from tests.cli.support import Run

FOUND = ("--found", "gates=1", "--found", "garage=2", "--found", "escape=1")


def test_a_round_is_recorded_and_read_back(run: Run, site: Path) -> None:
    where = ("--site", site)
    assert run("round", "list", *where, "--json").json == []
    none = run("round", "record", "patrol", *where, "--by", "王芳")
    assert (none.code, "rounds.toml" in none.err) == (1, True)
    text = shipped_text(ROUNDS).replace("in_force = false", "in_force = true")
    (site / ROUNDS).write_text(text, encoding="utf-8")
    unnamed = run("round", "record", "patrol", *where, *FOUND, "--word", "灯不亮")
    assert (unnamed.code, "--by" in unnamed.err) == (2, True)
    unfound = run("round", "record", "patrol", *where, "--by", "王芳")
    assert (unfound.code, "Gates" in unfound.err) == (1, True)
    ids = [each["id"] for each in run("round", "list", *where, "--json").json]
    assert ids == ["fire_panel", "patrol", "plant", "key_box"]
    wordless = run("round", "record", "patrol", *where, *FOUND, "--by", "王芳")
    assert (wordless.code, "not in order" in wordless.err) == (1, True)
    told = ("--by", "王芳", "--word", "灯不亮", "--late", "接电话")  # at some hours it is late
    whole = ("round", "record", "patrol", *where, *FOUND, *told)
    done = run(*whole, "--json").json
    assert done["state"] in ("done", "done_late")
    assert done["recorded_by"] == "王芳"
    twice = run(*whole)
    assert (twice.code, "already" in twice.err) == (1, True)
    assert run(*whole, "--again").code == 0
    (row,) = run("round", "show", "patrol", *where, "--json").json
    assert [each["digit"] for each in row["found"]] == [1, 2, 1]
    assert (row["recorded_by"], row["word"], row["second"]) == ("王芳", "灯不亮", None)
    printed = run("--lang", "zh", "round", "show", "patrol", *where).out
    assert "灯不亮" in printed
    assert "王芳" in printed
    shown = [each for each in json.loads(run("log", *where, "--json").out) if not each["case"]]
    assert [each["kind"] for each in shown].count("round_recorded") == 2


def test_a_slip_of_the_line_is_a_usage_error(run: Run, site: Path) -> None:
    assert run("round", "record", "patrol", "--site", site, "--found", "gates").code == 2
    assert run("round", "show", "patrol", "--site", site, "--day", "soon").code == 2
