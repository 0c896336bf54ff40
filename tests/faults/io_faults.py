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
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults import estate as estates
from tests.faults.estate import BESIDE, Estate
from tests.faults.evening import EXIT_DISK
from tests.faults.harm import Ack, harm
from tests.faults.promise import Outcome, Promise, outcome, skipped

ROOT = Path(__file__).resolve().parents[2]
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


def _traced(estate: Estate, log: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """An evening under strace, which sees only the calls on the database's own files."""
    ends = (*BESIDE, ".ballast", ".lock")
    watched = [part for end in ends for part in ("-P", f"{estate.db}{end}")]
    work = [sys.executable, "-m", "tests.faults.evening", str(estate.site), str(estate.db)]
    return subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *watched, *options, *work],
        cwd=ROOT,
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


def _counted(template: Estate, folder: Path) -> Counter[str]:
    """How many calls of each sort an evening makes that nothing disturbs."""
    log = folder / "calls"
    calls = ",".join(dict.fromkeys(call for call, _ in CALLS))
    _traced(estates.copy(template, folder / "counted"), log, "-e", f"trace={calls}")
    names = re.findall(r"^\d+ +(\w+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    return Counter(names)


def _faults(counts: Counter[str], full: bool) -> Iterator[Fault]:
    random = Random(3)
    for call, error in CALLS:
        numbers = list(range(1, sum(counts[name] for name in call.split(",")) + 1))
        if not full and len(numbers) > FEW:
            numbers = [1, *random.sample(numbers[1:], FEW - 1)]
        for number in numbers:
            yield Fault(call, error, number, lasting=False)
            if full or number == 1:
                yield Fault(call, error, number, lasting=True)


def _judge(estate: Estate, fault: Fault, log: Path) -> list[str]:
    """One evening with a fault: what was told, what is in the file afterwards."""
    done = _traced(estate, log, "-e", f"trace={fault.call}", "-e", fault.inject)
    acks = [
        Ack(case, number, tuple((seq, kind) for seq, kind in entries))
        for case, number, entries in map(json.loads, done.stdout.splitlines())
    ]
    problems = []
    hit = "INJECTED" in log.read_text(encoding="utf-8", errors="replace")
    if not hit:
        problems.append("was not reached")
    if "Traceback" in done.stderr or done.returncode not in (0, EXIT_DISK):
        problems.append(f"exit {done.returncode}: {done.stderr[-300:]}")
    if done.returncode == EXIT_DISK and "failed:" not in done.stderr:
        problems.append("failed without a word")
    if done.returncode and not fault.lasting:
        problems.append(f"one failure, and saving did not go on: {done.stderr[-300:]}")
    return problems + harm(estate, acks)


def run(folder: Path, full: bool) -> Outcome:
    """Every fault on a fresh copy of the same estate."""
    why = why_not(folder)
    if why:
        return skipped(why)
    template = estates.make(folder)
    problems, made = list[str](), 0
    for fault in _faults(_counted(template, folder), full):
        estate = estates.copy(template, folder / "work")
        problems += [f"{fault}: {found}" for found in _judge(estate, fault, folder / "log")]
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
