"""Tests press keys faster than any hand: what is pressed twice is meant twice here."""

from __future__ import annotations

import pytest

from dispatcher_tui.tui import twice


@pytest.fixture(autouse=True)
def every_press_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key is a second press or too soon, unless a test sets the time for that itself."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", 0.0)
    monkeypatch.setattr(twice, "RINGS_AFTER", 0.0)
