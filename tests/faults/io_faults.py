"""Promise 2: any failure of the disk is shown, nothing acknowledged goes, the file stays sound.

SQLite's own method: the first call fails, then the second, and so on until nothing fails any
more; each once, and each from then on. `strace` makes the calls on the database's files fail.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults import command_line
from tests.faults import estate as estates
from tests.faults.estate import BESIDE, Estate
from tests.faults.evening import EXIT_DISK
from tests.faults.harm import Ack, harm
from tests.faults.promise import Outcome, Promise, outcome, skipped

SYNC = "fsync,fdatasync"
CALLS = (
    (SYNC, "EIO"),
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("pread64", "EIO"),
    ("ftruncate", "EIO"),
    ("openat", "EIO"),
    ("unlink", "EIO"),
)
"""Which calls fail, and how."""

FEW = 2
"""How many of each sort fail in the short form; the first of them lastingly as well."""


class Fault(NamedTuple):
    """The ``number``-th call of a sort fails; with ``lasting`` all later ones do as well."""

    call: str
    error: str
    number: int
    lasting: bool

    def __str__(self) -> str:
        return f"{self.call}:{self.error}:{self.number}{'+' if self.lasting else ''}"

    @property
    def inject(self) -> str:
        """The option that makes it so."""
        when = f"{self.number}{'+' if self.lasting else ''}"
        return f"inject={self.call}:error={self.error}:when={when}"


class Work(NamedTuple):
    """What is done on the failing disk, and how its stdout is read as acknowledgements.

    ``patient`` work tries again what failed once, and must come to its end.
    """

    name: str
    command: Callable[[Estate], list[str]]
    acks: Callable[[list[str]], list[Ack]]
    patient: bool


def _evening(estate: Estate) -> list[str]:
    return [sys.executable, "-m", "tests.faults.evening", str(estate.site), str(estate.db)]


def _evening_acks(lines: list[str]) -> list[Ack]:
    return [
        Ack(case, number, tuple((seq, kind) for seq, kind in entries))
        for case, number, entries in map(json.loads, lines)
    ]


WORKS = (
    Work("evening", _evening, _evening_acks, patient=True),
    Work(
        "case open",
        lambda estate: command_line.program(estate, *command_line.INTAKE),
        lambda lines: [Ack("", line) for line in lines],
        patient=False,
    ),
)


def _traced(
    work: Work, estate: Estate, log: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """The work under strace, which sees only the calls on the database's own files."""
    ends = (*BESIDE, ".ballast", ".lock")
    watched = [part for end in ends for part in ("-P", f"{estate.db}{end}")]
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *watched, *options, *work.command(estate)],
        cwd=command_line.ROOT,
        env=command_line.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def why_not(folder: Path) -> str:
    """Why nothing can be made to fail here; empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    log = folder / "probe"
    done = subprocess.run(["strace", "-o", str(log), "true"], capture_output=True, text=True)
    return f"strace may not trace: {done.stderr.strip()}" if done.returncode else ""


def _counted(work: Work, template: Estate, folder: Path) -> Counter[str]:
    """How many calls of each sort are made where nothing fails."""
    log = folder / "calls"
    calls = ",".join(dict.fromkeys(call for call, _ in CALLS))
    estate = estates.copy(template, folder / work.name)
    _traced(work, estate, log, "-e", f"trace={calls}")
    names = re.findall(r"^\d+ +(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    return Counter(names)


def _faults(counts: Counter[str], few: int) -> Iterator[Fault]:
    """Every call there is, or so many of each sort; the first, or all, lastingly as well."""
    random = Random(3)
    for call, error in CALLS:
        numbers = list(range(1, sum(counts[name] for name in call.split(",")) + 1))
        if few and len(numbers) > few:
            numbers = [1, *random.sample(numbers[1:], few - 1)]
        for number in numbers:
            yield Fault(call, error, number, lasting=False)
            if not few or number == 1:
                yield Fault(call, error, number, lasting=True)


def _judge(work: Work, estate: Estate, fault: Fault, log: Path) -> list[str]:
    """The work with a fault: what was told, what is in the file afterwards."""
    done = _traced(work, estate, log, "-e", f"trace={fault.call}", "-e", fault.inject)
    problems, told = [], done.stderr[-300:]
    if "INJECTED" not in log.read_text(encoding="utf-8", errors="replace"):
        problems.append("was not reached")
    if "Traceback" in done.stderr or done.returncode not in (0, EXIT_DISK):
        problems.append(f"exit {done.returncode}: {told}")
    if done.returncode == EXIT_DISK and not told.strip():
        problems.append("failed without a word")
    if done.returncode and work.patient and not fault.lasting:
        problems.append(f"one failure, and saving did not go on: {told}")
    return problems + harm(estate, work.acks(done.stdout.splitlines()))


def run(folder: Path, full: bool) -> Outcome:
    """Every fault on a fresh copy of the same estate."""
    why = why_not(folder)
    if why:
        return skipped(why)
    template = estates.make(folder)
    problems, made = list[str](), 0
    for work in WORKS:
        few = 0 if full else FEW if work.patient else 1
        for fault in _faults(_counted(work, template, folder), few):
            estate = estates.copy(template, folder / "work")
            found = _judge(work, estate, fault, folder / "log")
            problems += [f"{work.name}, {fault}: {problem}" for problem in found]
            shutil.rmtree(folder / "work")
            made += 1
    return outcome(f"{made} faults, {len(problems)} not as promised", problems)


PROMISE = Promise(
    2,
    "io",
    "Any I/O failure is shown, the form is kept, the file stays sound",
    "every index: a message, acknowledged ⊆ durable, sound",
    run,
)
