"""``case move``: a case goes over to another procedure in force, from a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Run

PLANT = "estate-plant"


@pytest.fixture
def leak(run: Run, site: Path) -> str:
    """A leak under the default, at an office that has the plant's procedure as well."""
    file = site / "site.toml"
    one, two = 'procedure = "estate-dispatch"', f'["estate-dispatch", "{PLANT}"]'
    file.write_text(file.read_text("utf-8").replace(one, f"procedures = {two}", 1), "utf-8")
    done = run("case", "open", "--site", site, "--said", "漏水", "--category", "leak")
    assert done.code == 0
    return done.out.strip()


def test_it_is_the_others_and_the_case_is_printed(run: Run, site: Path, leak: str) -> None:
    before = run("case", "show", leak, "--site", site, "--json").json
    move = ("case", "move", leak, PLANT, "--reason", " 归机电管 ", "--site", site)
    done = run(*move, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json["procedure"], done.json["opened_at"]) == (PLANT, before["opened_at"])
    assert done.json == run("case", "show", leak, "--site", site, "--json").json
    (told,) = (each for each in done.json["entries"] if each["kind"] == "moved")
    assert "From Dispatch to Plant" in told["text"]
    assert told["text"].endswith("归机电管")
    assert told["actor"].startswith("cli:")
    back = run("case", "move", leak, "estate-dispatch", "--reason", "还是我们的", "--site", site)
    assert (back.code, back.err) == (0, "")
    assert back.out.startswith(f"{leak}  From Plant to Dispatch")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("estate-plant",), 2, "--reason is missing"),
        (("estate-plant", "--reason", "  "), 2, "--reason is missing"),
        (("fee-collection", "--reason", "x"), 2, "estate-dispatch, estate-plant"),
        (("estate-dispatch", "--reason", "x"), 1, "already"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    run: Run, site: Path, leak: str, arguments: tuple[str, ...], code: int, words: str
) -> None:
    before = run("case", "show", leak, "--site", site, "--json").json["entries"]
    done = run("case", "move", leak, *arguments, "--site", site)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert run("case", "show", leak, "--site", site, "--json").json["entries"] == before


def test_a_case_that_there_is_not(run: Run, site: Path, leak: str) -> None:
    done = run("case", "move", "990101-99", PLANT, "--reason", "x", "--site", site)
    shown = run("case", "show", "990101-99", "--site", site)
    assert (done.code, done.err) == (shown.code, shown.err) == (1, done.err)
    assert "990101-99" in done.err
