"""How wide the terminal draws what terminals disagree about: asked, answered or not."""

from __future__ import annotations

import sys
import time

import pytest

from dispatcher_tui.cli.terminal_width import ENOUGH, answered_column
from tests.cli.support import ROOT, environment
from tests.terminal.harness import Terminal, why_not


@pytest.mark.parametrize(
    ("pieces", "column"),
    [
        ([b"\x1b[7;2R"], 1),
        ([b"\x1b[7;3R"], 2),
        ([b"\x1b", b"[7", b";3R"], 2),
        ([b"ls\r\x1b[A\x1b[24;2R"], 1),
        ([b"\x1b[999999;3R", b"\x1b[1;2R"], 1),
        ([b""], None),
    ],
)
def test_the_column_is_read_out_of_whatever_comes(pieces: list[bytes], column: int | None) -> None:
    left = iter(pieces)
    assert answered_column(lambda _seconds: next(left, b""), patience=0.05) == column


def test_endless_typing_is_no_answer_and_is_not_waited_for() -> None:
    begun = time.monotonic()
    read = 0

    def typed(_seconds: float) -> bytes:
        nonlocal read
        read += 512
        return b"x" * 512

    assert answered_column(typed, patience=5.0) is None
    assert read == ENOUGH
    assert time.monotonic() - begun < 1.0


def test_no_answer_is_waited_for_no_longer_than_it_may() -> None:
    waits: list[float] = []

    def silent(seconds: float) -> bytes:
        waits.append(seconds)
        time.sleep(min(seconds, 0.02))
        return b""

    begun = time.monotonic()
    assert answered_column(silent, patience=0.1) is None
    assert 0.1 <= time.monotonic() - begun < 1.0
    assert max(waits) <= 0.1


ASKING = (
    "from dispatcher_tui.cli.terminal_width import ambiguous_cells\n"
    "print('cells', ambiguous_cells({term!r}))\n"
    "print('typed', input())"
)


@pytest.mark.terminal
@pytest.mark.skipif(bool(why_not()), reason=why_not())
@pytest.mark.parametrize(("column", "cells"), [(2, "1"), (3, "2"), (9, "None"), (0, "None")])
def test_a_real_terminal_is_asked_and_its_line_is_left_blank(column: int, cells: str) -> None:
    command = [sys.executable, "-c", ASKING.format(term="xterm-256color")]
    with Terminal(command, env=environment(), cwd=ROOT, columns=40, rows=8) as terminal:
        end = time.monotonic() + 20
        while b"\x1b[6n" not in terminal.seen and time.monotonic() < end:
            terminal.read(0.2)
        assert b"\x1b[6n" in terminal.seen
        if column:
            terminal.press(f"\x1b[1;{column}R")
        shown = terminal.wait_for(f"cells {cells}")
        assert shown.splitlines()[0].strip() == f"cells {cells}"
        terminal.press("o", "k", "\r")
        terminal.wait_for("typed ok")


@pytest.mark.terminal
@pytest.mark.skipif(bool(why_not()), reason=why_not())
def test_a_terminal_without_a_cursor_is_not_asked() -> None:
    command = [sys.executable, "-c", ASKING.format(term="dumb")]
    with Terminal(command, env=environment(), cwd=ROOT, columns=40, rows=8) as terminal:
        terminal.wait_for("cells None")
        assert b"\x1b[6n" not in terminal.seen
