"""A small disk that can be filled up; only where the machine lets one be mounted."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatcher_tui.store.ballast import free_bytes

_CHUNK = 256 * 1024


class NoDisk(Exception):
    """No disk can be mounted here, and why."""


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk in memory of so much room (``64m``) at ``folder``, gone again afterwards.

    Raises:
        NoDisk: the system or the account does not allow it.
    """
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise NoDisk("mounting a small disk needs root on Linux")
    folder.mkdir(parents=True)
    options = ["-t", "tmpfs", "-o", f"size={size}", "small-disk", str(folder)]
    made = subprocess.run(["mount", *options], capture_output=True, text=True)
    if made.returncode:
        raise NoDisk(made.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path: Path) -> None:
    """Write a file until nothing more fits on its disk."""
    with path.open("ab", buffering=0) as file:
        size = _CHUNK
        while size:
            try:
                if not file.write(bytes(size)):
                    size //= 2
            except OSError:
                size //= 2
    assert free_bytes(path) < os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else True
