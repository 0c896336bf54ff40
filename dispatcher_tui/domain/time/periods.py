"""Weeks, months, quarters and years by name: ``2026-W47``, ``2026-11``, ``2026-Q4``, ``2026``."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import msgspec

from dispatcher_tui.domain.time.calendar import Calendar, local_date

EVERY = ("week", "month", "quarter", "year")
"""The periods there are."""

_NAME = re.compile(r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)|Q(?P<quarter>[1-4])|(?P<month>\d\d)))?")


class Period(msgspec.Struct, frozen=True, order=True):
    """A stretch of whole local days, from ``first`` up to but without ``beyond``."""

    first: date
    beyond: date
    name: str

    def span(self, calendar: Calendar) -> tuple[datetime, datetime]:
        """The same as moments (UTC), the second one no longer of it."""
        begin, end = (datetime.combine(d, time(0), calendar.tz) for d in (self.first, self.beyond))
        return begin.astimezone(UTC), end.astimezone(UTC)

    def before(self) -> Period:
        """The period of the same sort that ended when this one began."""
        return period_of(_sort(self.name), self.first - timedelta(days=1))

    def after(self) -> Period:
        """The period of the same sort that begins when this one ends."""
        return period_of(_sort(self.name), self.beyond)


def _sort(name: str) -> str:
    rest = name[4:]
    if not rest:
        return "year"
    return {"W": "week", "Q": "quarter"}.get(rest[1], "month")


def first_of_month(year: int, month: int) -> date:
    """The first of a month; month 13 is the next year's first."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def period_of(every: str, day: date) -> Period:
    """The period of a sort that a local day lies in.

    Raises:
        ValueError: there is no such sort.
    """
    if every == "week":
        first = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Period(first, first + timedelta(days=7), f"{year:04d}-W{week:02d}")
    if every == "month":
        return Period(
            day.replace(day=1),
            first_of_month(day.year, day.month + 1),
            f"{day.year:04d}-{day.month:02d}",
        )
    if every == "quarter":
        quarter = (day.month - 1) // 3
        first = first_of_month(day.year, quarter * 3 + 1)
        return Period(
            first, first_of_month(day.year, quarter * 3 + 4), f"{day.year:04d}-Q{quarter + 1}"
        )
    if every == "year":
        return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1), f"{day.year:04d}")
    raise ValueError(every)


def period_named(name: str) -> Period:
    """The period of that name.

    Raises:
        ValueError: there is none.
    """
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    year = int(match["year"])
    if match["week"]:
        return period_of("week", date.fromisocalendar(year, int(match["week"]), 1))
    if match["quarter"]:
        return period_of("quarter", date(year, int(match["quarter"]) * 3, 1))
    if match["month"]:
        return period_of("month", date(year, int(match["month"]), 1))
    return period_of("year", date(year, 1, 1))


def period_at(every: str, calendar: Calendar, at: datetime) -> Period:
    """The period of a sort that a moment lies in at the site."""
    return period_of(every, local_date(calendar, at))
