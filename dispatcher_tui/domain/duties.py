"""What is owed on a case, and by when: the procedure's clocks run over the case's signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.domain.calendar import Calendar, DueAt, due_at, watch_at
from dispatcher_tui.domain.case import Case, Signal
from dispatcher_tui.domain.due import parse_due
from dispatcher_tui.domain.procedure import Clock, Procedure, When
from dispatcher_tui.domain.terms import DutyState, Label

KEEP = "keep"
"""The clock key of the duty that no live case is ever without (its fallback)."""


class Duty(msgspec.Struct, frozen=True):
    """One duty of one case; all times aware UTC, None where not (yet) known."""

    key: str
    rule: str
    label: Label
    do: str
    start: datetime | None = None
    due: datetime | None = None
    opens: datetime | None = None
    done_at: datetime | None = None
    cancelled_at: datetime | None = None
    confirmed: bool = True
    clock: str = ""

    @property
    def pending(self) -> bool:
        """True while something is still to be done for it."""
        return self.done_at is None and self.cancelled_at is None


class Rules(msgspec.Struct, frozen=True):
    """What judges a case: the procedure and the calendar it is pinned to."""

    procedure: Procedure
    calendar: Calendar


def state(duty: Duty, now: datetime) -> DutyState:
    """How a duty stands at ``now``: late means now is after the due time, not at it."""
    if duty.done_at is not None:
        late = duty.due is not None and duty.done_at > duty.due
        return DutyState.DONE_LATE if late else DutyState.DONE
    if duty.cancelled_at is not None:
        return DutyState.CANCELLED
    if duty.due is None or (duty.opens is not None and now < duty.opens):
        return DutyState.WAITING
    return DutyState.OVERDUE if now > duty.due else DutyState.RUNNING


def fits(when: When, case: Case) -> bool:
    """Whether a condition holds for a case, its level aside (levels are spans of time)."""
    return (
        (not when.facts or not set(when.facts).isdisjoint(case.facts))
        and (not when.channels or case.channel in when.channels)
        and (not when.classes or case.case_class in when.classes)
        and (not when.tags or not set(when.tags).isdisjoint(case.tags))
    )


def fits_now(when: When, case: Case) -> bool:
    """Whether a condition holds for a case as it is graded now."""
    return fits(when, case) and (not when.levels or case.level in when.levels)


def _held(when: When, case: Case) -> tuple[datetime | None, datetime | None]:
    """From when the case first held one of the levels, and since when it does no longer."""
    since: datetime | None = None
    for grade in case.grades:
        holds = not when.levels or grade.level in when.levels
        if holds and since is None:
            since = grade.at
        elif since is not None and not holds:
            return since, grade.at
    return since, None


class _Run(msgspec.Struct, frozen=True):
    start: datetime
    done_at: datetime | None
    cancelled_at: datetime | None


def _started(clock: Clock, signals: list[Signal], since: datetime) -> datetime | None:
    firsts = []
    for name in clock.starts:
        first = next((signal.at for signal in signals if signal.name == name), None)
        if first is None:
            return None
        firsts.append(first)
    return max(*firsts, since)


def _run(
    clock: Clock, calendar: Calendar, signals: list[Signal], start: datetime, end: datetime | None
) -> _Run:
    """One run of a clock from ``start``; ``end`` is when the round or the level was over."""
    spec = parse_due(clock.due)
    opens = due_at(calendar, spec, start).opens or start
    done = [s.at for s in signals if s.name in clock.until and s.at >= opens][clock.count - 1 :]
    cancels = [s.at for s in signals if s.name in clock.cancels and s.at >= start]
    cancelled = min([*cancels, end] if end else cancels, default=None)
    if done and (cancelled is None or done[0] <= cancelled):
        return _Run(start, done[0], None)
    return _Run(start, None, cancelled)


def _runs(clock: Clock, case: Case, calendar: Calendar, round_: int) -> Iterator[_Run | None]:
    """Every run of a clock in one round; None stands for a run that has not started."""
    since, until = _held(clock.when, case)
    if since is None:
        return
    signals = [signal for signal in case.signals if signal.round == round_]
    last = round_ == case.round
    over = [s.at for s in case.signals if s.round == round_ + 1 and s.name == "reopened"]
    end = min([*over, until] if until else over, default=None)
    start = _started(clock, signals, since)
    if start is None:
        stopped = any(signal.name in clock.cancels for signal in signals)
        if last and not clock.conditional and not stopped and end is None:
            yield None
        return
    while start is not None:
        run = _run(clock, calendar, signals, start, end)
        yield run
        done = run.done_at
        if done is None or not clock.repeat:
            return
        again = [s.at for s in signals if s.name == clock.repeat and s.at >= done]
        stopped = any(s.name in clock.cancels and s.at <= done for s in signals if s.at >= start)
        start = None if stopped else next((at for at in again if at > run.start), None)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S.%f")


def _due(clock: Clock, case: Case, rules: Rules, start: datetime, round_: int) -> DueAt:
    """When a run is due; a shift end too early for the clock it comes ``after`` moves on."""
    calendar = rules.calendar
    at = due_at(calendar, parse_due(clock.due), start)
    if clock.grace:
        at = DueAt(due_at(calendar, parse_due(clock.grace), at.at).at, at.opens, at.confirmed)
    first = next((c for c in rules.procedure.clocks if clock.after and c.key == clock.after), None)
    if first is None:
        return at
    signals = [signal for signal in case.signals if signal.round == round_]
    since, _ = _held(first.when, case)
    begun = _started(first, signals, since) if since else None
    if begun and at.at < due_at(calendar, parse_due(first.due), begun).at:
        return DueAt(watch_at(calendar, at.at).end, at.opens, at.confirmed)
    return at


def _tell(clock: Clock, case: Case, rules: Rules, duty: Duty) -> Duty | None:
    """The duty to tell somebody that ``duty`` ran out; it exists from the firing on."""
    late = clock.late
    if late is None or not late.tell or duty.key not in case.fired or duty.due is None:
        return None
    start = duty.due
    told = [s.at for s in case.signals if s.name == late.step and s.at >= start]
    over = [s.at for s in case.signals if s.name in clock.cancels and s.at >= start]
    step = rules.procedure.step(late.step)
    return Duty(
        key=f"{duty.key}/tell",
        rule=clock.rule,
        label=step.label if step else clock.label,
        do=f"step:{late.step}",
        start=start,
        due=due_at(rules.calendar, parse_due(late.within), start).at,
        done_at=min(told, default=None),
        cancelled_at=None if told else min(over, default=None),
        clock=clock.key,
    )


def _clock_duties(clock: Clock, case: Case, rules: Rules) -> Iterator[Duty]:
    blank = Duty(
        key=f"{clock.key}@", rule=clock.rule, label=clock.label, do=clock.do, clock=clock.key
    )
    if not fits(clock.when, case):
        return
    for round_ in range(1, case.round + 1):
        for run in _runs(clock, case, rules.calendar, round_):
            if run is None:
                yield blank
                continue
            due = _due(clock, case, rules, run.start, round_)
            duty = msgspec.structs.replace(
                blank,
                key=f"{clock.key}@{_stamp(run.start)}",
                start=run.start,
                due=due.at,
                opens=due.opens,
                confirmed=due.confirmed,
                done_at=run.done_at,
                cancelled_at=run.cancelled_at,
            )
            yield duty
            tell = _tell(clock, case, rules, duty)
            if tell is not None:
                yield tell


def _promise_duties(case: Case, rules: Rules) -> Iterator[Duty]:
    named = rules.procedure.promise
    for promise in case.promises:
        yield Duty(
            key=promise.key,
            rule=named.rule,
            label=named.label,
            do="follow_up",
            start=promise.made_at,
            due=promise.due,
            done_at=promise.kept_at,
            cancelled_at=promise.made_at if promise.cancelled else None,
            clock="promise",
        )


def duties(case: Case, rules: Rules) -> tuple[Duty, ...]:
    """Everything owed on a case, past and present, in the procedure's order.

    A case that is neither final nor invalid has at least one pending duty: where no clock and
    no promise leaves one, the procedure's ``keep`` duty runs from the last thing that happened.
    """
    found = [duty for clock in rules.procedure.clocks for duty in _clock_duties(clock, case, rules)]
    found += _promise_duties(case, rules)
    if not case.stage.ended and not any(duty.pending for duty in found):
        keep, start = rules.procedure.keep, case.last_at or case.opened_at
        due = due_at(rules.calendar, parse_due(keep.due), start)
        found.append(
            Duty(
                key=f"{KEEP}@{_stamp(start)}",
                rule=keep.rule,
                label=keep.label,
                do="follow_up",
                start=start,
                due=due.at,
                confirmed=due.confirmed,
                clock=KEEP,
            )
        )
    return tuple(found)


def next_duty(found: tuple[Duty, ...]) -> Duty | None:
    """The pending duty that comes first; those not yet running come last."""
    far = max((d.due for d in found if d.due), default=None)
    pending = [duty for duty in found if duty.pending]
    return min(pending, key=lambda d: (d.due is None, d.due or far), default=None)


def falling_due(found: tuple[Duty, ...], fired: frozenset[str], now: datetime) -> list[Duty]:
    """The pending duties that have come due by ``now`` and were not fired before."""
    return [
        duty
        for duty in found
        if duty.pending and duty.due is not None and duty.due <= now and duty.key not in fired
    ]
