"""What is measured: how each program is started, when it is ready, where its cursor stands."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyte

from tests.bench.estate import Estate

ROOT = Path(__file__).resolve().parents[2]

ENVIRONMENT = {
    "COLORTERM": "truecolor",
    "ESCDELAY": "50",
    "PYTHONDONTWRITEBYTECODE": "",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_FPS": "1000",
}
"""The same for everybody, so that a ratio compares programs and not settings."""

DOWN, UP, HOME, PAGE_DOWN = b"\x1b[B", b"\x1b[A", b"\x1b[H", b"\x1b[6~"


class Program(NamedTuple):
    """A thing to measure: `ready` is a text its first whole screen shows in one run.

    `rows` is how many lines its list has, those below the screen's edge counted.
    """

    name: str
    command: list[str]
    rows: int
    ready: str
    cursor: Callable[[pyte.Screen], int | None]


def cursor_by_mark(screen: pyte.Screen) -> int | None:
    """The line that begins with the board's cursor mark."""
    for y, line in enumerate(screen.display):
        if line[:4].lstrip().startswith(">"):
            return y
    return None


def cursor_by_colour(screen: pyte.Screen) -> int | None:
    """The table line whose background differs from its neighbours': Textual's own cursor."""
    rows = [y for y, line in enumerate(screen.display) if "row" in line[:10]]
    colours = {y: screen.buffer[y][2].bg for y in rows}
    count = Counter(colours.values())
    alone = [y for y, colour in colours.items() if count[colour] == 1]
    return alone[0] if len(alone) == 1 else None


def minimal(rows: int) -> Program:
    """Textual's own table in its own frame; ready when the line above the footer stands."""
    command = [sys.executable, "-m", "tests.bench.minimal_app", str(rows)]
    return Program(f"minimal-{rows}", command, rows, "row00038", cursor_by_colour)


def board(rows: int) -> Program:
    """The board widget alone; ready when its fortieth case stands, or the last of fewer."""
    command = [sys.executable, "-m", "tests.bench.board_app", str(rows)]
    return Program(f"board-{rows}", command, rows, f"261121-{min(rows, 40):02}", cursor_by_mark)


def desk(estate: Estate) -> Program:
    """The whole program on an estate made for the purpose."""
    name, command = f"desk-{estate.open_cases}", desk_command(estate)
    return Program(name, command, estate.open_cases, estate.ready, cursor_by_mark)


def desk_command(estate: Estate, *arguments: str) -> list[str]:
    """The command line of the program on `estate`; the board without `arguments`."""
    options = ["--db", str(estate.db), "--site", str(estate.site), "--lang", "en"]
    return [sys.executable, "-m", "dispatcher_tui", *options, *arguments]
