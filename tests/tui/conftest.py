"""What every test of the screens shares: keys meant as they come, and short waits in between."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from dispatcher_tui.tui import twice

LOOK_EVERY, RESTS_UNDER = 0.005, 0.001
"""Seconds between two looks whether the program rests, and of the processor's time it may have
used in between; Textual's own fiftieth adds up to most of what a test takes, six looks a key."""


@pytest.fixture(autouse=True)
def every_press_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key is a second press or too soon, unless a test sets the time for that itself."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", 0.0)
    monkeypatch.setattr(twice, "RINGS_AFTER", 0.0)
    monkeypatch.setattr(twice, "TOLD_AFTER", 0.0)
    monkeypatch.setattr(twice, "FIGURES_WITHIN", 0.0)


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> Iterator[None]:
    """Look often whether it rests."""
    with (
        patch("textual._wait.SLEEP_GRANULARITY", LOOK_EVERY),
        patch("textual._wait.SLEEP_IDLE", RESTS_UNDER),
    ):
        yield
