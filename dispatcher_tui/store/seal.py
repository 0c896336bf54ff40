"""A copy that proves itself: its digest stands in a line behind the database's last page.

SQLite knows from the header how many pages there are and does not look further, so a sealed copy
still opens with any tool. Whatever changes it afterwards, or cuts it, breaks the seal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from dispatcher_tui import plain_file
from dispatcher_tui.store.errors import Unsound, disk_error

_FORM = b"dispatcher-tui copy sha256 %s size %016d\n"
_SEAL = re.compile(rb"dispatcher-tui copy sha256 ([0-9a-f]{64}) size ([0-9]{16})\n")
_LENGTH = len(_FORM % (b"0" * 64, 0))
_CHUNK = 1 << 20


def sync_file(file: BinaryIO) -> None:
    """Have the disk hold what was written, and forget it, so that it is read back from there."""
    file.flush()
    os.fsync(file.fileno())
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folder(folder: Path) -> None:
    """Have the disk hold a folder's names, where the system knows such a thing."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = file.read(min(_CHUNK, size))
        if not chunk:
            raise Unsound("the copy is cut off")
        size -= len(chunk)
        yield chunk


def seal(path: Path) -> None:
    """Write the seal behind a finished database; durable when it returns.

    Raises:
        DiskFull, DiskProblem: the disk refused.
    """
    try:
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            digest = sha256()
            for chunk in _chunks(file, size):
                digest.update(chunk)
            file.write(_FORM % (digest.hexdigest().encode(), size))
            sync_file(file)
    except OSError as error:
        raise disk_error(error) from error


def unseal(path: Path, into: BinaryIO | None = None) -> None:
    """Prove a sealed copy; with ``into``, write the bare database there as it is read.

    Raises:
        Unsound: there is no seal, or it is broken.
        StoreError: the disk refused.
    """
    try:
        with plain_file.opened(path) as file:
            size = file.seek(0, os.SEEK_END) - _LENGTH
            file.seek(max(size, 0))
            found = _SEAL.fullmatch(file.read())
            if found is None or int(found[2]) != size:
                raise Unsound(f"{path}: no seal")
            file.seek(0)
            digest = sha256()
            for chunk in _chunks(file, size):
                digest.update(chunk)
                if into is not None:
                    into.write(chunk)
            if digest.hexdigest().encode() != found[1]:
                raise Unsound(f"{path}: the seal is broken")
    except OSError as error:
        raise disk_error(error) from error
