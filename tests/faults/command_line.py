"""The program's own command line, as a script beside the desk uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.estate import Estate

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT = 60


def program(estate: Estate, *arguments: str) -> list[str]:
    """The command; the desk itself without arguments."""
    where = ["--site", str(estate.site), "--db", str(estate.db), "--lang", "en"]
    return [sys.executable, "-m", "dispatcher_tui", *where, *arguments]


def environment() -> dict[str, str]:
    """What the program sees: nothing of this machine's site, and no colour."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DISPATCHER")}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def run(estate: Estate, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        program(estate, *arguments),
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT,
    )


INTAKE = ("case", "open", "--place", "3-2-1502", "--category", "leak", "--said", "厨房漏水")


def try_open(estate: Estate) -> subprocess.CompletedProcess[str]:
    """Open a case; its number is on stdout where it was saved."""
    return run(estate, *INTAKE)


def read_list(estate: Estate) -> subprocess.CompletedProcess[str]:
    """Every case, read beside the desk."""
    return run(estate, "case", "list", "--json")
