"""A program on a pseudo-terminal, and how long it takes to answer a key. POSIX only."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyte

from tests.terminal.harness import Chunk, Terminal, why_not

QUIET = 0.030
"""Seconds without output after which a reaction counts as finished."""

LEAVE_WITHIN = 10.0
"""Seconds a program has to end in order."""

_PROBE_AGAIN = 0.2
"""Seconds after which a probe key that brought nothing is taken for lost."""

Seen = Callable[[pyte.Screen], bool]
State = Callable[[pyte.Screen], object]


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
    if why_not():
        raise SystemExit("The speed harness needs a pseudo-terminal: run it on Linux (or WSL).")


class PtyRun(Terminal):
    """A program on a pseudo-terminal of `cols` × `rows`, watched by a clock; use it as a context.

    The terminal is not its controlling one: it is started as cheaply as a program can be.
    """

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
        whole = {**os.environ, **(env or {})}
        super().__init__(command, env=whole, cwd=cwd, columns=cols, rows=rows, owned=False)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        left = kind is not None or self._left()
        super().__exit__(kind, error, trace)
        if not left:
            raise TimeoutError(f"{self._leave!r} did not end the program:\n{self.text()}")

    def _left(self) -> bool:
        """Whether the program has ended by its own keys, where it has such."""
        if not self._leave or self.process.poll() is not None:
            return True
        self.press(self._leave)
        return self.wait(LEAVE_WITHIN) is not None

    def collect(self, seconds: float, quiet: float | None = None) -> list[Chunk]:
        """All output of `seconds`, or until `quiet` seconds of silence after the first byte."""
        chunks: list[Chunk] = []
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            chunk = self.read_chunk(min(left, quiet) if quiet and chunks else left)
            if chunk is not None:
                chunks.append(chunk)
            elif (quiet and chunks) or self.process.poll() is not None:
                break
        return chunks

    def replay(self, seen: Seen | None = None) -> float | None:
        """Feed the emulator what was read; the moment of the chunk that made `seen` true."""
        found: float | None = None
        for at, screen in self.fed():
            if found is None and seen is not None and seen(screen):
                found = at
        return found

    def settle(self, quiet: float = 0.25, seconds: float = 5.0) -> None:
        """Let it finish what it is drawing, and draw it here: what comes next is timed."""
        super().settle(quiet, seconds)
        self.replay()

    def react(self, keys: bytes, seen: Seen, timeout: float = 5.0) -> Reaction:
        """Press and time the reaction: first byte, and the picture `seen` waits for."""
        self.replay()
        at = self.press(keys)
        chunks: list[Chunk] = []
        shown: float | None = None
        while shown is None and (left := at + timeout - time.monotonic()) > 0:
            more = self.collect(left, quiet=QUIET)
            chunks += more
            shown = self.replay(seen)
            if not more and self.process.poll() is not None:
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
        self.replay()
        at = self.press(keys)
        last: float | None = None
        while (left := at + timeout - time.monotonic()) > 0:
            chunks = self.collect(left, quiet=quiet)
            last = chunks[-1].at - at if chunks else last
            if seen(self.screen):
                return last
            if not chunks and self.process.poll() is not None:
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
        while text.encode() not in self.seen:
            if self.read_chunk(end - time.monotonic()) is None:
                raise TimeoutError(f"{text!r} did not come:\n{self.text()}")
        asked, old = time.monotonic(), None
        while time.monotonic() < end:
            self.press(probe)
            self.collect(_PROBE_AGAIN, quiet=QUIET)
            for at, screen in self.fed():
                found = state(screen)
                if at <= asked or old is None:
                    old = found
                elif found not in (None, old):
                    self.replay()  # a second probe's answer may be among them
                    return at - self.spawned
        raise TimeoutError(f"no answer to {probe!r}:\n{self.text()}")

    def idle(self, seconds: float) -> Idle:
        """Leave the program alone and measure what it does all the same."""
        before, start = self.cpu(), time.monotonic()
        chunks = self.collect(seconds)
        spent, length = self.cpu() - before, time.monotonic() - start
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
