"""Every rule of every procedure has a test that is marked for it, and every mark names a rule."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

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


def _marked() -> set[str]:
    """The rules that any of all the tests there are is marked for."""
    found: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text("utf-8")
        if "mark.rule" in text:
            found.update(_marks(ast.parse(text)))
    return found


def test_every_rule_has_a_marked_test_and_every_mark_names_a_rule() -> None:
    assert _marked() == _rules()
