"""The sound of the desk: what makes it, and what the record says of it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.duties.alarm import Tone, silence_end
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.store.tx import Tx

LONGEST = 60
"""Looks, one a second, after which a command that still runs is ended: the next must be heard."""

_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def silence(desk: Desk, minutes: float = 10) -> datetime:
    """Silence ordinary alarms; until when (UTC), at most ten minutes ahead.

    Where they are silent already it stays at that, and nothing is written.
    """

    def job(tx: Tx) -> datetime:
        now, before = desk.clock.now(), tx.post().silenced_until
        until = silence_end(now, minutes, before)
        if until != before:
            desk.note_in(tx, ev.SoundSilenced(until=until))
        return until

    return desk.store.transact(job)


def sound_tested(desk: Desk, heard: bool) -> None:
    """Write down that the alarm was sounded as a test, and whether it was heard."""
    desk.store.transact(lambda tx: desk.note_in(tx, ev.SoundTested(heard=heard)))


class Trouble(msgspec.Struct, frozen=True):
    """A command that does not sound: the system's ``reason``, or the ``code`` it ended with.

    Neither where it does not end.
    """

    program: str
    reason: str = ""
    code: int | None = None


def arguments(command: str) -> list[str]:
    """A command of ``site.toml`` as program and arguments, by the rules of the system's shell.

    Raises:
        ValueError: a quote is not closed.
    """
    if os.name != "nt":
        return shlex.split(command)
    return [part.strip('"') for part in shlex.split(command, posix=False)]


class Player(Protocol):
    """What makes the desk heard."""

    def play(self, tone: Tone) -> bool:
        """Begin to sound; False where something graver still does, and it is to be tried again."""
        ...

    def look(self) -> None:
        """Once a second: what became of what was begun."""
        ...

    def begin_test(self) -> None:
        """Silence, and every fault is told anew."""
        ...


class _Running(msgspec.Struct):
    process: subprocess.Popen[bytes]
    command: str
    tone: Tone
    looks: int = 0


class CommandPlayer:
    """The commands of ``site.toml``, one at a time and never waited for; else the bell.

    Args:
        commands: the commands for a tone, best first; none where the bell is meant.
        bell: rings the terminal's bell.
        complain: told once of a command that does not work, until it has worked again.
    """

    def __init__(
        self,
        commands: Callable[[Tone], tuple[str, ...]],
        bell: Callable[[Tone], None],
        complain: Callable[[Trouble], None],
    ) -> None:
        self._commands = commands
        self._bell = bell
        self._complain = complain
        self._running: _Running | None = None
        self._ended: list[subprocess.Popen[bytes]] = []
        self._told: set[str] = set()

    def play(self, tone: Tone) -> bool:
        """Begin to sound; a graver tone ends a lighter one that still does."""
        self._settle()
        running = self._running
        if running is not None:
            if tone.weight <= running.tone.weight:
                return tone is running.tone
            self._end(running)
        if not any(self._begin(command, tone) for command in self._commands(tone)):
            self._bell(tone)
        return True

    def look(self) -> None:
        """See whether the command has ended, and how; one that does not end is ended."""
        self._settle()
        running = self._running
        if running is not None:
            running.looks += 1
            if running.looks >= LONGEST:
                self._end(running)
                self._failed(running.command, Trouble(_program(running.command)))
                self._bell(running.tone)

    def begin_test(self) -> None:
        """What sounds is ended, so that each kind is heard; what does not work is told again."""
        self._settle()
        if self._running is not None:
            self._end(self._running)
        self._told.clear()

    def _begin(self, command: str, tone: Tone) -> bool:
        if not command.strip():
            return False
        try:
            process = subprocess.Popen(  # noqa: S603 - the site's own command, without a shell
                [*arguments(command), tone.value],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=_NO_WINDOW,
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._failed(command, Trouble(_program(command), reason=reason))
            return False
        self._running = _Running(process, command, tone)
        return True

    def _settle(self) -> None:
        """Take notice of a command that has ended; the bell rings for one that failed."""
        self._ended = [process for process in self._ended if process.poll() is None]
        running = self._running
        code = running.process.poll() if running is not None else None
        if running is None or code is None:
            return
        self._running = None
        if code == 0:
            self._told.discard(running.command)
            return
        self._failed(running.command, Trouble(_program(running.command), code=code))
        self._bell(running.tone)

    def _end(self, running: _Running) -> None:
        self._running = None
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError, PermissionError):  # It has just ended by itself.
                os.killpg(running.process.pid, signal.SIGKILL)
        else:
            running.process.kill()
        self._ended.append(running.process)

    def _failed(self, command: str, trouble: Trouble) -> None:
        if command not in self._told:
            self._told.add(command)
            self._complain(trouble)


def _program(command: str) -> str:
    """What a command begins with, as it is told to people."""
    try:
        return arguments(command)[0]
    except (ValueError, IndexError):
        return command
