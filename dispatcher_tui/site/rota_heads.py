"""The heads of a rota: people down, days across, as they are written on walls and in workbooks.

A day is a date, a day of a month that the title names, or a weekday of every week.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from dispatcher_tui.site.list_heads import ROSTER, heads_of
from dispatcher_tui.site.list_sheet import ListSheet

ROTA = "rota"
"""What it is adopted as."""

LOOKED_AT = 12
"""So many of the first rows are looked at for the heads."""

_BESIDE = r"(?:\s*[(（]?(?:周|星期|礼拜)?[一二三四五六日天]?[)）]?)?"
_YEAR = r"((?:19|20)\d\d) *[-/.年] *"
_FULL = re.compile(
    rf"{_YEAR}(\d{{1,2}}) *[-/.月] *(\d{{1,2}}) *[日号]?(?: 0?0:00(?::00)?)?{_BESIDE}"
)
_SHORT = re.compile(rf"(\d{{1,2}}) *[-/.月] *(\d{{1,2}}) *[日号]?{_BESIDE}")
_ALONE = re.compile(rf"(\d{{1,2}})(?:\.0)? *[日号]?{_BESIDE}")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])|([一二三四五六日])")
_OF_WEEK = "一二三四五六日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WHOLE = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = re.compile(rf"{_YEAR}(\d{{1,2}})(?= *月|\D|$)|(?<!\d)(\d{{1,2}}) *月(?! *\d+ *[日号])")
_HALF_YEAR = timedelta(days=183)
_FEW, _MANY = 3, 5


class DayHead(msgspec.Struct, frozen=True):
    """A head that is a day: what of ``year``, ``month`` and ``day`` it says (0: not), or which
    weekday (0 is Monday, -1: none)."""

    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def weekday_of(text: str) -> int:
    """The weekday that a text names, -1 where it is none; 0 is Monday."""
    plain = _plain(text).casefold()
    for names in (_ENGLISH, _WHOLE):
        if plain.rstrip(".") in names:
            return names.index(plain.rstrip("."))
    match = _WEEKDAY.fullmatch(plain)
    if match is None:
        return -1
    return _OF_WEEK.index((match[1] or match[2]).replace("天", "日"))


def day_head(text: str) -> DayHead | None:
    """What a head says of a day; None where it is none."""
    plain = _plain(text)
    if match := _FULL.fullmatch(plain):
        return DayHead(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT.fullmatch(plain):
        return DayHead(0, int(match[1]), int(match[2]))
    if match := _ALONE.fullmatch(plain):
        return DayHead(day=int(match[1]))
    weekday = weekday_of(plain)
    return DayHead(weekday=weekday) if weekday >= 0 else None


def days_known(cells: Sequence[str]) -> int:
    """How many days stand in a row, where it is the heads of a rota; 0 where it is none."""
    found = [(at, head) for at, cell in enumerate(cells) if (head := day_head(cell)) is not None]
    dated = sum(head.month > 0 for _at, head in found)
    weekly = sum(head.weekday >= 0 for _at, head in found)
    if dated and (dated >= _FEW or person_columns(cells)):
        return dated
    if weekly >= _FEW:
        return weekly
    alone = [(at, head.day) for at, head in found if head.day and not head.month]
    follow = sum(
        at == before + 1 and day == last + 1 for (before, last), (at, day) in pairwise(alone)
    )
    least = _FEW if person_columns(cells) else _MANY
    return len(alone) if follow + 1 >= least else 0


def person_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns stand that say whose row it is: ``id`` and ``name``, as far as there."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for column in heads_of(ROSTER, cell):
            if column in ("id", "name"):
                found.setdefault(column, at)
    return found


def head_row(sheet: ListSheet) -> int:
    """In which of a sheet's rows the days of a rota stand, -1 where it is no rota.

    Of two rows with days, dates above weekdays, the dates are the heads.
    """

    def worth(cells: Sequence[str]) -> tuple[bool, int]:
        known = days_known(cells)
        dated = any(head.day for head in map(day_head, cells) if head is not None)
        return dated and known > 0, known

    rows = [worth(row.cells) for row in sheet.rows[:LOOKED_AT]]
    best = max(rows, default=(False, 0))
    return rows.index(best) if best[1] else -1


def month_in(texts: Iterable[str], today: date) -> tuple[int, int] | None:
    """The year and month that a title or a name of a sheet says; the nearest one without a year."""
    for text in texts:
        for match in _MONTH.finditer(_plain(text)):
            month = int(match[2] or match[3])
            if not 1 <= month <= 12:
                continue
            if match[1]:
                return int(match[1]), month
            return nearest(date(today.year, month, 1), today).year, month
    return None


def nearest(day: date, today: date) -> date:
    """That day of the year in which it lies nearest to today."""
    if day - today > _HALF_YEAR:
        return day.replace(year=day.year - 1)
    return day.replace(year=day.year + 1) if today - day > _HALF_YEAR else day


def day_of(head: DayHead, month: tuple[int, int] | None, today: date) -> date | None:
    """The date that a head means; None where there is no such day, or nobody said of which month.

    Raises nothing: a 31st of June is no date.
    """
    year, of_month = head.year, head.month
    if not of_month:
        if month is None:
            return None
        year, of_month = month
    try:
        if year:
            return date(year, of_month, head.day)
        return nearest(date(today.year, of_month, head.day), today)
    except ValueError:  # a 31st of June; a 29th of February in the nearest year
        return None
