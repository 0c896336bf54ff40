"""How many cases were opened month by month, read from the record for the Monthly Summary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.as_of import held_by
from dispatcher_tui.domain.record.trend import OpenedCount, Trend, TrendSeries
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.store.store import Store

LOOK_BACK = 12
"""With so many months before it a month is compared."""


class TrendReader:
    """``complaints`` says of a procedure's hash whether its cases count; ``now`` is UTC."""

    def __init__(
        self,
        store: Store,
        rulebook: Rulebook,
        complaints: Callable[[str], bool],
        now: datetime,
    ) -> None:
        self._store = store
        self._rulebook = rulebook
        self._complaints = complaints
        self._now = now

    def read(self, until: Period, calendar: Calendar) -> Trend:
        """The cases opened month by month, of every level of every procedure, and together.

        Up to twelve months before ``until`` and itself, where it is over; none before the month
        of the first case. A level is the one a case had at the end of its month.
        """
        first = self._store.first_opening()
        periods: list[Period] = []
        period = until
        for _month in range(LOOK_BACK + 1):
            begin, end = period.span(calendar)
            if first is None or end <= first:
                break
            if end <= self._now:
                periods.insert(0, period)
            period = period.before()
        if not periods:
            return ()
        spans = {period.name: period.span(calendar) for period in periods}
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for name, (begin, end) in spans.items():
            for procedure, level, n in self._store.opened_between(begin, end):
                if not self._complaints(procedure):
                    continue
                key = (self._rulebook.procedure(procedure).id, level)
                of_level = counts.setdefault(key, {})
                of_level[name] = of_level.get(name, 0) + n
        self._as_graded_then(counts, spans)
        return self._series(counts, tuple(spans))

    def _as_graded_then(
        self,
        counts: dict[tuple[str, str], dict[str, int]],
        spans: dict[str, tuple[datetime, datetime]],
    ) -> None:
        """Count every case at the level that it had when its month ended, under the procedure that
        had it then."""
        begin = next(iter(spans.values()))[0]
        for case_id in self._store.regraded_since(begin):
            record = self._store.case(case_id)
            assert record is not None
            case = record.case
            month = next((m for m, (a, b) in spans.items() if a <= case.opened_at < b), "")
            held = [grade.level for grade in case.grades if month and grade.at < spans[month][1]]
            if not held:
                continue
            then = held_by(case, spans[month][1])
            for ref, level, by in ((case.procedure, case.level, -1), (then, held[-1], 1)):
                if self._complaints(ref):
                    of_level = counts.setdefault((self._rulebook.procedure(ref).id, level), {})
                    of_level[month] = of_level.get(month, 0) + by

    def _series(
        self, counts: dict[tuple[str, str], dict[str, int]], months: tuple[str, ...]
    ) -> Trend:
        def series(procedure: str, level: str) -> TrendSeries:
            fitting = [
                of_level
                for (its, graded), of_level in counts.items()
                if (not procedure or its == procedure) and (not level or graded == level)
            ]
            sums = (OpenedCount(m, sum(each.get(m, 0) for each in fitting)) for m in months)
            return TrendSeries(procedure, level, tuple(sums))

        found = []
        counts = {key: of_level for key, of_level in counts.items() if any(of_level.values())}
        procedures = sorted({procedure for procedure, _level in counts})
        for procedure in procedures:
            levels = sorted(level for its, level in counts if its == procedure)
            found += [series(procedure, level) for level in ("", *levels)]
        return (series("", ""), *found) if len(procedures) > 1 else tuple(found)
