"""A pipe, a device, a folder or a huge file bears a file's name: nothing waits, and it is said."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from dispatcher_tui.cli.console import ExitCode
from tests.cli.support import Run
from tests.faults import fresh

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it knows no pipes by name")

FIRE = ("--channel", "panel", "--place", "9-1-0503", "--fact", "fire", "--said", "烟感")
FILES = (
    "site.toml",
    "categories.toml",
    "emergency.toml",
    "emergency/fire.toml",
    "procedures/estate-dispatch.toml",
    "procedures/estate-plant.toml",
    "holidays/2031.toml",
    "pinyin.txt",
    "roster.csv",
    "units.csv",
)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _huge(path: Path) -> None:
    """A hundred gigabytes that take no room on the disk."""
    path.touch()
    os.truncate(path, 100 << 30)


ODD = (_pipe, _endless, _folder, _huge)


def _put(path: Path, odd: Callable[[Path], None]) -> None:
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    odd(path)


def test_the_case_is_recorded_by_the_texts_of_the_record(run: Run, site: Path) -> None:
    seed = fresh.seed("files that are no plain ones")
    kinds = cycle(Random(seed).sample(ODD, len(ODD)))
    for file in FILES:
        for odd in ODD if file == "site.toml" else (next(kinds),):
            path = site / file
            kept = path.read_bytes() if path.exists() else None
            _put(path, odd)
            done = run("--lang", "en", "case", "open", "--site", site, *FIRE, "--json")
            assert (done.code, done.json["level"]) == (0, "emergency"), (file, odd, done.err)
            assert file in done.err, (file, odd, done.err)
            (shutil.rmtree if odd is _folder else Path.unlink)(path)
            if kept is not None:
                path.write_bytes(kept)
    assert run("verify", "--site", site).code == 0


@pytest.mark.parametrize("odd", ODD)
def test_a_database_that_is_none_is_refused(run: Run, site: Path, odd: Callable[..., None]) -> None:
    _put(site / "desk.sqlite3", odd)
    done = run("--lang", "en", "case", "open", *FIRE, "--site", site)
    assert done.code == ExitCode.FAILED
    assert "not a desk's file" in done.err


@pytest.mark.parametrize("beside", ["-wal", "-shm", "-journal"])
def test_nothing_waits_for_what_stands_beside_a_database(run: Run, site: Path, beside: str) -> None:
    _put(site / f"desk.sqlite3{beside}", _pipe)
    done = run("--lang", "en", "case", "open", "--site", site, *FIRE)
    assert done.code == ExitCode.DISK
    assert f"desk.sqlite3{beside}: " in done.err


def test_a_lock_that_is_none_keeps_no_case_from_being_recorded(run: Run, site: Path) -> None:
    _put(site / "desk.sqlite3.lock", _pipe)
    assert run("case", "open", "--site", site, *FIRE).code == 0


@pytest.mark.parametrize("odd", ODD)
def test_a_copy_is_neither_put_there_nor_taken_from_there(
    run: Run, site: Path, tmp_path: Path, odd: Callable[..., None]
) -> None:
    odd(tmp_path / "odd")
    if odd is not _folder:  # Into a folder a copy goes under a name of its own.
        assert run("backup", "--site", site, tmp_path / "odd").code != 0
    assert run("restore", "--site", site, tmp_path / "odd").code != 0
    assert run("verify", "--site", site).code == 0
