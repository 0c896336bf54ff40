"""Promise 17: a desk always starts, and a record that is taken away is noticed at once.

Every file of a site broken in fifty ways: the desk opens on what is in force in its record, the
board is there, a fire alarm is recorded, and the file is named. Then a disk that takes nothing,
and the record deleted, renamed or replaced under a desk at work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from dispatcher_tui.bootstrap import open_session
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.paths import Paths
from tests.faults import command_line, fresh, screen
from tests.faults import estate as estates
from tests.faults.disks import NoDisk, small_disk
from tests.faults.estate import Estate
from tests.faults.promise import Outcome, Promise, outcome
from tests.terminal.harness import why_not

WAYS = 50
"""In how many ways each file is broken in the full form."""
FEW = 10
"""So many breaks of any file in the short form."""
NOTICED_WITHIN = 1.0 + 0.5
"""The heartbeat's second, and what drawing it takes."""
UP_WITHIN = 15.0
ALARM = Intake(channel=Channel.PANEL, place="9-1-0503", facts=(Fact.FIRE,), said="烟感")
TAKEN = "was taken away"


class Break(NamedTuple):
    """One way to break a file; ``sure``: it cannot be read any more, so that it must be named."""

    name: str
    do: Callable[[Path, bytes, Random], None]
    sure: bool = True


def _becomes(make: Callable[[bytes, Random], bytes]) -> Callable[[Path, bytes, Random], None]:
    return lambda path, text, random: _write(path, make(text, random))


def _write(path: Path, text: bytes) -> None:
    path.write_bytes(text)


