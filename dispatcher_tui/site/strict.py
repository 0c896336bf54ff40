"""What fits in the files of emergencies and can only be a slip of the pen, for ``site check``."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.emergency.layer import Layer
from dispatcher_tui.site.categories import CategoriesFile
from dispatcher_tui.site.handouts import HandoutsFile
from dispatcher_tui.site.holiday_files import HolidaysFile, dates_as_texts
from dispatcher_tui.site.layer import LAYER
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.rounds import RoundsFile
from dispatcher_tui.site.settings import SiteFile
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.texts import CARDS, CATEGORIES, HANDOUTS, HOLIDAYS, ROUNDS, SITE, Source
from dispatcher_tui.site.toml_text import parse_toml

_BY_NAME: dict[str, type[msgspec.Struct]] = {
    SITE: SiteFile,
    CATEGORIES: CategoriesFile,
    LAYER: Layer,
    ROUNDS: RoundsFile,
    HANDOUTS: HandoutsFile,
}
_BY_FOLDER: dict[str, type[msgspec.Struct]] = {CARDS: Card, HOLIDAYS: HolidaysFile}


def struct_of(name: str) -> type[msgspec.Struct] | None:
    """The record that a file of emergencies holds; None for any other file."""
    return _BY_NAME.get(name) or _BY_FOLDER.get(name.partition("/")[0])


def judge_strictly(
    sources: Iterable[Source], told: Iterable[SiteProblem] = ()
) -> list[SiteProblem]:
    """Slips in these files, without what was ``told`` of the same place already.

    They keep no file from counting: an empty text where one is required, a name twice in a list,
    a number or a text far too large.
    """
    known = {(each.file, each.key) for each in told}
    found: list[SiteProblem] = []
    for source in sources:
        struct = struct_of(source.name)
        if struct is None:
            continue
        findings = Findings(source.name)
        try:
            table = parse_toml(source.text, source.name)
        except SiteError:  # It is told by whoever loads the file.
            continue
        Reader(findings, strict=True).record(dates_as_texts(table), struct)
        found += [each for each in findings.problems if (each.file, each.key) not in known]
    return found
