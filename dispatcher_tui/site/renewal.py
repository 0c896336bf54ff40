"""A site's copies of shipped files: renewed where they are as shipped, compared where edited.

``init`` copies procedures, cards, classes and the emergency layer into the site, where they may be
edited. A copy that nobody edited is an older version of ours and gives way to today's; an edited
one is the site's own, and what it says otherwise is told line by line until it is settled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from dispatcher_tui.site.layer import LAYER
from dispatcher_tui.site.load import (
    CARDS,
    CATEGORIES,
    PROCEDURES,
    SiteData,
    Source,
    load,
    source_of,
)
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.text import read_text

VERSIONS = "versions.json"
"""Beside the shipped files: the SHA-256 of every version of each that was ever shipped."""

_HALF = ".new"


class Edited(msgspec.Struct, frozen=True):
    """A file that the site edited: ``ours`` is what it says there, ``shipped`` what we ship."""

    name: str
    ours: Source
    shipped: Source

    @property
    def subject(self) -> str:
        """What is settled about it: this very text of the site against this very one of ours."""
        return f"edited:{self.name}:{self.ours.sha256[:16]}:{self.shipped.sha256[:16]}"


class Renewal(msgspec.Struct, frozen=True):
    """What became of a site's copies; ``stuck`` could not be written and stay as they are."""

    renewed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the folder is another than it was."""
        return bool(self.renewed or self.added)


def shipped_files() -> Iterator[str]:
    """The shipped files that a site has copies of, by their names."""
    for part in (PROCEDURES, CARDS):
        for path in sorted((data_dir() / part).glob("*.toml")):
            yield f"{part}/{path.name}"
    yield from (CATEGORIES, LAYER)


def versions() -> dict[str, tuple[str, ...]]:
    """The hashes of every version ever shipped, by the file's name."""
    raw = (data_dir() / VERSIONS).read_bytes()
    return msgspec.json.decode(raw, type=dict[str, tuple[str, ...]])


def sha256_of(text: str) -> str:
    """The hash a version goes by: over the text with line feeds, as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def _shipped(name: str) -> Source:
    return source_of(name, read_text(data_dir() / name, name))


def _put(path: Path, text: str) -> bool:
    """Write a file whole or not at all; whether it could be written."""
    half = path.with_name(path.name + _HALF)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        return False
    return True


def _known(sources: Mapping[str, Source]) -> Iterator[tuple[str, Source, Source, bool]]:
    """The site's copies that are not today's version, each beside it, and whether it was shipped
    once as it is."""
    known = versions()
    for name in shipped_files():
        ours = sources.get(name)
        shipped = _shipped(name)
        if ours is not None and ours.sha256 != shipped.sha256:
            yield name, ours, shipped, ours.sha256 in known.get(name, ())


def renew(folder: Path, sources: Mapping[str, Source]) -> Renewal:
    """Bring a site's unedited copies up to date, and add the cards of kinds it does not know.

    Args:
        folder: the site's.
        sources: its texts as they were read, by name.
    """
    renewed: list[str] = []
    added: list[str] = []
    stuck: list[str] = []
    for name, _ours, shipped, once in _known(sources):
        if once:
            (renewed if _put(folder / name, shipped.text) else stuck).append(name)
    for name in shipped_files():
        if name.startswith(f"{CARDS}/") and name not in sources and (folder / CARDS).is_dir():
            (added if _put(folder / name, _shipped(name).text) else stuck).append(name)
    return Renewal(tuple(renewed), tuple(added), tuple(stuck))


def edited(sources: Mapping[str, Source]) -> tuple[Edited, ...]:
    """The files that the site edited, each beside the shipped one."""
    return tuple(
        Edited(name, ours, shipped) for name, ours, shipped, once in _known(sources) if not once
    )


def unsettled(found: Iterable[Edited], settled: Iterable[str]) -> tuple[Edited, ...]:
    """Those that the head has not settled; ``settled`` are the subjects that were signed for."""
    known = frozenset(settled)
    return tuple(each for each in found if each.subject not in known)


def take_shipped(folder: Path, found: Edited) -> bool:
    """Put the shipped version in place of an edited one; the edited text stays beside it.

    Whether both could be written; the site's own text is never lost.

    Raises:
        SiteError: the shipped file cannot be read.
    """
    path = folder / found.name
    kept = path.with_name(f"{path.name}.{found.ours.sha256[:8]}.old")
    return _put(kept, found.ours.text) and _put(path, found.shipped.text)


def _copies(folder: Path) -> dict[str, Source]:
    """The site's copies as they are now; one that cannot be read is left out."""
    found = {}
    for name in shipped_files():
        path = folder / name
        with suppress(SiteError):
            if path.is_file():
                found[name] = source_of(name, read_text(path, name))
    return found


def load_renewed(folder: Path) -> tuple[SiteData, Renewal]:
    """Read a site's folder, its unedited copies renewed first; what is read later stays lazy.

    Raises:
        SiteError: with every problem of every file that had to be read.
    """
    try:
        data = load(folder, lazy=True)
    except SiteError:
        # What an older version laid out may be what is wrong.
        renewal = renew(folder, _copies(folder))
        return load(folder, lazy=True), renewal
    renewal = renew(folder, data.sources)
    return (load(folder, lazy=True) if renewal.changed else data), renewal
