"""The cases of a month that matter most, and each dispatcher's own figures (P0-10, P0-12)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.month import (
    DISPATCH_SECONDS,
    Concern,
    DispatcherFigures,
    LateDuty,
    Matter,
    spread_of,
)
from dispatcher_tui.domain.words.terms import Fact, Satisfaction, Stage

MOST_MATTERS = 10
"""So many cases a leader reads by name."""

_GRAVE_FACTS = (Fact.INJURY, Fact.MEDIA, Fact.CLAIM, Fact.GROUP, Fact.ORDER, Fact.LOSS)
_DAY = 86_400
_RINGS = 3
"""From so many calls about the same matter on, that is said."""

_WEIGHTS = {
    Concern.EMERGENCY: 64,
    Concern.GRAVE: 32,
    Concern.FACTS: 16,
    Concern.DISSATISFIED: 16,
    Concern.REOPENED: 8,
    Concern.LATE: 8,
    Concern.RANG_AGAIN: 4,
    Concern.OPEN: 2,
}
"""What weighs how much: of two cases the one with the heavier sum is read first."""


class Weighed(msgspec.Struct, frozen=True):
    """A case as it stood at the end, whether its level is an emergency or grave, and by how much
    its duties of the month were late together (seconds)."""

    case: Case
    emergency: bool
    grave: bool
    late: int = 0


def concerns(each: Weighed) -> tuple[Concern, ...]:
    """Why a case matters, the heaviest first."""
    case = each.case
    found = {
        Concern.EMERGENCY: each.emergency,
        Concern.GRAVE: each.grave and not each.emergency,
        Concern.FACTS: any(fact in case.facts for fact in _GRAVE_FACTS),
        Concern.DISSATISFIED: case.satisfaction is Satisfaction.DISSATISFIED,
        Concern.REOPENED: case.round > 1,
        Concern.LATE: each.late >= _DAY,
        Concern.RANG_AGAIN: case.rings >= _RINGS,
        Concern.OPEN: not case.stage.ended and case.stage is not Stage.WRITTEN_OFF,
    }
    return tuple(concern for concern, so in found.items() if so)


def matters_of(cases: Iterable[Weighed]) -> tuple[Matter, ...]:
    """The cases that matter most, the heaviest first; those that only are open are none."""
    found = []
    for each in cases:
        why = concerns(each)
        if why and why != (Concern.OPEN,):
            case = each.case
            matter = Matter(case.number, case.level, case.category, case.stage, why)
            found.append((-sum(_WEIGHTS[concern] for concern in why), -each.late, matter))
    found.sort(key=lambda row: (row[0], row[1], row[2].number))
    return tuple(matter for _weight, _late, matter in found[:MOST_MATTERS])


def late_by_case(late: Iterable[LateDuty]) -> Mapping[str, int]:
    """By the number of a case, by how much its duties were late together (seconds)."""
    sums = Counter[str]()
    for duty in late:
        sums[duty.case] += duty.by
    return sums


class Watches:
    """Who was on watch when, by who took it over and at which moment."""

    def __init__(self, taken: Iterable[tuple[datetime, str]]) -> None:
        found = sorted(taken)
        self._times = [at for at, _name in found]
        self._names = [name for _at, name in found]

    def at(self, moment: datetime) -> str:
        """Who was on watch then; empty where nobody is known to have been."""
        place = bisect_right(self._times, moment)
        return self._names[place - 1] if place else ""


class Attributed(msgspec.Struct, frozen=True):
    """What the entries of a month say of who did what: ``opened`` names who opened a case by its
    id, ``handed_over`` who handed the watch over, once for each time."""

    opened: Mapping[str, str] = {}
    handed_over: Sequence[str] = ()
    watches: Watches = Watches(())


def dispatchers_of(
    said: Attributed, opened: Iterable[Case], due: Iterable[tuple[datetime, bool]]
) -> tuple[DispatcherFigures, ...]:
    """Each dispatcher's figures, by name.

    A case is of whoever opened it; a duty is of whoever was on watch when it fell due.
    """
    first, cases = defaultdict[str, list[float]](list), Counter[str]()
    for case in opened:
        name = said.opened.get(case.id, "")
        cases[name] += 1
        if case.calls:
            called = min(call.at for call in case.calls)
            first[name].append(max(0.0, (called - case.received_at).total_seconds()))
    owed, in_time = Counter[str](), Counter[str]()
    for at, done in due:
        name = said.watches.at(at)
        owed[name] += 1
        in_time[name] += done
    handed = Counter(said.handed_over)
    names = sorted({*cases, *owed, *handed} - {""})
    return tuple(
        DispatcherFigures(
            name=name,
            opened=cases[name],
            first_call=spread_of(first[name]),
            within=sum(seconds <= DISPATCH_SECONDS for seconds in first[name]),
            due=owed[name],
            in_time=in_time[name],
            handed_over=handed[name],
        )
        for name in names
    )
