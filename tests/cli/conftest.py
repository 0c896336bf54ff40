"""A command line to run, and a small site to run it on."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cli.support import Run, in_process


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command line in this process."""
    for name in ("DISPATCHER_SITE", "DISPATCHER_DB", "DISPATCHER_LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return in_process(monkeypatch)


@cache
def _laid_out() -> tuple[TemporaryDirectory[str], Path]:
    """Laid out once a run: every site that a test is given is a copy of it."""
    made = TemporaryDirectory(prefix="new-site-")
    return made, Path(made.name) / "site"


@pytest.fixture
def site(tmp_path: Path, run: Run) -> Path:
    """A new site without units, with a roster of nobody and the operator 李建国."""
    _made, first = _laid_out()
    if not first.exists():
        asked = ("--site", first, "--operator", "李建国", "--pin-stdin")
        done = run("init", *asked, stdin="246813\n")
        assert done.code == 0, done.err
    folder = tmp_path / "site"
    shutil.copytree(first, folder)
    return folder
