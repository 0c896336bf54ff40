"""A site's copies of shipped files: renewed where they are as shipped, compared where edited.

``init`` copies procedures, cards, classes and the emergency layer into the site, where they may be
edited. A copy that nobody edited is an older version of ours and gives way to today's; an edited
one is the site's own, and what it says otherwise is told line by line until it is settled.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

import msgspec

from dispatcher_tui import private
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.layer import LAYER
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.recorded import Recorded
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import (
    CARDS,
    CATEGORIES,
    PROCEDURES,
    Source,
    shipped_sha256,
    source_of,
)
from dispatcher_tui.site.toml_text import read_text

VERSIONS = "versions.json"
"""Beside the shipped files: the SHA-256 of every version of each that was ever shipped."""

SUBJECT = "edited:"
"""How the subject of a signature begins that settles an edited file."""

_HALF = ".new"


class EditedFile(msgspec.Struct, frozen=True):
    """A file that the site edited: ``ours`` is what it says there, ``shipped`` what we ship."""

    name: str
    ours: Source
    shipped: Source

    @property
    def subject(self) -> str:
        """What is settled about it: this very text of the site against this very one of ours."""
        return f"{SUBJECT}{self.name}:{self.ours.sha256[:16]}:{self.shipped.sha256[:16]}"

    @property
    def kept_as(self) -> str:
        """The name of the file that keeps the site's text beside the shipped one."""
        return f"{PurePath(self.name).name}.{self.ours.sha256[:8]}.old"


def name_in(subject: str) -> str:
    """The file that a subject is about."""
    return subject.removeprefix(SUBJECT).partition(":")[0]


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


def put_file(path: Path, text: str) -> bool:
    """Write a file whole or not at all; whether it could be written."""
    half = path.with_name(path.name + _HALF)
    try:
        private.make_folder(path.parent)
        private.write_text(half, text)
        half.replace(path)
    except OSError:
        with suppress(OSError):  # Where its folder is none there is nothing to take away.
            half.unlink(missing_ok=True)
        return False
    return True


_REVIEWED = re.compile(r'^(by|on)[ \t]*=[ \t]*"[^"]*"[ \t]*$', re.MULTILINE)
"""The two lines of a card in which the site enters who reviewed it, and when."""


def _but_reviewed(ours: Source, shipped: Source) -> bool:
    """Whether a card is today's, and the site has entered no more than who reviewed it."""
    texts = (_REVIEWED.sub(r"\1", each.text) for each in (ours, shipped))
    return _is_card(ours.name) and len(set(texts)) == 1


def _known(sources: Mapping[str, Source]) -> Iterator[tuple[str, Source, Source, bool]]:
    """The site's copies that are not today's version, each beside it, and whether it was shipped
    once as it is."""
    known = versions()
    for name in shipped_files():
        ours = sources.get(name)
        if ours is None or ours.sha256 == shipped_sha256(name):
            continue
        shipped = _shipped(name)
        if _but_reviewed(ours, shipped):
            continue
        yield name, ours, shipped, ours.sha256 in known.get(name, ())


