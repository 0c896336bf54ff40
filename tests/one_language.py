"""A test that is there in both languages is run in one of them, drawn anew each run.

Both of all take longer than a change may wait; ``--both-languages`` runs them. The seed stands at
the end of a run, and ``--testrunuid SEED`` draws the same again.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from random import Random

import pytest

BOTH = "--both-languages"
_SEED = str(time.time_ns())


def pytest_addoption(parser: pytest.Parser) -> None:
    """The run that takes its time."""
    parser.addoption(BOTH, action="store_true", help="every test in all of its languages")


def seed_of(config: pytest.Config) -> str:
    """The same in every process of a run, another one in each run."""
    worker = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    return worker or config.getoption("testrunuid", None) or _SEED


def twins(items: list[pytest.Item]) -> list[list[pytest.Item]]:
    """The tests that differ in nothing but their language."""
    found: dict[tuple[object, ...], list[pytest.Item]] = defaultdict(list)
    for item in items:
        spec = getattr(item, "callspec", None)
        if spec is not None and spec.params.get("lang") in ("zh", "en"):
            others = sorted((k, repr(v)) for k, v in spec.params.items() if k != "lang")
            found[item.path, getattr(item, "originalname", ""), *others].append(item)
    return [group for group in found.values() if len({lang_of(each) for each in group}) > 1]


def lang_of(item: pytest.Item) -> str:
    """The language it is run in."""
    return str(item.callspec.params["lang"])  # type: ignore[attr-defined]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out one of each two."""
    if config.getoption(BOTH):
        return
    seed, left = seed_of(config), set[pytest.Item]()
    for group in twins(items):
        wanted = Random(f"{seed} {group[0].nodeid}").choice(("zh", "en"))
        left |= {each for each in group if lang_of(each) != wanted}
    config.hook.pytest_deselected(items=[each for each in items if each in left])
    items[:] = [each for each in items if each not in left]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """How the same languages are drawn again."""
    if not config.getoption(BOTH):
        words = f"languages drawn by --testrunuid {seed_of(config)}; all of them: {BOTH}"
        terminalreporter.write_line(words)
