"""The printer's command: the file as one argument, no shell, an end after twenty seconds."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest

from dispatcher_tui.desk.spooler import LONGEST, NotSent, arguments, send

TAKES = "import json, sys; json.dump(sys.argv[1:], open(sys.argv[1], 'w'))"
REFUSES = "import sys; print('one', file=sys.stderr); sys.exit('没有纸 \\x1b[31m!')"
HANGS = (
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
)

AWKWARD = "slip 'a' \"b\" ; $(touch x) & %PATH% 漏水.pdf"
"""A name that a shell would take apart."""


def _read(told: Path) -> list[str]:
    """What the command was given."""
    given: list[str] = json.loads(told.read_text())
    return given


def _names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [each.name for each in folder.iterdir()]


def fake(program: str, *more: str) -> tuple[str, ...]:
    """A printer's command that runs a program of Python."""
    return (sys.executable, "-c", program, *more)


def test_the_file_takes_the_place_of_its_argument_and_of_no_other() -> None:
    command = ("lp", "-d", "a{file}b", "{file}", "{file }")
    assert arguments(command, Path("/x/y.pdf")) == ["lp", "-d", "a{file}b", "/x/y.pdf", "{file }"]


async def test_a_command_that_succeeds_is_given_the_file_and_nothing_of_a_shell(
    tmp_path: Path,
) -> None:
    told, paper = tmp_path / "told.json", tmp_path / AWKWARD
    assert await send(fake(TAKES, str(told), "-o", "media=A5", "{file}"), paper) is None
    assert _read(told) == [str(told), "-o", "media=A5", str(paper)]
    assert _names(tmp_path) == ["told.json"]


async def test_a_command_that_fails_tells_its_last_line_without_steering_the_terminal(
    tmp_path: Path,
) -> None:
    trouble = await send(fake(REFUSES, "{file}"), tmp_path / "a.pdf")
    assert trouble is not None
    assert (trouble.code, trouble.program) == (1, Path(sys.executable).name)
    assert trouble.reason.startswith("没有纸 ")
    assert "\x1b" not in trouble.reason


async def test_a_command_that_is_not_there_is_told_by_the_system(tmp_path: Path) -> None:
    trouble = await send((str(tmp_path / "nowhere"), "{file}"), tmp_path / "a.pdf")
    assert trouble == NotSent("nowhere", reason="No such file or directory")


async def test_a_command_that_hangs_is_ended_and_the_loop_goes_on_meanwhile(
    tmp_path: Path,
) -> None:
    began, ticks = time.monotonic(), 0
    sending = asyncio.create_task(send(fake(HANGS, "{file}"), tmp_path / "a.pdf", longest=0.7))
    while not sending.done():
        await asyncio.sleep(0.05)
        ticks += 1
    assert await sending == NotSent(Path(sys.executable).name)
    assert 0.7 <= time.monotonic() - began < 5
    assert ticks >= 8


@pytest.mark.parametrize(("seconds", "ends"), [(0.3, True), (30.0, False)])
async def test_only_what_takes_longer_than_it_may_is_ended(
    tmp_path: Path, seconds: float, ends: bool
) -> None:
    program = f"import time; time.sleep({seconds})"
    trouble = await send(fake(program, "{file}"), tmp_path / "a.pdf", longest=2.0)
    assert (trouble is None) is ends


def test_twenty_seconds_is_the_longest() -> None:
    assert LONGEST == 20.0
