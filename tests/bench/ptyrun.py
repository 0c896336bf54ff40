"""Run a program on a pseudo-terminal and time what it writes. POSIX only.

While a measurement runs nothing but `read` is done: the terminal emulator (pyte) is slow and
would stall the program through the full pipe. Every chunk is kept with its moment and replayed
through the emulator afterwards, to find out which chunk brought the awaited picture.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyte

if sys.platform != "win32":
    import fcntl
    import pty
    import struct
    import termios

QUIET = 0.030
"""Seconds without output after which a reaction counts as finished."""

LEAVE_WITHIN = 10.0
"""Seconds a program has to end in order."""

_PROBE_AGAIN = 0.2
"""Seconds after which a probe key that brought nothing is taken for lost."""

Seen = Callable[[pyte.Screen], bool]
State = Callable[[pyte.Screen], object]


class Chunk(NamedTuple):
    """What one `read` brought: the moment on the monotonic clock and the bytes."""

    at: float
    data: bytes


class Reaction(NamedTuple):
    """One key: seconds to the first byte and to the awaited picture (`None`: never), bytes."""

    first: float | None
    shown: float | None
    size: int


class Idle(NamedTuple):
    """A stretch in which nobody pressed a key: its length, bytes written, CPU used."""

    seconds: float
    size: int
    cpu: float


def require_posix() -> None:
    """Say so where there is no pseudo-terminal, rather than fail in an import."""
    if sys.platform == "win32":
        raise SystemExit("The speed harness needs a pseudo-terminal: run it on Linux (or WSL).")


class PtyRun:
    """A program on a pseudo-terminal of `cols` × `rows`; use it as a context."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cols: int = 120,
        rows: int = 43,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        leave: bytes = b"",
    ) -> None:
        """Start it; ``leave`` are the keys with which it is left at the end, none to kill it."""
        require_posix()
        self._leave = leave
        self.screen = pyte.Screen(cols, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))
        size = {"COLUMNS": str(cols), "LINES": str(rows)}
        self.spawned = time.monotonic()
        self._process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", **(env or {}), **size},
            cwd=cwd,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> PtyRun:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        left = kind is not None or self._left()
        self._process.kill()
        self._process.wait()
        os.close(self._master)
        if not left:
            raise TimeoutError(f"{self._leave!r} did not end the program:\n{self.text()}")

    def _left(self) -> bool:
        """Whether the program has ended by its own keys, where it has such."""
        if not self._leave or self._process.poll() is not None:
            return True
        self.press(self._leave)
        end = time.monotonic() + LEAVE_WITHIN
        while self._process.poll() is None and time.monotonic() < end:
            self.replay(self.collect(0.05))
        return self._process.poll() is not None

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    def press(self, keys: bytes) -> float:
        """Write keys as a terminal would; the moment at which they were written."""
        at = time.monotonic()
        os.write(self._master, keys)
        return at

    def _read(self, timeout: float) -> Chunk | None:
        """The next bytes within `timeout` seconds; `None` for silence or a program that left."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, timeout))
        if not ready:
            return None
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: the program has closed its side
            return None
        return Chunk(time.monotonic(), data) if data else None

    def collect(self, seconds: float, quiet: float | None = None) -> list[Chunk]:
        """All output of `seconds`, or until `quiet` seconds of silence after the first byte."""
        chunks: list[Chunk] = []
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            chunk = self._read(min(left, quiet) if quiet and chunks else left)
            if chunk is not None:
                chunks.append(chunk)
            elif (quiet and chunks) or self._process.poll() is not None:
                break
        return chunks

    def replay(self, chunks: Sequence[Chunk], seen: Seen | None = None) -> float | None:
        """Feed the emulator; the moment of the chunk that made `seen` true, `None` if none did."""
        found: float | None = None
        for chunk in chunks:
            self._stream.feed(chunk.data)
            if found is None and seen is not None and seen(self.screen):
                found = chunk.at
        return found

    def wait_for(self, text: str, timeout: float = 20.0) -> float:
        """Wait until `text` is on the screen; the moment. Raises TimeoutError with the screen.

        Searches the raw bytes for the cue to stop reading and the emulator for the truth.
        """
        end = time.monotonic() + timeout
        cue, raw, pending = text.encode(), b"", list[Chunk]()
        while (left := end - time.monotonic()) > 0:
            chunk = self._read(min(left, 0.25))
            if chunk is not None:
                pending.append(chunk)
                raw = raw[-len(cue) :] + chunk.data
            if pending and (chunk is None or cue in raw):
                at = self.replay(pending, lambda screen: text in self.text(screen))
                pending.clear()
                if at is not None:
                    return at
            if chunk is None and self._process.poll() is not None:
                break
        raise TimeoutError(f"{text!r} did not come:\n{self.text()}")

    def text(self, screen: pyte.Screen | None = None) -> str:
        """What stands on the screen, line by line."""
        return "\n".join((screen or self.screen).display)

    def settle(self, quiet: float = 0.25, timeout: float = 5.0) -> None:
        """Let the program finish what it is drawing."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            chunks = self.collect(quiet)
            self.replay(chunks)
            if not chunks:
                return

    def react(self, keys: bytes, seen: Seen, timeout: float = 5.0) -> Reaction:
        """Press and time the reaction: first byte, and the picture `seen` waits for."""
        at = self.press(keys)
        chunks: list[Chunk] = []
        shown: float | None = None
        while shown is None and (left := at + timeout - time.monotonic()) > 0:
            more = self.collect(left, quiet=QUIET)
            chunks += more
            shown = self.replay(more, seen)
            if not more and self._process.poll() is not None:
                break
        return Reaction(
            first=chunks[0].at - at if chunks else None,
            shown=None if shown is None else shown - at,
            size=sum(len(chunk.data) for chunk in chunks),
        )

    def whole(self, keys: bytes, seen: Seen, quiet: float, timeout: float = 5.0) -> float | None:
        """Press; seconds to the last byte before so long a silence, once `seen` is true.

        None where it never became true.
        """
        at = self.press(keys)
        last: float | None = None
        while (left := at + timeout - time.monotonic()) > 0:
            chunks = self.collect(left, quiet=quiet)
            self.replay(chunks)
            last = chunks[-1].at - at if chunks else last
            if seen(self.screen):
                return last
            if not chunks and self._process.poll() is not None:
                break
        return None

    def start(self, text: str, probe: bytes, state: State, timeout: float = 30.0) -> float:
        """Seconds from spawning until `text` is shown and the `probe` key has been answered.

        Answered is the first picture whose `state` (where the cursor stands; `None` while there
        is none) differs from the one before the key; a key that was lost is pressed again. `text`
        is looked for in the raw bytes, so it must be drawn in one run of one style: the emulator,
        being slow, is fed only after the answer has been read.
        """
        end = self.spawned + timeout
        before, raw = list[Chunk](), b""
        while text.encode() not in raw:
            chunk = self._read(end - time.monotonic())
            if chunk is None:
                self.replay(before)
                raise TimeoutError(f"{text!r} did not come:\n{self.text()}")
            before.append(chunk)
            raw += chunk.data
        old: object = None
        while time.monotonic() < end:
            self.press(probe)
            chunks = self.collect(_PROBE_AGAIN, quiet=QUIET)
            self.replay(before)
            before.clear()
            for place, one in enumerate(chunks, 1):
                old = state(self.screen) if old is None else old
                self.replay([one])
                if old is not None and state(self.screen) not in (None, old):
                    self.replay(chunks[place:])  # a second probe's answer may be among them
                    return one.at - self.spawned
        raise TimeoutError(f"no answer to {probe!r}:\n{self.text()}")

    def idle(self, seconds: float) -> Idle:
        """Leave the program alone and measure what it does all the same."""
        before, start = self.cpu(), time.monotonic()
        chunks = self.collect(seconds)
        spent, length = self.cpu() - before, time.monotonic() - start
        self.replay(chunks)
        return Idle(length, sum(len(chunk.data) for chunk in chunks), spent)

    def cpu(self) -> float:
        """CPU seconds, user and system, all threads, nanosecond clock where the kernel has it."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        return total / 1e9

    def memory(self) -> int:
        """Proportional set size in bytes: shared pages divided among their users."""
        rollup = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii")
        for line in rollup.splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
        raise LookupError("no Pss in smaps_rollup")
