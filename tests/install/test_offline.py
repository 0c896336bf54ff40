"""What the README says to type on a machine without a network, to the letter: a long run.

``python -m pytest tests/install --offline`` makes the folder of wheels beside a network, then
installs from it in a namespace that has none, through to the demo's board.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT
from tests.house.readme import README
from tests.terminal.harness import Terminal, why_not

_NO_NETWORK = ("unshare", "--net", "--map-root-user")
_TAKEN = ("dispatcher_tui", "data", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
_CTRL_Q = b"\x11"


def commands(part: str) -> list[str]:
    """The lines that the README has between these marks."""
    text = README.read_text("utf-8")
    found = re.search(rf"<!-- {part} -->\n\n```\n(.*?)\n```\n\n<!-- /{part} -->", text, re.DOTALL)
    assert found is not None, part
    return found[1].splitlines()


def _bare(home: Path, **more: str) -> dict[str, str]:
    """An environment in which pip and Python know nothing of this workplace."""
    hidden = ("PIP_", "PYTHON", "DISPATCHER", "VIRTUAL_ENV", "UV_")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(hidden)}
    # The interpreter of this run stands first, under the name that the README types.
    named = home / "bin"
    named.mkdir(parents=True, exist_ok=True)
    if not (named / "python3").exists():
        (named / "python3").symlink_to(Path(sys.base_prefix) / "bin" / "python3")
    path = os.pathsep.join((str(named), kept.get("PATH", "")))
    return {**kept, "HOME": str(home), "PATH": path, "LC_ALL": "C.UTF-8", **more}


def _script(lines: list[str]) -> str:
    return "set -e\n" + "\n".join(lines)


def _asked(config: pytest.Config) -> None:
    if not config.getoption("--offline", default=False):
        pytest.skip("a long run: python -m pytest tests/install --offline")
    if why_not() or shutil.which("unshare") is None:
        pytest.skip(why_not() or "there is no unshare")
    if subprocess.run([*_NO_NETWORK, "true"], capture_output=True).returncode:
        pytest.skip("no network namespace can be made here")


def test_nothing_on_the_workstation_asks_for_a_network() -> None:
    """The commands stand in the README, and pip is kept from the index in every one of them."""
    assert any(line.startswith("pip wheel ") for line in commands("wheels"))
    asking = [line for line in commands("carried") if "pip " in line]
    assert asking
    assert all("--no-index" in line for line in asking)
    assert commands("carried")[-1] == "dispatcher-tui demo"


def test_through_to_the_demos_board(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    _asked(request.config)
    source, workstation = tmp_path / "source", tmp_path / "workstation"
    source.mkdir()
    for name in _TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy2(ROOT / name, source / name)
    # Making the folder may use whatever index pip is told of here; only the rest is bare.
    beside = {**_bare(tmp_path / "builder"), **_pip_of_this_place()}
    subprocess.run(["sh", "-c", _script(commands("wheels"))], cwd=source, env=beside, check=True)
    workstation.mkdir()
    (source / "wheels").rename(workstation / "wheels")
    shutil.rmtree(source)

    bare = _bare(tmp_path / "user", PIP_CONFIG_FILE=os.devnull)
    alone = ["sh", "-c", "cat /proc/net/dev; cat /proc/net/route"]
    seen = subprocess.run([*_NO_NETWORK, *alone], capture_output=True, check=True).stdout.decode()
    assert re.findall(r"^ *(\w+):", seen, re.MULTILINE) == ["lo"]
    program = [*_NO_NETWORK, "sh", "-c", _script(commands("carried"))]
    with Terminal(program, env=bare, cwd=workstation) as screen:
        board = screen.wait_for("EMERG.", seconds=300)
        assert "翠湖花园" in board
        screen.press(_CTRL_Q)
        assert screen.wait(30) == 0
    told = subprocess.run(
        [*_NO_NETWORK, "desk/bin/dispatcher-tui", "--version"],
        cwd=workstation,
        env=bare,
        capture_output=True,
        check=True,
    )
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert told.stdout.decode() == f"dispatcher-tui {version[1]}\n"


def _pip_of_this_place() -> dict[str, str]:
    """How pip is set up for this run: an index of its own, certificates."""
    return {name: text for name, text in os.environ.items() if name.startswith("PIP_")}
