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

from dispatcher_tui.site.lists.list_heads import ROSTER, heads_of
from dispatcher_tui.site.lists.list_sheet import ListSheet

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
_OF_DAYS = frozenset(
    ("日期", "日", "号", "年月", "年月日", "月份", "日期姓名", "姓名日期", "date", "day")
)
"""What stands at the corner of a rota, over the names and before the days."""
_CYCLES = frozenset(
    ("轮班", "轮班周期", "轮转", "倒班", "循环", "排班周期", "周期", "cycle", "rotation")
)
_FIRST_DAYS = frozenset(
    ("起始日", "起始日期", "开始日", "开始日期", "首日", "start", "startdate", "firstday")
)
"""What stands over the turns of a rotating shift, and over the day that they begin on."""
_DAYLIKE = re.compile(
    r"第? *\d{1,5}(?:\.0+)? *[天日号]?|\D*\d{1,4} *[-/.年月] *\d{1,2}.*", re.DOTALL
)
_MONTH_OF = r"(?<!\d)(?:0?[1-9]|1[0-2])"
_SPAN_OF_DAYS = re.compile(
    rf"(?:{_MONTH_OF} *[月/]|{_YEAR}{_MONTH_OF} *[-/.月]) *\d{{1,2}} *[日号]?"
    r" *(?:至|到|[-~—–]+) *\d"
)
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


def day_heads(cells: Sequence[str]) -> dict[int, DayHead]:
    """The days of a row of heads by where they stand; 日 before days of a month is no Sunday."""
    found = {at: head for at, cell in enumerate(cells) if (head := day_head(cell)) is not None}
    first = min(found, default=-1)
    if any(head.day for head in found.values()) and cells[first].strip() == "日":
        del found[first]
    return found


def days_known(cells: Sequence[str]) -> int:
    """How many days stand in a row, where it is the heads of a rota; 0 where it is none."""
    found = list(day_heads(cells).items())
    dated = sum(head.month > 0 for _at, head in found)
    weekly = sum(head.weekday >= 0 for _at, head in found)
    headed = bool(person_columns(cells)) or any(
        map(over_days, cells[: found[0][0] if found else 0])
    )
    if dated and (dated >= _FEW or headed):
        return dated
    if weekly >= _FEW:
        return weekly
    alone = [(at, head.day) for at, head in found if head.day and not head.month]
    follow = sum(
        at == before + 1 and day == last + 1 for (before, last), (at, day) in pairwise(alone)
    )
    least = _FEW if headed else _MANY
    return len(alone) if follow + 1 >= least else 0


def person_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns stand that say whose row it is: ``id`` and ``name``, as far as there."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for column in heads_of(ROSTER, cell):
            if column in ("id", "name"):
                found.setdefault(column, at)
    return found


def cycle_columns(cells: Sequence[str]) -> dict[str, int]:
    """Where a list of rotating shifts says its first days (``since``) and its turns (``turns``);
    empty for what is no such list: both are there, and no column that only a roster has."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        word = re.sub(r"[\s/\\|:_-]+", "", _plain(cell).casefold())
        for name, words in (("since", _FIRST_DAYS), ("turns", _CYCLES)):
            if word in words:
                found.setdefault(name, at)
    roster = {column for cell in cells for column in heads_of(ROSTER, cell)} & {"role", "phones"}
    return found if len(found) == 2 and not roster else {}


def over_days(text: str) -> bool:
    """Whether a head stands over nobody's names but says that days follow: 日期, 2026年12月."""
    plain = _plain(text).casefold()
    word = re.sub(r"[\s/\\|:_-]+", "", plain)
    return word in _OF_DAYS or (_MONTH.match(plain) is not None and day_head(text) is None)


def days_above(sheet: ListSheet, at: int) -> bool:
    """Whether days of a calendar stand above weekdays in a row: those are of one week or month,
    and no pattern for every week."""
    columns = [n for n, cell in enumerate(sheet.rows[at].cells) if weekday_of(cell) >= 0]
    for row in sheet.rows[:at]:
        found = [
            n for n in columns if n < len(row.cells) and _DAYLIKE.fullmatch(_plain(row.cells[n]))
        ]
        if 2 * len(found) > len(columns) or any(_SPAN_OF_DAYS.search(_plain(c)) for c in row.cells):
            return True
    return False


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
    if best[1]:
        return rows.index(best)
    turning = (at for at, row in enumerate(sheet.rows[:LOOKED_AT]) if cycle_columns(row.cells))
    return next(turning, -1)


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
