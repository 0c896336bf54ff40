"""How many cases were opened month by month, and where that has risen (P2-09, P2-10)."""

from __future__ import annotations

import msgspec

from dispatcher_tui.domain.time.periods import period_named, period_of

RUNNING = 3
"""So many months of a rise are one that has to be looked into: 连续三个月 (P2-10)."""


class OpenedCount(msgspec.Struct, frozen=True):
    """How many cases were opened in a month (``2026-11``)."""

    month: str
    n: int


class TrendSeries(msgspec.Struct, frozen=True, omit_defaults=True):
    """The cases opened of one level of one procedure, month by month without a gap, oldest first.

    ``procedure`` is its id; ``level`` is empty for all of its levels together, and both are empty
    for all there were. Only months that are over belong here.
    """

    procedure: str
    level: str
    months: tuple[OpenedCount, ...]


Trend = tuple[TrendSeries, ...]


class Rise(msgspec.Struct, frozen=True):
    """The last three months of a series, each with more cases than the one before it (P2-10)."""

    procedure: str
    level: str
    months: tuple[OpenedCount, OpenedCount, OpenedCount]

    @property
    def name(self) -> str:
        """What it is known by, whenever it is found again: ``ordinary:2026-11``."""
        return f"{self.level or 'all'}:{self.months[-1].month}"


def rising(trend: Trend) -> tuple[Rise, ...]:
    """Every series whose last three months rose: strictly, ``m-2 < m-1 < m``.

    As many as in the month before is no rise, and fewer than three months tell of none.
    """
    found = []
    for series in trend:
        if len(series.months) < RUNNING:
            continue
        first, second, last = series.months[-RUNNING:]
        if first.n < second.n < last.n:
            found.append(Rise(series.procedure, series.level, (first, second, last)))
    return tuple(found)


def by_quarter(series: TrendSeries) -> tuple[tuple[str, int], ...]:
    """The sums of every quarter that all three months of are in a series (P2-09)."""
    sums: dict[str, list[int]] = {}
    for opened in series.months:
        quarter = period_of("quarter", period_named(opened.month).first).name
        sums.setdefault(quarter, []).append(opened.n)
    return tuple((quarter, sum(each)) for quarter, each in sums.items() if len(each) == RUNNING)
