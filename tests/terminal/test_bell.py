"""The alarm on a real terminal: the bell's byte arrives, and the siren runs beside the program."""

from __future__ import annotations

import re
import shlex
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.site.samples import spoil
from tests.terminal.seat import ON_A_TERMINAL, Seat, command

pytestmark = ON_A_TERMINAL

TITLE = re.compile(rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)")
"""A command to the terminal that the bell's byte ends: nothing is heard of it."""

SECONDS = 15.0


def bells(desk: Seat) -> int:
    """How often the bell has rung."""
    return TITLE.sub(b"", bytes(desk.seen)).count(b"\x07")


def wait(desk: Seat, over: Callable[[], bool]) -> None:
    """Read on until it is so."""
    end = time.monotonic() + SECONDS
    while not over():
        assert time.monotonic() < end, desk.text()
        desk.read(0.1)


def test_a_case_nobody_was_told_of_rings_the_terminals_bell(site: Path) -> None:
    early = (datetime.now(UTC) - timedelta(minutes=11)).isoformat(timespec="seconds")
    command(site, "case", "open", "--said", "灯不亮", "--at", early)
    with Seat(site) as desk:
        desk.see("灯不亮")
        wait(desk, lambda: bells(desk) >= 2)
        desk.read_for(3)
        assert bells(desk) == 2


def test_an_emergency_runs_the_siren_and_rings_no_bell(site: Path, tmp_path: Path) -> None:
    log, script = tmp_path / "log", tmp_path / "siren.py"
    script.write_text(f"import sys; open({str(log)!r}, 'a').write(sys.argv[1])", "utf-8")
    siren = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"
    settings = site / "site.toml"
    text = spoil(settings.read_text("utf-8"), 'siren = ""', f'siren = "{siren}"')
    settings.write_text(text, encoding="utf-8", newline="\n")
    command(site, "case", "open", "--said", "冒烟", "--fact", "fire")
    with Seat(site) as desk:
        desk.see("冒烟")
        wait(desk, lambda: log.exists() and log.read_text("utf-8") == "emergency")
        assert bells(desk) == 0
