"""Which of a file's texts serves: the site's own, the one in force in the record, the shipped one.

Whatever becomes of a file, a desk that has adopted a text of it once goes on by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from dispatcher_tui.domain.emergency.layer import Layer
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.recorded import Recorded
from dispatcher_tui.site.settings import Site
from dispatcher_tui.site.texts import (
    SITE,
    Source,
    is_shipped,
    read_sources,
    shipped_sha256,
    shipped_text,
    source_of,
)

T = TypeVar("T")


class Served(NamedTuple):
    """What a site works by: its settings, the procedure in force and the layer under it.

    ``written`` is the procedure as its file has it; ``source`` what it is adopted by;
    ``beneath`` the layer's own text.
    """

    site: Site
    layer: Layer
    written: Procedure
    procedure: Procedure
    source: Source
    beneath: Source


class SiteTexts:
    """The texts of a site's folder as read at one moment, and those that stand in for them.

    ``sources`` are the site's own, by name. Without a ``record`` there is only the shipped text
    to stand in for one, and none at all for the settings.
    """

    def __init__(
        self, folder: Path, instead: Mapping[str, Source] | None, record: Recorded | None
    ) -> None:
        """Read every text; ``instead`` are texts that stand for those of the folder, or beside."""
        self.folder = folder
        self.record = record
        read, unread = read_sources(folder)
        self.sources = {**read, **(instead or {})}
        self._unread = [each for each in unread if each.file not in self.sources]

    @staticmethod
    def _try(problems: list[SiteProblem], read: Callable[[], T]) -> T | None:
        try:
            return read()
        except SiteError as error:
            problems += (each for each in error.problems if each not in problems)
            return None

    def _of(self, folder: str) -> list[Source]:
        return [s for name, s in self.sources.items() if name.startswith(f"{folder}/")]

    def _unread_of(self, part: str) -> list[SiteProblem]:
        """The files of that name, or of that folder, that could not be read at all."""
        return [p for p in self._unread if p.file == part or p.file.startswith(f"{part}/")]

    def _names_of(self, folder: str) -> list[str]:
        """The files of a folder, readable or not."""
        return [s.name for s in self._of(folder)] + [p.file for p in self._unread_of(folder)]

    def stand_ins(self, name: str) -> Iterator[Source]:
        """The texts that may serve in place of the site's own."""
        if self.record is not None and (kept := self.record.text(name)) is not None:
            yield kept
        if name != SITE and is_shipped(name):
            yield source_of(name, shipped_text(name))

    def recorded(self, source: Source) -> bool:
        """Whether that very text is in force in the record, and so was proved once."""
        return self.record is not None and self.record.has(source)

    def serve(self, name: str, read: Callable[[Source], T], faults: list[SiteProblem]) -> T:
        """What is read from the first text of that name that is sound.

        ``faults`` takes what is wrong with the site's own.

        Raises:
            SiteError: none of them is.
        """
        own = self.sources.get(name)
        problems = self._unread_of(name)
        if own is not None:
            try:
                return read(own)
            except SiteError as error:
                problems = list(error.problems)
        faults += (each for each in problems if each not in faults)
        for source in self.stand_ins(name):
            try:
                return read(source)
            except SiteError as error:
                problems = list(error.problems)
        raise SiteError(problems or [SiteProblem(name, "", "file_missing")])

    def _as_shipped(self, names: Iterable[str]) -> bool:
        """Whether each of these files is there and says what the shipped one says."""

        def same(name: str) -> bool:
            with suppress(KeyError, SiteError):
                return self.sources[name].sha256 == shipped_sha256(name)
            return False

        return all(same(name) for name in names)
