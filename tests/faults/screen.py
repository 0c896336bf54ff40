"""The desk on a terminal, worked by its keys as an operator works it."""

from __future__ import annotations

import re
import time

from tests.faults.command_line import ROOT, environment, program
from tests.faults.estate import Estate
from tests.terminal.harness import ENTER, ESCAPE, F2, F10, Terminal

BOARD, INTAKE, NOTIFY = "F2  New case", "New case (intake)", "Notify  "
KEYS = ("1", "3-2-1502", ENTER, "13900000001", ENTER, "water again", ENTER, "ls", ENTER, "1")
"""A complaint: place, number, words, class by its initials, a fact."""

PACE = 0.05

_SHOWN = re.compile(r"^ Notify .*? (\d{6}-\d{2,}) ")


def opened(estate: Estate, *, owned: bool = True) -> Terminal:
    """The desk on a terminal, its first frame awaited."""
    term = Terminal(program(estate), env=environment(), cwd=ROOT, owned=owned)
    try:
        term.wait_for(BOARD)
    except BaseException:
        term.process.kill()
        raise
    return term


def take_down(term: Terminal) -> None:
    """Open the form, fill it, commit."""
    term.press(F2)
    term.wait_for(INTAKE)
    for key in KEYS:
        term.press(key)
        term.read_for(PACE)
    term.press(F10)


def number_on(text: str) -> str:
    """The number of the case that was just opened, empty where the screen is another one."""
    found = _SHOWN.match(text)
    return found.group(1) if found else ""


def number_shown(term: Terminal, seconds: float) -> str:
    """Wait for the new case's number; empty where it does not come in time."""
    end = time.monotonic() + seconds
    while not (number := number_on(term.text())) and time.monotonic() < end:
        term.read(0.05)
    return number


def back_to_board(term: Terminal) -> None:
    """Leave the screen that follows the intake."""
    term.press(ESCAPE)
    term.wait_until(lambda text: BOARD in text and not number_on(text))
