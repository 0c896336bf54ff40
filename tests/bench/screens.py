"""Every screen of the program from outside: how soon it is whole, what it costs, what it leaves."""

from __future__ import annotations

import time
from collections import defaultdict

import pyte

from tests.bench.estate import Estate
from tests.bench.programs import desk
from tests.bench.ptyrun import PtyRun
from tests.bench.sessions import PACE, Figures, open_program, percentile

ESCAPE = b"\x1b"
SCREENS: dict[str, bytes] = {
    "F1": b"\x1bOP",
    "F2": b"\x1bOQ",
    "F3": b"\x1bOR",
    "F4": b"\x1bOS",
    "F5": b"\x1b[15~",
    "F6": b"\x1b[17~",
    "F7": b"\x1b[18~",
    "F8": b"\x1b[19~",
    "F12": b"\x1b[24~",
    "case": b"\r",
    "menu": b"0",
}
"""What opens a screen over the board, all but an emergency: that one has rows of its own."""

BOARD = "[1 open "
"""The head of the board, and of no other screen."""

WHOLE = 0.1
"""Seconds of silence after which a screen is whole: it is painted in several goes."""

ANSWERS = 2.0
"""Seconds within which a key is answered, however busy the machine is."""

STEPS_BACK = 5
"""Esc leads out of a field first, and out of a question."""

OPENINGS = 60
SETTLED = 3.0
"""Seconds after the board stands until anything is measured: the desk does its first chores."""


def _on_board(screen: pyte.Screen) -> bool:
    return any(BOARD in row for row in screen.display[1:4])


def _open(run: PtyRun, name: str) -> float:
    """Open a screen; seconds until the last byte of it."""
    whole = run.whole(SCREENS[name], lambda screen: not _on_board(screen), WHOLE)
    if whole is None:
        raise TimeoutError(f"{name} opened nothing:\n{run.text()}")
    return whole


def _back(run: PtyRun) -> None:
    """Leave whatever is open."""
    run.settle(quiet=WHOLE)
    for _step in range(STEPS_BACK):
        if _on_board(run.screen):
            return
        run.press(ESCAPE)
        run.collect(ANSWERS, quiet=WHOLE)
    if _on_board(run.screen):
        return
    raise TimeoutError(f"Esc does not lead back to the board:\n{run.text()}")


def _started(run: PtyRun, estate: Estate) -> None:
    run.wait_for(estate.ready)
    run.settle(quiet=SETTLED, seconds=SETTLED)


def whole(estate: Estate, count: int) -> Figures:
    """Open every screen so often: the first use after a start apart from the later ones."""
    first, later = dict[str, float](), defaultdict[str, list[float]](list)
    with open_program(desk(estate)) as run:
        _started(run, estate)
        for use in range(count + 1):
            for name in SCREENS:
                took = _open(run, name)
                if use:
                    later[name].append(took)
                else:
                    first[name] = took
                _back(run)
                time.sleep(PACE)
    found = {f"{name} first": took for name, took in first.items()}
    found |= {f"{name} whole p95": percentile(times, 0.95) for name, times in later.items()}
    found["screens first"] = max(first.values())
    found["screens p95"] = max(found[f"{name} whole p95"] for name in SCREENS)
    return found


def idle(estate: Estate, seconds: int) -> Figures:
    """Leave every screen alone for so long: CPU seconds a minute, and bytes a second."""
    found: Figures = {}
    with open_program(desk(estate)) as run:
        _started(run, estate)
        for name in SCREENS:
            _open(run, name)
            run.settle()
            left = run.idle(float(seconds))
            found[f"{name} idle cpu"] = left.cpu / left.seconds * 60
            found[f"{name} idle bytes"] = left.size / left.seconds
            _back(run)
    found["screens idle cpu"] = max(found[f"{name} idle cpu"] for name in SCREENS)
    found["screens idle bytes"] = max(found[f"{name} idle bytes"] for name in SCREENS)
    return found


def memory(estate: Estate, openings: int = OPENINGS) -> Figures:
    """What the program holds after so many openings of screens, and how much more than before."""
    with open_program(desk(estate)) as run:
        _started(run, estate)
        before = run.memory()
        names = list(SCREENS)
        for n in range(openings):
            _open(run, names[n % len(names)])
            _back(run)
        after = run.memory()
    return {"memory opened": float(after), "memory grown": float(after - before)}
