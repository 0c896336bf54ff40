"""To the printer: the site's own command with the file, no shell, and never waited for for long."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath

import msgspec

from dispatcher_tui.domain.words.text import clean_text

FILE = "{file}"
"""The argument of ``[print] command`` that the file's path takes the place of."""

LONGEST = 20.0
"""Seconds after which a command that still runs is ended: the paper is in its file."""

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_MOST_SAID = 2000
"""Bytes of what a command said of its failure that are read."""


class NotSent(msgspec.Struct, frozen=True):
    """A command that printed nothing: the system's ``reason``, or the ``code`` it ended with.

    Neither where it did not end.
    """

    program: str
    reason: str = ""
    code: int | None = None


def arguments(command: Sequence[str], file: Path) -> list[str]:
    """The command with the file's path for the argument that stands for it; no other is touched."""
    return [str(file) if part == FILE else part for part in command]


def _said(output: tempfile.SpooledTemporaryFile[bytes]) -> str:
    """The last line of what it said of its failure."""
    output.seek(0)
    lines = output.read(_MOST_SAID).decode("utf-8", "replace").strip().splitlines()
    return clean_text("".join(lines[-1:]), multiline=False).text.strip()


def _end(process: asyncio.subprocess.Process) -> None:
    """End it, and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):  # It has just ended by itself.
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


async def send(command: Sequence[str], file: Path, longest: float = LONGEST) -> NotSent | None:
    """Hand a file to the printer; None where the command took it.

    Args:
        command: ``[print] command`` of the site's settings.
        file: what is to be printed, as a whole path.
        longest: seconds it may take.
    """
    program = PurePath(command[0]).name
    # A file takes what it says: a pipe would be held open by whatever it leaves running.
    with tempfile.SpooledTemporaryFile() as output:
        output.rollover()
        try:
            process = await asyncio.create_subprocess_exec(
                *arguments(command, file),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=output,
                start_new_session=True,
                creationflags=_NO_WINDOW,
            )
        except (OSError, ValueError) as error:
            return NotSent(program, reason=getattr(error, "strerror", None) or str(error))
        try:
            code = await asyncio.wait_for(process.wait(), longest)
        except TimeoutError:
            _end(process)
            return NotSent(program)
        return NotSent(program, reason=_said(output), code=code) if code else None
