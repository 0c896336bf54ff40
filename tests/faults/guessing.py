"""Promise 14: PINs cannot be guessed, not by who sets the clock, restarts, or cuts the program off.

A colleague at the desk guesses another's PIN for a day of true time, through every entrance that
asks for one. Beside that, real processes that guess at once, or are killed between the guess and
its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import argon2

from dispatcher_tui.desk import operators
from dispatcher_tui.desk.clock import WallClock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator, check_pin, reset_pin
from dispatcher_tui.desk.together import Signing, sign
from dispatcher_tui.desk.watch.watchkeeping import relieve, sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import PinRefused
from dispatcher_tui.domain.time.clocks import ClockReading
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults import worker
from tests.faults.estate import BEGIN, OPERATOR, Estate
from tests.faults.promise import Outcome, Promise, outcome

MOST_AN_HOUR = 20
HOUR, DAY = 3600.0, 24 * 3600.0
COLLEAGUE = "王芳"
RIGHT, FRESH, HERS = estates.PIN, "903517", "826455"
WAITS = (30, 60, 120, 240, 480, 900)
"""Seconds after the fifth wrong try, the sixth and so on; the last for all that follow."""


class Machine:
    """A workstation: ``true`` seconds have passed; its wall clock is anybody's to set."""

    def __init__(self) -> None:
        self.true = 0.0
        self.set_by = 0.0
        self.begun = -300.0

    def now(self) -> datetime:
        """What the clock on the wall shows."""
        return BEGIN + timedelta(days=60, seconds=self.true + self.set_by)

    def boot(self) -> float:
        """Seconds since it was switched on."""
        return self.true - self.begun

    def beat(self) -> ClockReading:
        """Both."""
        return ClockReading(self.now(), self.boot())


Entrance = Callable[[Desk, str], object]
ENTRANCES: tuple[Entrance, ...] = (
    lambda desk, pin: check_pin(desk, OPERATOR, pin),
    lambda desk, pin: sign_in(desk, OPERATOR, pin),
    lambda desk, pin: relieve(desk, OPERATOR, pin, "换班"),
    lambda desk, pin: sign(desk, Signing(OPERATOR, pin, "head", "负责人")),
)
"""Wherever a PIN can be typed for somebody."""


