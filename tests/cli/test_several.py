"""``case open`` at a desk with several procedures in force, and the lists that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Run


@pytest.fixture
def office(site: Path) -> Path:
    """Fees first, then complaints."""
    file = site / "site.toml"
    one, two = 'procedure = "estate-dispatch"', '["fee-collection", "estate-dispatch"]'
    text = file.read_text("utf-8")
    assert one in text
    file.write_text(text.replace(one, f"procedures = {two}", 1), "utf-8")
    return site


def test_the_class_chooses_and_the_option_overrules(run: Run, office: Path) -> None:
    words = ("case", "open", "--site", office, "--json", "--said", "x", "--category")
    for more, procedure in (
        (("leak",), "estate-dispatch"),
        (("arrears",), "fee-collection"),
        (("leak", "--procedure", "fee-collection"), "fee-collection"),
    ):
        done = run(*words, *more)
        assert (done.code, done.err) == (0, "")
        assert done.json["procedure"] == procedure
    listed = run("--site", office, "case", "list").out.splitlines()
    assert ["[Dispatch] x" in line for line in listed] == [True, False, False]
    assert "[Dispatch] x" in run("--site", office, "case", "find", "Water").out


def test_one_that_is_not_in_force_is_a_slip_and_nothing_is_opened(run: Run, office: Path) -> None:
    done = run("case", "open", "--site", office, "--said", "x", "--procedure", "estate-plant")
    assert done.code == 2
    assert "fee-collection, estate-dispatch" in done.err
    assert run("case", "list", "--site", office, "--json").json == []


def test_what_nobody_handles_is_refused_unless_a_procedure_is_named(run: Run, office: Path) -> None:
    file = office / "site.toml"
    text = file.read_text("utf-8").replace(', "estate-dispatch"]', "]")
    file.write_text(text, "utf-8")
    leak = ("case", "open", "--site", office, "--said", "x", "--category", "leak", "--json")
    done = run(*leak)
    assert (done.code, done.out) == (2, "")
    assert "No procedure here handles Water leak. Name one with --procedure: fee-coll" in done.err
    assert run("case", "list", "--site", office, "--json").json == []
    done = run(*leak, "--procedure", "fee-collection")
    assert (done.code, done.err, done.json["procedure"]) == (0, "", "fee-collection")
    done = run(*leak, "--channel", "panel")  # what a panel reports is recorded whatever it is
    assert (done.code, done.json["procedure"]) == (0, "fee-collection")
    assert "No procedure here handles Water leak: it was opened under Fees." in done.err
    for quiet in ("arrears", "smoke_fire"):
        done = run("case", "open", "--site", office, "--said", "x", "--category", quiet)
        assert (done.code, done.err) == (0, "")
    listed = run("--site", office, "case", "list").out
    assert "[" not in listed  # where there is one, it need not be said
