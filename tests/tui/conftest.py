"""What every test of the screens shares: keys meant as they come, and short waits in between."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from dispatcher_tui.tui import twice
from dispatcher_tui.tui.widgets import lines
from tests.tui.waits import short_waits


@pytest.fixture(autouse=True)
def every_press_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key is a second press or too soon, unless a test sets the time for that itself."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", 0.0)
    monkeypatch.setattr(twice, "RINGS_AFTER", 0.0)
    monkeypatch.setattr(twice, "TOLD_AFTER", 0.0)


@pytest.fixture(autouse=True)
def what_is_told_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine takes no line away between two keys, unless a test sets the time itself."""
    monkeypatch.setattr(lines, "READ_WITHIN", math.inf)


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> Iterator[None]:
    with short_waits():
        yield
