"""The program on a pseudo-terminal of its own, as its controlling terminal: keys in, bytes out."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

F2, F3, F9, F10, ENTER, ESCAPE = b"\x1bOQ", b"\x1bOR", b"\x1b[20~", b"\x1b[21~", b"\r", b"\x1b"


def why_not() -> str:
    """Why there is no pseudo-terminal here; empty where there is one."""
    return "there are no pseudo-terminals" if sys.platform == "win32" else ""


def _take_terminal() -> None:
    """In the child: lead a session that owns the terminal on stdin, so that it can hang up."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A program on a terminal; use it as a context, which kills it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        columns: int = 100,
        rows: int = 30,
        owned: bool = True,
    ) -> None:
        """Start it; ``owned``: the terminal is its controlling one, and hangs up on it."""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.seen = bytearray()
        self._fed = 0
        master, slave = pty.openpty()
        self._master: int | None = master
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**env, "TERM": "xterm-256color"},
            cwd=cwd,
            preexec_fn=_take_terminal if owned else os.setsid,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.hang_up()

    def press(self, *keys: bytes) -> None:
        """Type, each key by itself."""
        if self._master is not None:
            for key in keys:
                os.write(self._master, key)

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; empty for silence, or when the program has left."""
        if self._master is None:
            return b""
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        try:
            data = os.read(self._master, 65536) if ready else b""
        except OSError:  # EIO: the program has closed its side
            return b""
        self.seen += data
        return data

    def read_for(self, seconds: float) -> None:
        """Read so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def text(self) -> str:
        """What stands on the screen now."""
        self._stream.feed(bytes(self.seen[self._fed :]))
        self._fed = len(self.seen)
        # Not `display`: between two reads half of a wide character may stand there alone.
        lines, cells = self.screen.buffer, range(self.screen.columns)
        return "\n".join(
            "".join(lines[row][cell].data for cell in cells) for row in range(self.screen.lines)
        )

    def wait_until(self, shown: Callable[[str], bool], seconds: float = 20.0) -> str:
        """Read until the screen is as wanted, and give its text.

        Raises:
            TimeoutError: with the screen as it stands.
        """
        end = time.monotonic() + seconds
        text = self.text()
        while not shown(text):
            if time.monotonic() > end or (not self.read(0.2) and self.process.poll() is not None):
                raise TimeoutError(f"exit {self.process.poll()}, screen:\n{text}")
            text = self.text()
        return text

    def wait_for(self, words: str, seconds: float = 20.0) -> str:
        """Read until the words are on the screen."""
        return self.wait_until(lambda text: words in text, seconds)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal, as a window is closed."""
        if self._master is not None:
            os.close(self._master)
            self._master = None

    def wait(self, seconds: float) -> int | None:
        """How the program ended, None where it has not by then; the terminal is read meanwhile."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.02)
            if self._master is None:
                time.sleep(0.02)
        return self.process.poll()
