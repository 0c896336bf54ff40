"""What is owed on a case, and by when: the procedure's clocks run over the case's signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.called_out import person_runs
from dispatcher_tui.domain.duties.fitting import fits
from dispatcher_tui.domain.duties.home_calls import home_runs
from dispatcher_tui.domain.duties.named_times import by_field, named_times, waits_for_time
from dispatcher_tui.domain.duties.notice_clocks import correction_limit
from dispatcher_tui.domain.duties.runs import Round, Run, runs
from dispatcher_tui.domain.duties.tenures import Tenure, tenures
from dispatcher_tui.domain.printed_form import is_place
from dispatcher_tui.domain.procedure import HOMES, Deadline, Named, Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.passing_on import CORRECTION_TOLD
from dispatcher_tui.domain.time.calendar import Calendar, DueAt, due_at, watch_at
from dispatcher_tui.domain.time.due import DueSpec, ShiftEnd, parse_due
from dispatcher_tui.domain.words.terms import DutyState, Label, SignedBy, Stage

CORRECTION, CALL_BACK = "correction", "call_back:"
"""The clock key of a correction that somebody has to hear, and what the act begins with that is a
call to the one person a duty is about."""
_TELL = Label(zh="告知更正", en="Pass on the correction")

SIGNATURE = "signature"
"""The clock key of a signature that is owed."""

KEEP = "keep"
"""The clock key of the duty that no live case is ever without (its fallback)."""


class Duty(msgspec.Struct, frozen=True):
    """One duty of one case; all times aware UTC, None where not (yet) known.

    ``missed``: when it was ``cancelled_at`` it did not become pointless, it was given up or had
    fallen due. ``who``: the one person it is about, by what the calls know them, and ``name``, as
    the label ends. ``before``: the hash of the text it was owed by, where that was before its case
    was handed over to another procedure; ``moved``: with that it ended.
    """

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
    quiet: bool = False
    missed: bool = False
    who: str = ""
    name: str = ""
    before: str = ""
    moved: bool = False

    @property
    def general_label(self) -> Label:
        """What is owed, whoever it is about."""
        if not self.name:
            return self.label
        end = f": {self.name}"
        return Label(self.label.zh.removesuffix(end), self.label.en.removesuffix(end))

    @property
    def pending(self) -> bool:
        """True while something is still to be done for it."""
        return self.done_at is None and self.cancelled_at is None


class Rules(msgspec.Struct, frozen=True):
    """What judges a case: the procedure and the calendar it is pinned to. ``former``: by their
    hashes the texts that it was handed over from."""

    procedure: Procedure
    calendar: Calendar
    former: dict[str, Procedure] = {}

    def of(self, duty: Duty) -> Rules:
        """Those that a duty is, or was, owed by."""
        owing = self.former.get(duty.before, self.procedure)
        return msgspec.structs.replace(self, procedure=owing)

    @property
    def signature(self) -> Named | None:
        """How what is agreed by phone is owed as a signature, also where only a former procedure
        says it: who agreed under that one still signs."""
        every = (self.procedure, *self.former.values())
        return next((each.signature for each in every if each.signature is not None), None)


def state(duty: Duty, now: datetime) -> DutyState:
    """How a duty stands at ``now``: late means now is after the due time, not at it."""
    if duty.done_at is not None:
        late = duty.due is not None and duty.done_at > duty.due
        return DutyState.DONE_LATE if late else DutyState.DONE
    if duty.cancelled_at is not None:
        return DutyState.MISSED if duty.missed else DutyState.CANCELLED
    if duty.due is None or (duty.opens is not None and now < duty.opens):
        return DutyState.WAITING
    return DutyState.OVERDUE if now > duty.due else DutyState.RUNNING


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S.%f")


def _counted(calendar: Calendar, spec: DueSpec, run: Run) -> DueAt:
    """When a run is due; a shift's end is that of the watch which was held when it began."""
    if isinstance(spec, ShiftEnd) and run.shift_end is not None:
        return DueAt(run.shift_end)
    return due_at(calendar, spec, run.start)


def _not_before(clock: Deadline, case: Case, rules: Rules, round_: Round) -> datetime | None:
    """The due time of the clock that this one comes ``after``, where that one has started."""
    first = next((c for c in rules.procedure.clocks if clock.after and c.key == clock.after), None)
    if first is None or not fits(first.when, case):
        return None
    run = next((run for run in runs(first, case, rules.calendar, round_) if run), None)
    return _counted(rules.calendar, parse_due(first.due), run).at if run else None


