"""Where the files are that the program brings along, and where a site is kept by default."""

from __future__ import annotations

from pathlib import Path


def data_dir() -> Path:
    """The folder of shipped data: inside the installed package, else beside the source."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent / "data"


def default_dir() -> Path:
    """The folder of this user's site where none was named; it need not exist."""
    from platformdirs import user_data_path  # most starts name their folder

    return user_data_path("dispatcher-tui", appauthor=False) / "site"
