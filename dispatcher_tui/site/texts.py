"""The texts of a site's folder by their names, as they are read, adopted and shipped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from dispatcher_tui.plain_file import is_there
from dispatcher_tui.site.layer import LAYER
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text

SITE = "site.toml"
CATEGORIES = "categories.toml"
PROCEDURES = "procedures"
CARDS = "emergency"
HOLIDAYS = "holidays"
ROUNDS = "rounds.toml"
HANDOUTS = "handouts.toml"

MAY_LACK = (ROUNDS, HANDOUTS)
"""Files without which a site does."""

T = TypeVar("T")


class Source(msgspec.Struct, frozen=True):
    """A text as it is adopted into the record: its name, itself, and the hash it goes by."""

    name: str
    text: str
    sha256: str


def source_of(name: str, text: str) -> Source:
    """A text with its SHA-256, in hex, over the UTF-8 bytes."""
    return Source(name, text, hashlib.sha256(text.encode()).hexdigest())


def shipped_text(name: str) -> str:
    """The text that the program brings along under that name.

    Raises:
        SiteError: there is none.
    """
    return read_text(data_dir() / name, name)


@cache
def shipped_sha256(name: str) -> str:
    """What the text of that name goes by that the program brings along: nobody changes it while
    the program runs.

    Raises:
        SiteError: there is none.
    """
    return source_of(name, shipped_text(name)).sha256


def is_shipped(name: str) -> bool:
    """Whether the program brings a text of that name along."""
    return ".." not in name and (data_dir() / name).is_file()


def shipped_names(part: str) -> list[str]:
    """The names of the texts that the program brings along in a folder."""
    return [f"{part}/{path.name}" for path in sorted((data_dir() / part).glob("*.toml"))]


def all_of(sources: Iterable[Source], parse: Callable[[str, str], T]) -> dict[str, T]:
    """Every source parsed, by its name; the problems of all of them are raised together."""
    problems: list[SiteProblem] = []
    parsed: dict[str, T] = {}
    for source in sources:
        try:
            parsed[source.name] = parse(source.text, source.name)
        except SiteError as error:
            problems += error.problems
    if problems:
        raise SiteError(problems)
    return parsed


def _files(folder: Path) -> dict[str, Path]:
    """The files of a site by name. A holiday table it lacks, or the layer, is the shipped one."""
    found = {name: folder / name for name in (SITE, CATEGORIES, LAYER)}
    if not is_there(found[LAYER]):
        found[LAYER] = data_dir() / LAYER
    found.update((name, folder / name) for name in MAY_LACK if is_there(folder / name))
    shipped = data_dir() / HOLIDAYS
    for path in sorted(shipped.glob("[0-9][0-9][0-9][0-9].toml")):
        found[f"{HOLIDAYS}/{path.name}"] = path
    for part in (PROCEDURES, CARDS, HOLIDAYS):
        for path in sorted((folder / part).glob("*.toml")):
            found[f"{part}/{path.name}"] = path
    return found


def read_sources(folder: Path) -> tuple[dict[str, Source], list[SiteProblem]]:
    """The texts of a site by name, and what is wrong with those that cannot be read."""
    sources, problems = dict[str, Source](), list[SiteProblem]()
    for name, path in _files(folder).items():
        try:
            sources[name] = source_of(name, read_text(path, name))
        except SiteError as error:
            problems += error.problems
    return sources, problems