class Siege:
    """One day of guessing. ``looked``: when (in true seconds) a guess was really compared."""

    def __init__(self, estate: Estate, seed: int) -> None:
        self.estate = estate
        self.random = Random(seed)
        self.machine = Machine()
        self.looked: list[float] = []
        self.wait = 0.0
        self.asked = 0
        self.problems: list[str] = []
        self.desks: list[Desk] = []
        self._site = estates.open_desk(estate).site
        self._looks = operators.matches
        self._restarts = self.random.choice((0.0, 0.001, 0.05))

    def open(self) -> Desk:
        """One more program on the file."""
        store = Store.open(self.estate.db, ballast=0)
        self.desks.append(Desk(store, self.machine, self._site, COLLEAGUE))
        return self.desks[-1]

    def close(self) -> None:
        """End all programs."""
        while self.desks:
            self.desks.pop().store.close()

    def look(self, pin_hash: str, pin: str) -> bool:
        """Stands where a PIN is compared."""
        if pin not in (RIGHT, FRESH, HERS):
            self.looked.append(self.machine.true)
        return self._looks(pin_hash, pin)

    def guess(self) -> None:
        """One wrong PIN through any entrance of any program that runs."""
        before = len(self.looked)
        pin = f"{self.random.randint(0, 9999):04d}"
        self.asked += 1
        try:
            self.random.choice(ENTRANCES)(self.random.choice(self.desks), pin)
            self.problems.append(f"{pin} was taken")
        except Refusal as refusal:
            compared = len(self.looked) - before
            if (refusal.code, compared) not in {("pin_wrong", 1), ("pin_locked", 0)}:
                self.problems.append(f"{refusal.code} after {compared} comparisons")
            self.wait = float(refusal.detail.get("seconds", "0"))

    def move(self) -> None:
        """What may be done between two guesses."""
        random, machine = self.random, self.machine
        if random.random() < self._restarts:  # of the machine, and so of every program
            self.close()
            machine.true += random.uniform(15, 90)
            machine.begun = machine.true
        elif random.random() < 0.1:  # of the program
            self.close()
        if random.random() < 0.2:
            machine.set_by = random.choice((0.0, random.uniform(-45, 45))) * DAY
        if not self.desks or (len(self.desks) < 3 and random.random() < 0.1):
            self.open()
        machine.true += max(0.0, random.choice((0.0, 0.0, 0.01, 1.0, 17.0, self.wait - 0.01)))
        if random.random() < 0.5:
            machine.true += self.wait

    def day(self) -> None:
        """Guess for a day; now and then the colleague signs with her own PIN."""
        while self.machine.true < DAY and not self.problems:
            self.move()
            for _ in range(self.random.randint(1, 7)):
                self.guess()
            if self.random.random() < 0.05:
                check_pin(self.desks[-1], COLLEAGUE, HERS)

    def judge(self) -> int:
        """Hold what was compared against the mark and the journal; the most in any hour."""
        desk = self.desks[-1] if self.desks else self.open()
        told = refusals(desk)
        if len(told) != len(self.looked):
            self.problems.append(f"{len(self.looked)} compared, {len(told)} in the journal")
        for nth, (each, at) in enumerate(zip(told, self.looked, strict=False)):
            wait = 0 if nth < 4 else WAITS[min(nth - 4, len(WAITS) - 1)]
            if (each.failures, each.seconds) != (nth + 1, wait):
                self.problems.append(f"wrong try {nth + 1} waits {each.seconds} s")
            if nth + 1 < len(self.looked) and self.looked[nth + 1] - at < wait - 1e-6:
                self.problems.append(f"wrong try {nth + 2} came before {wait} s were over")
        most = max(sum(at <= t < at + HOUR for t in self.looked) for at in self.looked)
        if most > MOST_AN_HOUR:
            self.problems.append(f"{most} guesses in one hour")
        self._give_back(desk)
        return most

    def _give_back(self, desk: Desk) -> None:
        """The right PIN after the wait gives the tries back; a new PIN does so at once."""
        if self._answer(desk, RIGHT) not in ("pin_locked", ""):
            self.problems.append("the right PIN is called wrong")
        self.machine.true += WAITS[-1]
        for said, pin in (("", RIGHT), *[("pin_wrong", "0000")] * 5, ("pin_locked", RIGHT)):
            if self._answer(desk, pin) != said:
                self.problems.append(f"after the right PIN: {said or 'taken'} was due for {pin}")
        reset_pin(desk, OPERATOR, FRESH)
        if self._answer(desk, FRESH):
            self.problems.append("a new PIN does not free")

    def _answer(self, desk: Desk, pin: str) -> str:
        try:
            check_pin(desk, OPERATOR, pin)
        except Refusal as refusal:
            return refusal.code
        return ""


def refusals(desk: Desk) -> list[PinRefused]:
    """The wrong tries in the journal, in order."""
    entries = sorted((line.entry for line in desk.store.log(None, None)), key=lambda e: e.seq)
    return [entry.event for entry in entries if isinstance(entry.event, PinRefused)]


def _besiege(estate: Estate, seed: int) -> tuple[Siege, int]:
    """One day on a file of its own; the hashes are cheap, all else is as it is."""
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(argon2, "PasswordHasher", cheap):
        desk = estates.open_desk(estate)
        reset_pin(desk, OPERATOR, RIGHT)
        add_operator(desk, COLLEAGUE, "dispatcher", HERS)
        relieve(desk, COLLEAGUE, HERS)
        desk.store.close()
        siege = Siege(estate, seed)
        with patch.object(operators, "matches", siege.look):
            siege.day()
            most = siege.judge()
        siege.close()
    verdict = estates.prove(estate)
    siege.problems += [f"{found.code}: {found.detail}" for found in verdict.problems]
    return siege, most


def _with_the_operator(estate: Estate, every: float) -> tuple[int, list[str]]:
    """The operator signs in again and again, and between two times somebody guesses all they can.

    Args:
        estate: with the operator's PIN.
        every: seconds from one signing in to the next; ten hours of it.
    """
    cheap = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(argon2, "PasswordHasher", cheap):
        desk = estates.open_desk(estate)
        reset_pin(desk, OPERATOR, RIGHT)
        desk.store.close()
        siege = Siege(estate, 0)
        with patch.object(operators, "matches", siege.look):
            at = siege.open()
            while siege.machine.true < 10 * HOUR and not siege.problems:
                siege.machine.true += every
                if siege._answer(at, RIGHT) == "pin_wrong":
                    siege.problems.append("the right PIN is called wrong")
                for _ in range(operators.FREE_TRIES + 1):
                    siege.guess()
        siege.close()
    told = siege.looked
    most = max(sum(at <= t < at + HOUR for t in told) for at in told)
    if most > MOST_AN_HOUR:
        siege.problems.append(f"{most} guesses in one hour beside signings in every {every:g} s")
    return most, siege.problems


