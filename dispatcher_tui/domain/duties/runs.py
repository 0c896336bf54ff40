"""When the clocks of a procedure ran on a case: each run from its start to its end.

A round lasts from an opening of the case to the next; every round has its own runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.domain.procedure import Deadline, When
from dispatcher_tui.domain.record.case import Case, Grade, Signal
from dispatcher_tui.domain.time.calendar import Calendar, due_at
from dispatcher_tui.domain.time.due import parse_due


class Round(msgspec.Struct, frozen=True):
    """One opening of a case: its signals in the order of time, and when it was over (UTC)."""

    signals: tuple[Signal, ...]
    over: datetime | None


class Run(msgspec.Struct, frozen=True):
    """One run of a clock; pending while it is neither done nor cancelled. Times are UTC.

    ``shift_end``: the planned end of the watch held at the start, where the plan has another.
    ``missed``: it did not become pointless when it was cancelled, it was given up.
    """

    start: datetime
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    missed: bool = False
    shift_end: datetime | None = None


def _over(case: Case, number: int) -> datetime | None:
    """When a round ended: with the reopening that follows it, or with the case."""
    if number < case.round:
        return next(s.at for s in case.signals if s.round == number + 1 and s.name == "reopened")
    ends = [s.at for s in case.signals if s.round == number and s.name in ("final", "invalid")]
    return ends[-1] if case.stage.ended else None


def rounds(case: Case) -> list[Round]:
    """The rounds of a case. What was noted as done before the opening counts from the opening,
    and so from the watch in which it was opened."""
    found = []
    for number in range(1, case.round + 1):
        mine = [s for s in case.signals if s.round == number]
        opened = next(s for s in mine if s.name == "opened")
        held = [
            s
            if s.name == "received" or s.at >= opened.at
            else msgspec.structs.replace(s, at=opened.at, shift_end=opened.shift_end)
            for s in mine
        ]
        found.append(Round(tuple(sorted(held, key=lambda s: s.at)), _over(case, number)))
    return found


def spans(when: When, case: Case) -> Iterator[tuple[Grade, datetime | None]]:
    """Every stretch of time in which the case held one of the levels: its first grade, its end."""
    since: Grade | None = None
    for grade in case.grades:
        holds = not when.levels or grade.level in when.levels
        if holds and since is None:
            since = grade
        elif not holds and since is not None:
            yield since, grade.at
            since = None
    if since is not None:
        yield since, None


def runs(clock: Deadline, case: Case, calendar: Calendar, round_: Round) -> Iterator[Run | None]:
    """Every run of a clock in one round; None stands for the run that has not started."""
    for since, until in spans(clock.when, case):
        if round_.over is not None and since.at >= round_.over:
            continue
        begun = False
        for run in _walk(clock, calendar, round_, since, until):
            begun = True
            yield run
        pointless = any(signal.name in (*clock.cancels, *clock.misses) for signal in round_.signals)
        ended = until is not None or round_.over is not None
        if not (begun or pointless or ended or clock.conditional):
            yield None


def _walk(
    clock: Deadline, calendar: Calendar, round_: Round, since: Grade, until: datetime | None
) -> Iterator[Run]:
    """The runs from ``since`` until the level was lost, one signal after the other."""
    spec, wanted, begun, left = parse_due(clock.due), set(clock.starts), False, 0
    start: datetime | None = None
    end: datetime | None = None
    called_off = False
    for signal in round_.signals:
        if until is not None and signal.at >= until:
            break
        if start is not None and signal.name in clock.until:
            if signal.at >= (due_at(calendar, spec, start).opens or start):
                left -= 1
                if left == 0:
                    yield Run(start, done_at=signal.at, shift_end=end)
                    start = None
        elif signal.name in clock.misses or signal.name in clock.cancels:
            if start is not None and signal.at >= start:
                missed = signal.name in clock.misses
                yield Run(start, cancelled_at=signal.at, missed=missed, shift_end=end)
            if not clock.anew:
                return
            start, called_off = None, True
        wanted.discard(signal.name)
        again = signal.name == clock.anew or (signal.name == clock.repeat and not called_off)
        if start is None and (again if begun else not (wanted or called_off)):
            begun, left, called_off = True, clock.count, False
            latest = signal if signal.at >= since.at else since
            start, end = latest.at, latest.shift_end
    if start is not None:
        ends = [at for at in (until, round_.over) if at is not None]
        cancelled = max(start, min(ends)) if ends else None
        yield Run(start, cancelled_at=cancelled, shift_end=end)
