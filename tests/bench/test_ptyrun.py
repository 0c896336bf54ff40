"""The harness measures what it says: seen on a program whose behaviour is known."""

from __future__ import annotations

import sys

import pytest

from tests.bench.ptyrun import PtyRun

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal"),
]

ECHO = """
import sys, time, tty
tty.setraw(0)
print("ready", end="", flush=True)
while (key := sys.stdin.read(1)) != "q":
    time.sleep(0.05)
    print(f"\\x1b[2;1Hgot {key}", end="", flush=True)
"""


def test_reaction_is_the_time_to_the_picture() -> None:
    with PtyRun([sys.executable, "-c", ECHO], cols=40, rows=5) as run:
        start = run.start("ready", b"a", lambda screen: screen.display[1])
        assert 0.05 <= start < 10
        reaction = run.react(b"b", lambda screen: "got b" in screen.display[1])
        assert reaction.shown is not None
        assert 0.05 <= reaction.shown < 1
        assert reaction.size == len("\x1b[2;1Hgot b")
        idle = run.idle(0.3)
        assert idle.size == 0
        assert idle.cpu < 0.1
        assert run.memory() > 1_000_000


def test_text_that_never_comes_is_an_error() -> None:
    bye = [sys.executable, "-c", "print('bye')"]
    with PtyRun(bye) as run, pytest.raises(TimeoutError, match="bye"):
        run.wait_for("hello", seconds=5)
