"""Time is read in one place, SQL is written in one room, and user text is never markup."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.house.source import PACKAGE, imported, modules, name_of, parsed, room_of, texts

CLOCK = PACKAGE / "desk" / "clock.py"
MODULES = modules(PACKAGE)

READS_TIME = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    *(
        ("time", name)
        for name in (
            "time",
            "time_ns",
            "localtime",
            "gmtime",
            "ctime",
            "asctime",
            "strftime",
            "clock_gettime",
        )
    ),
}
STATEMENT = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s"
    r"|CREATE\s+(TABLE|INDEX|TRIGGER|VIRTUAL)|REPLACE\s+INTO|BEGIN\s+IMMEDIATE)",
    re.DOTALL,
)
MARKUP_MAKERS = {"from_markup", "render_markup"}
MARKUP_WIDGETS = {"Static", "Label", "Button", "Markdown", "RichLog", "DataTable", "OptionList"}
"""Textual's widgets that read a text they are given as markup; the house has its own."""


def _tail(node: ast.expr) -> str:
    """The last name of ``a.b.c``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _found(look: Callable[[ast.AST], Iterator[int]], paths: Iterable[Path]) -> list[str]:
    return [f"{name_of(path)}:{line}" for path in paths for line in look(parsed(path))]


def _time_reads(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (_tail(node.value), node.attr) in READS_TIME:
            yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for name in node.names if ("time", name.name) in READS_TIME)


def _trusting(tree: ast.AST) -> Iterator[int]:
    """Calls that take text for markup: asked to, or a notice that was not told otherwise."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        markup = next((word.value for word in node.keywords if word.arg == "markup"), None)
        off = isinstance(markup, ast.Constant) and markup.value is False
        asked = markup is not None and not off
        notice = isinstance(node.func, ast.Attribute) and node.func.attr == "notify" and not off
        if asked or notice or _tail(node.func) in MARKUP_MAKERS:
            yield node.lineno


def _swallows(tree: ast.AST) -> Iterator[int]:
    """Handlers that catch everything, or anything, and do nothing with it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or _tail(node.type) in {"Exception", "BaseException"}
            if broad and all(isinstance(step, ast.Pass) for step in node.body):
                yield node.lineno


def _prints(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from (node.lineno,) if node.func.id == "print" else ()


def test_time_is_read_by_the_clock_alone() -> None:
    assert _found(_time_reads, (path for path in MODULES if path != CLOCK)) == []
    assert _found(_time_reads, [CLOCK])


def test_user_text_is_never_markup() -> None:
    assert _found(_trusting, MODULES) == []


def test_no_widget_is_used_that_reads_markup() -> None:
    found = {
        name_of(path): wrong
        for path in MODULES
        if (wrong := {f"textual.widgets.{name}" for name in MARKUP_WIDGETS} & {*imported(path)})
    }
    assert found == {}


def test_sql_is_written_in_the_store_alone() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in MODULES
        if room_of(path) != "store"
        for line, text in texts(path)
        if STATEMENT.match(text)
    ]
    assert found == []


def test_only_the_front_ends_print() -> None:
    assert _found(_prints, (path for path in MODULES if room_of(path))) == []


def test_no_error_is_swallowed() -> None:
    assert _found(_swallows, MODULES) == []


def test_the_walks_see_what_they_should() -> None:
    lines = (
        "import time",
        "time.time()",
        "from time import time_ns",
        "datetime.now(UTC)",
        "app.notify(said)",
        "app.notify(said, markup=False)",
        "Static(said, markup=True)",
        "Text.from_markup(said)",
        "print(said)",
    )
    tree = ast.parse("\n".join(lines))
    assert sorted(_time_reads(tree)) == [2, 3, 4]
    assert sorted(_trusting(tree)) == [5, 7, 8]
    assert list(_prints(tree)) == [9]
    assert list(_swallows(ast.parse("try:\n    x\nexcept Exception:\n    pass"))) == [3]
    assert STATEMENT.match("SELECT a FROM b")
    assert not STATEMENT.match("Select a case from the list")
