"""Reading a file that somebody else may have put there: a plain one of a sensible size, or none.

A pipe of that name keeps its reader waiting for ever, a device gives bytes without end, and a
folder none: each is refused at once, and nothing of it is read.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""A pipe that nobody writes to is opened all the same; to a plain file it is nothing."""
_BYTES = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class NotPlainError(OSError):
    """It is a folder, a pipe, a device or the like."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "not a plain file", str(path))


class TooLargeError(OSError):
    """It is larger than what was asked for can be."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EFBIG, "too large", str(path))


def is_there(path: Path) -> bool:
    """Whether something bears the name, were it a link that leads to nothing or to itself."""
    return os.path.lexists(path)


def is_plain(path: Path) -> bool:
    """Whether a name leads to a plain file, or to nothing at all."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def opened(path: Path) -> BinaryIO:
    """A plain file opened for reading bytes; never waits.

    Raises:
        NotPlainError: it is no plain file.
        OSError: it is missing, or may not be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # A device may do something when it is opened.
        raise NotPlainError(path)
    fd = os.open(path, os.O_RDONLY | _AT_ONCE | _BYTES)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise NotPlainError(path)
        return os.fdopen(fd, "rb")
    except BaseException:
        os.close(fd)
        raise


def read(path: Path, most: int) -> bytes:
    """All of a plain file of at most so many bytes.

    Raises:
        NotPlainError, TooLargeError: it is another thing than was asked for.
        OSError: it is missing, or may not be read.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise TooLargeError(path)
        raw = file.read(most + 1)
    if len(raw) > most:
        raise TooLargeError(path)
    return raw
