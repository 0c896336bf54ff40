"""``site check`` names the copies that are renewed next and the files that differ from ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.desk.site.settling import Settlement, settle, still_open
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.paths import Paths
from dispatcher_tui.site import renewal
from dispatcher_tui.site.renewal import sha256_of
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.cli.support import Run
from tests.desk.heads import add_head

GAS, FIGHT = "emergency/gas_smell.toml", "emergency/fight.toml"


@pytest.fixture
def staffed(run: Run, site: Path) -> Path:
    """The site with everybody of the demo on its roster: nothing is wrong with it."""
    assert run("site", "import", data_dir() / "demo" / "roster.csv", "--site", site).code == 0
    assert run("site", "check", "--site", site).code == 0
    return site


def once(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    known = {**renewal.versions(), name: (sha256_of(text),)}
    monkeypatch.setattr(renewal, "versions", lambda: known)


def test_a_copy_of_an_older_version_is_no_fault_whatever_is_wrong_with_it(
    run: Run, staffed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = 'id = "gas_smell"\n# a card as it was once\n'
    (staffed / GAS).write_text(old, encoding="utf-8")
    assert run("site", "check", "--site", staffed).code == 1
    once(monkeypatch, GAS, old)
    (staffed / FIGHT).unlink()
    done = run("site", "check", "--site", staffed)
    assert (done.code, done.out) == (0, "")
    assert f"Note: {GAS}: of an older version: renewed when the desk opens next" in done.err
    assert f"Note: {FIGHT}: a kind this site does not know" in done.err
    assert (staffed / GAS).read_text(encoding="utf-8") == old, "it only judges"
    assert not (staffed / FIGHT).exists()
    assert run("case", "open", "--said", "x", "--site", staffed).code == 0
    assert read_text(staffed / GAS) == read_text(data_dir() / GAS)
    log = run("log", "--site", staffed)
    assert "Brought up to date: unedited files renewed: 1 (gas_smell.toml)" in log.out
    assert "new cards added: 1 (fight.toml)" in log.out
    assert "older version" not in run("site", "check", "--site", staffed).err


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "lines: yours 2, new 1"), ("zh", "行数：本站 2，新版 1")],
)
def test_an_edited_file_is_a_note_with_its_counts_until_it_is_settled(
    run: Run, staffed: Path, lang: str, words: str
) -> None:
    text = read_text(data_dir() / GAS)
    _first, rest = text.split("\n", 1)
    (staffed / GAS).write_text(f"# 本站\n# 的\n{rest}", encoding="utf-8")
    done = run("--lang", lang, "site", "check", "--site", staffed)
    assert (done.code, done.out) == (0, "")
    assert [line for line in done.err.splitlines() if GAS in line and words in line]
    with open_desk(Paths(staffed, staffed / "desk.sqlite3"), actor="李建国") as desk:
        add_head(desk, "陈志强", "head", "864257")
        settle(desk, still_open(desk)[0], Settlement(False, Signing("陈志强", "864257")))
    assert GAS not in run("--lang", lang, "site", "check", "--site", staffed).err
    told = run("--lang", lang, "log", "--site", staffed).out
    assert {"en": "the site's own emergency/gas_smell.toml", "zh": f"本站的 {GAS}"}[lang] in told
    assert {"en": "yours kept", "zh": "保留本站的"}[lang] in told


def test_a_card_that_would_leave_the_site_without_cards_is_said_to_wait(
    run: Run, staffed: Path
) -> None:
    own = read_text(data_dir() / GAS).replace('id = "gas_smell"', 'id = "our_kind"')
    (staffed / "emergency" / "our_kind.toml").write_text(own, encoding="utf-8")
    (staffed / GAS).unlink()
    done = run("site", "check", "--site", staffed)
    assert done.code == 0
    assert f"Note: {GAS}: does not go with a file of yours" in done.err
