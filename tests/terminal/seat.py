"""A seat at the real program: a terminal, its screen as an eye reads it, its keys counted."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyte import Screen

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.domain.words.text import is_hanzi
from dispatcher_tui.paths import Paths
from dispatcher_tui.present.big_digits import ROWS, big, shape
from dispatcher_tui.present.i18n import Language, _
from dispatcher_tui.tui.twice import TOLD_AFTER, TWICE_WITHIN
from tests.cli.support import ROOT, environment, program
from tests.terminal.harness import ESCAPE, Terminal, why_not

ON_A_TERMINAL = [
    pytest.mark.terminal,
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]
"""The marks of every test here; where there are no pseudo-terminals it is skipped, and says so."""

NARROW, WIDE = (80, 24), (120, 36)
OPERATOR, PIN = "李建国", "246813"
TRIES = 4
"""Times a promise of speed is measured; the best counts, since the machine is shared."""


def squeezed(text: str) -> str:
    """A text without its white space: where it is broken into lines is not what is asked."""
    return "".join(text.split())


def _still(text: str) -> str:
    """What stands on the screen whatever the clocks say."""
    return re.sub(r"[\d:]", "", squeezed(text))


def _filled(screen: Screen, rows: list[str], row: int, column: int) -> bool:
    """Whether exactly the cells of these rows are filled, from that place of the screen on."""
    wide = max(map(len, rows))
    if column + wide > screen.columns:
        return False
    filled, blank = set[str](), set[str]()
    for down, line in enumerate(rows):
        for right, bit in enumerate(line.ljust(wide)):
            cell = screen.buffer[row + down][column + right]
            (blank if bit == " " else filled).add(cell.bg)
            if cell.data != " " or len(filled) > 1 or filled & blank:
                return False
    return True


class Seat(Terminal):
    """The desk of a site on a terminal of its own."""

    def __init__(
        self,
        site: Path,
        lang: Language = "zh",
        size: tuple[int, int] = NARROW,
        *more: str,
        env: dict[str, str] | None = None,
    ) -> None:
        command = [sys.executable, "-m", "dispatcher_tui", "--site", str(site), "--lang", lang]
        around = environment(NO_COLOR="1", **(env or {}))
        super().__init__([*command, *more], env=around, cwd=ROOT, columns=size[0], rows=size[1])
        self.keys = 0
        """Keys pressed so far, Chinese words left out."""

    def key(self, *keys: str) -> None:
        """Press keys, each by itself: F-keys whole, any other text character by character."""
        for key in keys:
            for one in (key,) if key.startswith(ESCAPE) else key:
                self.press(one)
                self.keys += not is_hanzi(one)

    def once_more(self, key: str) -> None:
        """Press the key pressed last again, so much later that it is no second press of it."""
        time.sleep(TWICE_WITHIN)
        self.key(key)

    def result(self, *keys: str) -> None:
        """Press the result of a call, and what follows it, once somebody may have been told."""
        time.sleep(TOLD_AFTER)
        self.key(*keys)

    def see(self, *texts: str, seconds: float = 20.0) -> str:
        """Read until all of the texts stand on the screen."""
        wanted = [squeezed(text) for text in texts]
        try:
            return self.wait_until(
                lambda shown: all(text in squeezed(shown) for text in wanted), seconds
            )
        except TimeoutError as late:
            missing = [text for text in texts if squeezed(text) not in squeezed(self.text())]
            raise TimeoutError(f"not on the screen: {missing}\n{late}") from late

    def see_large(self, number: str, seconds: float = 20.0) -> None:
        """Read until the number stands on the screen in filled cells."""
        self.wait_until(lambda _shown: self._stands_large(number), seconds)

    def _stands_large(self, number: str) -> bool:
        """Whether its shape stands somewhere: its cells of one ground, all about it of another."""
        screen = self.screen
        shapes = {shape(big(number, cells)) for cells in range(screen.columns)} - {""}
        return any(
            _filled(screen, each.split("\n"), row, column)
            for each in shapes
            for row in range(screen.lines - ROWS + 1)
            for column in range(screen.columns)
        )

    def see_no(self, text: str, seconds: float = 20.0) -> str:
        """Read until the text is gone from the screen."""
        return self.wait_until(lambda shown: squeezed(text) not in squeezed(shown), seconds)

    def see_board(self, *texts: str, seconds: float = 20.0) -> str:
        """Read until the board is on top."""
        return self.see(f"F2 {_('New case')}", f"0 {_('Menu')}", *texts, seconds=seconds)

    def back_to_board(self) -> None:
        """Esc until the board is on top; the next one only when the last has done its work."""
        for _try in range(6):
            self.settle()
            before = _still(self.text())
            if _still(f"0 {_('Menu')}") in before and _still(f"Esc {_('Back')}") not in before:
                return
            self.key(ESCAPE)
            self.wait_until(lambda shown, before=before: _still(shown) != before)  # type: ignore[misc]
        raise TimeoutError(f"no way back:\n{self.text()}")

    def kill(self) -> None:
        """Kill it as the kernel does: nothing is written any more."""
        self.process.kill()
        self.process.wait()


def on_watch(site: Path, name: str = OPERATOR, pin: str = PIN) -> None:
    """The operator has signed in and left the program, so that the next start asks for no PIN."""
    with open_desk(Paths(site, site / "desk.sqlite3"), actor=name) as desk:
        sign_in(desk, name, pin)


def command(site: Path, *arguments: str) -> Any:
    """What a command of the command line prints as JSON; it has to end well."""
    done = program("--site", site, *arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def open_case(site: Path, said: str, *more: str) -> str:
    """Open a case beside the desk; its number."""
    number: str = command(site, "case", "open", "--said", said, *more)["number"]
    return number


def assert_sound(site: Path) -> None:
    """The record proves sound to the command line."""
    done = program("--site", site, "verify")
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


def best(attempt: Callable[[int], float], promised: float) -> float:
    """The shortest of a few tries; no more of them than it takes to keep the promise."""
    times: list[float] = []
    while len(times) < TRIES:
        times.append(attempt(len(times)))
        if times[-1] <= promised:
            break
    assert min(times) <= promised, f"{min(times):.2f} s at best, promised is {promised} s"
    return min(times)


def timed(wait: Callable[[], object]) -> float:
    """Seconds until it is over."""
    start = time.monotonic()
    wait()
    return time.monotonic() - start
