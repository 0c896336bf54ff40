"""Reads a site's folder into what a running desk needs: all of it, or a ``SiteError``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from dispatcher_tui.domain.emergency.layer import HEAD, Layer, under_layer
from dispatcher_tui.domain.emergency.outside import NAMES, Lacking, lacking_numbers
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.time.calendar import Calendar, HolidayTable
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.site.cards import Card, in_order, judge_cards, parse_card
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.companions import judge_companion
from dispatcher_tui.site.layer import LAYER, joined, judge_under, parse_layer
from dispatcher_tui.site.pinyin import load_pinyin
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.settings import Site, calendar_of, parse_holidays, parse_site
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text

SITE = "site.toml"
CATEGORIES = "categories.toml"
PROCEDURES = "procedures"
CARDS = "emergency"
HOLIDAYS = "holidays"

T = TypeVar("T")


class Source(msgspec.Struct, frozen=True):
    """A text as it is adopted into the record: its name, itself, and the hash it goes by."""

    name: str
    text: str
    sha256: str


def source_of(name: str, text: str) -> Source:
    """A text with its SHA-256, in hex, over the UTF-8 bytes."""
    return Source(name, text, hashlib.sha256(text.encode()).hexdigest())


class SiteData:
    """A site's folder as read at one moment; what is read later comes from the same texts.

    ``site``, ``layer``, ``procedure`` (the one in force, with the emergency layer under it) and
    ``calendar`` are there from the start; ``written`` is that procedure as its file has it. The
    other properties parse on first use and may then raise ``SiteError``; ``prove`` does it
    beforehand. ``faults`` is what is wrong in files that a desk does without.
    """

    def __init__(
        self,
        folder: Path,
        instead: Mapping[str, Source] | None = None,
        *,
        with_holidays: bool = True,
    ) -> None:
        """Read every text of the folder and parse what the first frame needs.

        ``instead``: texts that stand for those of the folder, or beside them, by name. Unless
        ``with_holidays``, their tables are left aside: for a desk that works by the calendar of
        its record.
        """
        self.folder = folder
        read, unread = _read_sources(folder, with_holidays=with_holidays)
        self.sources = {**read, **(instead or {})}
        self._unread = [each for each in unread if each.file not in self.sources]
        problems = [each for each in self._unread if _needed(each.file)]
        # A missing site.toml is among the problems by now.
        site = self._try(problems, self._site) if SITE in self.sources else None
        holidays = self._try(problems, self._holidays)
        written = self._try(problems, lambda: self._in_force(site)) if site else None
        layer = self._layer(written, problems) if written is not None else None
        if site is None or written is None or layer is None or holidays is None or problems:
            raise SiteError(problems)
        self.site: Site = site
        self.layer: Layer = layer
        self.written: Procedure = written
        self.procedure: Procedure = under_layer(written, layer)
        self.calendar: Calendar = calendar_of(site, holidays)

    @staticmethod
    def _try(problems: list[SiteProblem], read: Callable[[], T]) -> T | None:
        try:
            return read()
        except SiteError as error:
            problems += error.problems
            return None

    def _layer(self, written: Procedure, problems: list[SiteProblem]) -> Layer:
        """The site's emergency layer, sound and fit for the procedure; else the shipped one, and
        what is wrong with the site's is a fault to be told: no fire is refused because of it."""
        faults = self._unread_of(LAYER)
        own = self.sources.get(LAYER)
        layer = self._try(faults, lambda: parse_layer(own.text, LAYER)) if own else None
        if layer is not None:
            faults += judge_under(written, layer)
        self._layer_faults = tuple(faults)
        if own is not None and layer is not None and not faults:
            self._layer_source = own
            return layer
        self._layer_source = source_of(LAYER, _shipped_text(LAYER))
        layer = parse_layer(self._layer_source.text, LAYER)
        problems += judge_under(written, layer)
        return layer

    def _site(self) -> Site:
        return parse_site(self.sources[SITE].text, SITE)

    def _in_force(self, site: Site) -> Procedure:
        name = f"{PROCEDURES}/{site.procedure}.toml"
        source = self.sources.get(name)
        if source is None:
            if unread := self._unread_of(name):
                raise SiteError(unread)
            findings = Findings(SITE)
            known = (Path(source.name).stem for source in self._of(PROCEDURES))
            findings.add_unknown("site.procedure", "procedure_missing", site.procedure, known)
            raise SiteError(findings.problems)
        procedure = parse_procedure(source.text, name)
        if procedure.companion:
            findings = Findings(SITE)
            findings.add("site.procedure", "companion_in_force", name=procedure.id)
            findings.raise_any()
        return procedure

    def _of(self, folder: str) -> list[Source]:
        return [s for name, s in self.sources.items() if name.startswith(f"{folder}/")]

    def _unread_of(self, part: str) -> list[SiteProblem]:
        """The files of that name, or of that folder, that could not be read at all."""
        return [p for p in self._unread if p.file == part or p.file.startswith(f"{part}/")]

    def _holidays(self) -> dict[int, HolidayTable]:
        tables = _all_of(self._of(HOLIDAYS), parse_holidays)
        return {int(Path(name).stem): table for name, table in tables.items()}

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """Every procedure of the folder as its file has it, by its id."""
        ours = f"{PROCEDURES}/{self.site.procedure}.toml"
        others = [source for source in self._of(PROCEDURES) if source.name != ours]
        found = (self.written, *_all_of(others, parse_procedure).values())
        return {procedure.id: procedure for procedure in found}

    def _own_categories(self) -> tuple[Category, ...]:
        source = self.sources.get(CATEGORIES)
        if source is None:
            raise SiteError(self._unread_of(CATEGORIES))
        return parse_categories(source.text, CATEGORIES)

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """What a case can be about; the shipped classes stand in for a list that is broken."""
        try:
            return self._own_categories()
        except SiteError:
            return parse_categories(_shipped_text(CATEGORIES), CATEGORIES)

    @property
    def offered(self) -> tuple[Category, ...]:
        """The categories to choose from under the procedure in force."""
        ours = self.procedure.id
        return tuple(c for c in self.categories if not c.procedures or ours in c.procedures)

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The emergency cards in the order of their keys.

        The shipped card stands in for one that is broken or gone: F9 never stands without them.
        """
        found = {}
        for source in self._of(CARDS):
            with suppress(SiteError):
                found[source.name] = parse_card(source.text, source.name)
        for path in sorted((data_dir() / CARDS).glob("*.toml")):
            name = f"{CARDS}/{path.name}"
            if name not in found:
                found[name] = parse_card(read_text(path, name), name)
        return in_order(found.values())

    def _own_cards(self) -> tuple[Card, ...]:
        """The site's cards, each sound and all of them together."""
        cards = _all_of(self._of(CARDS), parse_card)
        scenes = (scene.id for scene in self.layer.scenes)
        found = judge_cards(cards.items(), (*self.site.outside_names, *NAMES), scenes)
        problems = [problem for findings in found for problem in findings.problems]
        if problems:
            raise SiteError(problems)
        return in_order(cards.values())

    @property
    def card_sources(self) -> list[Source]:
        """The texts of the emergency cards, to be adopted."""
        return self._of(CARDS)

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """The outside numbers that kinds of emergency have rung and that the site lacks."""
        asked = ((card.title, card.called) for card in self.cards)
        inside = {HEAD, *(scene.id for scene in self.layer.scenes)}
        return lacking_numbers(asked, self.site.outside, inside)

    @cached_property
    def calendar_source(self) -> Source:
        """The calendar as one text, to be adopted: zone, hours, shift plan, holiday tables."""
        plain = msgspec.to_builtins(self.calendar, str_keys=True, order="deterministic")
        return source_of("calendar", msgspec.json.format(msgspec.json.encode(plain)).decode())

    @cached_property
    def procedure_source(self) -> Source:
        """The text of the procedure in force and of the layer under it, to be adopted."""
        own = self.sources[f"{PROCEDURES}/{self.site.procedure}.toml"]
        return source_of(own.name, joined(own.text, self._layer_source.text))

    @cached_property
    def companion_source(self) -> Source | None:
        """The text its causes are corrected under, to be adopted; None where it names none.

        One that the folder lacks is the shipped one, as a holiday table is: a site that was laid
        out before there were companions has none of its own.
        """
        asked = self.procedure.corrective
        if asked is None:
            return None
        name = f"{PROCEDURES}/{asked.procedure}.toml"
        shipped = data_dir() / name
        if name in self.sources:
            return self.sources[name]
        if "/" not in asked.procedure and shipped.is_file():
            return source_of(name, read_text(shipped, name))
        findings = Findings(self.procedure_source.name)
        known = (Path(source.name).stem for source in self._of(PROCEDURES))
        findings.add_unknown("corrective.procedure", "companion_missing", asked.procedure, known)
        raise SiteError(findings.problems)

    @cached_property
    def companion(self) -> Procedure | None:
        """The procedure its causes are corrected under; None where it names none."""
        source = self.companion_source
        if source is None:
            return None
        companion = parse_procedure(source.text, source.name)
        judge_companion(companion, self.procedure_source.name).raise_any()
        return companion

    @cached_property
    def faults(self) -> tuple[SiteProblem, ...]:
        """What is wrong in files that a desk does without: emergency layer, cards, classes, pinyin
        table. The shipped ones stand in, and somebody has to be told.

        A file that is as it was shipped needs no second look.
        """
        found = list(self._layer_faults)
        if not self._as_shipped([CATEGORIES]):
            self._try(found, self._own_categories)
        found += self._unread_of(CARDS)
        if not self._as_shipped(source.name for source in self._of(CARDS)):
            self._try(found, self._own_cards)
        self._try(found, lambda: load_pinyin(self.folder))
        return tuple(found)

    def _as_shipped(self, names: Iterable[str]) -> bool:
        """Whether each of these files is there and says what the shipped one says."""

        def same(name: str) -> bool:
            with suppress(KeyError, SiteError):
                return self.sources[name].text == _shipped_text(name)
            return False

        return all(same(name) for name in names)

    def problems(self) -> list[SiteProblem]:
        """Everything wrong in what is parsed later, each once; empty once it is proved."""
        found: list[SiteProblem] = list(self._layer_faults)
        found += self._unread_of(PROCEDURES)
        self._try(found, lambda: self.procedures)
        alone: list[SiteProblem] = []
        self._try(alone, lambda: self.companion)
        found += [problem for problem in alone if problem not in found]
        self._try(found, self._own_categories)
        found += self._unread_of(CARDS)
        self._try(found, self._own_cards)
        return found

    def prove(self) -> None:
        """Parse all that was left for later.

        Raises:
            SiteError: with everything that is wrong.
        """
        found = self.problems()
        if found:
            raise SiteError(found)


