"""A rule of style for a class that is not there styles nothing: its name is one of a class."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import textual.widgets
from textual import app, containers, screen, scrollbar, widget

from tests.house.source import PACKAGE, modules, name_of, parsed

TUI = PACKAGE / "tui"
SELECTORS = re.compile(r"([^{}]+)\{")
TYPE = re.compile(r"(?<![\w.#:$-])[A-Z]\w*")
OTHERS = {
    name
    for room in (app, containers, screen, scrollbar, textual.widgets, widget)
    for name in dir(room)
} | {"Input", "TextArea"}
"""What is named after Textual's own classes."""


def classes() -> set[str]:
    """Every class of the screens and their widgets."""
    trees = (ast.walk(parsed(path)) for path in modules(TUI))
    return {node.name for tree in trees for node in tree if isinstance(node, ast.ClassDef)}


def sheets() -> Iterator[tuple[str, str]]:
    """Every sheet of styles with where it stands: in a class, or in a file of its own."""
    for path in sorted(TUI.rglob("*.tcss")):
        yield name_of(path), path.read_text("utf-8")
    for path in modules(TUI):
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)):
                continue
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            if names & {"CSS", "DEFAULT_CSS"}:
                yield name_of(path), str(node.value.value)


def types(sheet: str) -> set[str]:
    """The classes a sheet's rules are for."""
    bare = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return {name for rule in SELECTORS.findall(bare) for name in TYPE.findall(rule)}


def test_every_rule_of_style_is_for_a_class_that_is_there() -> None:
    known, found = classes() | OTHERS, list(sheets())
    assert len(found) > 30
    assert {f"{where}: {name}" for where, sheet in found for name in types(sheet) - known} == set()


def test_a_rule_for_no_class_is_seen() -> None:
    sheet = "/* Gone { } */ OldScreen #list.-chosen, Lines:focus { height: 1; color: $Text; }"
    assert types(sheet) == {"OldScreen", "Lines"}
    assert "Lines" in classes()
    assert "OldScreen" not in classes() | OTHERS
