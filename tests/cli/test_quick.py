"""The quick way into ``case open`` reads a line as the whole command line does, or not at all."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
import typer

from dispatcher_tui.cli import app as cli
from dispatcher_tui.cli.case_commands import case_app
from dispatcher_tui.cli.quick import (
    FLAG,
    SHARED,
    VALUES,
    OpeningAsked,
    form_of,
    read_opening,
    shared_only,
)
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.domain.words.terms import Channel, Fact
from tests.cli.support import environment


def asked(*, place: str = "", said: str = "") -> OpeningAsked:
    return OpeningAsked(Intake(place=place, said=said))


def test_both_ways_know_the_same_options() -> None:
    group = typer.main.get_command(case_app)
    opening = group.get_command(typer.Context(group), "open")  # type: ignore[attr-defined]
    assert {name for p in opening.params for name in p.opts} == {*VALUES, FLAG, *SHARED}
    asked = ["--place", "--phone", "--caller", "--category", "--channel", "--said", "--fact"]
    assert set(VALUES) == {*asked, "--at", "--panel", "--procedure"}
    # A line that names colours goes the whole way: no panel has any to choose.
    root = set(inspect.signature(cli.root).parameters) - {"context", "version", "theme"}
    assert {f"--{name}" for name in root} == set(SHARED)


def test_the_whole_command_line_makes_the_same_form() -> None:
    told = {"facts": [Fact.NOW, Fact.FIRE, Fact.NOW], "channel": Channel.PANEL, "said": "x\udcff"}
    form = Intake(facts=(Fact.NOW, Fact.FIRE), channel=Channel.PANEL, said="x\udcff")
    assert form_of(told) == form
    line = "case open --fact now --fact fire --fact now --channel panel --said x\udcff"
    assert read_opening(line.split()) == ({}, OpeningAsked(form))
    assert form_of({}) == Intake()


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("--panel B2", Channel.PANEL),
        ("--panel B2 --channel phone", Channel.PHONE),
        ("--said x", Channel.PHONE),
    ],
)
def test_a_panel_that_is_named_says_how_it_came_in(line: str, channel: Channel) -> None:
    opening = read_opening(["case", "open", *line.split()])
    assert opening is not None
    assert opening[1].form.channel is channel
    given = dict(zip(line.split()[::2], line.split()[1::2], strict=True))
    named = {name.removeprefix("--"): value for name, value in given.items()}
    assert form_of({"channel": None, **named}).channel is channel


@pytest.mark.parametrize(
    ("line", "shared", "asked"),
    [
        ("case open --said x", {}, asked(said="x")),
        ("--site s case open --said=x --db d", {"site": "s", "db": "d"}, asked(said="x")),
        ("--site s case open --site t --said x", {"site": "t"}, asked(said="x")),
        (
            "case open --json --fact now --fact fire --fact now --channel panel",
            {},
            OpeningAsked(Intake(facts=(Fact.NOW, Fact.FIRE), channel=Channel.PANEL), as_json=True),
        ),
        ("case open --said --site", {}, asked(said="--site")),
        ("case open --said= --place 1-1-1", {}, asked(place="1-1-1")),
        ("case open --at 3:05 --said x", {}, OpeningAsked(Intake(said="x"), at="3:05")),
    ],
)
def test_a_line_in_order_is_read(line: str, shared: dict[str, str], asked: OpeningAsked) -> None:
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
