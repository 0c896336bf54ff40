"""A year's holiday notice as it comes: the JSON that is published yearly, or a table of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from dispatcher_tui.domain.time.calendar import HolidayTable
from dispatcher_tui.site.holiday_files import HolidaysFile, dates_as_texts, holiday_table
from dispatcher_tui.site.problems import Findings, SiteError, SiteProblem
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.texts import HOLIDAYS
from dispatcher_tui.site.toml_text import parse_toml, read_text


class _Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day of the published list."""

    date: str
    name: str = ""
    is_off: bool = msgspec.field(name="isOffDay")


class _Published(msgspec.Struct, frozen=True):
    """The published list: ``papers`` are the addresses of the notices it was made from."""

    year: int
    days: tuple[_Day, ...]
    papers: tuple[str, ...] = ()


class HolidayNotice(msgspec.Struct, frozen=True):
    """A year's notice: what it says, and the text it is kept as."""

    year: int
    table: HolidayTable
    text: str

    @property
    def name(self) -> str:
        """The file of a site that holds it."""
        return f"{HOLIDAYS}/{self.year}.toml"


def read_notice(path: Path) -> HolidayNotice:
    """Read a notice from a file of any name.

    Raises:
        SiteError: with everything that is wrong with it; one without a single day is none.
    """
    text = read_text(path)
    findings = Findings(path.name)
    if text.lstrip().startswith("{"):
        table = _as_table(text, findings)
        text = _as_text(table)
    else:
        table = dates_as_texts(parse_toml(text, path.name))
    read = Reader(findings).record(table, HolidaysFile)
    findings.raise_any()
    assert read is not None  # no record without a finding
    found = holiday_table(findings, read)
    if not (read.off or read.work):
        findings.add("", "no_days", year=read.year)
    findings.raise_any()
    return HolidayNotice(read.year, found, text)


def _parsed(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        detail = {"line": str(error.lineno), "column": str(error.colno), "reason": error.msg}
    except (RecursionError, ValueError) as error:  # nested too deeply, or a number without end
        detail = {"line": "1", "column": "1", "reason": type(error).__name__}
    raise SiteError([SiteProblem(file, "", "toml_syntax", detail)])


def _as_table(text: str, findings: Findings) -> dict[str, Any]:
    """The published list as the table that it would be in a file of ours.

    What is in it beside year, papers and days is left alone.
    """
    whole = _parsed(text, findings.file)
    given = {name: whole[name] for name in _Published.__struct_fields__ if name in whole}
    if isinstance(days := given.get("days"), list):
        given["days"] = [_own_keys(day) for day in days]
    read = Reader(findings).record(given, _Published)
    findings.raise_any()
    assert read is not None  # no record without a finding
    return {
        "year": read.year,
        "source": ", ".join(read.papers),
        "off": [day.date for day in read.days if day.is_off],
        "work": [day.date for day in read.days if not day.is_off],
    }


def _own_keys(day: object) -> object:
    known = {field.encode_name for field in msgspec.structs.fields(_Day)}
    return {k: v for k, v in day.items() if k in known} if isinstance(day, dict) else day


def _as_text(table: dict[str, Any]) -> str:
    """A table as a file of ours; TOML writes texts, numbers and lists as JSON does."""
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.items())
    return "\n".join(lines) + "\n"
