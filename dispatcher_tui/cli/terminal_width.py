"""How many cells the terminal gives to characters that terminals disagree about: it is asked.

One such character is written and the cursor's place is looked up behind it; then the line is blank
again. Where no answer comes, nothing is known, and nothing is waited for longer than ``PATIENCE``.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress

SAMPLE = chr(0x2026)
"""The three dots of one character, as ambiguous as any."""

ASK = "\x1b[6n"
BLANK = "\r\x1b[K"
PATIENCE = 1.0
"""Seconds for an answer, over a slow line too."""

ENOUGH = 4096
"""Bytes after which what comes is somebody's typing, and no answer."""

_ANSWER = re.compile(rb"\x1b\[\d{1,5};(\d{1,5})R")


def ambiguous_cells(term: str) -> int | None:
    """1 or 2, on the terminal of stdin and stdout; None where it does not say.

    ``term`` is what the terminal is called: one without a cursor to ask for is not asked.
    """
    if sys.platform == "win32":
        return _cells_behind(_windows_column)
    if term in ("", "dumb"):
        return None
    return _cells_behind(_posix_column)


def _cells_behind(column: Callable[[], int | None]) -> int | None:
    """What ``column`` says (from 0) behind a sample at the line's beginning; None for nonsense."""
    try:
        found = column()
    except (OSError, ValueError, UnicodeEncodeError):
        return None
    return found if found in (1, 2) else None


def answered_column(read: Callable[[float], bytes], patience: float = PATIENCE) -> int | None:
    """The cursor's column, from 0, that the bytes of ``read`` tell of; None if they never do.

    ``read`` is given the seconds that are left, and gives nothing where nothing came.
    """
    end, found = time.monotonic() + patience, b""
    while (left := end - time.monotonic()) > 0 and len(found) < ENOUGH:
        found += read(left)
        match = _ANSWER.search(found)
        if match is not None:
            return int(match[1]) - 1
    return None


if sys.platform == "win32":

    def _windows_column() -> int | None:
        """The console knows where its cursor is; no answer has to be read from the keys."""
        import ctypes
        from ctypes import wintypes

        class _Info(ctypes.Structure):
            _fields_ = (
                ("size", wintypes._COORD),
                ("cursor", wintypes._COORD),
                ("attributes", wintypes.WORD),
                ("window", wintypes.SMALL_RECT),
                ("largest", wintypes._COORD),
            )

        console = ctypes.windll.kernel32
        out, info = console.GetStdHandle(-11), _Info()
        sys.stdout.write(f"\r{SAMPLE}")
        sys.stdout.flush()
        known = console.GetConsoleScreenBufferInfo(out, ctypes.byref(info))
        sys.stdout.write("\r  \r")
        sys.stdout.flush()
        return int(info.cursor.X) if known else None

else:

    def _posix_column() -> int | None:
        import select
        import termios

        keys = sys.stdin.fileno()
        if os.tcgetpgrp(keys) != os.getpgrp():
            return None  # in the background a question would stop the program

        def read(seconds: float) -> bytes:
            ready, _, _ = select.select([keys], [], [], seconds)
            return os.read(keys, 1024) if ready else b""

        kept = termios.tcgetattr(keys)
        plain = termios.tcgetattr(keys)
        plain[3] &= ~(termios.ICANON | termios.ECHO)
        try:
            termios.tcsetattr(keys, termios.TCSADRAIN, plain)
            sys.stdout.write(f"\r{SAMPLE}{ASK}")
            sys.stdout.flush()
            return answered_column(read)
        finally:
            with suppress(OSError, ValueError):
                sys.stdout.write(BLANK)
                sys.stdout.flush()
            # What came too late must not stand in the shell's next line.
            termios.tcsetattr(keys, termios.TCSAFLUSH, kept)
