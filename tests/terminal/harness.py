"""The one harness of pseudo-terminals: a program on a terminal of its own, keys in, bytes out.

Nothing but ``read`` is done while output is awaited: the emulator (pyte) is slow and would stall
the program through the full pipe. Every chunk is kept with its moment and goes through the
emulator when somebody asks what stands on the screen. POSIX only.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import pyte

if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

F1, F2, F3, F4, F5, F6 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~"
F7, F8, F9, F10, F12 = "\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~", "\x1b[24~"
ENTER, ESCAPE, DOWN, CTRL_Q = "\r", "\x1b", "\x1b[B", "\x11"


def why_not() -> str:
    """Why there is no pseudo-terminal here; empty where there is one."""
    return "there are no pseudo-terminals" if sys.platform == "win32" else ""


def _take_terminal() -> None:
    """In the child: lead a session that owns the terminal on stdin, so that it can hang up."""
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Chunk(NamedTuple):
    """What one ``read`` brought: the moment on the monotonic clock and the bytes."""

    at: float
    data: bytes


class Terminal:
    """A program on a terminal; use it as a context, which kills it."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path | None = None,
        columns: int = 100,
        rows: int = 30,
        owned: bool = True,
    ) -> None:
        """Start it; ``owned``: the terminal is its controlling one, and hangs up on it."""
        self._emulator = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._emulator)
        self._unfed: deque[Chunk] = deque()
        self.seen = bytearray()
        """Everything that was written so far."""
        master, slave = pty.openpty()
        self._master: int | None = master
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        # A size left over in the environment would speak louder than the terminal's own.
        kept = {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}
        lead: dict[str, Any] = (
            {"preexec_fn": _take_terminal} if owned else {"start_new_session": True}
        )
        self.spawned = time.monotonic()
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**kept, "TERM": "xterm-256color"},
            cwd=cwd,
            **lead,
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

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self.process.pid

    def press(self, *keys: str | bytes) -> float:
        """Type, each key by itself; the moment before the first was written."""
        at = time.monotonic()
        if self._master is not None:
            for key in keys:
                os.write(self._master, key.encode() if isinstance(key, str) else key)
        return at

    def read_chunk(self, seconds: float) -> Chunk | None:
        """What comes within so many seconds; None for silence, or when the program has left."""
        if self._master is None:
            return None
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        try:
            data = os.read(self._master, 65536) if ready else b""
        except OSError:  # EIO: the program has closed its side
            return None
        if not data:
            return None
        chunk = Chunk(time.monotonic(), data)
        self.seen += data
        self._unfed.append(chunk)
        return chunk

    def read(self, seconds: float) -> bytes:
        """The bytes that come within so many seconds; empty where none do."""
        chunk = self.read_chunk(seconds)
        return chunk.data if chunk else b""

    def read_for(self, seconds: float) -> None:
        """Read so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.read(left)

    def fed(self) -> Iterator[tuple[float, pyte.Screen]]:
        """Feed the emulator what was read, chunk by chunk: the moment of each, and its picture."""
        while self._unfed:
            chunk = self._unfed.popleft()
            self._stream.feed(chunk.data)
            yield chunk.at, self._emulator

    @property
    def screen(self) -> pyte.Screen:
        """The emulator's screen with all that was read so far."""
        for _chunk in self.fed():
            pass
        return self._emulator

    def text(self) -> str:
        """What stands on the screen now."""
        screen = self.screen
        # Not `display`: between two reads half of a wide character may stand there alone.
        lines, cells = screen.buffer, range(screen.columns)
        return "\n".join(
            "".join(lines[row][cell].data for cell in cells) for row in range(screen.lines)
        )

    def cursor_line(self) -> str:
        """The line that the terminal's own cursor stands on, once all is drawn."""
        self.settle()
        return self.text().splitlines()[self.cursor[1]]

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's own cursor, both from 0."""
        return self.screen.cursor.x, self.screen.cursor.y

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

    def settle(self, quiet: float = 0.1, seconds: float = 5.0) -> None:
        """Let it finish what it is drawing: read until so long nothing comes."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(quiet):
            pass

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
