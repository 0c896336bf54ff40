"""From cases as they stood at a month's end to the figures of its summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.month import (
    DISPATCH_SECONDS,
    Count,
    Dispatch,
    Month,
    spread_of,
)
from dispatcher_tui.domain.record.trend import Trend
from dispatcher_tui.domain.reviews.case_flow import CaseAtEnd, Stretch, counted, signalled
from dispatcher_tui.domain.reviews.matters import (
    Attributed,
    Weighed,
    dispatchers_of,
    late_by_case,
    matters_of,
)
from dispatcher_tui.domain.reviews.timeliness import DutyAtEnd, due_in, timeliness
from dispatcher_tui.domain.words.place import place_parts
from dispatcher_tui.domain.words.terms import Stage

CAUSE = "cause"
"""The line of a write-off's checklist that says why it came to the complaint."""


NOTHING_SAID = Attributed()
"""Where nobody is known to have done anything."""


def _counts(keys: Iterable[str]) -> tuple[Count, ...]:
    """How many of each, the most first."""
    found = Counter(keys)
    return tuple(Count(key, n) for key, n in sorted(found.items(), key=lambda x: (-x[1], x[0])))


def _opened_at(case: Case, number: int) -> datetime:
    return next(s.at for s in case.signals if s.round == number and s.name == "opened")


def _first_follow_ups(held: Sequence[CaseAtEnd], stretch: Stretch) -> Iterator[float]:
    """Seconds from an opening to its first follow-up, where that was in the stretch."""
    for each in held:
        firsts: dict[int, datetime] = {}
        for signal in each.case.signals:
            if signal.name == "followed_up":
                at = min(signal.at, firsts.get(signal.round, signal.at))
                firsts[signal.round] = at
        for number, at in firsts.items():
            if stretch.has(at):
                yield _lasted(_opened_at(each.case, number), at)


def _write_offs(held: Sequence[CaseAtEnd], stretch: Stretch) -> Iterator[float]:
    """Seconds from an opening to its write-off, where that was in the stretch."""
    for each in held:
        for number, at in dict(signalled(each.case, "written_off", stretch)).items():
            yield _lasted(_opened_at(each.case, number), at)


def _lasted(start: datetime, end: datetime) -> float:
    return max(end - start, timedelta(0)).total_seconds()


def _dispatch(opened: Sequence[CaseAtEnd]) -> Dispatch:
    first = [
        _lasted(each.case.received_at, min(call.at for call in each.case.calls))
        for each in opened
        if each.case.calls
    ]
    within = sum(seconds <= DISPATCH_SECONDS for seconds in first)
    return Dispatch(spread_of(first), within, len(opened) - len(first))


def _building(case: Case) -> str:
    """The building of a unit, the name of any other place."""
    return next(iter(place_parts(case.place)), "")


def _owed(held: Iterable[CaseAtEnd], desk_duties: Iterable[DutyAtEnd]) -> Iterator[DutyAtEnd]:
    for each in held:
        fired = each.case.fired
        for duty in each.duties:
            yield DutyAtEnd(each.case.number, duty, duty.key in fired)
    yield from desk_duties


def month_of(
    stretch: Stretch,
    cases: Iterable[CaseAtEnd],
    *,
    desk_duties: Iterable[DutyAtEnd] = (),
    drills: int = 0,
    trend: Trend = (),
    said: Attributed = NOTHING_SAID,
    moved_out: int = 0,
) -> Month:
    """The figures of a month (P0-10, P0-14).

    Args:
        stretch: the month, and the moment it is summed up as of.
        cases: every case open within it or with a duty due in it, as of then; more do no harm.
        desk_duties: what the desk itself owed, as of then.
        drills: how many were held in it.
        trend: the cases opened in the months that were over.
        said: who opened, was on watch and handed over.
        moved_out: how many cases were handed over to another procedure in it.
    """
    known = list(cases)
    found_in = counted(known, stretch, moved_out=moved_out)
    held, opened, written_off = found_in.held, found_in.opened, found_in.written_off
    owed = list(_owed(known, desk_duties))
    found = timeliness(owed, stretch.begin, stretch.as_of)
    late = late_by_case(found.late)
    weighed = (
        Weighed(each.case, each.emergency, each.grave, late.get(each.case.number, 0))
        for each in held
        if each.case.stage is not Stage.INVALID
    )
    return Month(
        month=stretch.month,
        as_of=stretch.as_of,
        closed=stretch.closed,
        flow=found_in.flow,
        categories=_counts(each.case.category for each in opened),
        classes=_counts(each.case.case_class for each in opened),
        levels=_counts(each.case.level for each in opened),
        channels=_counts(each.case.channel.value for each in opened),
        departments=_counts(each.department for each in opened),
        buildings=_counts(_building(each.case) for each in opened),
        causes=_counts(each.cause for each in written_off),
        satisfaction=_counts(each.case.satisfaction.value for each in written_off),
        timeliness=found,
        first_follow_up=spread_of(_first_follow_ups(held, stretch)),
        write_off=spread_of(_write_offs(held, stretch)),
        dispatch=_dispatch(opened),
        emergencies=len(found_in.emergencies),
        false_alarms=sum(each.case.false_alarm for each in found_in.emergencies),
        drills=drills,
        trend=trend,
        matters=matters_of(weighed),
        dispatchers=dispatchers_of(
            said, (each.case for each in opened), due_in(owed, stretch.begin, stretch.as_of)
        ),
    )
