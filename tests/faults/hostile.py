"""Promise 10: nobody's text steers the terminal, the database, a path or a spreadsheet.

Generated texts go through every widget, then through the whole program: as callers' words, as
the site's own lists, and past the desk straight into the record, as another version might have
written them. What comes out is judged as bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from zipfile import ZipFile, is_zipfile

import msgspec

from dispatcher_tui.desk.adoption import adopt_people, adopt_units
from dispatcher_tui.desk.case.find import find
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.evolve import evolve
from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.events import CaseOpened, LogNoted, NoteAdded
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.store.tx import Tx
from tests.faults import allowed, command_line, fresh, screen
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.hostility import hostile, judge_print, judge_screen, judge_table
from tests.faults.promise import Outcome, Promise, outcome, skipped
from tests.terminal.harness import (
    DOWN,
    ENTER,
    ESCAPE,
    F1,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F12,
    Terminal,
    why_not,
)

CASES = 24
EXPORTS = (("month", "2026-11"), ("log",), ("slips",))
ENDS = ("csv", "md", "xlsx", "json", "txt")
EXIT_USAGE = 2
PAUSE = 0.15
_FOR_WIDGETS = 0.5
"""How much of the time allowed the widgets have; the rest is for the whole program."""


def _kept(text: str) -> str:
    """The text as far as UTF-8 can hold it at all: a file has no lone surrogates."""
    return text.encode(errors="ignore").decode()


def _past_the_desk(tx: Tx, desk: Desk, random: Random, number: int) -> None:
    """A case written as another version might have: nothing of its texts was cleaned."""

    def text() -> str:
        return _kept(hostile(random))

    now = desk.clock.now()
    event = CaseOpened(
        case=f"hostile-{number}",
        number=f"261120-{number:02d}",
        procedure=desk.procedure_ref,
        calendar=desk.calendar_ref,
        received_at=now,
        level="ordinary",
        level_rule="P0-00",
        place=text(),
        caller=text(),
        phone=text(),
        category=text(),
        verbatim=text() * 3,
    )
    noted = NoteAdded(case=event.case, text=text())
    happenings = [PendingEntry(event, now), PendingEntry(noted, now)]
    entries = tx.append(happenings, actor=text() or "x", recorded_at=now)
    tx.append([PendingEntry(LogNoted(text=text(), caller=text()), now)], actor="x", recorded_at=now)
    case = evolve(evolve(None, entries[0]), entries[1])
    level = desk.rules.procedure.level(case.level)
    tx.project(case, duties(case, desk.rules), level, desk.initials)


def _lists(desk: Desk, random: Random) -> None:
    """A roster and a register of units full of it."""

    def text() -> str:
        return _kept(hostile(random))

    roles = list(desk.rules.procedure.roles)
    people = [
        Person(f"p{n}", text(), roles[n % len(roles)], title=text(), phones=(text(), text()))
        for n in range(30)
    ]
    homes = [
        Household(f"3-2-{n:04d}", (text(),), (text(),), warning=text(), note=text())
        for n in range(20)
    ]
    adopt_people(desk, people, "hostile")
    adopt_units(desk, homes, "hostile")


def _through_the_desk(desk: Desk, random: Random) -> None:
    """A case taken down and handled with it, as an operator would who pastes such things."""
    form = Intake(
        place=f"3-2-{random.randrange(20):04d}",
        phone=hostile(random),
        caller=hostile(random),
        said=hostile(random) * 2 + "x",
    )
    case = desk.open_case(form).case.id
    name = _kept(hostile(random)) + "n"
    call = cmd.TryCall(person="p1", name=name, role="head", outcome=CallOutcome.REACHED)
    for command in (call, cmd.AddNote(text=_kept(hostile(random)) + "n")):
        desk.perform(case, command)
    for _ in range(3):
        find(desk, hostile(random))


def estate_full_of_it(folder: Path, random: Random) -> Estate:
    """A desk whose every text is hostile."""
    estate = estates.make(folder)
    desk = estates.open_desk(estate)
    try:
        _lists(desk, random)
        for number in range(CASES):
            _through_the_desk(desk, random)
            desk.store.transact(lambda tx, n=number: _past_the_desk(tx, desk, random, n))  # type: ignore[misc]
    finally:
        desk.store.close()
    return estate


def through_widgets(folder: Path, seed: int, texts: int) -> Iterator[str]:
    """Every widget on a terminal."""
    command = [sys.executable, "-m", "tests.faults.gallery", str(seed), str(texts)]
    env = command_line.environment()
    with Terminal(command, env=env, cwd=command_line.ROOT) as term:
        code = term.wait(60 + texts / 100)
        term.read_for(0.1)
        if code != 0:
            yield f"the gallery ended with {code}: {term.text()}"
        yield from judge_screen(bytes(term.seen), "widgets")


def through_screens(estate: Estate) -> Iterator[str]:
    """Every screen of the desk on a terminal, worked by its keys."""
    with screen.opened(estate) as term:
        for keys in ((DOWN, DOWN), (ENTER,), (F4,), (F5,), (F6,), (F3, "1", "3"), (F1,)):
            term.press(*keys)
            term.read_for(PAUSE)
            for _ in range(4):
                term.press(DOWN)
                term.read_for(PAUSE / 3)
            term.press(ESCAPE)
            term.read_for(PAUSE)
        for keys in ((F7,), (F8,), (F12,), (F9, "1")):
            term.press(*keys)
            term.read_for(2 * PAUSE)
        if term.process.poll() is not None:
            yield f"the desk ended with {term.process.poll()}: {term.text()}"
        yield from judge_screen(bytes(term.seen), "screens")


def through_prints(estate: Estate, folder: Path) -> Iterator[str]:
    """Every command that prints, as text and as JSON, and every file that is written."""
    listed = command_line.run(estate, "case", "list", "--json")
    yield from judge_print(listed.stdout.encode(errors="surrogateescape"), "case list --json")
    numbers = [case["number"] for case in msgspec.json.decode(listed.stdout)]
    asked = [("case", "list"), ("log",), ("log", "--json"), ("case", "find", "\x1b[31m漏水")]
    asked += [("case", "show", numbers[0]), ("case", "show", numbers[-1], "--json")]
    for command in asked:
        done = command_line.run(estate, *command)
        name = " ".join(command)
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            yield f"{name!r}: exit {done.returncode}, {done.stderr}"
        yield from judge_print(done.stdout.encode(errors="surrogateescape"), name)
        yield from judge_print(done.stderr.encode(errors="surrogateescape"), name)
    for command in (*EXPORTS, ("case", "show", numbers[-1])):
        for end in ENDS:
            out = folder / f"{command[0]}.{end}"
            done = command_line.run(estate, *command, "--out", str(out))
            if done.returncode == EXIT_USAGE:
                break  # this version has no such report
            if done.returncode != 0:
                yield f"{' '.join(command)} --out {out.name}: exit {done.returncode}, {done.stderr}"
                continue
            yield from _judge_file(out)


def _judge_file(out: Path) -> Iterator[str]:
    if is_zipfile(out):
        with ZipFile(out) as book:
            for name in book.namelist():
                if b"<f>" in book.read(name):
                    yield f"{out.name}: a formula in {name}"
        return
    data = out.read_bytes()
    yield from judge_print(data.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf"), out.name)
    if out.suffix == ".csv":
        yield from judge_table(data.decode(errors="replace"), out.name)


def run(folder: Path, full: bool) -> Outcome:
    """Through the widgets in batches, then through the whole program."""
    why = why_not()
    if why:
        return skipped(why)
    texts, batch, problems = (100_000, 5_000, list[str]()) if full else (300, 300, list[str]())
    first, shown, rounds = fresh.seed("hostile"), 0, 0
    while shown < texts and allowed.gone() < _FOR_WIDGETS:
        problems += through_widgets(folder, first + shown // batch, batch)
        shown += batch
    while rounds < (20 if full else 1) and allowed.gone() < 1:
        estate = estate_full_of_it(folder / str(rounds), Random(first + rounds))
        rounds += 1
        problems += through_screens(estate)
        problems += through_prints(estate, folder)
        problems += [f"{p.code}: {p.detail}" for p in estates.prove(estate).problems]
    measured = (
        f"{shown:,} texts in widgets, {rounds} hostile estates, seed {first},"
        f" {len(problems)} got through"
    )
    return outcome(measured, problems)


PROMISE = Promise(
    10,
    "hostile",
    "User text cannot steer the terminal, the database, a path or a spreadsheet",
    "0 ESC, C1, bidi bytes out; 0 crashes; 0 formulas",
    run,
)
