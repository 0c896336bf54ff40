"""What is told from outside is kept whole, and leaves without a character that breaks a line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.desk.emergency.panel import plan_test
from dispatcher_tui.domain.words.text import VERBATIM_LIMIT
from dispatcher_tui.paths import Paths
from dispatcher_tui.store.store import Store
from tests.cli.support import Run

RAW = re.compile("[\t\u2028\u2029]")
STRANGE = "厨房\t漏水\u2028很急\u2029快来"


def rows(site: Path) -> int:
    store = Store.open(site / "desk.sqlite3", read_only=True)
    try:
        return store.rows()
    finally:
        store.close()


def said_in(case: dict[str, object]) -> str:
    """The words of a case with those of its notes."""
    entries = case["entries"]
    assert isinstance(entries, list)
    notes = [e["text"] for e in entries if e["kind"] == "note_added"]
    return str(case["verbatim"]) + "".join(text.partition("  ")[2] for text in notes)


@pytest.mark.parametrize(
    ("length", "notes"),
    [(VERBATIM_LIMIT, 0), (VERBATIM_LIMIT + 1, 1), (2 * VERBATIM_LIMIT, 1), (90_000, 2)],
)
def test_a_long_text_is_kept_whole(run: Run, site: Path, length: int, notes: int) -> None:
    words = "".join(chr(0x4E00 + at % 900) for at in range(length))
    done = run("--lang", "en", "case", "open", "--site", site, "--said", words, "--json")
    assert done.code == 0
    kinds = [entry["kind"] for entry in done.json["entries"]]
    assert kinds.count("note_added") == notes
    assert said_in(done.json) == words
    assert ("the rest of it is" in done.err) is bool(notes)
    assert "Too long" not in done.err
    assert run("verify", "--site", site).code == 0


def test_a_repeated_alarm_and_one_in_a_test_keep_theirs(run: Run, site: Path) -> None:
    words = "烟" * (VERBATIM_LIMIT + 5)
    alarm = ("case", "open", "--site", site, "--channel", "panel", "--place", "9-1-0503", "--json")
    first = run(*alarm, "--fact", "fire")
    again = run(*alarm, "--fact", "fire", "--said", words)
    assert again.json["number"] == first.json["number"]
    assert again.json["entries"][-1]["text"].endswith("烟" * 5)
    with open_desk(Paths(site, site / "desk.sqlite3"), actor="李建国") as desk:
        plan_test(desk, "", "1h", "2号", "赵主任")
    before = rows(site)
    assert run(*alarm, "--panel", "2号", "--said", words).json["test"] is True
    assert rows(site) == before + 2


def test_above_a_megabyte_nothing_is_written(run: Run, site: Path) -> None:
    before = rows(site)
    done = run("--lang", "en", "case", "open", "--site", site, "--said", "水" * 333_334)
    assert done.code == 2
    assert done.err.startswith("More than a megabyte")
    assert rows(site) == before
    assert run("case", "open", "--site", site, "--said", "水" * 333_333).code == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_tab_and_no_line_separator_leaves_raw(run: Run, site: Path, lang: str) -> None:
    told = ("--said", STRANGE, "--caller", f"张\t丽\u2028{lang}", "--place", "3-2-1502")
    opened = run("--lang", lang, "case", "open", "--site", site, *told, "--json")
    assert opened.code == 0
    number = opened.json["number"]
    for command in (
        ("case", "show", number),
        ("case", "show", number, "--json"),
        ("case", "list"),
        ("case", "find", "漏水"),
        ("log",),
        ("log", "--json"),
        ("case", "show", "没有\t这个\u2028号"),
        ("case", "open", "--site", "a\tb\u2028c", "--said", "x"),
    ):
        done = run("--lang", lang, "--site", site, *command)
        assert not RAW.search(done.out + done.err), command
    for form in ("csv", "md", "json"):
        path = site / f"log.{form}"
        assert run("--site", site, "log", "--out", path).code == 0
        assert not RAW.search(path.read_text("utf-8-sig")), form


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_messages_speak_of_no_form(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    from dispatcher_tui.store import errors

    for error in (
        errors.DiskFull("x"),
        errors.DiskProblem("x"),
        errors.Busy("x"),
        errors.FileLost("x"),
    ):

        def fails(*_args: object, error: errors.StoreError = error, **_more: object) -> None:
            raise error

        monkeypatch.setattr(Store, "open", fails)
        done = run("--lang", lang, "case", "open", "--site", site, "--said", "x")
        assert done.code == (1 if error.code == "busy" else 5)
        assert "form" not in done.err
        assert "commit" not in done.err
        assert "表单" not in done.err
        assert "提交" not in done.err
