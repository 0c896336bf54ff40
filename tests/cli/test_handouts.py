"""``handout``: out, list, back and show, on a site whose handout book is in force."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.site.texts import HANDOUTS, shipped_text
from tests.cli.support import Run

VISIT = ("--what", "探亲", "--who", "钱多多", "--field", "place=3-2-1502")


def test_a_thing_goes_out_and_comes_back(run: Run, site: Path) -> None:
    where = ("--site", site)
    off = run("handout", "out", "visitors", *where, *VISIT)
    assert (off.code, "handouts.toml" in off.err) == (1, True)
    text = shipped_text(HANDOUTS).replace("in_force = false", "in_force = true")
    (site / HANDOUTS).write_text(text, encoding="utf-8")
    nobody = run("handout", "out", "visitors", *where, "--what", "探亲")
    assert (nobody.code, "--who" in nobody.err) == (2, True)
    bare = run("handout", "out", "visitors", *where, *VISIT[:4], "--field", "place")
    assert (bare.code, "FIELD=TEXT" in bare.err) == (2, True)
    unfilled = run("handout", "out", "visitors", *where, *VISIT[:4])
    assert (unfilled.code, "flat" in unfilled.err) == (1, True)
    done = run("handout", "out", "visitors", *where, *VISIT, "--due", "2h", "--json").json
    assert (done["number"], done["state"], done["who"]) == (1, "out", "钱多多")
    (row,) = run("handout", "list", *where, "--find", "钱", "--json").json
    assert (row["fields"], row["register"]) == ({"place": "3-2-1502"}, "visitors")
    assert run("handout", "list", *where, "--find", "李").out == ""
    never = run("handout", "back", "2", *where)
    assert (never.code, "number 2" in never.err) == (1, True)
    assert run("handout", "back", "1", *where, "--note", "已离开").code == 0
    twice = run("handout", "back", "1", *where)
    assert (twice.code, "back already" in twice.err) == (1, True)
    (shown,) = run("handout", "show", "visitors", *where, "--json").json
    assert (shown["state"], shown["note"]) == ("back", "已离开")
    assert "钱多多" in run("--lang", "zh", "handout", "show", "visitors", *where).out
    assert "钱多多" not in run("log", *where, "--json").out, "the chain has no name"
    assert run("handout", "show", "visitors", *where, "--from", "soon").code == 2
    assert run("verify", *where).code == 0
