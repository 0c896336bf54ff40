"""Where a site and its database are: as named, as in the environment, or this user's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

DATABASE = "desk.sqlite3"
"""What the database is called within a site's folder."""


class Paths(NamedTuple):
    """Where a site is, where its database is, and whether either was named by anybody."""

    site: Path
    db: Path
    named: bool = True


def find_paths(site: str | None, db: str | None, env: Mapping[str, str]) -> Paths:
    """The paths meant: as named, else as in the environment, else this user's own.

    Raises:
        ValueError: a name that no file can have.
    """
    folder = site or env.get("DISPATCHER_SITE", "")
    file = db or env.get("DISPATCHER_DB", "")
    if "\0" in folder + file:
        raise ValueError("a path cannot hold NUL")
    if folder:
        place = Path(folder).expanduser()
    else:
        from dispatcher_tui.site.shipped import default_dir

        place = default_dir()
    database = Path(file).expanduser() if file else place / DATABASE
    return Paths(place.absolute(), database.absolute(), bool(folder or file))