def _all_of(sources: Iterable[Source], parse: Callable[[str, str], T]) -> dict[str, T]:
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
    if not found[LAYER].exists():
        found[LAYER] = data_dir() / LAYER
    shipped = data_dir() / HOLIDAYS
    for path in sorted(shipped.glob("[0-9][0-9][0-9][0-9].toml")):
        found[f"{HOLIDAYS}/{path.name}"] = path
    for part in (PROCEDURES, CARDS, HOLIDAYS):
        for path in sorted((folder / part).glob("*.toml")):
            found[f"{part}/{path.name}"] = path
    return found


def _needed(name: str) -> bool:
    """Whether no desk can be without the file, so that one that cannot be read is the end."""
    return name == SITE or name.startswith(f"{HOLIDAYS}/")


def _shipped_text(name: str) -> str:
    return read_text(data_dir() / name, name)


def _read_sources(
    folder: Path, *, with_holidays: bool
) -> tuple[dict[str, Source], list[SiteProblem]]:
    """The texts of a site by name, and what is wrong with those that cannot be read."""
    sources, problems = dict[str, Source](), list[SiteProblem]()
    for name, path in _files(folder).items():
        if not with_holidays and name.startswith(f"{HOLIDAYS}/"):
            continue
        try:
            sources[name] = source_of(name, read_text(path, name))
        except SiteError as error:
            problems += error.problems
    return sources, problems


def load(folder: Path, *, lazy: bool = False, with_holidays: bool = True) -> SiteData:
    """Read a site's folder. Nothing that was loaded before is touched, whatever is wrong now.

    ``lazy`` leaves to later what the first frame does not need; see ``SiteData.prove``, and for
    ``with_holidays`` ``SiteData`` itself.

    Raises:
        SiteError: with every problem of every file.
    """
    data = SiteData(folder, with_holidays=with_holidays)
    if not lazy:
        data.prove()
    return data
