"""Promise 5 on the program itself: its session, its heartbeat, its screens, its owner thread.

The clocks are injected and nothing else. Whatever happens to them, a duty falls due once, not
before its time and not after the next heartbeat; the desk's time never goes back unless somebody
says that it was wrong, and then what got longer is named.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from textual.pilot import Pilot

from dispatcher_tui.desk.case import find as finding
from dispatcher_tui.desk.clock import HeldClock, bare
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.reviews.routines import next_desk_firing, owed_by_desk
from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.desk.watch.outage import growing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.events import DutyFellDue, LogNoted
from dispatcher_tui.domain.time.clocks import TOLERANCE
from dispatcher_tui.present.i18n import localized
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.watch.outage import OutageScreen
from tests.faults import allowed, fresh, lives
from tests.faults.night_desk import BrokenError, must
from tests.faults.promise import Outcome, Promise, outcome
from tests.tui.outage import begins, desk, entries, heartbeat
from tests.tui.support import Night, picture, press, settle

NIGHTS, FEW_NIGHTS = 400, 2
STEPS = 14

LENGTHS = (0.5, 20.0, 29.9, 31.0, 70.0, 600.0, 3 * 3600.0, 9 * 3600.0)
"""Seconds that pass without a heartbeat."""

JUMPS = (0.4, 1.9, 2.1, 61.0, 3600.0, 8 * 3600.0, 45 * 86400.0)
"""Seconds by which somebody sets the clock."""

Owed = frozenset[tuple[str, str, datetime]]


def _owed(it: Desk) -> Owed:
    """Every countdown that runs on a case, with the moment it ends."""
    return frozenset(
        (record.case.id, duty.key, duty.due)
        for record in it.store.all_cases()
        for duty in record.duties
        if duty.pending and duty.due is not None
    )


def _left(it: Desk) -> list[datetime]:
    """What should have fallen due by now and has not."""
    own = next_desk_firing(owed_by_desk(it), it.post.fired)
    return [at for at in (it.store.next_firing(), own) if at is not None and at <= it.clock.now()]


def _found(it: Desk, text: str, limit: int) -> finding.Found:
    """What is found where so many are shown."""
    with patch.object(finding, "LIMIT", limit):
        return finding.find(it, text)


class RealNight:
    """The program through a night; ``beats`` and ``fired`` count what it did."""

    def __init__(self, night: Night, random: Random) -> None:
        self.night = night
        self.random = random
        self.stack = AsyncExitStack()
        self.file = AliveFile(night.store.path)
        self.cases: list[tuple[str, int]] = []
        self.beats = self.fired = self.settled = 0
        self.last = night.clock.at
        self.drift = self.undone = 0.0
        self.pilot: Pilot[int]

    @property
    def app(self) -> DispatcherApp:
        """The program that runs."""
        app = self.pilot.app
        assert isinstance(app, DispatcherApp)
        return app

    async def start(self) -> None:
        """The program comes up; its clock is the workstation's until it finds out."""
        self.night.desk.clock = bare(self.night.desk.clock)
        running = self.night.running(begin=begins(self.night))
        self.pilot = await self.stack.enter_async_context(running)
        await self.beat()

    async def stop(self) -> None:
        """The program goes, with a sign of life as fresh as a second."""
        await self.app.heart._sign(self.app, self.file)
        await self.stack.aclose()
        self.stack = AsyncExitStack()

    async def beat(self) -> None:
        """A heartbeat, and what the record says after it."""
        for _ in range(3):  # What one firing brings about may fall due at the next.
            await heartbeat(self.pilot)
            self.beats += 1
            left = await self.night.run_on_desk(_left)
            if not left:
                break
        must(not left, "missed:", left)
        await self.judge()

    async def judge(self) -> None:
        """Nothing fell due twice or before its time; the desk's time went on."""
        now = self.night.desk.clock.now()
        back = (self.last - now).total_seconds()
        # So little from one heartbeat to the next is no clock that was set.
        must(back <= TOLERANCE + self.undone, "the desk's time went back by", back)
        self.last, self.undone = now, 0.0
        told = await entries(self.night, DutyFellDue)
        keys = [(each.case, each.duty) for each in told]
        must(len(set(keys)) == len(keys), "fell due twice:", keys)
        self.fired = len(keys)

    # what happens

    async def act(self) -> None:
        """Something is done on a case, or another one comes in."""
        if not self.cases or self.random.random() < 0.35:
            form = lives.opening(self.random)
            done = await self.night.run_on_desk(lambda it: it.open_case(form))
            self.cases.append((done.case.id, 0))
        else:
            nth = self.random.randrange(len(self.cases))
            case, at = self.cases[nth]
            if at < len(lives.HANDLING):
                step = lives.HANDLING[at]
                with suppress(Refusal):  # Too early or too late by now: nothing was written.
                    await self.night.run_on_desk(lambda it: step(it, case))
                self.cases[nth] = (case, at + 1)
        await self.beat()

    async def find(self) -> None:
        """Something is looked for, by a list that ends after very few."""
        limit = self.random.randint(1, 4)
        text = self.random.choice(("2", "漏", "张", "139", "zw", "case"))
        few, many = await self.night.run_on_desk(
            lambda it: (_found(it, text, limit), _found(it, text, 10_000))
        )
        must(few.cases == many.cases[:limit], "cases of", text, limit)
        must(few.people == many.people[:limit], "people of", text, limit)

    async def awake(self) -> None:
        """Time passes with a heartbeat every second; those before which nothing is due are left
        out."""
        end = self.night.clock.at + timedelta(seconds=self.random.choice((5, 300, 1900, 8000)))
        while self.night.clock.at < end:
            due = await self.night.run_on_desk(lambda it: it.store.next_firing())
            ahead = self.night.desk.clock.now() - self.night.clock.at
            to = min(end, due - ahead) if due is not None else end
            by = max(1.0, (to - self.night.clock.at).total_seconds())
            self.night.clock.forward(seconds=by - 1)
            self.app.heart._last = self.night.clock.beat()
            self.night.clock.forward(seconds=1)
            await self.beat()

    async def still(self) -> None:
        """The program stands still, or the workstation sleeps."""
        length = self.random.choice(LENGTHS)
        if self.random.random() < 0.5:
            self.night.clock.sleep(seconds=length)
        else:
            self.night.clock.forward(seconds=length)
        await self.beat()

    async def clock_set(self) -> None:
        """Somebody sets the clock: no moment at which anything ends is another by it."""
        before = await self.night.run_on_desk(_owed)
        self._set()
        await heartbeat(self.pilot)
        must(before == await self.night.run_on_desk(_owed) or await self._more_fired(), "moved")
        await self.beat()

    async def _more_fired(self) -> bool:
        """Whether something fell due, which may bring about more."""
        return len(await entries(self.night, DutyFellDue)) > self.fired

    def _set(self) -> None:
        by = self.random.choice(JUMPS) * self.random.choice((-1, 1))
        self.night.clock.set_by(seconds=by)
        if abs(by) > TOLERANCE:
            # The desk went with a clock that was set forward; set right again it goes back with it.
            self.undone = max(0.0, min(-by, self.drift))
            self.drift += by

    async def restart(self) -> None:
        """The program ends and comes up again; now and then the clock is set meanwhile."""
        await self.stop()
        self.night.clock.forward(seconds=self.random.choice(LENGTHS))
        if self.random.random() < 0.3:
            self._set()
        await self.start()

    async def read(self) -> None:
        """The report of what was missed is read; which time is right is said, or is not."""
        for _ in range(6):
            if not isinstance(self.app.screen, OutageScreen):
                break
            clock = self.night.desk.clock
            if isinstance(clock, HeldClock) and clock.ahead > 0:
                grew, shown = clock.grew > TOLERANCE, " ".join(picture(self.pilot).split())
                must(("longer." in shown) is grew, "that they grew by", clock.grew, shown)
            if isinstance(clock, HeldClock) and clock.asks and self.random.random() < 0.5:
                await self._answer()
            await press(self.pilot, "f10")
            await settle(self.pilot)
        must(isinstance(self.app.screen, BoardScreen), "not read:", self.app.screen)
        await self.beat()

    async def _answer(self) -> None:
        grown = await self.night.run_on_desk(growing)
        key = self.random.choice("12")
        await press(self.pilot, key)
        await settle(self.pilot)
        self.settled += 1
        noted = (await entries(self.night, LogNoted))[-1].text
        named = key == "2" and bool(grown)
        must(("longer: " in noted) is named, "what got longer:", noted, grown)
        for each in grown[:12] if named else ():
            must(f"{each.number} {localized(each.label)}".strip() in noted, each, noted)
        if key == "2":
            self.drift = 0.0
            self.last = self.night.desk.clock.now()

    async def live(self) -> None:
        """A night of so many things, one after the other."""
        happens: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = (
            *(self.act, self.act, self.find, self.awake, self.awake),
            *(self.still, self.clock_set, self.restart),
        )
        await self.start()
        try:
            for _ in range(STEPS):
                await self.random.choice(happens)()
                if self.random.random() < 0.8:
                    await self.read()
        finally:
            await self.stack.aclose()
        proof = await self.night.run_on_desk(
            lambda it: Record(it.store, it.clock).verify(None).problems
        )
        must(not proof, "not sound:", proof)


