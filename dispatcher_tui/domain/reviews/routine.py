"""What the desk itself owes, case or no case: the procedure's routines and owed signatures.

A routine asks for one duty a period. Its key is ``ROUTINE:PERIOD``, where the period is the one
its subject is about: the review done on a Monday is of the week before. Where several procedures
are in force a routine is known as ``PROCEDURE/ROUTINE``. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import SIGNATURE, Duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.time.calendar import Calendar, DueAt, due_at
from dispatcher_tui.domain.time.periods import Period, first_of_month, period_at, period_named
from dispatcher_tui.domain.watch.post import DONE_KEPT, Post
from dispatcher_tui.domain.words.terms import Label, SignedBy

AHEAD = timedelta(days=1)
"""How long before its period begins a duty is known already, for the sheet of the watch before."""


class Standing(msgspec.Struct, frozen=True):
    """How the routines of a procedure stand in the record.

    ``several``: others are in force beside it, and ``procedure`` goes before its routines' ids.
    ``alone``: from when until when it alone was in force (the last one lasts where it has no end):
    a routine that was written down then without a procedure is its own.
    """

    procedure: str = ""
    several: bool = False
    alone: tuple[tuple[datetime, datetime | None], ...] = ()

    def named(self, bare: str) -> str:
        """What goes by that name within the procedure, by the name it has at the desk."""
        return f"{self.procedure}/{bare}" if self.several else bare

    def was_alone(self, at: datetime) -> bool:
        """Whether no other procedure was in force then; what was written down at the very moment
        that another one came was written down before it."""
        return any(begin <= at and (end is None or at <= end) for begin, end in self.alone)

    def own(self, at: datetime) -> bool:
        """Whether what was written down at that time without a procedure belongs to this one; where
        it is the only one, everything does that has no other name."""
        return not self.several or self.was_alone(at)

    def done_at(self, done: Mapping[str, datetime], bare: str) -> datetime | None:
        """When the duty of that key was done, by whichever name it was known."""
        times = [done.get(f"{self.procedure}/{bare}")] if self.procedure else []
        plain = done.get(bare)
        if plain is not None and self.own(plain):
            times.append(plain)
        return min((at for at in times if at is not None), default=None)


ALONE = Standing()


def key_of(routine: Routine, subject: str) -> str:
    """The key of the duty to do a routine for the period it is about, within its procedure."""
    return f"{routine.id}:{subject}"


def _due(calendar: Calendar, routine: Routine, period: Period) -> DueAt:
    """24:00 local of the day the routine names in its period (P0-09: of that Monday itself).

    A day of the month is clamped to its end; days, working days and months are counted so that
    the first one is the period's first.
    """
    spec = due.parse_due(routine.due)
    begin, end = period.span(calendar)
    if isinstance(spec, due.Months):
        first = period.first
        last = first_of_month(first.year, first.month + spec.count)
        return DueAt(Period(first, last, period.name).span(calendar)[1])
    start = begin if isinstance(spec, due.DayOfMonth) else begin - timedelta(days=1)
    found = due_at(calendar, spec, start)
    return DueAt(min(found.at, end), confirmed=found.confirmed) if _within(spec) else found


def _within(spec: due.DueSpec) -> bool:
    """Whether a spec names a day of the period itself, which it then cannot lie beyond."""
    return isinstance(spec, due.Weekday | due.DayOfMonth)


def _subject(routine: Routine, period: Period) -> str:
    return period.before().name if routine.about == "last" else period.name


def _periods(routine: Routine, calendar: Calendar, since: datetime, now: datetime) -> list[Period]:
    """Every period that began after ``since`` and has begun, or soon will."""
    period = period_at(routine.every, calendar, since)
    found = []
    while period.span(calendar)[0] <= now + AHEAD:
        if period.span(calendar)[0] >= since:
            found.append(period)
        period = period.after()
    return found


def label_beside(routine: Routine, procedure: Procedure) -> Label:
    """What is owed, and by which procedure, where it stands beside those of others."""
    short, label = procedure.short, routine.label
    return Label(f"{short.zh}: {label.zh}", f"{short.en}: {label.en}")


def _routine_duties(
    routine: Routine,
    label: Label,
    calendar: Calendar,
    done: Mapping[str, datetime],
    since: datetime,
    now: datetime,
    standing: Standing,
) -> Iterator[Duty]:
    for period in _periods(routine, calendar, since, now):
        begin, end = period.span(calendar)
        key, by = key_of(routine, _subject(routine, period)), _due(calendar, routine, period)
        done_at = standing.done_at(done, key)
        before = standing.done_at(done, key_of(routine, _subject(routine, period.before())))
        if routine.apart and before is not None:
            last = due_at(calendar, due.parse_due(routine.apart), before)
            by = min(by, last, key=lambda each: each.at)
        lapsed = end if routine.lapses and end <= now and done_at is None else None
        yield Duty(
            key=standing.named(key),
            rule=routine.rule,
            label=label,
            do=routine.do,
            start=begin,
            due=by.at,
            opens=begin,
            done_at=done_at,
            cancelled_at=lapsed,
            missed=lapsed is not None,
            confirmed=by.confirmed,
            clock=standing.named(routine.id),
        )


def _signature_duties(post: Post, procedure: Procedure) -> Iterator[Duty]:
    """What was agreed by phone for no case, owed as a signature until it is given."""
    named = procedure.signature
    for sign_off in post.sign_offs:
        if named is None or sign_off.how is not SignedBy.PHONE or sign_off.due is None:
            continue
        yield Duty(
            key=sign_off.key,
            rule=sign_off.rule,
            label=named.label,
            do="sign",
            start=sign_off.at,
            due=sign_off.due,
            done_at=sign_off.signed_at,
            cancelled_at=sign_off.cancelled_at,
            clock=SIGNATURE,
        )


def desk_duties(
    procedure: Procedure,
    calendar: Calendar,
    post: Post,
    since: Mapping[str, datetime],
    now: datetime,
    standing: Standing = ALONE,
    *,
    signatures: bool = True,
) -> tuple[Duty, ...]:
    """Every duty of the desk itself that has begun, or begins within a day, past ones too.

    Args:
        procedure: in force; its routines are what recurs.
        calendar: the site's.
        post: says what was done and what is owed as a signature.
        since: by routine id, from when on the record knows it (UTC): nothing before is owed.
        now: the present moment (UTC).
        standing: how the procedure's routines are known; by their ids alone where it is the only
            one.
        signatures: whether what the desk owes as a signature is among them: it owes each once.
    """
    found: list[Duty] = []
    for routine in procedure.routines:
        if routine.id in since:
            # What was done longer ago is not remembered, and would look as if it never had been.
            known = max(since[routine.id], now - DONE_KEPT)
            label = label_beside(routine, procedure) if standing.several else routine.label
            found += _routine_duties(routine, label, calendar, post.done, known, now, standing)
    return (*found, *(_signature_duties(post, procedure) if signatures else ()))


def fired_as(
    duties: Iterable[Duty], fired: frozenset[str], standings: Iterable[Standing]
) -> frozenset[str]:
    """The keys of what fell due, with the names that those duties have now added: a duty that was
    written down as fallen due under another name of its procedure is not so a second time."""
    known, more = {each.procedure: each for each in standings}, set[str]()
    for duty in duties:
        procedure, named, bare = duty.key.rpartition("/")
        standing = known.get(procedure)
        if named and standing is not None:
            if bare in fired and duty.due is not None and standing.own(duty.due):
                more.add(duty.key)
        elif any(f"{each}/{duty.key}" in fired for each in known):
            more.add(duty.key)
    return fired | more


def subject_of(duty: Duty) -> Period | None:
    """The period a routine's duty is about; None for a signature."""
    name = duty.key.partition(":")[2]
    try:
        return period_named(name)
    except ValueError:
        return None


