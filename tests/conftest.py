"""What every run of the tests shares: Hypothesis profiles, and the table of obligations.

``HYPOTHESIS_PROFILE=full`` runs every generated test ten thousand times; the default is ``ci``.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import argon2
import pytest
from hypothesis import HealthCheck, settings

from dispatcher_tui.present.i18n import use
from tests.obligations import proved_lines

RULE, REPORT = "rule", "report"

TESTS = Path(__file__).resolve().parent
FAST = frozenset({"domain", "house", "present", "rules", "site"})
"""The folders whose tests are the fast subset, those marked ``slow`` left out: no terminal, no
desk, no file but the shipped ones. ``python -m pytest -m fast``."""

_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("ci", max_examples=40, deadline=None, suppress_health_check=_QUIET)
settings.register_profile("full", max_examples=10_000, deadline=None, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Or each program started compiles all anew, and each process of a run reads every test's asserts.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What a run keeps is looked through for garbage seldom: at Python's own pace that takes a
# fifteenth of its time. Whoever asks what is left behind collects by hand.
gc.set_threshold(50_000, 20, 20)

_ran: Counter[tuple[str, str]] = Counter()
_lines: dict[str, None] = {}


@pytest.fixture(autouse=True, scope="session")
def _light_hashes() -> Iterator[None]:
    """A PIN is hashed as lightly as the scheme allows, not in a fifth of a second each time.

    How it is hashed at a desk is tested beside the operators.
    """
    light = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(argon2, "PasswordHasher", light):
        yield


_loads = tomllib.loads


@lru_cache(maxsize=500)
def _read_toml(text: str) -> bytes:
    return pickle.dumps(_loads(text))


def _toml_read_once(text: str) -> Any:
    """What a text says, for whoever asks to change as he likes; a text that is wrong raises."""
    return pickle.loads(_read_toml(text))


@pytest.fixture(autouse=True, scope="session")
def _toml_is_read_once() -> Iterator[None]:
    """A site is laid out and read a thousand times over, mostly of the same texts: to read them
    takes a sixth of what a command does."""
    with patch.object(tomllib, "loads", _toml_read_once):
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Every test begins in English, whatever the one before it left behind, and leaves it so."""
    use("en")
    yield
    use("en")


def _folder(path: Path) -> str:
    """The folder of the tests that a path lies in; empty for the tests' own and for others."""
    parts = path.relative_to(TESTS).parts if path.is_relative_to(TESTS) else ()
    return parts[0] if parts and (TESTS / parts[0]).is_dir() else ""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where the fast subset alone is asked for, the other folders are not even imported."""
    folder = _folder(collection_path)
    return True if config.option.markexpr == "fast" and folder and folder not in FAST else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Each process of a run begins with tests of its own, so that they share the work.

    Rewriting the asserts of all takes longer than all else that is done before the first test;
    what one process has rewritten the others read. A module that cannot be imported is told of
    where it is collected.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args != session.config.getini("testpaths"):
        return
    own, all_of_them = int(worker["workerid"].removeprefix("gw")), int(worker["workercount"])
    fast = session.config.option.markexpr == "fast"
    files = [each for each in sorted(TESTS.rglob("test_*.py")) if not fast or _folder(each) in FAST]
    for file in files[own::all_of_them]:
        with suppress(BaseException):
            import_module(".".join(file.relative_to(TESTS.parent).with_suffix("").parts))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests are kept to the end: no collection of garbage goes through them again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the fast subset; let every report carry the parts it shows, over processes too."""
    for item in items:
        for rule, *parts in (mark.args for mark in item.iter_markers("rule")):
            item.user_properties += [(RULE, f"{rule} {part}") for part in parts]
        if _folder(item.path) in FAST and item.get_closest_marker("slow") is None:
            item.add_marker(pytest.mark.fast)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the parts of what passed, and keep the lines that tests record to be told."""
    if report.when != "call" or not report.passed:
        return
    for name, value in report.user_properties:
        if name == RULE:
            rule, _, part = str(value).partition(" ")
            _ran[rule, part] += 1
        elif name == REPORT:
            _lines[str(value)] = None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell which parts of each obligation passed tests have shown, and which none has."""
    for line in _lines:
        terminalreporter.write_line(line)
    if not _ran:
        return
    terminalreporter.section("obligations and the passed tests that show their parts")
    for line in proved_lines(_ran):
        terminalreporter.write_line(line)
