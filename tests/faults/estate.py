"""A small estate on a file of its own, opened and proved as the program does it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dispatcher_tui.desk.adoption import adopt_people, adopt_site, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.record import Record, duties_by
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.domain.time.clocks import ClockReading
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.load import load
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.record_types import Verdict
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import DutiesOf

BEGIN = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
"""When the record of a new estate begins."""

STEP = timedelta(seconds=7)
OPERATOR, PIN = "李建国", "471108"
BESIDE = ("", "-wal", "-shm", "-journal")
"""What a database is made of while it is in use, by the ends of the names."""


class SteppingClock:
    """A clock that goes on by a few seconds whenever it is read; it never stands still."""

    def __init__(self, at: datetime = BEGIN) -> None:
        self.at = at

    def now(self) -> datetime:
        """The next moment."""
        self.at += STEP
        return self.at

    def boot(self) -> float:
        """Seconds since some start, as far as it has gone."""
        return self.at.timestamp()

    def beat(self) -> ClockReading:
        """What it shows now, without going on."""
        return ClockReading(self.at, self.boot())


class Estate(NamedTuple):
    """A site's folder and the database in it."""

    site: Path
    db: Path


def make(folder: Path, *, ballast: int = 0) -> Estate:
    """Lay out a site under ``folder`` with the demo's roster, and a new database in it.

    Its one operator has the watch.
    """
    estate = Estate(folder / "site", folder / "site" / "desk.sqlite3")
    scaffold(estate.site, name="翠湖花园", procedure="estate-dispatch", zone="Asia/Shanghai")
    data = load(estate.site)
    store = Store.create(estate.db, site=data.site.name, desk=data.site.desk, ballast=ballast)
    try:
        desk = Desk(store, SteppingClock(), data, OPERATOR)
        adopt_site(desk, data)
        roster, units = (read_text(data_dir() / "demo" / f"{of}.csv") for of in ("roster", "units"))
        adopt_people(desk, parse_roster(roster), roster)
        units = "\n".join(units.splitlines()[:40])
        adopt_units(desk, parse_units(units), units)
        add_operator(desk, OPERATOR, "dispatcher", PIN)
        sign_in(desk, OPERATOR, PIN)
    finally:
        store.close()
    return estate


def copy(estate: Estate, folder: Path) -> Estate:
    """The same estate in another folder, its database fresh from the copy."""
    shutil.copytree(estate.site, folder / "site")
    return Estate(folder / "site", folder / "site" / estate.db.name)


def open_desk(estate: Estate, *, ballast: int = 0) -> Desk:
    """The desk on an estate; its clock goes on from the last entry."""
    store = Store.open(estate.db, ballast=ballast)
    last = max((line.entry.recorded_at for line in store.log(None, None, 1)), default=BEGIN)
    data = load(estate.site, lazy=True)
    desk = Desk(store, SteppingClock(last), data, OPERATOR)
    adopt_site(desk, data)
    return desk


def duties_of(desk: Desk) -> DutiesOf:
    """What is owed on a case by the texts it is pinned to."""
    return duties_by(desk.rulebook)


def prove(estate: Estate, *, head: str | None = None) -> Verdict:
    """Open the file for reading only, and prove everything there is to prove.

    Raises:
        StoreError: it cannot be opened as a desk's file.
    """
    store = Store.open(estate.db, read_only=True)
    try:
        return Record(store, SteppingClock()).verify(head)
    finally:
        store.close()
