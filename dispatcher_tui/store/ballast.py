"""Room kept for the moment the disk is full.

A file that holds nothing stands beside the database. When there is no room left it is given up,
so that what is being typed can still be saved and the operator be warned in time.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dispatcher_tui import private

BALLAST_BYTES = 16 * 1024 * 1024
"""Size of the file that is given up."""

_KEEP_FREE = 3
_CHUNK = 1024 * 1024


def free_bytes(path: Path) -> int:
    """Room left on the disk that holds ``path``, which need not exist."""
    folder = path if path.is_dir() else path.absolute().parent
    return shutil.disk_usage(folder).free


class Ballast:
    """The file beside one database."""

    def __init__(self, database: Path, size: int = BALLAST_BYTES) -> None:
        self.path = database.with_name(database.name + ".ballast")
        self.size = size

    def fill(self) -> bool:
        """Make the file where it is missing and there is ample room; True if it stands.

        A disk that refuses is no reason to refuse the desk: the answer is then False.
        """
        try:
            if self.size and self.path.stat().st_size >= self.size:
                return True
        except FileNotFoundError:
            pass  # It was given up, or the desk is new.
        except OSError:
            return False
        if not self.size:
            return False
        try:
            if free_bytes(self.path) < self.size * _KEEP_FREE:
                return False
            self._write()
        except OSError:
            self.release()
            return False
        return True

    def _write(self) -> None:
        with private.opened(self.path, "wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, self.size)
                return
            block = os.urandom(_CHUNK)  # Zeros might be stored as a hole and reserve nothing.
            left = self.size
            while left > 0:
                left -= file.write(block[:left])

    def release(self) -> bool:
        """Give the room up; True if there was any."""
        try:
            self.path.unlink()
        except OSError:  # There is none, or the disk refuses that as well.
            return False
        return True

    def release_if_tight(self) -> bool:
        """Give the room up where the disk has less left than that; True if there was any."""
        try:
            tight = free_bytes(self.path) < self.size
        except OSError:
            return False
        return tight and self.release()
