"""What a shell and its user ask of the program itself: its version, how a line may go on."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from dispatcher_tui.__main__ import COMPLETING
from dispatcher_tui.cli.app import PROGRAM
from tests.cli.support import Run, program


@pytest.mark.parametrize("line", [["--version"], ["--lang", "zh", "--version"]])
def test_the_version_is_the_installed_one(run: Run, line: list[str]) -> None:
    assert run(*line) == (0, f"{PROGRAM} {metadata.version(PROGRAM)}\n", "")


def test_the_version_where_nothing_is_installed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert run("--version") == (0, f"{PROGRAM} (not installed)\n", "")


def test_the_version_opens_no_desk_beside_a_command(run: Run, tmp_path: Path) -> None:
    assert run("--version", "--site", tmp_path / "none").code == 0
    assert not (tmp_path / "none").exists()


def test_a_shell_asks_for_commands_and_no_desk_opens(tmp_path: Path) -> None:
    asked = {COMPLETING: "complete_bash", "COMP_WORDS": f"{PROGRAM} cas", "COMP_CWORD": "1"}
    done = program(env={**asked, "DISPATCHER_SITE": str(tmp_path / "site")})
    assert (done.returncode, done.stdout.split()) == (0, [b"case"])
    assert not (tmp_path / "site").exists()


def test_the_words_of_a_group_and_of_a_command() -> None:
    for words, wanted in (("case o", b"open"), ("case open --pa", b"--panel")):
        line = f"{PROGRAM} {words}"
        asked = {COMPLETING: "complete_bash", "COMP_WORDS": line}
        done = program(env={**asked, "COMP_CWORD": str(len(words.split()))})
        assert done.stdout.split() == [wanted], words


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_learns_it_for_good(tmp_path: Path) -> None:
    # Which shell it is, is told: above a test there may be any.
    told = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = program("--install-completion", "bash", env=told)
    assert done.returncode == 0, done.stderr
    script = tmp_path / ".bash_completions" / f"{PROGRAM}.sh"
    assert COMPLETING in script.read_text("utf-8")
    assert str(script) in (tmp_path / ".bashrc").read_text("utf-8")
    loaded = subprocess.run(
        ["bash", "--norc", "-c", f". {tmp_path}/.bashrc; complete -p {PROGRAM}"],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        timeout=60,
    )
    assert loaded.stdout.startswith(b"complete ")