async def _night(folder: Path, seed: int) -> RealNight:
    async with desk(folder) as night:
        night.clock.pace = 1.0
        real = RealNight(night, Random(seed))
        await real.live()
        return real


def run(folder: Path, full: bool) -> Outcome:
    """Some nights, each with a seed of its own."""
    first, problems = fresh.seed("real nights"), list[str]()
    nights = beats = fired = settled = 0
    for seed in range(first, first + (NIGHTS if full else FEW_NIGHTS)):
        if allowed.gone() >= 1:
            break
        within = folder / str(seed)
        within.mkdir()
        try:
            real = asyncio.run(_night(within, seed))
        except (BrokenError, AssertionError) as broken:
            problems.append(f"{fresh.SEED}={seed}: {broken!r}")
            continue
        nights, beats = nights + 1, beats + real.beats
        fired, settled = fired + real.fired, settled + real.settled
    return outcome(
        f"{nights:,} nights of the whole program from seed {first}, {beats:,} heartbeats,"
        f" {fired:,} duties fell due, {settled:,} clocks settled, {len(problems)} broken",
        problems,
    )


PROMISE = Promise(
    5,
    "real-nights",
    "The same on the program's own session and heartbeat",
    "0 missed, 0 double, no countdown grows unseen; full: 400 nights",
    run,
)
