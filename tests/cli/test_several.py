"""``case open`` at a desk with several procedures in force, and the lists that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.paths import find_paths
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


def test_papers_name_the_procedure_of_their_case_where_there_are_several(
    run: Run, site: Path
) -> None:
    leak = ("case", "open", "--site", site, "--said", "x", "--category")
    number = run(*leak, "leak").out.strip()
    with_one = run("slips", "--site", site, "--json").json
    assert [set(each) & {"procedure"} for each in with_one] == [set() for _ in with_one]
    file = site / "site.toml"
    both = 'procedures = ["estate-dispatch", "estate-plant"]'
    text = file.read_text("utf-8").replace('procedure = "estate-dispatch"', both, 1)
    file.write_text(text, "utf-8")
    lift = run(*leak, "lift_fault").out.strip()
    with open_desk(find_paths(str(site), None, {}), actor="desk-1") as desk:
        for each in (number, lift):
            desk.issue_slip(each)
    told = {each["case"]: each["procedure"] for each in run("slips", "--site", site, "--json").json}
    assert told == {number: "estate-dispatch", lift: "estate-plant"}


def test_the_cases_of_one_that_left_the_list_are_named_with_what_to_do(
    run: Run, office: Path
) -> None:
    opened = [
        run("case", "open", "--site", office, "--said", "x", "--category", each).out.strip()
        for each in ("arrears", "leak", "arrears")
    ]
    assert "no longer" not in run("site", "check", "--site", office).err
    file = office / "site.toml"
    text = file.read_text("utf-8").replace('"fee-collection", ', "")
    file.write_text(text, "utf-8")
    told = " ".join(run("site", "check", "--site", office).err.split())
    left = '"fee-collection" is in force no longer and has open cases, 2 in all'
    assert f"{left} ({opened[0]}, {opened[2]})" in told
    assert "case move N PROCEDURE --reason" in told
    for number in (opened[0], opened[2]):
        moved = run(
            *("case", "move", number, "estate-dispatch", "--reason", "停用", "--site", office)
        )
        assert (moved.code, moved.err) == (0, "")
    assert "no longer" not in run("site", "check", "--site", office).err


def test_two_that_claim_one_class_are_said_where_a_case_is_opened(run: Run, site: Path) -> None:
    folder = site / "procedures"
    text = (folder / "estate-dispatch.toml").read_text("utf-8")
    for name in ("one", "two"):
        own = text.replace('id = "estate-dispatch"', f'id = "{name}"\nhandles = ["noise"]', 1)
        (folder / f"{name}.toml").write_text(own, "utf-8")
    file = site / "site.toml"
    three = 'procedures = ["estate-dispatch", "one", "two"]'
    text = file.read_text("utf-8").replace('procedure = "estate-dispatch"', three, 1)
    file.write_text(text, "utf-8")
    done = run("case", "open", "--site", site, "--said", "x", "--category", "noise", "--json")
    assert (done.code, done.json["procedure"]) == (0, "one")
    assert "The site's files contradict one another" in done.err
    assert "one and two both claim noise" in done.err