class Coming(msgspec.Struct, frozen=True):
    """What is to be brought up to date: the shipped texts, by whether a copy is there already.

    ``held`` are not: with the files that the site edited they would leave it without any cards,
    or without rules.
    """

    renewed: tuple[Source, ...] = ()
    added: tuple[Source, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def texts(self) -> dict[str, Source]:
        """All of them, by name."""
        return {each.name: each for each in (*self.renewed, *self.added)}

    def without(self, names: Collection[str]) -> Coming:
        """The same with some of them held."""
        renewed, added = (
            tuple(each for each in texts if each.name not in names)
            for texts in (self.renewed, self.added)
        )
        held = (name for name in self.texts if name in names)
        return Coming(renewed, added, (*self.held, *held))


def coming(folder: Path, sources: Mapping[str, Source]) -> Coming:
    """The texts that ``renew`` would write into a site's folder; nothing is written here.

    A card whose key another one of the site's has is held: two kinds under one key would leave
    the site without any. One that is there and cannot be read is the site's own all the same.
    """
    renewed = tuple(shipped for _name, _ours, shipped, once in _known(sources) if once)
    cards = (name for name in shipped_files() if _is_card(name) and name not in sources)
    new = [name for name in cards if not os.path.lexists(folder / name)]
    added = tuple(map(_shipped, new)) if (folder / CARDS).is_dir() else ()
    due = Coming(renewed, added)
    while due.texts:
        stays = {name: each for name, each in sources.items() if name not in due.texts}
        taken = set(_keys(stays).values())
        held = [name for name, key in _keys(due.texts).items() if key in taken]
        if not held:
            break
        due = due.without(held)
    return due


def _is_card(name: str) -> bool:
    return name.startswith(f"{CARDS}/")


def _keys(sources: Mapping[str, Source]) -> dict[str, str]:
    """The key of every card; one that cannot be read has none."""
    found = {}
    for name, source in sources.items():
        if _is_card(name):
            with suppress(SiteError):
                found[name] = parse_card(source.text, name).digit
    return found


def _fitting(data: SiteData, due: Coming) -> Coming:
    """As much of it as leaves a site that could be read without a new fault."""
    before = data.problems()
    rest = [name for name in due.texts if not _is_card(name)]
    for wanted in (due, due.without(rest)):
        try:
            found = SiteData(data.folder, wanted.texts, data.record).problems()
        except SiteError:
            continue
        if all(problem in before for problem in found):
            return wanted
    return due.without(due.texts)


def renew(folder: Path, due: Coming) -> Renewal:
    """Bring a site's unedited copies up to date, and add the cards of kinds it does not know."""
    stuck = list(due.held)

    def put(texts: tuple[Source, ...]) -> tuple[str, ...]:
        done = {each.name: put_file(folder / each.name, each.text) for each in texts}
        stuck.extend(name for name, written in done.items() if not written)
        return tuple(name for name, written in done.items() if written)

    renewed, added = put(due.renewed), put(due.added)
    return Renewal(renewed, added, tuple(stuck))


def due_for(folder: Path) -> Coming:
    """What the next opening of a desk would bring up to date in a site's folder."""
    try:
        data = load(folder, lazy=True)
    except SiteError:
        # What an older version laid out may be what is wrong.
        return coming(folder, copies(folder))
    return _fitting(data, due) if (due := coming(folder, data.sources)).texts else due


def edited(sources: Mapping[str, Source]) -> tuple[EditedFile, ...]:
    """The files that the site edited, each beside the shipped one."""
    return tuple(
        EditedFile(name, ours, shipped) for name, ours, shipped, once in _known(sources) if not once
    )


def unsettled(found: Iterable[EditedFile], settled: Iterable[str]) -> tuple[EditedFile, ...]:
    """Those that the head has not settled; ``settled`` are the subjects that were signed for."""
    known = frozenset(settled)
    return tuple(each for each in found if each.subject not in known)


def take_shipped(folder: Path, found: EditedFile) -> bool:
    """Put the shipped version in place of an edited one; the edited text stays beside it.

    Whether both could be written; the site's own text is never lost.

    Raises:
        SiteError: the shipped file cannot be read.
    """
    path = folder / found.name
    kept = path.with_name(found.kept_as)
    if put_file(kept, found.ours.text) and put_file(path, found.shipped.text):
        return True
    with suppress(OSError):
        kept.unlink(missing_ok=True)
    return False


def put_back(folder: Path, found: EditedFile) -> None:
    """Undo ``take_shipped``: the record could not say that it was done."""
    path = folder / found.name
    if put_file(path, found.ours.text):
        with suppress(OSError):
            path.with_name(found.kept_as).unlink(missing_ok=True)


def copies(folder: Path) -> dict[str, Source]:
    """The site's copies as they are now; one that cannot be read is left out."""
    found = {}
    for name in shipped_files():
        path = folder / name
        with suppress(SiteError):
            if path.is_file():
                found[name] = source_of(name, read_text(path, name))
    return found


def load_renewed(folder: Path, record: Recorded | None = None) -> tuple[SiteData, Renewal]:
    """Read a site's folder, its unedited copies renewed first; what is read later stays lazy.

    A copy that cannot be written goes on counting as it is; one that this version cannot even
    read counts as shipped, so that the desk starts and has its cards. For ``record`` see
    ``SiteData``.

    Raises:
        SiteError: with every problem of every file that had to be read.
    """
    try:
        data = load(folder, lazy=True, record=record)
    except SiteError:
        # What an older version laid out may be what is wrong.
        due = coming(folder, copies(folder))
        renewal = renew(folder, due)
        return SiteData(folder, due.texts, record), renewal
    due = coming(folder, data.sources)
    if not due.texts:
        return data, renew(folder, due)
    due = _fitting(data, due)
    renewal = renew(folder, due)
    if renewal.changed and not renewal.stuck:
        return load(folder, lazy=True, record=record), renewal
    broken = any(problem.file in renewal.stuck for problem in data.problems())
    return SiteData(folder, due.texts if broken else None, record), renewal
