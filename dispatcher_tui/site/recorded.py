"""What the record has in force of a site's files: it serves where a file is broken or gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

import msgspec

from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.plain_file import is_there
from dispatcher_tui.site.layer import DIVIDER, LAYER, parse_adopted
from dispatcher_tui.site.lists.sheets import read_bytes
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.settings import Site, parse_site
from dispatcher_tui.site.texts import SITE, Source, shipped_text, source_of
from dispatcher_tui.site.toml_text import decode_text

SETTINGS, CLASSES, CARD, PROCEDURE, CALENDAR = "site", "categories", "card", "procedure", "calendar"
"""The sorts of texts that a site adopts, by the names they have in the record for ever."""

ROUND_PLANS = "rounds"
"""The rounds of the watch; a record without one has none."""

HANDOUT_REGISTERS = "handout_registers"
"""The registers of the handout book; a record without one has none."""

IN_FORCE = "in_force"
"""Which procedures are in force together, and in which order: a line each, the id and the hash of
the adopted text. Only a record that had several once has it."""


LISTS = ("roster.csv", "units.csv")
"""The files of a site that its lists are written in."""


def procedure_made(data: bytes, text: str, name: str) -> Procedure:
    """The procedure that was made of an adopted text; what was made is spoilt where it cannot be
    read, and the text is read anew: a case is opened all the same.

    Raises:
        SiteError: this version refuses the text besides.
    """
    try:
        return msgspec.json.decode(data, type=Procedure)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return parse_adopted(text, name)


def calendar_made(data: bytes, text: str) -> Calendar:
    """The calendar that was made of an adopted text, or else the text itself: both say the same.

    Raises:
        msgspec.DecodeError: neither can be read.
    """
    try:
        return msgspec.json.decode(data, type=Calendar)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(text, type=Calendar)


class Kept(msgspec.Struct, frozen=True):
    """A text that is in force in the record; ``data`` is the record that was made of it."""

    what: str
    source: Source
    data: bytes


class Recorded:
    """The texts in force in a record as it stood at one moment, by the names of their files.

    ``name`` and ``desk`` are whose record it is; ``procedure`` gives the file of the procedure
    that was put in force last. Nothing is parsed, and that is not asked, before it is needed.
    """

    def __init__(
        self, kept: Iterable[Kept], name: str, desk: str, procedure: Callable[[], str]
    ) -> None:
        self._kept = {(each.what, each.source.name): each for each in kept}
        self._name, self._desk = name, desk
        self._procedure = procedure
        self._texts: dict[str, Source] = {}
        for each in self._kept.values():
            if each.what in (SETTINGS, CLASSES, CARD, ROUND_PLANS, HANDOUT_REGISTERS):
                self._texts[each.source.name] = each.source
            elif each.what == PROCEDURE:
                own, divider, layer = each.source.text.partition(DIVIDER)
                self._texts[each.source.name] = source_of(each.source.name, own)
                if divider:
                    self._texts[LAYER] = source_of(LAYER, layer)

    def text(self, name: str) -> Source | None:
        """The text in force of the file of that name."""
        return self._texts.get(name)

    def of(self, part: str) -> list[Source]:
        """The texts in force of the files of a folder."""
        return [text for name, text in self._texts.items() if name.startswith(f"{part}/")]

    def has(self, source: Source) -> bool:
        """Whether that very text is in force."""
        return self._texts.get(source.name) == source

    def took_over(self, source: Source) -> bool:
        """Whether a list of that very text was taken over last."""
        return any(
            kept.source.sha256 == source.sha256
            for kept in self._kept.values()
            if kept.source.name == source.name
        )

    @property
    def calendar(self) -> Calendar | None:
        """The calendar in force; None where none was ever adopted."""
        found = next((each for each in self._kept.values() if each.what == CALENDAR), None)
        return calendar_made(found.data, found.source.text) if found else None

    def understood(self, name: str) -> tuple[Source, Procedure] | None:
        """The procedure of that file with its layer, as the version understood it that adopted it:
        for a text that this version refuses to read."""
        found = self._kept.get((PROCEDURE, name))
        if found is None:
            return None
        return found.source, procedure_made(found.data, found.source.text, name)

    def settings(self) -> Site | None:
        """The settings as they were adopted; of a record that is older than that, what else it
        says of them, the rest as shipped. None where nothing was ever adopted."""
        text, calendar = self.text(SITE), self.calendar
        if text is not None:
            try:
                return parse_site(text.text, SITE)
            except SiteError:
                pass  # This version asks more of the file than the one that adopted it.
        procedure = PurePath(self._procedure()).stem
        return self._told(calendar, procedure) if calendar is not None and procedure else None

    def _told(self, calendar: Calendar, procedure: str) -> Site:
        shipped = parse_site(shipped_text(SITE).replace('name = ""', 'name = "-"', 1), SITE)
        return msgspec.structs.replace(
            shipped,
            name=self._name,
            desk=self._desk,
            zone=calendar.zone,
            office_start=calendar.office_start,
            office_end=calendar.office_end,
            shifts=calendar.shifts,
            procedures=(procedure,),
        )


def _as_taken_over(raw: bytes, name: str, record: Recorded) -> bool:
    try:
        return record.took_over(source_of(name, decode_text(raw, name)))
    except SiteError:
        return False


def list_faults(folder: Path, record: Recorded | None) -> list[SiteProblem]:
    """What is wrong with the lists in a site's folder; those that were taken over go on counting.

    A file that is as it was taken over needs no second look, whatever form it was saved in.
    """
    found: list[SiteProblem] = []
    for name in LISTS:
        path = folder / name
        try:
            if is_there(path):
                raw = read_bytes(path)
                if record is None or not _as_taken_over(raw, name, record):
                    from dispatcher_tui.site.lists.list_reading import read_list  # seldom needed

                    read_list(raw, name)
        except SiteError as error:
            found += error.problems
    return found
