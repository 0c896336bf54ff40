"""A fresh site, laid out by the command line as an installer would, and a voice to read it by."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.present.i18n import use
from tests.cli.support import ROOT, program
from tests.terminal.seat import OPERATOR, PIN, on_watch


@pytest.fixture(scope="session")
def fresh_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``init`` with an operator and a PIN, then the register and the roster, without a case."""
    site = tmp_path_factory.mktemp("fresh") / "site"
    lists = ROOT / "data" / "demo"
    commands = (
        ("init", "--operator", OPERATOR, "--pin-stdin"),
        ("site", "import", str(lists / "units.csv")),
        ("site", "import", str(lists / "roster.csv")),
    )
    for command in commands:
        done = program("--site", site, *command, stdin=f"{PIN}\n".encode())
        assert done.returncode == 0, done.stderr.decode()
    on_watch(site)
    return site


@pytest.fixture
def site(fresh_site: Path, tmp_path: Path) -> Path:
    """A copy of the fresh site for one test."""
    return Path(shutil.copytree(fresh_site, tmp_path / "site"))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """The tests look words up in the language of the desk; Chinese until a test says otherwise."""
    use("zh")
    yield
    use("en")
