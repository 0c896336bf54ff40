"""Everything the harness asks of the program's inside: an estate to work on, and two loops.

The rest of the harness sees the program from outside only.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dispatcher_tui.desk.adoption import adopt_people, adopt_site, adopt_units
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.clock import WallClock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.duties import Rules, duties
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, PendingEntry
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, FollowUpOutcome, Satisfaction
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.load import load
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.chain import entry_id
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

A_DAY = 99
"""Closed cases a day, so that their numbers stay two digits wide."""

BATCH = 5_000
LIVE = 40
"""Open cases that fall due one after the other, a second apart, before all the others."""

WORDS = ("漏水", "烟感误报", "热气球")
"""Common, rare (one case in a thousand), absent."""

PIN = "471108"
SAID = (
    "厨房漏水到楼下",
    "楼道灯不亮",
    "门禁失灵进不去",
    "邻居装修太吵",
    "垃圾没有清运",
    "电梯有异响",
)


class Estate(NamedTuple):
    """A site and a database made for measuring.

    `ready` is a text that the first whole screen shows in one run of one style (the number of
    a case far down the first page); `words` are search words: common, rare, absent.
    """

    db: Path
    site: Path
    open_cases: int
    closed_cases: int
    ready: str
    words: tuple[str, str, str]


def _desk(folder: Path, store: Store) -> Desk:
    return Desk(store, WallClock(), load(folder), "bench")


def _adopt(desk: Desk) -> list[str]:
    """Adopt the demo's rules, units and people, with somebody on watch; the places there are."""
    demo = data_dir() / "demo"
    adopt_site(desk, desk.site)
    units, people = read_text(demo / "units.csv"), read_text(demo / "roster.csv")
    for name, text in (("units.csv", units), ("roster.csv", people)):  # as an import leaves them
        (desk.site.folder / name).write_text(text, "utf-8", newline="\n")
    households = parse_units(units, "units.csv")
    adopt_units(desk, households, units)
    adopt_people(desk, parse_roster(people, "roster.csv"), people)
    add_operator(desk, desk.actor, "dispatcher", PIN)
    sign_in(desk, desk.actor, PIN)
    return [household.place for household in households]


class _Estate:
    """Writes cases in bulk: their entries in full, their duties by the program's own function."""

    def __init__(self, desk: Desk, places: list[str]) -> None:
        self.desk = desk
        self.places = places
        self.chance = random.Random(20)
        self.rules: Rules = desk.rules
        self.days: dict[str, int] = {}

    def _number(self, at: datetime) -> str:
        day = at.astimezone(self.rules.calendar.tz).strftime("%y%m%d")
        self.days[day] = self.days.get(day, 0) + 1
        return f"{day}-{self.days[day]:02d}"

    def opened(self, at: datetime, index: int) -> ev.CaseOpened:
        """A case like any other; one in a thousand says the rare word."""
        said = WORDS[1] if index % 1000 == 7 else self.chance.choice(SAID)
        return ev.CaseOpened(
            case=entry_id(at),
            number=self._number(at),
            procedure=self.desk.procedure_ref,
            calendar=self.desk.calendar_ref,
            received_at=at,
            level="ordinary",
            level_rule="P0-00",
            place=self.chance.choice(self.places),
            caller="王芳",
            phone=f"1390000{index % 10_000:04d}",
            category="leak",
            case_class="maintenance",
            verbatim=f"{said},第{index}号来电",
        )

    def write(self, tx: Tx, at: datetime, events: Sequence[ev.Event]) -> Case:
        """One case's entries and what they come to."""
        happenings = [PendingEntry(e, at + timedelta(minutes=i)) for i, e in enumerate(events)]
        entries = tx.append(happenings, actor="bench", recorded_at=at)
        case = fold(entries)
        level = self.rules.procedure.level(case.level)
        tx.project(case, duties(case, self.rules), level, self.desk.initials)
        return case

    def closed(self, at: datetime, index: int) -> list[ev.CaseEvent]:
        """The entries of a case from the call to the filed slip."""
        begun = self.running(at, index)
        case = begun[0].case
        return [
            *begun,
            ev.FollowedUp(case=case, outcome=FollowUpOutcome.COMPLETED),
            ev.FeedbackReceived(case=case, by=FeedbackBy.PHONE, source="张伟"),
            ev.WrittenOff(case=case, satisfaction=Satisfaction.SATISFIED),
            ev.PaperReceived(case=case, number=f"FW-{index:06d}"),
            ev.PaperSigned(case=case, signer="bench"),
            ev.PaperFiled(case=case, binder="B-01", page=str(index)),
            ev.ClosedFinal(case=case),
        ]

    def running(self, at: datetime, index: int) -> list[ev.CaseEvent]:
        """The entries of an open case: told, and waiting for the first follow-up."""
        opened = self.opened(at, index)
        case = opened.case
        return [
            opened,
            ev.AssigneeNamed(case=case, person="zhangwei", name="张伟"),
            _reached(case, index),
        ]


