"""Small enough to read: where one grows, a noun is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable

from tests.house.source import PACKAGE, TESTS, modules, name_of, parsed

MOST_LINES, MOST_OF_A_FUNCTION = 400, 60
FILES = modules(PACKAGE, TESTS)

Sizes = list[tuple[int, str]]


def module_sizes() -> Sizes:
    """Every module's lines, the largest first."""
    sizes = [(len(path.read_text("utf-8").splitlines()), name_of(path)) for path in FILES]
    return sorted(sizes, reverse=True)


def function_sizes() -> Sizes:
    """Every function's lines from its ``def`` on, the largest first; decorators count."""
    sizes = []
    for path in FILES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
                last = node.end_lineno or node.lineno
                sizes.append((last - first + 1, f"{name_of(path)}:{node.lineno} {node.name}"))
    return sorted(sizes, reverse=True)


def test_no_module_is_too_long(record_property: Callable[[str, object], None]) -> None:
    sizes = module_sizes()
    record_property("report", f"longest module: {sizes[0][1]}, {sizes[0][0]} lines")
    assert [size for size in sizes if size[0] > MOST_LINES] == []


def test_no_function_is_too_long(record_property: Callable[[str, object], None]) -> None:
    sizes = function_sizes()
    record_property("report", f"longest function: {sizes[0][1]}, {sizes[0][0]} lines")
    assert [size for size in sizes if size[0] > MOST_OF_A_FUNCTION] == []
