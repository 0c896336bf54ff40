"""The program's and the tests' own source, parsed once, for the tests that judge its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dispatcher_tui"
TESTS = ROOT / "tests"


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def name_of(path: Path) -> str:
    """How a file is called in a finding."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: Path) -> list[Path]:
    """Every Python file under the folders, in order."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room a module of the package lives in; empty for those at its top."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The full name of every module a file imports, wherever in it that is done."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    package = ("dispatcher_tui", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*above, *([node.module] if node.module else [])))
            yield from (f"{stem}.{alias.name}" for alias in node.names)
            yield stem


def docstrings(tree: ast.Module) -> set[ast.Constant]:
    """Every docstring of a tree, and every bare text that stands as a comment on a name."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text in a file's code with its line; docstrings are none."""
    tree = parsed(path)
    aside = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in aside:
            yield node.lineno, node.value
