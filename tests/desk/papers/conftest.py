"""The desk of the tests of slips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import printer
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.store.store import Store
from tests.domain.support import local
from tests.tui.support import OPERATOR, SetClock, _adopt, small_site


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk of the demo's people, in November, with a printer."""
    site = small_site(tmp_path / "site")
    store = Store.create(tmp_path / "desk.sqlite3", site="x", desk="d", ballast=0)
    clock = SetClock(local("2026-10-31 09:00"))
    made = Desk(store, clock, site, OPERATOR)
    made.printer = printer()
    _adopt(made)
    clock.at = local("2026-11-02 09:00")
    try:
        yield made
    finally:
        store.close()