def _reached(case: str, index: int) -> ev.CallTried:
    """Somebody answered at one of his numbers."""
    phone = f"1380000{index % 40:04d}"
    return ev.CallTried(
        case=case, person="zhangwei", name="张伟", phone=phone, outcome=CallOutcome.REACHED
    )


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, BATCH):
        yield range(start, min(start + BATCH, count))


def make(path: Path, open_cases: int, closed_cases: int) -> Estate:
    """An estate under the folder `path`: closed cases over the years, open ones of just now.

    Every open one falls due some two hours from now, so that no duty fires while something is
    measured; all countdowns in view move each second.
    """
    folder, db = path / "site", path / "desk.sqlite3"
    scaffold(folder, name="Bench", procedure="estate-dispatch", zone="Asia/Shanghai")
    store = Store.create(db, site="bench", desk="desk-1")
    try:
        desk = _desk(folder, store)
        work = _Estate(desk, _adopt(desk))
        now = desk.clock.now()
        first = now - timedelta(days=closed_cases // A_DAY + 2)
        for batch in _batches(closed_cases):
            with store.write() as tx:
                for i in batch:
                    at = first + timedelta(days=i // A_DAY, minutes=i % A_DAY * 5)
                    work.write(tx, at, work.closed(at, i))
        ready, now = "", desk.clock.now()  # the years before took their time to write
        for batch in _batches(open_cases):
            with store.write() as tx:
                for i in batch:
                    at = now - timedelta(seconds=LIVE - i if i < LIVE else 0)
                    case = work.write(tx, at, work.running(at, i))
                    ready = case.number if i == min(15, open_cases - 1) else ready
    finally:
        store.close()
    return Estate(db, folder, open_cases, closed_cases, ready, WORDS)


@contextmanager
def throwaway(estate: Estate) -> Iterator[Estate]:
    """A copy of an estate for somebody who writes: the next one finds it as it was made."""
    home = estate.db.parent
    with tempfile.TemporaryDirectory(prefix="copy-", dir=home.parent) as folder:
        copy = Path(folder) / home.name
        shutil.copytree(home, copy)
        yield estate._replace(db=copy / estate.db.name, site=copy / estate.site.name)


def commit_times(estate: Estate, count: int) -> list[float]:
    """Seconds of each of `count` intake commits: case, entry, hash, duties, search index."""
    store = Store.open(estate.db)
    try:
        desk = _desk(estate.site, store)
        adopt_site(desk, desk.site)
        form = Intake(place="3-2-1502", phone="13900000001", said="厨房漏水", category="leak")
        times = []
        for _ in range(count):
            start = time.perf_counter()
            desk.open_case(form)
            times.append(time.perf_counter() - start)
        return times
    finally:
        store.close()


def search_times(estate: Estate, word: str, count: int) -> list[float]:
    """Processor seconds of each of `count` searches for `word`, newest 50 cases, rows built.

    A search takes half a millisecond; whoever else runs on the machine takes ten at a stroke.
    """
    store = Store.open(estate.db, read_only=True)
    try:
        times = []
        for _ in range(count):
            start = time.thread_time()
            store.search(word)
            times.append(time.thread_time() - start)
        return times
    finally:
        store.close()