def _due(
    clock: Deadline, rules: Rules, run: Run, least: datetime | None, last: datetime | None
) -> DueAt:
    """When a run is due: at the next shift's end where that is before ``least``, and never at the
    same shift's end as ``last``, the due time of the run that was done before it."""
    calendar = rules.calendar
    at = _counted(calendar, parse_due(clock.due), run)
    if clock.grace:
        at = DueAt(due_at(calendar, parse_due(clock.grace), at.at).at, at.opens, at.confirmed)
    end, by_shift = at.at, isinstance(parse_due(clock.due), ShiftEnd)
    while (least is not None and end < least) or (by_shift and last is not None and end <= last):
        end = watch_at(calendar, end).end
    return DueAt(end, at.opens, at.confirmed)


def _tell(clock: Deadline, case: Case, rules: Rules, duty: Duty, round_: Round) -> Duty | None:
    """The duty to tell somebody that ``duty`` ran out; it exists from the firing on."""
    late = clock.late
    if late is None or not late.tell or duty.key not in case.fired or duty.due is None:
        return None
    if duty.done_at is not None and duty.done_at <= duty.due:
        return None
    start, step = duty.due, rules.procedure.step(late.step)
    ends = [s for s in round_.signals if s.name in (late.step, *clock.cancels) and s.at >= start]
    told = ends[0].at if ends and ends[0].name == late.step else None
    over = ends[0].at if ends else round_.over
    return Duty(
        key=f"{duty.key}/tell",
        rule=clock.rule,
        label=step.label if step else clock.label,
        do=f"step:{late.step}",
        start=start,
        due=due_at(rules.calendar, parse_due(late.within), start).at,
        done_at=told,
        cancelled_at=None if told else over,
        clock=clock.key,
    )


def _before_named(blank: Duty, run: Run, clock: Deadline, case: Case, rules: Rules) -> Duty:
    """What is due by the time named last while it ran; no due time before there is one.

    Each such time makes a duty of its own to fall due: what was put off is called out once more.
    """
    over, spec = run.done_at or run.cancelled_at, parse_due(clock.due)
    every = named_times(spec, case, rules.calendar.tz)
    named = [each for each in every if over is None or each.at <= over]
    before = by_field(spec, named, case, run.start)
    made = [each for each in named if each.at >= run.start] or before
    last = max(made, key=lambda named: named.at, default=None)
    return msgspec.structs.replace(
        blank,
        key=f"{clock.key}@{_stamp(run.start)}" + (f"/{last.key}" if last else ""),
        start=run.start,
        due=due_at(rules.calendar, spec, last.due).at if last else None,
        done_at=run.done_at,
        cancelled_at=run.cancelled_at,
    )


def _as_run(blank: Duty, clock: Deadline, run: Run, due: DueAt) -> Duty:
    """The duty of one run."""
    return msgspec.structs.replace(
        blank,
        key=f"{clock.key}@{_stamp(run.start)}",
        start=run.start,
        due=due.at,
        opens=due.opens,
        confirmed=due.confirmed,
        done_at=run.done_at,
        cancelled_at=run.cancelled_at,
        missed=run.missed,
    )


def _round_duties(clock: Deadline, case: Case, rules: Rules, round_: Round) -> Iterator[Duty]:
    blank = Duty(
        key=f"{clock.key}@",
        rule=clock.rule,
        label=clock.label,
        do=clock.do,
        clock=clock.key,
        quiet=clock.quiet,
    )
    least = _not_before(clock, case, rules, round_)
    last: datetime | None = None
    for run in runs(clock, case, rules.calendar, round_):
        if run is None:
            yield blank
            continue
        if waits_for_time(parse_due(clock.due)):
            yield _before_named(blank, run, clock, case, rules)
            continue
        due = _due(clock, rules, run, least, last)
        last = due.at if run.done_at else None
        yield _as_run(blank, clock, run, due)


def _person_duties(clock: Deadline, case: Case, rules: Rules, round_: Round) -> Iterator[Duty]:
    """What a clock asks of each person by himself, named in its label."""
    for contact, run in person_runs(clock, case, rules.procedure, round_):
        due = _due(clock, rules, run, None, None)
        label = Label(f"{clock.label.zh}: {contact.name}", f"{clock.label.en}: {contact.name}")
        blank = Duty("", clock.rule, label, clock.do, clock=clock.key, quiet=clock.quiet)
        duty = _as_run(blank, clock, run, due)
        key = f"{duty.key}/{contact.who}"
        yield msgspec.structs.replace(duty, key=key, who=contact.who, name=contact.name)


def _home_duties(clock: Deadline, case: Case, rules: Rules, round_: Round) -> Iterator[Duty]:
    """What a clock asks of each home that has to be warned, named in its label."""
    for home, run in home_runs(clock, case, round_):
        label = Label(f"{clock.label.zh}: {home}", f"{clock.label.en}: {home}")
        blank = Duty("", clock.rule, label, clock.do, clock=clock.key, who=home, name=home)
        if waits_for_time(parse_due(clock.due)):
            duty = _before_named(blank, run, clock, case, rules)
        else:
            duty = _as_run(blank, clock, run, _due(clock, rules, run, None, None))
        yield msgspec.structs.replace(duty, key=f"{duty.key}/{home}")


