"""Holiday tables together: which years are known, and what a table that came later makes known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from dispatcher_tui.domain.time.calendar import Calendar, HolidayTable

_DUE_MONTH = 12
"""The notice of a year is published before the last month of the one before."""
_NO_DAYS: frozenset[date] = frozenset()


def known(calendar: Calendar, year: int) -> bool:
    """Whether a year's own notice is known: a table without a single day is none."""
    return _is_known(calendar.holidays.get(year))


def years_lacking(calendar: Calendar, today: date) -> tuple[int, ...]:
    """The years whose notice ought to be in by now and is not: this one, in December the next."""
    ahead = (today.year + 1,) if today.month == _DUE_MONTH else ()
    return tuple(year for year in (today.year, *ahead) if not known(calendar, year))


def _is_known(table: HolidayTable | None) -> bool:
    return table is not None and not table.partial and bool(table.off or table.work)


def belongs_with(year: int, day: date) -> bool:
    """Whether a year's notice may name a day: one of that year, or of the December before it."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _in_year(days: frozenset[date], year: int) -> frozenset[date]:
    return frozenset(day for day in days if day.year == year)


def by_year(notices: Mapping[int, HolidayTable]) -> dict[int, HolidayTable]:
    """The tables of the years, out of what each year's notice says.

    Days of December that a New Year's notice moves go to their own year, and where both notices
    name one of them the later notice counts. A notice without a single day is none.
    """
    found: dict[int, HolidayTable] = {}
    for year in sorted(notices):
        notice = notices[year]
        if not (notice.off or notice.work):
            continue
        found[year] = HolidayTable(
            _in_year(notice.off, year), _in_year(notice.work, year), notice.partial
        )
        off, work = _in_year(notice.off, year - 1), _in_year(notice.work, year - 1)
        if off or work:
            before = found.get(year - 1, HolidayTable(_NO_DAYS, _NO_DAYS, partial=True))
            found[year - 1] = replace(
                before, off=(before.off - work) | off, work=(before.work - off) | work
            )
    return found


def notice_of(calendar: Calendar, year: int) -> HolidayTable:
    """A year's notice as far as a calendar tells it: its days, and those of the December before.

    Raises:
        KeyError: the calendar has no table of that year.
    """
    table, before = calendar.holidays[year], calendar.holidays.get(year - 1)
    if before is None:
        return table
    off, work = (
        frozenset(day for day in days if day.month == 12) for days in (before.off, before.work)
    )
    return replace(table, off=table.off | off, work=table.work | work)


def came(pinned: Calendar, later: Calendar) -> tuple[int, ...]:
    """The years that a calendar does not know and of which a later one has more."""
    return tuple(
        year
        for year, table in sorted(later.holidays.items())
        if not known(pinned, year) and table != pinned.holidays.get(year)
    )


def completed(pinned: Calendar, later: Calendar) -> Calendar:
    """A calendar with the tables of the years that it lacks, as a later one has them.

    A year it knows stays as it is; so do its hours, its shifts and its zone. The calendar itself
    where the later one knows nothing more.
    """
    tables = {year: later.holidays[year] for year in came(pinned, later)}
    return replace(pinned, holidays={**pinned.holidays, **tables}) if tables else pinned
