"""A wall clock that is set under a running program; the machine's own is never touched."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/local/lib")


def library() -> Path | None:
    """libfaketime's library: the one of the Python package, else the system's."""
    if sys.platform != "linux":
        return None
    spec = find_spec("libfaketime")
    folders = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    found = [path for folder in folders for path in folder.rglob("libfaketime.so.1")]
    for place in _SYSTEM:
        found += Path(place).glob("*/faketime/libfaketime.so.1")
        found += Path(place).glob("faketime/libfaketime.so.1")
    return next(iter(found), None)


def why_not() -> str:
    """Why no clock can be set here; empty where one can."""
    return "" if library() else "there is no libfaketime here"


class Wall:
    """The wall clock that programs see which are started with ``environment``."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "wall-clock"
        self.set("+0")

    def set(self, offset: str) -> None:
        """Set it by so much against the machine's: ``+2h``, ``-2h``, ``+45d``."""
        made = self._file.with_name("wall-clock.new")
        made.write_text(f"{offset}\n", encoding="ascii")
        made.replace(self._file)

    @property
    def environment(self) -> dict[str, str]:
        """What makes a program see it. Monotonic clocks go on as they are."""
        return {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
