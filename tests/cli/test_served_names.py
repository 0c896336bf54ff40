"""While a file of the site is broken, names stay names: the texts in force stand in for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dispatcher_tui.store.db import Db
from dispatcher_tui.store.migrations import CURRENT
from tests.cli.support import Run

CALL = ("--place", "3-2-1502", "--category", "leak", "--said", "漏水")
FILES = ("site.toml", "categories.toml", "procedures/estate-dispatch.toml")
BREAKS: dict[str, Callable[[str], str | None]] = {
    "torn": lambda text: f"{text}\nnonsense = [",
    "empty": lambda text: "",
    "gone": lambda text: None,
}


def _finding(run: Run, site: Path, what: str) -> dict[str, str]:
    found: list[dict[str, str]] = run("doctor", "--json", "--site", site).json
    return next(each for each in found if each["what"] == what)


@pytest.mark.parametrize(
    "file", ["site.toml", "categories.toml", "procedures/estate-dispatch.toml"]
)
@pytest.mark.parametrize("how", BREAKS)
def test_names_and_findings_stay(run: Run, site: Path, file: str, how: str) -> None:
    here = ("--lang", "en", "--site", site)
    number = run("case", "open", *here, *CALL, "--json").json["number"]

    def told() -> tuple[str, ...]:
        shown, log = run("case", "show", number, *here), run("log", *here)
        month = run("month", f"20{number[:2]}-{number[2:4]}", *here)
        figures = month.out.split("\n", 2)[2]  # Above them it says as of when.
        return shown.out.split("\n", 1)[0], log.out, figures

    before = told()
    assert "Water leak" in before[1]
    sound = _finding(run, site, "sound"), _finding(run, site, "holidays")
    assert _finding(run, site, "site")["health"] == "good"
    path = site / file
    wrong = BREAKS[how](path.read_text("utf-8"))
    path.unlink()
    if wrong is not None:
        path.write_text(wrong, "utf-8")
    assert told() == before
    found = _finding(run, site, "site")
    assert (found["health"], found["code"]) == ("bad", "site_served")
    assert "site check" in found["text"]
    assert (_finding(run, site, "sound"), _finding(run, site, "holidays")) == sound


def test_the_group_that_the_settings_name_is_known_while_they_are_broken(
    run: Run, site: Path
) -> None:
    """``doctor`` says of the files what it said before."""
    settings = site / "site.toml"
    text = settings.read_text("utf-8")
    assert 'group = ""' in text
    settings.write_text(text.replace('group = ""', 'group = "no-such-group"'), "utf-8")
    assert run("case", "open", "--site", site, *CALL).code == 0
    before = _finding(run, site, "files")
    assert before["code"] == "files_no_group"
    settings.write_text("x = [", "utf-8")
    assert _finding(run, site, "files") == before


def test_without_a_record_nothing_stands_in(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert _finding(run, empty, "site")["code"] == "site_none"
    (empty / "site.toml").write_text("x = [", "utf-8")
    assert _finding(run, empty, "site")["code"] == "site_bad"


def test_a_record_of_an_older_version_is_none_that_does_not_open(run: Run, site: Path) -> None:
    path = site / "desk.sqlite3"
    db = Db.connect(path)
    db.run("DELETE FROM _sqlite_migrations WHERE id = ?", (CURRENT,))
    db.run(f"PRAGMA user_version = {CURRENT - 1}")
    db.close()
    found = _finding(run, site, "database")
    assert (found["health"], found["code"]) == ("warn", "database_older")
    path.write_bytes(path.read_bytes()[:5000])
    assert _finding(run, site, "database")["code"] == "database_bad"
