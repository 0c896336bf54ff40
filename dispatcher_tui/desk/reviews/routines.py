"""What the desk itself owes now, and writing down that it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.rulebook import all_duties
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.round_events import RoundsLeftOut
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue, RoutineDone
from dispatcher_tui.domain.reviews.routine import (
    Standing,
    fallen,
    fired_as,
    fires,
    key_of,
    open_duty,
    subject_of,
)
from dispatcher_tui.domain.step_field import FieldError, StepField, filled
from dispatcher_tui.domain.time.calendar import day_after
from dispatcher_tui.domain.time.periods import Period, period_at
from dispatcher_tui.domain.watch.handouts import handout_duties, is_handout
from dispatcher_tui.domain.watch.out_alone import alone_duties, is_alone
from dispatcher_tui.domain.watch.rounds import is_round, left_out, next_begin, round_duties
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx

_OWN = (is_round, is_handout, is_alone)
"""What is known by its own label where it falls due: no procedure has a name for it."""


def owed_by_desk(desk: Desk) -> tuple[Duty, ...]:
    """Every duty of the desk itself, of all procedures in force, past ones too; see
    ``domain.routine``. The rounds of the watch are among them, what has to come back, and whom to
    ask whether he is safe."""
    known, calendar = desk.rulebook.known(desk.in_force.refs), desk.rules.calendar
    post, now = desk.post, desk.clock.now()
    plans, since = desk.rulebook.rounds()
    rounds = round_duties(plans, since, calendar, post.rounds, now)
    kept = (*rounds, *handout_duties(post.out), *alone_duties(post.alone))
    return (*all_duties(known, calendar, post, now), *kept)


def owed_until(desk: Desk) -> datetime:
    """Until when what the desk owes stays as it is, as long as nothing is written: a day begins, or
    a round."""
    calendar, now = desk.rules.calendar, desk.clock.now()
    begins = next_begin(desk.rulebook.rounds().plans, calendar, now)
    day = day_after(calendar, now)
    return min(day, begins) if begins is not None else day


def known_as_fired(desk: Desk, duties: Iterable[Duty], fired: frozenset[str]) -> frozenset[str]:
    """The keys of what was written down as fallen due, by the names that those duties have now."""
    standings = [each.standing for each in desk.rulebook.known(desk.in_force.refs)]
    return fired_as(duties, fired, standings)


def next_desk_firing(duties: tuple[Duty, ...], fired: frozenset[str]) -> datetime | None:
    """When the next duty of the desk falls due that has not fired; it may be past."""
    waiting = [d.due for d in duties if d.due and fires(d, fired)]
    return min(waiting, default=None)


def rounds_left_out(desk: Desk, tx: Tx) -> RoundsLeftOut | None:
    """The rounds of a long standstill, as one entry; None where there are none."""
    plans, since = desk.rulebook.rounds()
    post, now = tx.post(), desk.clock.now()
    known = (*post.fired, *post.rounds)
    return left_out(plans, since, desk.rules.calendar, known, now)


def fire_desk(desk: Desk) -> list[Entry]:
    """Write down every duty of the desk that has fallen due, each once."""

    def job(tx: Tx) -> list[Entry]:
        owed = owed_by_desk(desk)
        fired = known_as_fired(desk, owed, tx.post().fired)
        events = [
            DeskDutyFellDue(
                duty=duty.key,
                rule=duty.rule,
                due=duty.due,
                label=duty.label if any(of(duty.key) for of in _OWN) else None,
            )
            for duty in fallen(owed, fired, desk.clock.now())
            if duty.due is not None
        ]
        left = rounds_left_out(desk, tx) if events else None
        told = (left, *events) if left is not None else events
        return desk.note_in(tx, *told) if told else []

    return desk.store.transact(job)


def done_in(desk: Desk, duty: Duty, note: str = "") -> RoutineDone:
    """The entry that says that the desk's ``duty`` was done.

    Raises:
        Refusal: it is none of a routine.
    """
    subject = subject_of(duty)
    if subject is None:
        raise Refusal("no_routine")
    words = clean_text(note).text.strip()
    return RoutineDone(routine=duty.clock, rule=duty.rule, period=subject.name, note=words)


class Work(NamedTuple):
    """A routine of the ``procedure`` in force with that id, and the period it is about now."""

    procedure: str
    routine: Routine
    period: Period
    standing: Standing

    def key(self, period: Period) -> str:
        """The key of the duty to do it for a period."""
        return self.standing.named(key_of(self.routine, period.name))


def work_of(desk: Desk, do: str, procedure: str = "") -> Work:
    """That work of the ``procedure`` in force with that id. Where none is named it is the one whose
    duty is open, the oldest first; where none is, the first that asks for such work.

    Raises:
        Refusal: none asks for it, or that one does not.
    """
    found = [each for each in desk.rulebook.known(desk.in_force.refs) if each.procedure.routine(do)]
    if procedure:
        found = [each for each in found if each.procedure.id == procedure]
    elif len(found) > 1 and (duty := open_routine(desk, do)) is not None:
        owing = duty.clock.partition("/")[0]
        found.sort(key=lambda each: each.procedure.id != owing)
    routine = found[0].procedure.routine(do) if found else None
    if routine is None:
        raise Refusal("no_routine")
    period = period_at(routine.every, desk.rules.calendar, desk.clock.now())
    period = period.before() if routine.about == "last" else period
    return Work(found[0].procedure.id, routine, period, found[0].standing)


def is_of(desk: Desk, case: Case, procedure: str) -> bool:
    """Whether a case is the business of the procedure in force with that id. Those of a procedure
    that is in force no longer, and those of no complaint, are the default's."""
    ids = [each.id for each in desk.in_force.procedures]
    own = desk.rules_of(case).procedure.id
    return procedure == (own if own in ids else ids[0])


