"""What every test of the screens shares: keys meant as they come, and short waits in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatcher_tui.tui import twice
from tests.tui.waits import short_waits


@pytest.fixture(autouse=True)
def every_press_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key is a second press or too soon, unless a test sets the time for that itself."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", 0.0)
    monkeypatch.setattr(twice, "RINGS_AFTER", 0.0)
    monkeypatch.setattr(twice, "TOLD_AFTER", 0.0)


@pytest.fixture(autouse=True, scope="session")
def _short_waits() -> Iterator[None]:
    with short_waits():
        yield
