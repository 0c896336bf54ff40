"""What the desk itself must have let fall due, counted by hand from the days of the calendar.

The estate's zone has no summer time, so a day is a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.domain.support import SHANGHAI

DAY = timedelta(days=1)
MONDAY, TUESDAY = 0, 1
WEEKLY, MONTHLY = ("review", "check"), ("month", "comment", "charges")
OF = {"estate-dispatch": (*WEEKLY, *MONTHLY), "resident-station": ("month",)}
"""The routines that are counted, by procedure."""


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _falls(day: date) -> list[tuple[str, date]]:
    """What falls due at the midnight a day begins with: each key, and when it could be done."""
    first = (day - DAY).replace(day=1)
    last_month = f"{first - DAY:%Y-%m}"
    found = []
    if day.weekday() == TUESDAY:
        found.append((f"review:{_week(day - 8 * DAY)}", day - DAY))
    if day.weekday() == MONDAY:
        found.append((f"check:{_week(day - DAY)}", day - 7 * DAY))
    if day.day == 6:
        found.append((f"month:{last_month}", first))
    if day.day == 11:
        found.append((f"comment:{last_month}", first))
    if day.day == 26:
        found.append((f"charges:{first:%Y-%m}", first))
    return found


class Routines:
    """What has fallen due of the desk's own, once each, since its procedures were adopted.

    Where several are in force each routine is called by its procedure besides.
    """

    def __init__(self, procedures: Sequence[str], since: datetime) -> None:
        alone = len(procedures) == 1
        self._names = {
            name: [name if alone else f"{each}/{name}" for each in procedures if name in OF[each]]
            for name in (*WEEKLY, *MONTHLY)
        }
        self._since = since
        self.fired: set[str] = set()

    def _midnights(self, until: datetime) -> list[tuple[datetime, str]]:
        day = self._since.astimezone(SHANGHAI).date()
        found = []
        while (at := datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)) <= until:
            for key, opened in _falls(day):
                begun = datetime(opened.year, opened.month, opened.day, tzinfo=SHANGHAI)
                name, _colon, of = key.partition(":")
                if begun >= self._since:
                    found += [(at, f"{each}:{of}") for each in self._names[name]]
            day += DAY
        return found

    def due(self, now: datetime) -> dict[str, datetime]:
        """What has to be written down at ``now``, with its due times."""
        return {key: at for at, key in self._midnights(now) if key not in self.fired}

    def coming(self, now: datetime) -> datetime | None:
        """When the next of them falls due, within six weeks; it may be past."""
        return min((at for at in self.due(now + 42 * DAY).values()), default=None)

    def wrong(self, body: dict[str, Any], now: datetime) -> str:
        """What is wrong with a firing that was written down at ``now``; empty where nothing is."""
        key, due = str(body["duty"]), datetime.fromisoformat(body["due"])
        if key in self.fired:
            return "the desk's own a second time:"
        if self.due(now).get(key) != due:
            return "the desk's own, not due by hand:"
        self.fired.add(key)
        return ""
