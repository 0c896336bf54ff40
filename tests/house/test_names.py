"""The desk runs whatever procedure a site adopts: nothing in its rooms knows one by name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, modules, name_of, parsed, room_of, texts

PROCEDURES = sorted(path.stem for path in (ROOT / "data" / "procedures").glob("*.toml"))
RULE_ID = re.compile(r"\b(P\d|E)-(\d\d\b|$)")
DATED = re.compile(r"#\d+|\b(TODO|FIXME|XXX|HACK)\b")


def _named(text: str) -> bool:
    return bool(RULE_ID.search(text)) or any(name in text for name in PROCEDURES)


def _findings(room: str) -> Iterator[str]:
    for path in modules(PACKAGE / room):
        yield from (
            f"{name_of(path)}:{line} {text!r}" for line, text in texts(path) if _named(text)
        )


@pytest.mark.parametrize("room", ["desk", "store", "tui", "present"])
def test_no_procedure_and_no_rule_is_named(room: str) -> None:
    """Docstrings may say which rule they serve; the code may not ask which one it is."""
    assert list(_findings(room)) == []


def test_no_file_is_named_after_a_procedure() -> None:
    words = [name.replace("-", "_") for name in PROCEDURES]
    wrong = [name_of(path) for path in modules(PACKAGE) if path.stem in words]
    assert wrong == []


def test_what_is_left_to_do_is_not_left_in_the_source() -> None:
    own = Path(__file__)
    wrong = [
        f"{name_of(path)}:{number}"
        for path in modules(PACKAGE, ROOT / "tests")
        if path != own
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "# " in line and DATED.search(line.partition("# ")[2])
    ]
    assert wrong == []


def test_what_a_subclass_owes_is_abstract() -> None:
    """The types tell of one that owes it still; an error at the desk would tell too late."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(PACKAGE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("P0-05", True),
        ("rule P4-16/major", True),
        ("E-09", True),
        ("P0-", True),
        ("estate-dispatch", True),
        ("3-2-1502", False),
        ("GRE-10", False),
        ("CAPE-01x", False),
    ],
)
def test_the_walk_knows_a_name_when_it_sees_one(text: str, named: bool) -> None:
    assert _named(text) is named


def test_rooms_are_there_to_be_judged() -> None:
    assert {"desk", "store", "tui"} <= {room_of(path) for path in modules(PACKAGE)}
