"""The head's weekly check (P0-11): the records of a week in figures, and what deserves a look.

Its cases are counted as the month's are (`case_flow.py`), as of the week's end or of when it is
read; the rest is counted from the entries that occurred in it. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.reviews.case_flow import CaseAtEnd, Stretch, counted
from dispatcher_tui.domain.reviews.review import decisions_owed, unsigned_methods
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.terms import DutyState, Satisfaction, Stage

LONG_OWED = timedelta(days=7)
"""A closing paper that is owed for longer than this deserves a look."""


class Figures(msgspec.Struct, frozen=True):
    """What a week came to, from its first moment to the one it is read at.

    ``overdue``: duties that are overdue when it is read; ``fallen``: those that fell due undone
    in the week. ``papers``: cases that await their closing paper; ``late``: late entries.
    """

    opened: int = 0
    written_off: int = 0
    final: int = 0
    invalid: int = 0
    reopened: int = 0
    emergencies: int = 0
    fallen: int = 0
    corrections: int = 0
    late: int = 0
    dissatisfied: int = 0
    open: int = 0
    overdue: int = 0
    papers: int = 0


class WhyLook(StrEnum):
    """Why something deserves the head's look, the gravest first."""

    STUCK = "stuck"
    EMERGENCY = "emergency"
    OVERDUE = "overdue"
    DISSATISFIED = "dissatisfied"
    REOPENED = "reopened"
    UNSIGNED = "unsigned"
    PAPER = "paper"
    DESK = "desk"
    LATE = "late"
    CORRECTED = "corrected"


class Look(msgspec.Struct, frozen=True):
    """One thing that deserves a look: why, since when, on which case (none where of the desk).

    ``times``: how many entries or duties it stands for. ``about``: where and what the case is.
    ``duty`` is the one it is about, ``entry`` the newest entry, where there is one.
    """

    why: WhyLook
    at: datetime
    case_id: str = ""
    number: str = ""
    times: int = 1
    about: str = ""
    duty: Duty | None = None
    entry: Entry | None = None


class WeekCase(msgspec.Struct, frozen=True):
    """A case as it stands, with what is owed on it and the procedure it is pinned to."""

    case: Case
    duties: tuple[Duty, ...]
    procedure: Procedure


class Week(msgspec.Struct, frozen=True):
    """A week as the head looks through it."""

    period: Period
    figures: Figures
    looks: tuple[Look, ...]


def _counting(entries: Iterable[Entry]) -> list[Entry]:
    found = list(entries)
    void = no_longer_counting(found)
    return [entry for entry in found if entry.seq not in void]


def _number_of(entries: Iterable[Entry], *kinds: type[ev.Event]) -> int:
    return sum(isinstance(entry.event, kinds) for entry in entries)


def _overdue(held: WeekCase, now: datetime) -> list[Duty]:
    return [d for d in held.duties if d.pending and state(d, now) is DutyState.OVERDUE]


def _emergency(held: WeekCase) -> bool:
    levels = {level.id for level in held.procedure.levels if level.emergency}
    return bool(held.case.emergency_kind) or any(g.level in levels for g in held.case.grades)


def _unhappy(held: CaseAtEnd) -> bool:
    return held.case.satisfaction is Satisfaction.DISSATISFIED


def _dissatisfied(entry: Entry) -> bool:
    event = entry.event
    return isinstance(event, ev.WrittenOff) and event.satisfaction is Satisfaction.DISSATISFIED


def figures(
    entries: Iterable[Entry],
    cases: Iterable[CaseAtEnd],
    stretch: Stretch,
    overdue: int = 0,
) -> Figures:
    """The week in figures.

    Args:
        entries: what occurred in it.
        cases: those that were open in it, as of its end; more do no harm.
        stretch: the week, up to the present moment where it is running.
        overdue: how many duties are overdue when it is read.
    """
    written, found = _counting(entries), counted(cases, stretch)
    flow = found.flow
    return Figures(
        opened=flow.opened,
        written_off=flow.written_off,
        final=flow.final,
        invalid=flow.invalid,
        reopened=len(found.came_back),
        emergencies=len(found.emergencies),
        fallen=_number_of(written, ev.DutyFellDue, watch.DeskDutyFellDue),
        corrections=_number_of(written, ev.Corrected),
        late=sum(entry.late for entry in written),
        dissatisfied=sum(map(_unhappy, found.written_off)),
        open=flow.carried_over,
        overdue=overdue,
        papers=flow.papers_owed,
    )