def open_routine(desk: Desk, do: str) -> Duty | None:
    """The duty of the desk to do that work which is open now, None where there is none."""
    return open_duty(owed_by_desk(desk), do, desk.clock.now())


def open_routines(desk: Desk, do: str) -> list[Duty]:
    """The oldest duty to do that work which is open now, of each procedure that asks for it."""
    now, found = desk.clock.now(), dict[str, Duty]()
    for duty in ledger(owed_by_desk(desk), now).open:
        if duty.do == do:
            found.setdefault(duty.clock, duty)
    return list(found.values())


def routine_fields(desk: Desk, duty: Duty) -> tuple[StepField, ...]:
    """What the routine behind a duty of the desk is written down with."""
    known = names_in_force(desk).routines
    return next((routine.fields for routine in known if routine.id == duty.clock), ())


def _values(desk: Desk, duty: Duty, values: Mapping[str, str]) -> dict[str, str]:
    """The fields of a routine as they are written down.

    Raises:
        Refusal: one is missing, not asked for, or no amount, time or day.
    """
    try:
        return filled(routine_fields(desk, duty), values)
    except FieldError as error:
        missing = tuple(MissingItem(name, duty.rule) for name in error.fields)
        raise Refusal(f"fields_{error.code}", duty.rule, missing) from None


def do_routine(
    desk: Desk, key: str, note: str = "", values: Mapping[str, str] | None = None
) -> Entry:
    """Write down that a routine without a work of its own was done; ``note`` says what was done,
    and ``values`` what its fields ask for.

    Raises:
        Refusal: there is no such duty, it is done already, its time has not come, or a field
            cannot stand.
    """
    now = desk.clock.now()

    def job(tx: Tx) -> Entry:
        duty = next((d for d in owed_by_desk(desk) if d.key == key and d.pending), None)
        if duty is None:
            raise Refusal("no_routine")
        if duty.opens is not None and now < duty.opens:
            raise Refusal("too_early", duty.rule, opens=duty.opens.isoformat())
        done = replace(done_in(desk, duty, note), values=_values(desk, duty, values or {}))
        return desk.note_in(tx, done)[0]

    return desk.store.transact(job)


class RoutineLedger(msgspec.Struct, frozen=True):
    """The desk's duties as they stand: open now, and those still to open within a day."""

    open: tuple[Duty, ...]
    coming: tuple[Duty, ...]


def ledger(duties: tuple[Duty, ...], now: datetime) -> RoutineLedger:
    """What of the desk's duties is still to be done, the nearest first."""
    pending = sorted(
        (d for d in duties if d.pending and d.due), key=lambda d: (d.due or now, d.key)
    )
    ready = tuple(d for d in pending if d.opens is None or d.opens <= now)
    return RoutineLedger(ready, tuple(d for d in pending if d not in ready))
