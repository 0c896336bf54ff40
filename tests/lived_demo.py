"""The demo as its night begins, lived through once a run and copied for each test."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dispatcher_tui.demo.estate import build_demo
from dispatcher_tui.demo.lived_month import StoryClock
from dispatcher_tui.desk.adoption import adopt_site, recorded
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.paths import DATABASE
from dispatcher_tui.site.load import load
from dispatcher_tui.store.store import Store

NIGHT = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
"""The demo's night, the same as on the README's picture: the clock stands."""


@cache
def _lived() -> tuple[TemporaryDirectory[str], Path, str]:
    """The folder, and who is on watch; its month takes two seconds of the processor."""
    made = TemporaryDirectory(prefix="lived-demo-", ignore_cleanup_errors=True)
    folder = Path(made.name) / "demo"
    desk = build_demo(folder, NIGHT)
    actor = desk.actor
    desk.store.close()
    return made, folder, actor


def lived_demo(folder: Path) -> Desk:
    """A desk on a copy of the demo in an empty folder, opened as any start does; the clock stands.

    Only one who asks how the demo is made needs another one.
    """
    _made, lived, actor = _lived()
    shutil.copytree(lived, folder, dirs_exist_ok=True)
    store = Store.open(folder / DATABASE, ballast=0)
    site = load(folder, lazy=True, record=recorded(store))
    desk = Desk(store, StoryClock(NIGHT), site, actor)
    adopt_site(desk, site)  # all of it is in force: it is read, and nothing is written
    return desk
