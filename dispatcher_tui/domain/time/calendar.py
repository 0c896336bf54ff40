"""The site's calendar: zone, office hours, shift plan and holiday tables, and what they decide.

Every function takes and returns aware datetimes; results are in UTC.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.words.terms import Label

_DAY = timedelta(days=1)


class Shift(msgspec.Struct, frozen=True):
    """One planned watch of the day, in local time; an end at or before the start is next day."""

    name: Label
    start: time
    end: time


class HolidayTable(msgspec.Struct, frozen=True, omit_defaults=True):
    """One year's public holidays and the make-up days (调休) worked for them.

    ``partial``: the year's own notice is not known; the days are those of December that the next
    year's notice names.
    """

    off: frozenset[date]
    work: frozenset[date]
    partial: bool = False


class Calendar(msgspec.Struct, frozen=True):
    """What turns a rule's words into a moment at this site."""

    zone: str
    office_start: time
    office_end: time
    shifts: tuple[Shift, ...]
    holidays: dict[int, HolidayTable]

    @property
    def tz(self) -> tzinfo:
        """The site's time zone."""
        return _zone(self.zone)


class DueAt(msgspec.Struct, frozen=True):
    """When a duty is due (UTC), when it opens if later than its start, and if that is sure.

    ``confirmed`` is False where a year without a known holiday table was counted over.
    """

    at: datetime
    opens: datetime | None = None
    confirmed: bool = True


class Watch(msgspec.Struct, frozen=True):
    """One planned shift on one day: from ``start`` up to but not including ``end`` (UTC)."""

    shift: Shift
    start: datetime
    end: datetime


@lru_cache(maxsize=8)
def _zone(name: str) -> tzinfo:
    return ZoneInfo(name)


def _local(calendar: Calendar, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, calendar.tz).astimezone(UTC)


def _midnight_after(calendar: Calendar, day: date) -> datetime:
    """24:00 local of ``day``."""
    return _local(calendar, day + _DAY, time(0))


def local_date(calendar: Calendar, at: datetime) -> date:
    """The site's date at a moment."""
    return at.astimezone(calendar.tz).date()


def day_after(calendar: Calendar, at: datetime) -> datetime:
    """24:00 local of the day a moment lies in (UTC)."""
    return _midnight_after(calendar, local_date(calendar, at))


def is_working_day(calendar: Calendar, day: date) -> tuple[bool, bool]:
    """Whether ``day`` is worked, and whether a known holiday table says so."""
    table = calendar.holidays.get(day.year)
    if table is None:
        return day.weekday() < 5, False
    named = day in table.work or day in table.off
    worked = day in table.work or (day.weekday() < 5 and day not in table.off)
    return worked, named or not table.partial


def _working_day_after(calendar: Calendar, day: date, count: int) -> tuple[date, bool]:
    confirmed = True
    while count:
        day += _DAY
        worked, known = is_working_day(calendar, day)
        confirmed = confirmed and known
        count -= worked
    return day, confirmed


def watch_at(calendar: Calendar, at: datetime) -> Watch:
    """The planned shift on watch at a moment, or the next one where the plan has a gap."""
    day = local_date(calendar, at)
    planned = []
    for offset in (-1, 0, 1, 2):
        first = day + timedelta(days=offset)
        for shift in calendar.shifts:
            last = first + _DAY if shift.end <= shift.start else first
            start, end = _local(calendar, first, shift.start), _local(calendar, last, shift.end)
            if end > at:
                planned.append(Watch(shift, start, end))
    return min(planned, key=lambda watch: (max(watch.start, at), watch.end))


def next_watch(calendar: Calendar, watch: Watch) -> Watch:
    """The planned shift that takes over when ``watch`` ends."""
    return watch_at(calendar, watch.end)


def _same_day_months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _next_day_of_month(day: date, wanted: int) -> date:
    clamped = min(wanted, monthrange(day.year, day.month)[1])
    if day.day <= clamped:
        return day.replace(day=clamped)
    first = _same_day_months_on(day.replace(day=1), 1)
    return first.replace(day=min(wanted, monthrange(first.year, first.month)[1]))


def due_at(calendar: Calendar, spec: due.DueSpec, start: datetime) -> DueAt:
    """The moment ``spec`` names when counted from ``start``, or back from a time at ``start``.

    Boundaries as the rulebook fixes them: elapsed units to the second; days, months, weekdays
    and days of month end at 24:00 local; working days end at the close of office hours.
    """
    day = local_date(calendar, start)
    match spec:
        case due.Elapsed(seconds):
            return DueAt(start + timedelta(seconds=seconds))
        case due.NotBefore(seconds):
            opens = start + timedelta(seconds=seconds)
            return DueAt(opens, opens)
        case due.BeforePromise(seconds) | due.BeforeField(seconds):
            return DueAt(start - timedelta(seconds=seconds))
        case due.Days(count):
            return DueAt(_midnight_after(calendar, day + timedelta(days=count)))
        case due.WorkingDays(count):
            last, confirmed = _working_day_after(calendar, day, count)
            return DueAt(_local(calendar, last, calendar.office_end), confirmed=confirmed)
        case due.Months(count) | due.AfterField(count):
            return DueAt(_midnight_after(calendar, _same_day_months_on(day, count)))
        case due.ShiftEnd():
            return DueAt(watch_at(calendar, start).end)
        case due.Weekday(wanted):
            ahead = (wanted - day.weekday() - 1) % 7 + 1
            return DueAt(_midnight_after(calendar, day + timedelta(days=ahead)))
        case due.DayOfMonth(wanted):
            return DueAt(_midnight_after(calendar, _next_day_of_month(day, wanted)))
