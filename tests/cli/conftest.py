"""A command line to run, and a small site to run it on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Run, in_process


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command line in this process."""
    for name in ("DISPATCHER_SITE", "DISPATCHER_DB", "DISPATCHER_LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return in_process(monkeypatch)


@pytest.fixture
def site(tmp_path: Path, run: Run) -> Path:
    """A new site without units, with a roster of nobody and the operator 李建国."""
    folder = tmp_path / "site"
    done = run("init", "--site", folder, "--operator", "李建国", "--pin-stdin", stdin="246813\n")
    assert done.code == 0, done.err
    return folder