def overdue_now(cases: Iterable[WeekCase], now: datetime) -> int:
    """How many duties of the cases are overdue."""
    return sum(len(_overdue(held, now)) for held in cases if not held.case.stage.ended)


def _standing(held: WeekCase, begin: datetime, now: datetime) -> Iterable[Look]:
    """What deserves a look in a case as it stands."""
    case = held.case

    about = f"{case.place} {' '.join(case.verbatim.split())}".strip()

    def look(why: WhyLook, at: datetime, times: int = 1, duty: Duty | None = None) -> Look:
        return Look(why, at, case.id, case.number, times, about, duty)

    asked = decisions_owed(held.procedure, held.duties)
    if not case.stage.ended and (case.stuck or asked):
        since = asked[0].start if asked else None
        yield look(WhyLook.STUCK, since or case.last_at or case.opened_at)
    if _emergency(held) and (not case.stage.handled or case.opened_at >= begin):
        yield look(WhyLook.EMERGENCY, case.opened_at)
    late = [d for d in _overdue(held, now) if d not in asked]
    if late:
        first = min(late, key=lambda d: d.due or now)
        yield look(WhyLook.OVERDUE, first.due or now, len(late), first)
    owed = unsigned_methods(case)
    if owed:
        yield look(WhyLook.UNSIGNED, owed[0].at, len(owed))
    off = case.written_off_at
    if case.stage is Stage.WRITTEN_OFF and off is not None and now - off > LONG_OWED:
        yield look(WhyLook.PAPER, off)


def _why(entry: Entry) -> WhyLook | None:
    if _dissatisfied(entry):
        return WhyLook.DISSATISFIED
    if isinstance(entry.event, ev.Reopened):
        return WhyLook.REOPENED
    if isinstance(entry.event, ev.Corrected):
        return WhyLook.CORRECTED
    return WhyLook.LATE if entry.late and isinstance(entry.event, ev.CaseEvent) else None


def _written(entries: Iterable[Entry], numbers: dict[str, str]) -> Iterable[Look]:
    """What deserves a look among the week's entries: one line a case and reason."""
    found: dict[tuple[WhyLook, str], Look] = {}
    for entry in _counting(entries):
        why, event = _why(entry), entry.event
        if why is None or not isinstance(event, ev.CaseEvent):
            continue
        key = (why, event.case)
        times = found[key].times + 1 if key in found else 1
        number = numbers.get(event.case, "")
        found[key] = Look(why, entry.occurred_at, event.case, number, times, entry=entry)
    return found.values()


def _missed(own: Iterable[Duty], begin: datetime, now: datetime) -> Iterable[Look]:
    """The desk's own duties that are overdue, or were missed as this week began."""
    for duty in own:
        lapsed = duty.done_at is None and duty.cancelled_at is not None
        recent = duty.cancelled_at is not None and duty.cancelled_at >= begin
        if duty.due is None or duty.done_at is not None:
            continue
        if (duty.pending and now > duty.due) or (lapsed and recent):
            yield Look(WhyLook.DESK, duty.due, duty=duty)


def look_through(
    period: Period,
    begin: datetime,
    entries: Sequence[Entry],
    cases: Sequence[WeekCase],
    own: Iterable[Duty],
    numbers: dict[str, str],
    now: datetime,
    found: Figures,
) -> Week:
    """A week as the head looks through it (P0-11).

    Args:
        period: the week.
        begin: its first moment.
        entries: what occurred in it, in order.
        cases: those that were opened in it, and those that are open now.
        own: the duties of the desk itself.
        numbers: the cases' numbers by their ids.
        now: the present moment.
        found: the week in figures.
    """
    looks = [look for held in cases for look in _standing(held, begin, now)]
    looks += _written(entries, numbers)
    looks += _missed(own, begin, now)
    ranks = {why: rank for rank, why in enumerate(WhyLook)}
    looks.sort(key=lambda each: (ranks[each.why], each.at, each.number))
    return Week(period, found, tuple(looks))
