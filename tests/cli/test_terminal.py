"""The whole program on a pseudo-terminal: it opens, leaves, is ended, and never bursts."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from dispatcher_tui.store.file_lock import DeskLock
from tests.cli.support import ROOT, Run, environment

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.bench.ptyrun import PtyRun
from tests.terminal.seat import on_watch

pytestmark = pytest.mark.terminal
CTRL_Q = b"\x11"


@pytest.fixture
def site(site: Path) -> Path:
    """The operator has signed in once, so that the next start asks for no PIN."""
    on_watch(site, "李建国", "246813")
    return site


def opened(*arguments: str | Path, code: str = "", cols: int = 120) -> PtyRun:
    """The program on a terminal; ``code`` runs before it in the same process."""
    command = [sys.executable, "-m", "dispatcher_tui"]
    if code:
        command = [sys.executable, "-c", f"{code}\nimport sys\nsys.exit(main())"]
    env = environment(DISPATCHER_LANG="en")
    return PtyRun([*command, *map(str, arguments)], env=env, cwd=ROOT, cols=cols)


def ended(run: PtyRun, seconds: float = 10.0) -> int:
    """The exit code, once the program has left; what it still writes is read meanwhile."""
    code = run.wait(seconds)
    run.read_for(0.1)
    if code is None:
        raise TimeoutError(run.text())
    return code


def test_the_demo_opens_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with opened("demo", "--at", "2026-11-21T22:47:12") as desk:
        desk.wait_for("EMERG. 1", seconds=30)
        assert "DEMO" in desk.text()
        assert "22:47:" in desk.text()
        desk.press(CTRL_Q)
        assert ended(desk) == 0


def test_the_desk_opens_at_80_columns(site: Path) -> None:
    with opened("--site", site, cols=80) as desk:
        desk.wait_for("Overdue", seconds=30)
        assert "李建国" in desk.text()
        desk.press(CTRL_Q)
        assert ended(desk) == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_it_is_ended_in_order(site: Path, number: signal.Signals, code: int) -> None:
    with opened("--site", site) as desk:
        desk.wait_for("Overdue", seconds=30)
        desk.settle()
        os.kill(desk.pid, number)
        assert ended(desk) == code
    lock = DeskLock.acquire(site / "desk.sqlite3", "test")
    assert isinstance(lock, DeskLock)
    lock.release()


def test_a_second_desk_only_reads_and_says_who_owns_the_file(run: Run, site: Path) -> None:
    with opened("--site", site) as first:
        first.wait_for("Overdue", seconds=30)
        with opened("--site", site) as second:
            second.wait_for("owns this file", seconds=30)
            assert "READ ONLY" in second.text()
            assert f"李建国 (pid {first.pid})" in second.text()
            assert run("case", "open", "--said", "beside", "--site", site).code == 0
            second.wait_for("beside", seconds=10)
            first.wait_for("beside", seconds=10)
            second.press(CTRL_Q)
            assert ended(second) == 0
        os.kill(first.pid, signal.SIGKILL)
        assert ended(first) == -signal.SIGKILL
    with opened("--site", site) as again:
        again.wait_for("beside", seconds=30)
        assert "READ ONLY" not in again.text()


def test_a_new_site_from_the_form(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with opened("--site", folder) as desk:
        desk.wait_for("first start", seconds=30)
        for keys in ("1", "Garden\r\r\r\r\r", "Li\r", "246813\r", "246813", "\x13"):
            desk.press(keys.encode())
            desk.settle()
        desk.wait_for("The rescue code", seconds=30)
        desk.press(b"\r")
        desk.wait_for("Overdue", seconds=30)
        assert "Garden" in desk.text()
        desk.press(CTRL_Q)
        assert ended(desk) == 0
    assert run("operator", "list", "--site", folder, "--json").json[0]["name"] == "Li"


def test_an_edit_is_taken_over_and_a_broken_file_is_told(site: Path) -> None:
    path = site / "site.toml"
    good = path.read_text(encoding="utf-8")
    with opened("--site", site) as desk:
        desk.wait_for("Overdue", seconds=30)
        path.write_text(good + "[[broken\n", encoding="utf-8")
        desk.wait_for("last good data", seconds=15)
        path.write_text(good.replace('name = "site"', 'name = "Renamed"'), encoding="utf-8")
        desk.wait_for("Renamed", seconds=15)


def test_what_nobody_foresaw_shows_no_traceback(site: Path) -> None:
    burst = (
        "from dispatcher_tui.__main__ import main\n"
        "from dispatcher_tui.tui.screens.case.board import BoardScreen\n"
        "def tick(self, now): raise RuntimeError('kaboom')\n"
        "BoardScreen.tick = tick"
    )
    with opened("--site", site, code=burst) as desk:
        assert ended(desk, 30) == 1
        assert "desk-error.log" in desk.text()
        assert "Traceback" not in desk.text()
    assert "kaboom" in (site / "desk-error.log").read_text(encoding="utf-8")


def test_the_daily_copy_is_made_by_itself(site: Path) -> None:
    soon = (
        "from dispatcher_tui.__main__ import main\n"
        "from dispatcher_tui.tui.heartbeat import chores\n"
        "chores.BACKUP_SECONDS = 0.5"
    )
    with opened("--site", site, code=soon) as desk:
        desk.wait_for("Overdue", seconds=30)
        end = time.monotonic() + 20
        while not list((site / "backups").glob("*.sqlite3")) and time.monotonic() < end:
            desk.read_for(0.2)
    assert len(list((site / "backups").glob("*.sqlite3"))) == 1