def fires(duty: Duty, fired: frozenset[str]) -> bool:
    """Whether a duty of the desk, undone as it is, is still to be written down as fallen due.

    One that lapsed is as well, also where it lapsed at the moment it was due: that it was missed
    is in the record.
    """
    return (
        duty.done_at is None
        and duty.due is not None
        and duty.due <= (duty.cancelled_at or duty.due)
        and duty.key not in fired
    )


def fallen(found: tuple[Duty, ...], fired: frozenset[str], now: datetime) -> list[Duty]:
    """The duties of the desk that have come due by ``now`` undone and were not fired before."""
    return [
        duty for duty in found if fires(duty, fired) and duty.due is not None and duty.due <= now
    ]


def heard(
    routines: Iterable[Routine], fired: Iterable[str], calendar: Calendar, now: datetime
) -> bool:
    """Whether any of these duties of the desk, just fallen due, is to be heard: of a quiet routine
    only in office hours."""
    local = now.astimezone(calendar.tz).time()
    if calendar.office_start <= local < calendar.office_end:
        return any(True for _key in fired)
    quiet = {routine.id for routine in routines if routine.quiet}
    return any(key.partition(":")[0] not in quiet for key in fired)


def open_duty(found: tuple[Duty, ...], do: str, now: datetime) -> Duty | None:
    """The duty to do that work which is open now, the oldest first; None where there is none."""
    open_ = [d for d in found if d.do == do and d.pending and d.opens and d.opens <= now]
    return min(open_, key=lambda duty: (duty.due or now, duty.key), default=None)