def guess_on(pipe: Connection[Any, Any], site: Path, db: Path) -> None:
    """The worker: guess until no more guess is taken; tell of each comparison before its answer."""
    desk, looks = estates.open_desk(Estate(site, db)), operators.matches
    desk.clock = WallClock()

    def look(pin_hash: str, pin: str) -> bool:
        found = looks(pin_hash, pin)
        pipe.send("compared")
        return found

    code = "pin_wrong"
    with patch.object(operators, "matches", look):
        while code == "pin_wrong":
            try:
                check_pin(desk, OPERATOR, "0000")
            except Refusal as refusal:
                code = refusal.code
                pipe.send(code)
    desk.store.close()


def _counted(estate: Estate, told: list[str]) -> list[str]:
    """What the file does not hold although it was told."""
    compared, answered = told.count("compared"), told.count("pin_wrong")
    store = Store.open(estate.db, read_only=True)
    try:
        found = store.operator(OPERATOR)
        count = found.failures if found else 0
        entries = sum(isinstance(x.entry.event, PinRefused) for x in store.log(None, None))
    finally:
        store.close()
    problems = []
    if not compared <= count <= operators.FREE_TRIES:
        problems.append(f"{compared} compared, {count} counted")
    if not answered <= entries <= compared:
        problems.append(f"{answered} answered of {compared}, {entries} in the journal")
    return problems


def _cut_off(estate: Estate, random: Random) -> tuple[int, list[str]]:
    """Kill guessing programs, mostly right between a guess and its answer, until it is locked."""
    told, kills = list[str](), 0
    for _ in range(3 * operators.FREE_TRIES):
        process, pipe = worker.start(guess_on, estate.site, estate.db)
        try:
            told.append(pipe.recv())
            late = random.random() < 0.4 and told[-1] == "compared"
            if late and pipe.poll(random.uniform(0, 0.1)):
                told.append(pipe.recv())
        except EOFError:
            return kills, ["a program ended before it had guessed"]
        process.kill()
        process.join()
        told += worker.drained(pipe)
        kills += 1
        problems = _counted(estate, told)
        if problems or told[-1] == "pin_locked":
            return kills, problems
    return kills, ["no program was ever locked out"]


def _at_once(estate: Estate, programs: int) -> list[str]:
    """Let several programs guess at the same time."""
    started = [worker.start(guess_on, estate.site, estate.db) for _ in range(programs)]
    told = worker.drained_all([pipe for _, pipe in started])
    for process, _ in started:
        process.join()
    problems = _counted(estate, told)
    if told.count("compared") != operators.FREE_TRIES:
        problems.append(f"{programs} programs had {told.count('compared')} tries")
    if told.count("pin_locked") != programs:
        problems.append(f"of {programs} programs {told.count('pin_locked')} were locked out")
    return problems


def run(folder: Path, full: bool) -> Outcome:
    """A day of guessing in the short form, fifty in the full one; then real programs."""
    problems, most, asked, looked, kills = list[str](), 0, 0, 0, 0
    template = estates.make(folder / "template")
    for seed in range(50 if full else 1):
        siege, found = _besiege(estates.copy(template, folder / f"day-{seed}"), seed)
        most, asked = max(most, found), asked + siege.asked
        looked += len(siege.looked)
        problems += [f"day {seed}: {problem}" for problem in siege.problems]
    for every in (600.0, 61.0) if full else (600.0,):
        beside, found_wrong = _with_the_operator(
            estates.copy(template, folder / f"beside-{every:g}"), every
        )
        most = max(most, beside)
        problems += found_wrong
    random = Random(14)
    for nth in range(40 if full else 1):
        killed, wrong = _cut_off(estates.copy(template, folder / f"cut-{nth}"), random)
        kills += killed
        problems += wrong + _at_once(estates.copy(template, folder / f"together-{nth}"), 4)
    figures = f"{asked:,} asked, {looked:,} compared, at most {most} an hour, {kills} kills"
    return outcome(figures, problems)


PROMISE = Promise(
    14,
    "guessing",
    "PINs cannot be guessed",
    "≤ 20 guesses an hour for one operator, all journalled",
    run,
)
