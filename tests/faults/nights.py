"""Promise 5: every duty fires exactly once, through restart, clock jump and suspend.

Nights of random work on a real desk with its file, its clocks injected. A night is a list of
steps, each with random numbers of its own; one that breaks the promise is told again with fewer
and fewer steps until none can be left out.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch

import argon2

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.store.store import Store
from tests.faults import allowed, fresh, night_acts
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.night_book import shift_end
from tests.faults.night_desk import BrokenError, NightClock, NightDesk
from tests.faults.promise import Outcome, Promise, outcome

NIGHTS, FEW_NIGHTS = 10_000, 24
NIGHTS_A_FILE = 12
TOLD_AGAIN = 150
"""How often a night that went wrong is told again, to find the steps that matter."""

DISPATCH, STATION = "estate-dispatch", "resident-station"
PROCEDURES = ((DISPATCH,), (DISPATCH, STATION), (STATION,))
"""What is in force: one procedure, or two between which cases are handed over."""

LENGTHS = (0.5, 20.0, 40.0, 70.0, 600.0, 3 * 3600.0, 9 * 3600.0)
"""Seconds for which a workstation sleeps, or is off."""

JUMPS = (0.4, 1.5, 3.0, 61.0, 3600.0, 8 * 3600.0, 86400.0, 45 * 86400.0)
"""Seconds by which somebody sets the clock, forth or back."""

TWICE = (
    "SELECT count(*) FROM (SELECT 1 FROM journal WHERE kind = 'duty_fell_due'"
    " GROUP BY json_extract(body, '$.case'), json_extract(body, '$.duty') HAVING count(*) > 1)"
)


class Step(NamedTuple):
    """One thing that happens, and the seed of its random numbers."""

    what: str
    seed: int


def _phase(random: Random) -> timedelta:
    """How far after a whole second of its duties the heartbeat comes."""
    return timedelta(microseconds=random.choice((0, 1, 1000, 500_000, 999_999)))


def pass_time(night: NightDesk, random: Random) -> None:
    """The desk is awake for a while."""
    night.watch(timedelta(minutes=random.choice((1, 5, 15, 45, 130))), _phase(random))


def change_shifts(night: NightDesk, random: Random) -> None:
    """The planned change of shifts comes; somebody takes over early, in time or late, or nobody."""
    early = timedelta(minutes=random.choice((-119, -90, -30, -10, 0, 0, 10, 90)))
    end = shift_end(night.clock.now()) + early
    night.watch(max(end - night.clock.now(), timedelta(seconds=1)), _phase(random))
    ways = ("hand_over", "hand_over", "relieve_somebody", "")
    how = random.choice(ways) if night.desk.post.holder else random.choice(("sign_in_somebody", ""))
    if how:
        night_acts.perform(night, how, random)


def _set(night: NightDesk, random: Random, by: float) -> None:
    night.clock.set(timedelta(seconds=by))
    night.clock.run(timedelta(seconds=random.random()))
    night.beat()


def jump(night: NightDesk, random: Random) -> None:
    """Somebody sets the clock."""
    by = random.choice((*JUMPS, random.uniform(10, 45 * 86400)))
    _set(night, random, by * random.choice((-1, 1)))


def jump_and_back(night: NightDesk, random: Random) -> None:
    """Somebody sets the clock, works on for a while, and sets it right again."""
    by = random.choice((*JUMPS, random.uniform(10, 45 * 86400))) * random.choice((-1, 1))
    _set(night, random, by)
    for _ in range(random.randint(0, 3)):
        act(night, random)
    pass_time(night, random)
    _set(night, random, -by)


def sleep(night: NightDesk, random: Random) -> None:
    """The workstation sleeps; now and then its clock is set meanwhile."""
    if random.random() < 0.1:
        night.clock.set(timedelta(days=random.uniform(-45, 45)))
    night.sleep(timedelta(seconds=random.choice((*LENGTHS, random.uniform(0, 50_000)))))


def restart(night: NightDesk, random: Random) -> None:
    """The program ends, or is cut off, and comes up again."""
    set_by = timedelta(days=random.uniform(-45, 45)) if random.random() < 0.15 else timedelta(0)
    length = timedelta(seconds=random.choice((*LENGTHS, random.uniform(0, 50_000))))
    machine = random.random() < 0.3
    night.off(length, clean=random.random() < 0.5, machine=machine, set_by=set_by)


def act(night: NightDesk, random: Random) -> None:
    """One thing that is done at the desk, seen by the heartbeat after it."""
    night_acts.perform(night, night_acts.any_act(random), random)
    if random.random() < 0.1:
        night_acts.perform(night, "take_back", random)
    night.clock.run(timedelta(seconds=random.random()))
    night.beat()


HAPPENS: dict[str, Callable[[NightDesk, Random], None]] = {
    each.__name__: each
    for each in (act, pass_time, change_shifts, jump, jump_and_back, sleep, restart)
}


DISTURBING = ("jump", "jump_and_back", "sleep", "sleep", "restart", "restart", "change_shifts")


def plan(seed: int) -> list[Step]:
    """A watch: the change of shifts, then work with time passing and what else happens."""
    random = Random(seed)
    steps = ["change_shifts"]
    for _ in range(random.randint(6, 14)):
        steps += ["act"] * random.randint(1, 3)
        steps.append("pass_time" if random.random() < 0.7 else random.choice(DISTURBING))
    return [Step(what, random.randrange(1 << 30)) for what in steps]


class Template(NamedTuple):
    """A file to begin with, and the site it is of."""

    estate: Estate
    site: SiteData


def _put_in_force(site: Path, procedures: Sequence[str]) -> None:
    """The site works by these together; the second one has noise, the first one the rest."""
    settings, second = site / "site.toml", procedures[1]
    lines = settings.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("procedure"))
    lines[at] = f"procedures = {[*procedures]}"
    settings.write_text("\n".join([*lines, ""]), "utf-8")
    name = f"procedures/{second}.toml"
    text = (data_dir() / name).read_text("utf-8")
    own = text.replace(f'id = "{second}"', f'id = "{second}"\nhandles = ["noise"]', 1)
    (site / name).write_text(own, "utf-8")


def template(folder: Path, procedures: Sequence[str]) -> Template:
    """A new desk under one procedure or several, with everybody who can sign in."""
    estate = Estate(folder / "site", folder / "site" / "desk.sqlite3")
    scaffold(estate.site, name="翠湖花园", procedure=procedures[0], zone="Asia/Shanghai")
    if len(procedures) > 1:
        _put_in_force(estate.site, procedures)
    site = load(estate.site, lazy=True)
    store = Store.create(estate.db, site=site.site.name, desk=site.site.desk, ballast=0)
    desk = Desk(store, NightClock(), site, estates.OPERATOR)
    adopt_site(desk, site)
    night_acts.take_on(desk)
    store.close()
    return Template(estate, site)


def begin(made: Template, folder: Path) -> NightDesk:
    """A fresh desk."""
    shutil.rmtree(folder, ignore_errors=True)
    night = NightDesk(estates.copy(made.estate, folder), made.site, NightClock())
    night.begin()
    return night


def tell(night: NightDesk, steps: list[Step]) -> str:
    """Let the steps happen; how the promise was broken, if it was."""
    try:
        for what, seed in steps:
            HAPPENS[what](night, Random(seed))
        night.second_opinion()
        night.end()
    except (BrokenError, AssertionError) as broken:
        return str(broken) or repr(broken)
    return ""


def fewest(made: Template, folder: Path, steps: list[Step]) -> list[Step]:
    """The steps without those that do not matter for what goes wrong."""
    left, size = TOLD_AGAIN, max(1, len(steps) // 2)
    while size and left:
        at = 0
        while at < len(steps) and left:
            fewer, left = steps[:at] + steps[at + size :], left - 1
            night = begin(made, folder)
            if tell(night, fewer):
                steps = fewer
            else:
                at += size
            night.desk.store.close()
        size //= 2
    return steps


class Tally:
    """What a run of nights came to."""

    def __init__(self) -> None:
        self.nights = self.beats = self.fired = self.acts = self.checked = 0
        self.restarts = self.jumps = self.sleeps = 0
        self.latest = 0.0
        self.problems: list[str] = []

    def add(self, night: NightDesk) -> None:
        """Count what a desk has seen."""
        self.beats, self.fired = self.beats + night.beats, self.fired + night.fired
        self.restarts, self.acts = self.restarts + night.restarts, self.acts + night.acts
        self.jumps, self.sleeps = self.jumps + night.jumps, self.sleeps + night.sleeps
        self.checked += night.book.checked
        self.latest = max(self.latest, night.latest)

    def figures(self) -> str:
        """In words."""
        return (
            f"{self.nights:,} nights, {self.acts:,} acts, {self.restarts:,} restarts,"
            f" {self.sleeps:,} sleeps, {self.jumps:,} clocks set, {self.beats:,} heartbeats,"
            f" {self.fired:,} duties fell due ({self.checked:,} looked up by hand),"
            f" {self.latest:.3f} s late at most, {len(self.problems)} missed or double"
        )


def _file(made: Template, folder: Path, first: int, tally: Tally) -> None:
    """Nights one after the other on one file, which is proved at the end."""
    night, told = begin(made, folder / "work"), list[Step]()
    for seed in range(first, first + NIGHTS_A_FILE):
        told += plan(seed)
        broken = tell(night, plan(seed))
        tally.nights += 1
        if broken:
            night.desk.store.close()
            steps = fewest(made, folder / "again", told)
            names = " ".join(f"{what}:{number}" for what, number in steps)
            tally.problems.append(f"night {seed} ({made.site.procedure.id}): {broken}\n    {names}")
            return
    tally.add(night)
    twice = night.desk.store.db.value(TWICE)
    night.desk.store.close()
    verdict = estates.prove(night.estate)
    tally.problems += [f"{found.code} {found.seq}: {found.detail}" for found in verdict.problems]
    tally.problems += [f"{twice} duties fell due twice"] * bool(twice)


def run(folder: Path, full: bool) -> Outcome:
    """Ten thousand nights in the full form, two dozen in the short one."""
    tally, made = Tally(), dict[tuple[str, ...], Template]()
    seed = fresh.seed("nights")
    with patch.object(argon2, "PasswordHasher", night_acts.cheap_hashes):
        for nth, first in enumerate(range(0, NIGHTS if full else FEW_NIGHTS, NIGHTS_A_FILE)):
            procedures = PROCEDURES[-1 - nth % len(PROCEDURES)]
            if procedures not in made:
                made[procedures] = template(folder / "+".join(procedures), procedures)
            _file(made[procedures], folder, seed + first, tally)
            if tally.problems or allowed.gone() >= 1:
                break
    return outcome(tally.figures(), tally.problems)


PROMISE = Promise(
    5,
    "nights",
    "Every duty fires exactly once, through restart, clock jump and suspend",
    "0 missed, 0 double, ≤ 1 s late awake; full: 10,000 nights",
    run,
)
