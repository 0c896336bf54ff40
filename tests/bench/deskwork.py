"""What only the whole program can show: its dialogs, its commits, its search, its command line.

The operator's keys and the words that say a screen has come stand together at the top; the
program runs in English (`--lang en`).
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyte

from tests.bench import estate as inside
from tests.bench.estate import Estate
from tests.bench.programs import ENVIRONMENT, ROOT, Program, desk, desk_command
from tests.bench.ptyrun import PtyRun
from tests.bench.sessions import PACE, Figures, open_program, percentile

INTAKE, FIND, COMMIT, ESCAPE, ENTER = b"\x1bOQ", b"/", b"\x1b[21~", b"\x1b", b"\r"
EMERGENCY, FIRE = b"\x1b[20~", b"1"
KINDS_OPEN = "What kind?"
FIRST_NUMBER = re.compile(r"Ring now  .*\S  \d{3,}")
"""The line of the handset: who, the number."""
ASKED = "Was F9 a mistake?"
CALL_OFF: tuple[bytes, ...] = (b"1", b"measured" + ENTER)
SETTLED = 3.0
"""Seconds after the board stands until a first use is measured: nobody rings in the first two."""
USES = 4
"""How often the emergency is opened in each run of the program, the first use counted."""
FIND_OPEN = "Find"
HELP, HELP_OPEN = b"\x1bOP", "Help"
INTAKE_OPEN = "New case"
INTAKE_KEYS: tuple[bytes, ...] = (
    b"1",  # complaint
    b"3-2-1502" + ENTER,
    b"13900000001" + ENTER,
    b"water through the ceiling" + ENTER,
    b"ls" + ENTER,  # class by its initials
    b"1",  # happening now
)
NUMBER = re.compile(r"\d{6}-\d{2,}")


def _numbers(screen: pyte.Screen) -> set[str]:
    """The case numbers to be seen."""
    return set(NUMBER.findall("\n".join(screen.display)))


def escape(estate: Estate, count: int) -> Figures:
    """Open the help and leave it: from the Esc key to the board without the dialog."""
    times = []
    with open_program(desk(estate)) as run:
        run.wait_for(estate.ready)
        run.settle()
        for _ in range(count):
            run.press(HELP)
            run.wait_for(HELP_OPEN)
            run.settle()
            reaction = run.react(ESCAPE, lambda s: HELP_OPEN not in s.display[0])
            if reaction.shown is None:
                raise TimeoutError("Esc did not close the dialog")
            times.append(reaction.shown)
    return {"esc": statistics.median(times), "esc p99": percentile(times, 0.99)}


def commit(estate: Estate, count: int) -> Figures:
    """Take a complaint down and commit it: from the commit key to its number on the screen."""
    times = []
    with open_program(desk(estate)) as run:
        run.wait_for(estate.ready)
        run.settle()
        for _ in range(count):
            times.append(_one_intake(run))
            run.press(ESCAPE)
            run.settle()
    return {"commit": statistics.median(times), "commit p99": percentile(times, 0.99)}


def _one_intake(run: PtyRun) -> float:
    """Fill the form and commit; seconds until a number that was not there before is shown."""
    run.press(INTAKE)
    run.wait_for(INTAKE_OPEN)
    for keys in INTAKE_KEYS:
        run.press(keys)
        run.settle(quiet=0.1)
    before = _numbers(run.screen)
    reaction = run.react(COMMIT, lambda screen: bool(_numbers(screen) - before))
    if reaction.shown is None:
        raise TimeoutError(f"no number after the commit key:\n{run.text()}")
    return reaction.shown


def _shows_number(screen: pyte.Screen) -> bool:
    return FIRST_NUMBER.search("\n".join(screen.display)) is not None


def _one_emergency(run: PtyRun) -> tuple[float, float]:
    """Open one and call it off: seconds from F9 to the kinds, from the kind to the number."""
    kinds = run.react(EMERGENCY, lambda screen: KINDS_OPEN in "\n".join(screen.display))
    run.settle()
    number = run.react(FIRE, _shows_number)
    run.settle()
    if kinds.shown is None or number.shown is None:
        raise TimeoutError(f"no number after F9 and the kind:\n{run.text()}")
    run.press(ESCAPE)
    run.settle()
    run.wait_for(ASKED)
    for keys in (*CALL_OFF, COMMIT):
        run.press(keys)
        run.settle(quiet=0.1)
    run.settle()
    return kinds.shown, number.shown


def emergency_times(program: Program, starts: int) -> dict[str, list[float]]:
    """Every time of F9 and of the kind's key, those of the first use after a start apart."""
    names = ("F9", "kind", "number")
    found: dict[str, list[float]] = {f"{name}{n}": [] for n in (" first", "") for name in names}
    for _ in range(starts):
        with open_program(program) as run:
            run.wait_for(program.ready)
            run.settle(quiet=SETTLED, seconds=SETTLED)
            for use in range(USES):
                kinds, number = _one_emergency(run)
                found["F9" if use else "F9 first"].append(kinds)
                found["kind" if use else "kind first"].append(number)
                found["number" if use else "number first"].append(kinds + number)
    return found


