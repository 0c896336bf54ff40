"""``calendar import``: a year's holidays, as they are published, into the site and into force."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dispatcher_tui.desk.adoption import adopt_site, recorded
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.site.holiday_notice import HolidayNotice, read_notice
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.renewal import put_file
from dispatcher_tui.site.texts import source_of
from dispatcher_tui.site.toml_text import read_text


class TakenNotice(msgspec.Struct, frozen=True):
    """What a notice brought: how many days off and worked; ``december`` are those of the year
    before among them. ``kept_as``: the file that keeps the table it took the place of."""

    year: int
    off: int
    work: int
    december: int
    kept_as: str = ""


class TakenNotices(msgspec.Struct, frozen=True):
    """What became of the notices, and the numbers of the cases whose due times were set right."""

    notices: tuple[TakenNotice, ...]
    cases: tuple[str, ...]


def import_notices(desk: Desk, paths: list[Path]) -> TakenNotices:
    """Write notices into the site's folder and put them in force.

    A table that was there and says something else is kept beside the new one.

    Raises:
        SiteError: one of the files cannot be used, and none was taken; or a table cannot be
            written.
    """
    problems: list[SiteProblem] = []
    notices: list[HolidayNotice] = []
    for path in paths:
        try:
            notices.append(read_notice(path))
        except SiteError as error:
            problems += error.problems
    if problems:
        raise SiteError(problems)
    taken = tuple(_take(desk.site.folder, notice) for notice in notices)
    cases = adopt_site(desk, load(desk.site.folder, lazy=True, record=recorded(desk.store)))
    return TakenNotices(taken, cases)


def _take(folder: Path, notice: HolidayNotice) -> TakenNotice:
    path, kept_as, written = folder / notice.name, "", True
    if path.exists():
        old = source_of(notice.name, read_text(path, notice.name))
        if old.text != notice.text:
            kept_as = f"{path.name}.{old.sha256[:8]}.old"
            written = put_file(path.with_name(kept_as), old.text)
    if not (written and put_file(path, notice.text)):
        findings = Findings(notice.name)
        findings.add("", "not_written")
        findings.raise_any()
    table = notice.table
    december = sum(day.year != notice.year for day in table.off | table.work)
    return TakenNotice(notice.year, len(table.off), len(table.work), december, kept_as)
