"""Every rule the desk runs has a test that is marked for it, and every mark names a rule."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.domain.support import DATA

TESTS = Path(__file__).resolve().parents[1]
WORKING = (
    *(f"P0-{n:02}" for n in range(9)),
    *("P0-10", "P0-12", "P0-14", "E-01", "E-09"),
    *(f"P4-{n:02}" for n in (*range(1, 13), 16, 19)),
)
"""The rules that the desk runs now; one without a marked test fails here."""


def _marks(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [
        decorator.args[0].value
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and ast.unparse(decorator.func) == "pytest.mark.rule"
        and isinstance(decorator.args[0], ast.Constant)
        and isinstance(decorator.args[0].value, str)
    ]


def _marked() -> Counter[str]:
    """How many test functions carry each rule's mark, in all the tests there are."""
    found: Counter[str] = Counter()
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.update(_marks(node) if node.name.startswith("test_") else ())
    return found


def _rules() -> set[str]:
    return {
        rule["id"]
        for path in (DATA / "procedures").glob("*.toml")
        for rule in tomllib.loads(path.read_text("utf-8"))["rule"]
    }


@pytest.mark.parametrize("rule", WORKING)
def test_a_working_rule_has_a_marked_test(rule: str) -> None:
    assert _marked()[rule] > 0


def test_every_mark_names_a_rule_of_a_shipped_procedure() -> None:
    assert set(_marked()) <= _rules()
    assert set(WORKING) <= _rules()