def _instead(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


def _noise(text: bytes, random: Random) -> bytes:
    at = random.randrange(len(text) + 1)
    return text[:at] + b"\xff\xfe\xff" + text[at:]


def _flipped(text: bytes, random: Random) -> bytes:
    at = random.randrange(len(text))
    return text[:at] + bytes([text[at] ^ random.randint(1, 255)]) + text[at + 1 :]


def _lines(text: bytes, random: Random) -> bytes:
    """Some lines gone, doubled or in another order."""
    lines = text.splitlines(keepends=True)
    at = random.randrange(len(lines))
    few = lines[at : at + random.randint(1, 5)]
    other = random.choice(([], few * 2, few[::-1]))
    return b"".join([*lines[:at], *other, *lines[at + len(few) :]])


def _swallowed(text: bytes, random: Random) -> bytes:
    """A mark that holds a text together is gone."""
    marks = [at for at, byte in enumerate(text) if byte in b"\"'=[]{}\t,"]
    at = random.choice(marks) if marks else 0
    return text[:at] + text[at + 1 :]


SURE = (
    Break("torn", _becomes(lambda text, _random: text + b"\nnonsense = [")),
    Break("torn at its head", _becomes(lambda text, _random: b"= [\n" + text)),
    Break("another encoding", _becomes(lambda text, _random: text.decode().encode("utf-16"))),
    Break("noise", _becomes(_noise)),
    Break("zeros", _becomes(lambda text, _random: bytes(len(text)))),
    Break("nested", _becomes(lambda _text, _random: b"x = " + b"[" * 9000)),
    Break("a folder", lambda path, _text, _random: _instead(path, Path.mkdir)),
    Break("a pipe", lambda path, _text, _random: _instead(path, os.mkfifo)),
    Break("a link to itself", lambda path, _t, _r: _instead(path, lambda at: at.symlink_to(at))),
)
PERHAPS = (
    Break("missing", lambda path, _text, _random: path.unlink(), sure=False),
    Break("empty", _becomes(lambda _text, _random: b""), sure=False),
    Break("a link to nothing", lambda p, _t, _r: _instead(p, lambda a: a.symlink_to("x")), False),
    Break("cut", _becomes(lambda text, random: text[: random.randrange(len(text))]), sure=False),
    Break("flipped", _becomes(_flipped), sure=False),
    Break("other lines", _becomes(_lines), sure=False),
    Break("a mark swallowed", _becomes(_swallowed), sure=False),
)


def _files(site: Path) -> list[Path]:
    """What of a site may be edited and is read at a start."""
    return sorted([*site.rglob("*.toml"), site / "pinyin.txt"])


def _mended(path: Path, text: bytes) -> None:
    """Put the file back, whatever lies there."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    elif path.is_symlink() or path.exists():
        path.unlink()
    path.write_bytes(text)


def _in_force(desk: Desk) -> tuple[str, ...]:
    """The hashes of all that judges a case opened now."""
    found = desk.in_force
    return (*found.refs, *sorted(found.companions.values()), desk.calendar_ref)


def _started(estate: Estate, name: str, before: tuple[str, ...], sure: bool) -> Iterator[str]:
    """What is wrong with a desk that starts beside a broken file of that name."""
    with open_session(Paths(estate.site, estate.db)) as session:
        desk = session.desk
        named = name in {each.file for each in desk.site.faults}
        if sure and not named:
            yield "not named"
        if named and _in_force(desk) != before:
            yield "another text is in force"
        case = desk.open_case(ALARM).case
        if not desk.rules_of(case).procedure.level(case.level).emergency:
            yield f"the alarm is {case.level}"
        if case.id not in {line.id for line in desk.store.board(Lane.ALL)}:
            yield "the alarm is not on the board"


def broken(estate: Estate, path: Path, way: Break, random: Random) -> list[str]:
    """Break a file, start the desk, record an alarm, mend the file."""
    name, text = path.relative_to(estate.site).as_posix(), path.read_bytes()
    with open_session(Paths(estate.site, estate.db)) as session:
        before = _in_force(session.desk)
    way.do(path, text, random)
    spoilt = path.read_bytes() if path.is_file() else b""
    try:
        found = list(_started(estate, name, before, way.sure))
    except Exception as error:  # Whatever keeps a desk from starting is a finding.
        found = [f"the desk does not start: {error!r}"]
    finally:
        _mended(path, text)
    return [f"{name}, {way.name}: {problem} ({spoilt[:60]!r})" for problem in found]


def by_command(estate: Estate, path: Path, way: Break, random: Random) -> list[str]:
    """The same by ``case open``, as an alarm panel runs it: recorded, and told on stderr."""
    name, text = path.relative_to(estate.site).as_posix(), path.read_bytes()
    way.do(path, text, random)
    done = command_line.try_open(estate)
    _mended(path, text)
    good = done.returncode == 0 and done.stdout.strip() and name in done.stderr
    return [] if good else [f"case open, {name}, {way.name}: {done.returncode} {done.stderr}"]


def on_a_terminal(estate: Estate, path: Path, way: Break, random: Random) -> list[str]:
    """The same by the real desk: the board is up, and says which file is wrong."""
    text = path.read_bytes()
    way.do(path, text, random)
    try:
        with screen.opened(estate) as term:
            term.wait_until(lambda shown: path.name in "".join(shown.split()), UP_WITHIN)
    except TimeoutError as late:
        return [f"the desk with {path.name}, {way.name}: {late}"]
    finally:
        _mended(path, text)
    return []


def _wal(estate: Estate) -> Path:
    return estate.db.with_name(f"{estate.db.name}-wal")


def _replaced(estate: Estate) -> None:
    copy = estate.db.with_name("copy")
    shutil.copyfile(estate.db, copy)
    copy.replace(estate.db)


LOSSES: dict[str, Callable[[Estate], object]] = {
    "deleted": lambda estate: estate.db.unlink(),
    "renamed": lambda estate: estate.db.rename(estate.db.with_name("elsewhere")),
    "replaced": _replaced,
    "its log deleted": lambda estate: _wal(estate).unlink(),
    "its log renamed": lambda estate: _wal(estate).rename(estate.db.with_name("elsewhere")),
}


COPIES = "desk-rescued-*.sqlite3"
"""What a desk saves of a record that is gone; beside it lies what is not finished yet."""


def taken_away(estate: Estate, how: str) -> tuple[float, list[str]]:
    """Take the record from under a desk at work: seconds until it says so; a copy is kept."""
    with screen.opened(estate) as term:
        command_line.try_open(estate)
        term.wait_for("3-2-1502")
        start = time.monotonic()
        LOSSES[how](estate)
        try:
            term.wait_until(lambda shown: TAKEN in " ".join(shown.split()), UP_WITHIN)
        except TimeoutError as late:
            return UP_WITHIN, [f"{how}: {late}"]
        seconds = time.monotonic() - start
        while not list(estate.site.glob(COPIES)) and time.monotonic() - start < UP_WITHIN:
            term.read_for(0.2)  # it is made while that is said
        term.read_for(1)
    copies = list(estate.site.glob(COPIES))
    if len(copies) != 1:
        return seconds, [f"{how}: {len(copies)} copies were saved"]
    sound = estates.prove(Estate(estate.site, copies[0])).sound
    return seconds, [] if sound else [f"{how}: the copy is not sound"]


def nothing_written(folder: Path) -> list[str]:
    """A disk that takes nothing: the board and the way to paper, and no case opened unsaid."""
    try:
        with small_disk(folder / "disk", "64m") as disk:
            estate = estates.make(disk)
            number = command_line.try_open(estate).stdout.strip()
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            told = command_line.try_open(estate)
            problems = [] if told.returncode and told.stderr.strip() else [f"case open: {told}"]
            with screen.opened(estate) as term:
                term.wait_until(lambda shown: number in shown and "paper" in shown, UP_WITHIN)
            return problems
    except NoDisk:
        return []
    except TimeoutError as late:
        return [f"a disk that takes nothing: {late}"]


def run(folder: Path, full: bool) -> Outcome:
    """Break every file, or some; then take the record away."""
    seed = fresh.seed("starts")
    random, problems = Random(seed), list[str]()
    template = estates.make(folder / "template")
    estate = estates.copy(template, folder / "broken")
    files = _files(estate.site)
    often = [*SURE, *PERHAPS, *random.choices(PERHAPS[3:], k=WAYS - len(SURE) - len(PERHAPS))]
    every = [(path, way) for path in files for way in (often if full else SURE + PERHAPS)]
    breaks = every if full else random.sample(every, FEW)
    for path, way in breaks:
        problems += broken(estate, path, way, random)
    for path in files if full else random.sample(files, 1):
        problems += by_command(estate, path, random.choice(SURE), random)
    slowest, losses = 0.0, list(LOSSES) * 4 if full else [random.choice(list(LOSSES))]
    if not why_not():
        for number, way in enumerate(SURE if full else ()):
            mine = estates.copy(template, folder / f"shown-{number}")
            problems += on_a_terminal(mine, random.choice(_files(mine.site)), way, random)
        for number, how in enumerate(losses):
            mine = estates.copy(template, folder / f"taken-{number}")
            seconds, found = taken_away(mine, how)
            slowest, problems = max(slowest, seconds), problems + found
        problems += nothing_written(folder) if full else ()
    if slowest > NOTICED_WITHIN:
        problems.append(f"a loss was told after {slowest:.2f} s")
    measured = (
        f"{len(breaks):,} breaks of {len(files)} files, seed {seed}: {len(problems)} broke the "
        f"promise; {len(losses)} losses, told after {slowest:.2f} s at most"
    )
    return outcome(measured, problems)


PROMISE = Promise(
    17,
    "starts",
    "A desk always starts, on what is in force; a record taken away is noticed",
    "board up, alarm recorded, file named; full: 50 ways a file; loss told within a heartbeat",
    run,
)
