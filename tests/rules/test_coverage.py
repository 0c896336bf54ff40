"""Every rule of every procedure has a test that is marked for it, and every mark names a rule."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.domain.support import DATA

TESTS = Path(__file__).resolve().parents[1]


def _rules() -> set[str]:
    return {
        rule["id"]
        for path in (*(DATA / "procedures").glob("*.toml"), DATA / "emergency.toml")
        for rule in tomllib.loads(path.read_text("utf-8"))["rule"]
    }


def _marks(tree: ast.AST) -> list[str]:
    """The rules that a module's tests are marked for, one by one or case by case."""
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "pytest.mark.rule"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]


def _marked() -> Counter[str]:
    """How often each rule's mark stands in all the tests there are."""
    found: Counter[str] = Counter()
    for path in TESTS.rglob("test_*.py"):
        found.update(_marks(ast.parse(path.read_text("utf-8"))))
    return found


MARKED = _marked()


@pytest.mark.parametrize("rule", sorted(_rules()))
def test_a_rule_has_a_marked_test(rule: str) -> None:
    assert MARKED[rule] > 0


def test_every_mark_names_a_rule_of_a_shipped_procedure() -> None:
    assert set(MARKED) <= _rules()
