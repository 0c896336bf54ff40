"""Where the files are that the program brings along, and where a site is kept by default."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_COMPANION = re.compile(r"^companion *= *true", re.MULTILINE)


@cache
def data_dir() -> Path:
    """The folder of shipped data: inside the installed package, else beside the source."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent / "data"


@cache
def procedure_ids() -> tuple[str, ...]:
    """The ids of the shipped procedures that a desk can work by; a companion is none of them."""
    files = sorted((data_dir() / "procedures").glob("*.toml"))
    return tuple(f.stem for f in files if not _COMPANION.search(f.read_text("utf-8")))


def default_dir() -> Path:
    """The folder of this user's site where none was named; it need not exist."""
    from platformdirs import user_data_path  # most starts name their folder

    return user_data_path("dispatcher-tui", appauthor=False) / "site"
