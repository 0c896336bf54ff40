"""The quick way into ``case open`` reads a line as the whole command line does, or not at all."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from dispatcher_tui.cli import app as cli
from dispatcher_tui.cli.quick import FLAG, SHARED, VALUES, Opening, read_opening, shared_only
from dispatcher_tui.domain.words.terms import Channel, Fact
from tests.cli.support import environment


def test_both_ways_know_the_same_options() -> None:
    names = [p for p in inspect.signature(cli.case_open).parameters if p != "where"]
    renamed = {"as_json": "json"}
    assert {f"--{renamed.get(name, name)}" for name in names} == {*VALUES, FLAG}
    root = set(inspect.signature(cli.root).parameters) - {"context", "version"}
    assert {f"--{name}" for name in root} == set(SHARED)
    assert len(Opening._fields) == len(names)


@pytest.mark.parametrize(
    ("line", "shared", "asked"),
    [
        ("case open --said x", {}, Opening(said="x")),
        ("--site s case open --said=x --db d", {"site": "s", "db": "d"}, Opening(said="x")),
        ("--site s case open --site t --said x", {"site": "t"}, Opening(said="x")),
        (
            "case open --json --fact now --fact fire --fact now --channel panel",
            {},
            Opening(facts=(Fact.NOW, Fact.FIRE), channel=Channel.PANEL, as_json=True),
        ),
        ("case open --said --site", {}, Opening(said="--site")),
        ("case open --said= --place 1-1-1", {}, Opening(place="1-1-1")),
    ],
)
def test_a_line_in_order_is_read(line: str, shared: dict[str, str], asked: Opening) -> None:
    assert read_opening(line.split()) == (shared, asked)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "case",
        "case list",
        "case open --help",
        "case open --said",
        "case open x",
        "case open --fact nonsense",
        "case open --fact now,fire",
        "case open --fact=",
        "case open --channel pigeon",
        "case open --json=1",
        "--json case open --said x",
        "--said x case open",
        "open case",
    ],
)
def test_any_other_line_is_left_to_the_command_line(line: str) -> None:
    assert read_opening(line.split()) is None


def test_the_desk_alone() -> None:
    assert shared_only([]) == {}
    assert shared_only(["--site=a b", "--lang", "zh"]) == {"site": "a b", "lang": "zh"}
    for line in (["--site"], ["demo"], ["--json"], ["--help"]):
        assert shared_only(line) is None


def test_what_each_way_does_not_import() -> None:
    script = (
        "import sys; import dispatcher_tui.__main__, dispatcher_tui.cli.case_open,"
        " dispatcher_tui.desk.case.take_in, dispatcher_tui.present.case.case_json;"
        "heavy = {'typer', 'textual', 'sqlite_utils', 'argon2', 'pydantic', 'tempfile'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "[]"


def test_no_command_needs_the_terminals_library() -> None:
    script = "import sys; import dispatcher_tui.cli.app; print('textual' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "False"
