"""One desk per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.store.store import Store
from tests.store.build import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty desk, closed at the end whatever happened."""
    made = new_store(tmp_path)
    yield made
    made.close()
