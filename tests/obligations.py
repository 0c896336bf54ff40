"""Which parts each obligation has, which marks name them, and the table of what was proved.

The parts stand in ``obligations.toml``. A mark names its rule and the parts that its test shows:
``@pytest.mark.rule("P0-05", "when")``; one without a part says what the test is about and proves
nothing.
"""

from __future__ import annotations

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

TESTS = Path(__file__).resolve().parent
PARTS = ("what", "who", "when", "recorded", "signed")

Table = Mapping[str, tuple[str, ...]]


def order(rule: str) -> tuple[str, int]:
    """Where a rule stands among others: by its procedure, then by its number."""
    stem, _, number = rule.partition("-")
    return stem, int(number) if re.fullmatch(r"\d+", number) else 0


def _table(name: str) -> dict[str, tuple[str, ...]]:
    found = tomllib.loads((TESTS / "obligations.toml").read_text("utf-8"))[name]
    return {rule: tuple(parts) for rule, parts in found.items()}


def all_parts() -> dict[str, tuple[str, ...]]:
    """The parts of every obligation."""
    return _table("parts")


def not_yet() -> dict[str, tuple[str, ...]]:
    """The parts that lists, notices and the calendar of the round have still to bring."""
    return _table("not_yet")


def missing() -> dict[str, tuple[str, ...]]:
    """The parts that no test shows."""
    return _table("missing")


def less(table: Table, *others: Table) -> dict[str, tuple[str, ...]]:
    """The parts of one table that stand in none of the others."""
    found = {}
    for rule, parts in table.items():
        gone = {part for other in others for part in other.get(rule, ())}
        if left := tuple(part for part in parts if part not in gone):
            found[rule] = left
    return found


def marks(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rules that a module's tests are marked for, each with the parts that it names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            rule, *parts = [str(word) for word in words]
            yield rule, tuple(parts)


def all_marks() -> dict[str, set[str]]:
    """By rule the parts that any of all the tests there are is marked for."""
    found: dict[str, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text("utf-8")
        if "mark.rule" in text:
            for rule, parts in marks(ast.parse(text)):
                found.setdefault(rule, set()).update(parts)
    return found


def _wrapped(words: Iterable[str]) -> str:
    text = "   ".join(words) or "none"
    return textwrap.fill(
        text, 96, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )


def _listed(table: Table) -> str:
    return _wrapped(f"{rule}: {', '.join(table[rule])}" for rule in sorted(table, key=order))


def proved_lines(ran: Mapping[tuple[str, str], int]) -> list[str]:
    """The table at the end of a run. ``ran``: by rule and part how many passed tests named it."""
    asked, later = all_parts(), not_yet()
    owed = less(asked, later)
    shown = {
        rule: tuple(f"{part} {ran[rule, part]}" for part in parts if ran.get((rule, part)))
        for rule, parts in owed.items()
    }
    unseen = {
        rule: tuple(part for part in parts if not ran.get((rule, part)))
        for rule, parts in owed.items()
    }
    whole = sum(1 for parts in unseen.values() if not parts)
    return [
        f"{len(asked)} obligations: of {whole} every part was shown that is there yet",
        _listed({rule: parts for rule, parts in shown.items() if parts}),
        "not shown, or not run:",
        _listed({rule: parts for rule, parts in unseen.items() if parts}),
        "not yet there:",
        _listed(later),
    ]