def _deadline_duties(
    clock: Deadline, case: Case, rules: Rules, opened: Iterable[Round]
) -> Iterator[Duty]:
    """What one clock asks; runs that start at the same instant are numbered in their keys."""
    if not fits(clock.when, case):
        return
    times: Counter[str] = Counter()
    asked = _home_duties if clock.each == HOMES else _person_duties if clock.each else _round_duties
    for round_ in opened:
        for duty in asked(clock, case, rules, round_):
            times[duty.key] += 1
            nth = times[duty.key]
            if nth > 1:
                duty = msgspec.structs.replace(duty, key=f"{duty.key}#{nth}")
            yield duty
            tell = _tell(clock, case, rules, duty, round_)
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


def _signature_duties(case: Case, rules: Rules) -> Iterator[Duty]:
    """What was agreed by phone is owed as a signature until it is given (E-09)."""
    named = rules.signature
    if named is None:
        return
    for sign_off in case.sign_offs:
        if sign_off.how is not SignedBy.PHONE:
            continue
        due = due_at(rules.calendar, parse_due(named.due), sign_off.at)
        on_checklist = any(item.id == sign_off.subject for item in rules.procedure.write_off)
        do = "forms" if is_place(sign_off.subject) else "sign" if on_checklist else "decide"
        yield Duty(
            key=sign_off.key,
            rule=sign_off.rule,
            label=named.label,
            do=do,
            start=sign_off.at,
            due=due.at,
            done_at=sign_off.signed_at,
            cancelled_at=sign_off.cancelled_at,
            confirmed=due.confirmed,
            clock=SIGNATURE,
        )


def _correction_duties(case: Case, rules: Rules) -> Iterator[Duty]:
    """Who was told otherwise hears it, each by himself."""
    rule, limit = correction_limit(rules.procedure, case)
    for owed in case.passing_on:
        due = due_at(rules.calendar, parse_due(limit), owed.at)
        yield Duty(
            key=owed.key,
            rule=rule,
            label=Label(f"{_TELL.zh}: {owed.name}", f"{_TELL.en}: {owed.name}"),
            do=f"{CALL_BACK}{CORRECTION_TOLD}",
            start=owed.at,
            due=due.at,
            done_at=owed.done_at,
            cancelled_at=owed.cancelled_at,
            confirmed=due.confirmed,
            clock=CORRECTION,
            who=owed.who,
            name=owed.name,
        )


def _as_it_ended(duty: Duty, fired: frozenset[str]) -> Duty:
    """The duty; what had fallen due before it was cancelled was missed, whatever cancelled it."""
    if duty.cancelled_at is None or duty.due is None:
        return duty
    if duty.cancelled_at <= duty.due and duty.key not in fired:
        return duty
    return msgspec.structs.replace(duty, missed=True)


def _clock_duties(tenure: Tenure, rules: Rules) -> Iterator[Duty]:
    """What one procedure's clocks asked while it handled the case; not what had ended before."""
    under = msgspec.structs.replace(rules, procedure=tenure.procedure)
    for clock in tenure.procedure.clocks:
        for duty in _deadline_duties(clock, tenure.case, under, tenure.rounds):
            ended = duty.done_at or duty.cancelled_at
            if tenure.since is None or ended is None or ended > tenure.since:
                yield msgspec.structs.replace(
                    duty,
                    key=f"{tenure.mark}{duty.key}",
                    before=tenure.before,
                    moved=duty.cancelled_at is not None and duty.cancelled_at == tenure.until,
                )


def duties(case: Case, rules: Rules) -> tuple[Duty, ...]:
    """Everything owed on a case, past and present, in the procedure's order.

    A case that is neither final nor invalid has at least one pending duty with a due time: where
    no clock and no promise leaves one (a clock that still waits for its start is none), the
    procedure's ``keep`` duty runs from the last thing that happened.
    """
    now, *former = tenures(case, rules.procedure, rules.former)
    found = [*_clock_duties(now, rules), *_correction_duties(case, rules)]
    found += [*_promise_duties(case, rules), *_signature_duties(case, rules)]
    found += (duty for tenure in former for duty in _clock_duties(tenure, rules))
    if not (case.stage is Stage.INVALID and case.valid is None):  # a mistaken F9 owed nothing
        found = [_as_it_ended(duty, case.fired) for duty in found]
    if not case.stage.ended and not any(duty.pending and duty.due for duty in found):
        keep, start = rules.procedure.keep, case.last_at or case.opened_at
        kept = Run(start, shift_end=case.last_shift_end)
        due = _counted(rules.calendar, parse_due(keep.due), kept)
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
