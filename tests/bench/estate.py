"""Everything the harness asks of the program's inside: an estate to work on, and two loops.

The rest of the harness sees the program from outside only.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, NoReturn


class Estate(NamedTuple):
    """A site and a database made for measuring.

    `ready` is a text that the first whole screen shows in one run of one style (the number of
    a case far down the first page); `words` are search words: common, rare, absent.
    """

    db: Path
    site: Path
    open_cases: int
    closed_cases: int
    ready: str
    words: tuple[str, str, str]


def _missing(what: str) -> NoReturn:
    raise SystemExit(f"{what}: the harness is not joined to the store yet (tests/bench/estate.py)")


def make(path: Path, open_cases: int, closed_cases: int) -> Estate:
    """An estate under the folder `path`; fast enough for a million closed cases."""
    _missing(f"an estate of {open_cases} open and {closed_cases} closed cases in {path}")


def commit_times(estate: Estate, count: int) -> list[float]:
    """Seconds of each of `count` intake commits: case, entry, hash, duties, search index."""
    _missing(f"{count} intake commits in {estate.db}")


def search_times(estate: Estate, word: str, count: int) -> list[float]:
    """Seconds of each of `count` searches for `word`, newest 50 cases, rows built."""
    _missing(f"{count} searches for {word} in {estate.db}")


def raw_query(estate: Estate, word: str) -> tuple[str, list[str]]:
    """The bare FTS5 statement and parameters that answer a search for `word`, rowids only."""
    _missing(f"the bare query for {word} in {estate.db}")
