"""What a run draws anew each time, where all of it takes longer than a change may wait.

A test that is there in both languages is run in one of them, and of a test marked ``sweep``, which
says one thing of every form, kind or file there is, a third of the cases. ``--whole`` runs all. The
seed stands at the end of a run, and ``--testrunuid SEED`` draws the same again.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from random import Random

import pytest

WHOLE = "--whole"
SHARE = 3
"""Of a sweep one case in so many is run."""

_SEED = str(time.time_ns())


def pytest_addoption(parser: pytest.Parser) -> None:
    """The run that takes its time."""
    parser.addoption(WHOLE, action="store_true", help="all languages, and every case of a sweep")


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


def sweeps(items: list[pytest.Item]) -> list[list[pytest.Item]]:
    """The cases of each sweep."""
    found: dict[tuple[object, ...], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sweep") is not None:
            found[item.path, getattr(item, "originalname", "")].append(item)
    return list(found.values())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out one of each two languages, then two in three of a sweep."""
    if config.getoption(WHOLE):
        return
    seed, left = seed_of(config), set[pytest.Item]()
    for group in twins(items):
        wanted = Random(f"{seed} {group[0].nodeid}").choice(("zh", "en"))
        left |= {each for each in group if lang_of(each) != wanted}
    for group in sweeps([each for each in items if each not in left]):
        kept = Random(f"{seed} {group[0].nodeid.partition('[')[0]}").sample(
            group, -(-len(group) // SHARE)
        )
        left |= set(group) - set(kept)
    config.hook.pytest_deselected(items=[each for each in items if each in left])
    items[:] = [each for each in items if each not in left]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """How the same is drawn again."""
    if not config.getoption(WHOLE):
        words = f"languages and sweeps drawn by --testrunuid {seed_of(config)}; all: {WHOLE}"
        terminalreporter.write_line(words)