def emergency(estate: Estate, count: int) -> Figures:
    """F9 and the kind's key: from each key to its picture, the first use after a start apart."""
    times = emergency_times(desk(estate), max(1, count // USES))
    return {
        f"{name} {part}": percentile(each, share)
        for name, each in times.items()
        for part, share in (("p50", 0.5), ("p95", 0.95))
    }


def find(estate: Estate, count: int) -> Figures:
    """Type a search word: from each key to the rows it brings."""
    times = []
    with open_program(desk(estate)) as run:
        run.wait_for(estate.ready)
        run.settle()
        run.press(FIND)
        run.wait_for(FIND_OPEN)
        word = estate.words[0]
        for number in range(count):
            letter = word[number % len(word)]
            if number % len(word) == 0:
                run.press(b"\x15")  # empty the field
                run.settle()
            before = run.screen.display[4:-1]
            reaction = run.react(letter.encode(), lambda s, b=before: s.display[4:-1] != b)  # type: ignore[misc]
            if reaction.shown is not None:  # a letter may leave the rows as they are
                times.append(reaction.shown)
            time.sleep(PACE)
    if not times:
        raise TimeoutError("typing in the search brought no rows")
    return {"find p95": percentile(times, 0.95)}


def _raw(*arguments: str) -> list[float]:
    """Times measured by the bare script, in its own process."""
    command = [sys.executable, "-m", "tests.bench.rawsql", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [float(value) for value in json.loads(done.stdout)]


def intake(estate: Estate, count: int) -> Figures:
    """Intake commits against bare durable inserts on the same disk, in turns."""
    ours, raw = list[float](), list[float]()
    with tempfile.TemporaryDirectory(dir=estate.db.parent) as folder:
        for _ in range(4):
            raw += _raw("insert", str(Path(folder) / "raw.sqlite3"), str(count // 4))
            ours += inside.commit_times(estate, count // 4)
    return {
        "intake": statistics.median(ours) / statistics.median(raw),
        "intake p99": percentile(ours, 0.99) / percentile(raw, 0.99),
    }


def search(estate: Estate, count: int) -> Figures:
    """Searches for a common, a rare and an absent word: the slowest word's.

    They are held against no bare query: one that finds row numbers does another work than one
    that reads fifty cases, and the ratio of two times that short is the machine's.
    """
    each = (inside.search_times(estate, word, count) for word in estate.words)
    return {"search": max(percentile(times, 0.95) for times in each)}


def _seconds(command: list[str]) -> float:
    """How long a command takes from start to exit; it must succeed."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=_environment())
    return time.perf_counter() - start


def _environment() -> dict[str, str]:
    """The harness's own environment with what is the same for all."""
    return {**os.environ, **ENVIRONMENT}


def command_line(estate: Estate, count: int) -> Figures:
    """`case open` against a bare script that records one case, in turns."""
    told = ["--place", "3-2-1502", "--category", "leak", "--said", "water", "--json"]
    ours_command = desk_command(estate, "case", "open", *told)
    ours, raw = list[float](), list[float]()
    with tempfile.TemporaryDirectory(dir=estate.db.parent) as folder:
        bare = [sys.executable, "-m", "tests.bench.rawsql", "case", f"{folder}/raw.sqlite3"]
        for _ in range(count):
            raw.append(_seconds(bare))
            ours.append(_seconds(ours_command))
    return {"case open": statistics.median(ours) / statistics.median(raw)}
