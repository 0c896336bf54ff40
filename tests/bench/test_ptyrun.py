"""The harness measures what it says: seen on a program whose behaviour is known."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench import estate, ptyrun
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


LEAVES = """
import sys, time, tty
tty.setraw(0)
print("ready", end="", flush=True)
while (key := sys.stdin.read(1)) != "q":
    print("\\x1b[1;1Hfirst", end="", flush=True)
    time.sleep(0.2)
    print("\\x1b[2;1Hsecond", end="", flush=True)
sys.exit(7)
"""


def test_a_screen_is_whole_with_its_last_part() -> None:
    with PtyRun([sys.executable, "-c", LEAVES], cols=40, rows=5) as run:
        run.wait_for("ready")
        whole = run.whole(b"a", lambda screen: "first" in screen.display[0], quiet=0.6)
        assert whole is not None
        assert whole >= 0.2
        assert "second" in run.screen.display[1]


def test_a_program_is_left_by_its_own_keys() -> None:
    with PtyRun([sys.executable, "-c", LEAVES], cols=40, rows=5, leave=b"q") as run:
        run.wait_for("ready")
    assert run.process.returncode == 7


def test_a_program_that_does_not_leave_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ptyrun, "LEAVE_WITHIN", 0.5)
    run = PtyRun([sys.executable, "-c", LEAVES], cols=40, rows=5, leave=b"x")
    with pytest.raises(TimeoutError, match="did not end"), run:
        run.wait_for("ready")
    assert run.process.returncode == -9


def test_who_writes_writes_to_a_copy(tmp_path: Path) -> None:
    made = estate.make(tmp_path / "small", 3, 2)
    before = made.db.read_bytes()
    with estate.throwaway(made) as copy:
        assert copy.db != made.db
        assert copy.site.is_dir()
        assert len(estate.commit_times(copy, 2)) == 2
        assert copy.db.exists()
    assert not copy.db.exists()
    assert made.db.read_bytes() == before
