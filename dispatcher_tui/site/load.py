"""Reads a site's folder into what a running desk needs.

Each part is read from the first of its texts that is sound: the site's own file, the text that
the record has in force, the shipped one. What is wrong with the site's own is a fault to be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

import msgspec

from dispatcher_tui.domain.emergency.layer import HEAD, Layer, under_layer
from dispatcher_tui.domain.emergency.outside import Lacking, lacking_numbers
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.time.calendar import Calendar, HolidayTable
from dispatcher_tui.domain.time.holidays import by_year
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.companions import judge_companion
from dispatcher_tui.site.extra_texts import ExtraTexts
from dispatcher_tui.site.holiday_files import kept_notice, parse_holidays
from dispatcher_tui.site.layer import LAYER, joined, judge_under, parse_layer
from dispatcher_tui.site.pinyin import load_pinyin
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.procedures import note_no_procedure, parse_procedure
from dispatcher_tui.site.recorded import CLASSES, SETTINGS, Recorded, list_faults
from dispatcher_tui.site.serving import Served
from dispatcher_tui.site.settings import Site, calendar_of, parse_site
from dispatcher_tui.site.texts import (
    CARDS,
    CATEGORIES,
    HOLIDAYS,
    PROCEDURES,
    SITE,
    Source,
    all_of,
    shipped_text,
    source_of,
)


class SiteData(ExtraTexts):
    """A site's folder as read at one moment; what is read later comes from the same texts.

    ``site``, ``layer``, ``procedure`` (the default, with the emergency layer under it) and
    ``calendar`` are there from the start; ``written`` is that procedure as its file has it, and
    ``served`` all that are in force, in their order, the default first. The other properties parse
    on first use and may then raise ``SiteError``; ``prove`` does it beforehand. ``faults`` is what
    is wrong in files that a desk does without.
    """

    def __init__(
        self,
        folder: Path,
        instead: Mapping[str, Source] | None = None,
        record: Recorded | None = None,
    ) -> None:
        """Read every text of the folder and parse what the first frame needs.

        ``instead``: texts that stand for those of the folder, or beside them, by name. With a
        ``record``, what it has in force stands in for a file that is broken; without one, broken
        settings, holidays or a broken procedure in force are raised.

        Raises:
            SiteError: with every problem of the files that nothing stands in for.
        """
        super().__init__(folder, instead, record)
        self._layer_faults: list[SiteProblem] = []
        self._companion_faults: list[SiteProblem] = []
        found: list[SiteProblem] = []
        served = self._served(self._try(found, self._own_site), found)
        beside = tuple(self._beside(served, found)) if served is not None else ()
        holidays = self._holidays(found)
        if served is None or (found and record is None):
            raise SiteError(found)
        self.served = (served, *beside)
        self._start_faults = tuple(found)
        self.site = served.site
        self.layer = served.layer
        self.written: Procedure = served.written
        self.procedure: Procedure = served.procedure
        self.procedure_source: Source = served.source
        self.calendar: Calendar = calendar_of(served.site, holidays)

    def _own_site(self) -> Site:
        if SITE not in self.sources:
            raise SiteError(self._unread_of(SITE))
        return parse_site(self.sources[SITE].text, SITE)

    def _served(self, own: Site | None, found: list[SiteProblem]) -> Served | None:
        """What the site works by; None where nothing can serve. ``found`` takes what is wrong."""
        if own is not None:
            served = self._try(found, partial(self._under, own, found))
            if served is not None or self.record is None:
                return served
        kept = self.record.settings() if self.record is not None else None
        if self.record is None or kept is None:
            return None
        served = self._try(found, partial(self._under, kept, found))
        if served is not None:
            return served
        return self._as_understood(kept, kept.procedure)

    def _as_understood(self, site: Site, procedure: str) -> Served | None:
        """A procedure whose very text this version refuses although it was adopted once: it counts
        as it was understood then. None where it never was."""
        name = f"{PROCEDURES}/{procedure}.toml"
        understood = self.record.understood(name) if self.record is not None else None
        if understood is None:
            return None
        beneath = source_of(LAYER, shipped_text(LAYER))
        layer = parse_layer(beneath.text, LAYER)
        return Served(site, layer, understood[1], understood[1], understood[0], beneath)

    def _under(self, site: Site, found: list[SiteProblem]) -> Served:
        """What the site works by under these settings; ``found`` takes what is wrong on the way.

        Raises:
            SiteError: there is no procedure of that name that can be used.
        """
        return self._in_force(site, site.procedure, self._layer, found)

    def _beside(self, default: Served, found: list[SiteProblem]) -> Iterator[Served]:
        """The other procedures in force, each under the layer that the default has: an emergency
        is one and the same in all of them. One that cannot be used is left out, and told."""

        def under(written: Procedure) -> tuple[Layer, Source]:
            if problems := judge_under(written, default.layer):
                raise SiteError(problems)
            return default.layer, default.beneath

        for name in default.site.procedures[1:]:
            read = partial(self._in_force, default.site, name, under, found)
            served = self._try(found, read) or self._as_understood(default.site, name)
            if served is not None:
                yield served

    def _in_force(
        self,
        site: Site,
        procedure: str,
        under: Callable[[Procedure], tuple[Layer, Source]],
        found: list[SiteProblem],
    ) -> Served:
        """One procedure in force; ``under`` gives the layer for what its file says.

        Raises:
            SiteError: there is none of that name that can be used.
        """
        name, names = f"{PROCEDURES}/{procedure}.toml", self._names_of(PROCEDURES)
        if name not in names:
            missing = Findings(SITE)
            known = (Path(each).stem for each in names)
            note_no_procedure(missing, procedure, known, site.procedure_key)
            if self.record is None or self.record.text(name) is None:
                raise SiteError(missing.problems)
            found += missing.problems

        def read(source: Source) -> Served:
            written = parse_procedure(source.text, name)
            if written.companion:
                wrong = Findings(SITE)
                wrong.add(site.procedure_key, "companion_in_force", name=written.id)
                wrong.raise_any()
            layer, beneath = under(written)
            if self.record is not None:
                self._companion_of(written, name)
            both = source_of(name, joined(source.text, beneath.text))
            return Served(site, layer, written, under_layer(written, layer), both, beneath)

        return self.serve(name, read, found)

    def _layer(self, written: Procedure) -> tuple[Layer, Source]:
        """An emergency layer that is sound and fit for the procedure, and its text: no fire is
        refused because of the site's own.

        Raises:
            SiteError: not even the shipped one fits it.
        """

        def read(source: Source) -> tuple[Layer, Source]:
            layer = parse_layer(source.text, LAYER)
            if problems := judge_under(written, layer):
                raise SiteError(problems)
            return layer, source

        self._layer_faults = []
        return self.serve(LAYER, read, self._layer_faults)

    def _holidays(self, found: list[SiteProblem]) -> dict[int, HolidayTable]:
        """The holiday tables by year. For a broken file its year stays as the record has it; one
        without a single day is none, and no reason to forget a year that is known."""
        notices: dict[int, HolidayTable] = {}
        kept = self.record.calendar if self.record is not None else None
        for name in self._names_of(HOLIDAYS):
            source, stem = self.sources.get(name), Path(name).stem
            found += self._unread_of(name)
            read = partial(parse_holidays, source.text, name) if source is not None else None
            table = self._try(found, read) if read is not None else None
            if stem.isdecimal() and (table is None or not (table.off or table.work)):
                table = kept_notice(kept, name, int(stem))
            if table is not None:
                notices[int(stem)] = table
        return by_year(notices)

    @property
    def in_force(self) -> tuple[Procedure, ...]:
        """Every procedure in force with the emergency layer under it, the default first."""
        return tuple(each.procedure for each in self.served)

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """Every procedure of the folder as its file has it, by its id."""
        ours = (each.written for each in self.served)
        found = (*ours, *all_of(self._others(), parse_procedure).values())
        return {procedure.id: procedure for procedure in found}

    def _others(self) -> list[Source]:
        """The texts of the procedures that are not in force."""
        ours = {each.source.name for each in self.served}
        return [source for source in self._of(PROCEDURES) if source.name not in ours]

    def _own_categories(self) -> tuple[Category, ...]:
        source = self.sources.get(CATEGORIES)
        if source is None:
            raise SiteError(self._unread_of(CATEGORIES))
        return parse_categories(source.text, CATEGORIES)

    @cached_property
    def _classes(self) -> tuple[tuple[Category, ...], Source]:
        def read(source: Source) -> tuple[tuple[Category, ...], Source]:
            return parse_categories(source.text, CATEGORIES), source

        return self.serve(CATEGORIES, read, [])

    @property
    def categories(self) -> tuple[Category, ...]:
        """What a case can be about; those of the record, or the shipped ones, stand in for a list
        that is broken."""
        return self._classes[0]

    @property
    def offered(self) -> tuple[Category, ...]:
        """The categories to choose from under the procedures in force."""
        ours = {each.procedure.id for each in self.served}
        return tuple(c for c in self.categories if not c.procedures or ours & {*c.procedures})

    @property
    def other_sources(self) -> list[tuple[str, Source]]:
        """The settings, the classes and what else serves, each with its sort, to be adopted: the
        desk goes on by them where a file breaks later."""
        found = []
        own = self.sources.get(SITE)
        if own and not any(each.file == SITE for each in self._start_faults):
            found.append((SETTINGS, own))
        own = self.sources.get(CATEGORIES)
        found.append((CLASSES, own if own and self.recorded(own) else self._classes[1]))
        return [*found, *self.extra_sources]

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

    def _companion_of(self, procedure: Procedure, file: str) -> Source | None:
        """The text the causes of a procedure's cases are corrected under; None where it names
        none. One that the record has in force was proved when it was adopted.

        One that the folder lacks is the shipped one, as a holiday table is: a site that was laid
        out before there were companions has none of its own.

        Raises:
            SiteError: there is none that can be used.
        """
        asked = procedure.corrective
        if asked is None:
            return None

        def read(source: Source) -> Source:
            if self.record is not None and not self.recorded(source):
                judge_companion(parse_procedure(source.text, source.name), file).raise_any()
            return source

        name, names = f"{PROCEDURES}/{asked.procedure}.toml", self._names_of(PROCEDURES)
        if name in names or any(self.stand_ins(name)):
            return self.serve(name, read, self._companion_faults)
        findings = Findings(file)
        known = (Path(each).stem for each in names)
        findings.add_unknown("corrective.procedure", "companion_missing", asked.procedure, known)
        raise SiteError(findings.problems)

    @cached_property
    def companion_sources(self) -> dict[str, Source]:
        """By the ids of the procedures in force that name one, the text that the causes of their
        cases are corrected under, to be adopted."""
        found = (
            (each.procedure.id, self._companion_of(each.procedure, each.source.name))
            for each in self.served
        )
        return {procedure: source for procedure, source in found if source is not None}

    @cached_property
    def companions(self) -> dict[str, Procedure]:
        """The same, as procedures."""
        found = {}
        files = {each.procedure.id: each.source.name for each in self.served}
        for procedure, source in self.companion_sources.items():
            found[procedure] = parse_procedure(source.text, source.name)
            judge_companion(found[procedure], files[procedure]).raise_any()
        return found

    @cached_property
    def faults(self) -> tuple[SiteProblem, ...]:
        """What is wrong in files that a desk does without: others stand in for them, and somebody
        has to be told.

        A file that is as it was shipped needs no second look.
        """
        found = [*self._start_faults, *self._layer_faults, *self._companion_faults]
        if not self._as_shipped([CATEGORIES]):
            self._try(found, self._own_categories)
        found += self._unread_of(CARDS)
        if not self._as_shipped(source.name for source in self._of(CARDS)):
            self._try(found, self._own_cards)
        found += self._unread_of(PROCEDURES)
        for source in self._others():
            if not self._as_shipped([source.name]):
                self._try(found, partial(parse_procedure, source.text, source.name))
        self._try(found, lambda: load_pinyin(self.folder))
        found += self.extra_problems()
        found += self._at_odds()
        if self.record is not None:
            found += list_faults(self.folder, self.record)
        return tuple(each for at, each in enumerate(found) if each not in found[:at])

    def _at_odds(self) -> list[SiteProblem]:
        """What the procedures in force claim alike, each sound by itself: the desk goes by the one
        that the list has first, and numbers would meet."""
        if len(self.served) < 2:
            return []
        from dispatcher_tui.site.class_checks import judge_handling
        from dispatcher_tui.site.range_checks import judge_ranges

        written = [each.written for each in self.served]
        ranges = judge_ranges(written, self.site.slip_prefix)
        return [*judge_handling(self.categories, self.in_force), *ranges]

    def problems(self) -> list[SiteProblem]:
        """Everything wrong in what is parsed later, each once; empty once it is proved."""
        found: list[SiteProblem] = [*self._start_faults, *self._layer_faults]
        found += self._unread_of(PROCEDURES)
        self._try(found, lambda: self.procedures)
        self._try(found, lambda: self.companions)
        self._try(found, self._own_categories)
        found += self._unread_of(CARDS)
        self._try(found, self._own_cards)
        found += self.extra_problems()
        return found

    def prove(self) -> None:
        """Parse all that was left for later.

        Raises:
            SiteError: with everything that is wrong.
        """
        if found := self.problems():
            raise SiteError(found)


def load(folder: Path, *, lazy: bool = False, record: Recorded | None = None) -> SiteData:
    """Read a site's folder. Nothing that was loaded before is touched, whatever is wrong now.

    ``lazy`` leaves to later what the first frame does not need; see ``SiteData.prove``, and for
    ``record`` ``SiteData`` itself.

    Raises:
        SiteError: with every problem of every file.
    """
    data = SiteData(folder, record=record)
    if not lazy:
        data.prove()
    return data
