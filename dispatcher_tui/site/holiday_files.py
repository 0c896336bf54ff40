"""Reads the holiday tables, a year's notice each."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

import msgspec

from dispatcher_tui.domain.time.calendar import Calendar, HolidayTable
from dispatcher_tui.domain.time.holidays import belongs_with, known, notice_of, years_lacking
from dispatcher_tui.site.clock_times import parse_date
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.texts import HOLIDAYS, shipped_text
from dispatcher_tui.site.toml_text import once_a_text, parse_toml


class HolidaysFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A holiday table as it is written, its dates as texts."""

    year: int
    source: str = ""
    off: tuple[str, ...] = ()
    work: tuple[str, ...] = ()


def _days(findings: Findings, key: str, texts: tuple[str, ...], year: int) -> frozenset[date]:
    days = set()
    for text in texts:
        day = parse_date(text)
        if day is None:
            findings.add(key, "bad_date", text=text)
        elif not belongs_with(year, day):
            findings.add(key, "other_year", text=text, year=year, file=f"{day.year}.toml")
        elif day in days:
            findings.add(f"{key}[{text}]", "duplicate", name=text)
        else:
            days.add(day)
    return frozenset(days)


def dates_as_texts(table: dict[str, Any]) -> dict[str, Any]:
    """A table whose lists of TOML dates are texts, as if they stood in quotes."""
    return {name: _as_texts(value) for name, value in table.items()}


def _as_texts(value: object) -> object:
    """TOML dates as the texts they would be in quotes; both ways of writing are good."""
    if not isinstance(value, list):
        return value
    return [
        str(day) if isinstance(day, date) and not isinstance(day, datetime) else day
        for day in value
    ]


@once_a_text
def parse_holidays(text: str, file: str) -> HolidayTable:
    """The public holidays and make-up days of the notice for the year the file is named after.

    Days of the December before, which a New Year's notice moves, are among them.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    table = dates_as_texts(parse_toml(text, file))
    read = Reader(findings).record(table, HolidaysFile)
    findings.raise_any()
    assert read is not None  # no record without a finding
    if str(read.year) != PurePath(file).stem:
        findings.add("year", "id_is_not_file", name=read.year, wanted=PurePath(file).stem)
    found = holiday_table(findings, read)
    findings.raise_any()
    return found


def holiday_table(findings: Findings, read: HolidaysFile) -> HolidayTable:
    """What a notice says; days that cannot stand are left out, and the findings say why."""
    off = _days(findings, "off", read.off, read.year)
    work = _days(findings, "work", read.work, read.year)
    for day in sorted(off & work):
        findings.add("work", "off_and_worked", text=day)
    return HolidayTable(off, work)


def judge_years(calendar: Calendar, today: date) -> list[SiteProblem]:
    """A note for each year whose notice ought to be in by now and is not."""
    return [
        SiteProblem(f"{HOLIDAYS}/{year}.toml", "", "year_lacking", {"year": str(year)})
        for year in years_lacking(calendar, today)
    ]


def kept_notice(calendar: Calendar | None, name: str, year: int) -> HolidayTable | None:
    """A year's notice as the record's calendar has it, its days of the December before among them;
    as it was shipped where the record has none."""
    if calendar is not None and known(calendar, year):
        return notice_of(calendar, year)
    with suppress(SiteError):
        return parse_holidays(shipped_text(name), name)
    return None
