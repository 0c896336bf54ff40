"""Monday's review of a week (P0-09): which cases are walked, what is missing, what is suggested.

Every case opened in the week is walked, and every older one that is still open. An open case
needs a line of its own in words; ended ones are confirmed together. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.papers.report import Report
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case, Entry, Method, Promise, ReviewLine
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.record.sign_off import SignOff, is_method
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.terms import FollowUpOutcome, ReviewOutcome, SignedBy, Stage

_ENDED = {Stage.FINAL: ReviewOutcome.FINAL, Stage.INVALID: ReviewOutcome.INVALID}


def ended_as(case: Case) -> ReviewOutcome | None:
    """How an ended case stands in a review; None while it is open."""
    return _ENDED.get(case.stage)


def decisions_owed(procedure: Procedure, duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """The duties that wait for the head's word on what cannot be handled (P0-04)."""
    asking = {clock.key for clock in procedure.clocks if "stuck" in clock.starts}
    return tuple(duty for duty in duties if duty.pending and duty.clock in asking)


class Walked(msgspec.Struct, frozen=True):
    """One case of a review, as it stands now; ``line`` is the one that counts for this week.

    ``undecided``: the head has still to say what is to be done about it.
    """

    case: Case
    duties: tuple[Duty, ...]
    line: ReviewLine | None
    older: bool
    undecided: bool

    @property
    def open(self) -> bool:
        """Whether a line in words is demanded; a written-off case awaiting its paper is open."""
        return not self.case.stage.ended

    @property
    def method(self) -> Method | None:
        """What the head decided last in this opening of the case."""
        mine = (each for each in reversed(self.case.methods) if each.round == self.case.round)
        return next(mine, None)

    @property
    def unsigned(self) -> tuple[SignOff, ...]:
        """The head's decisions that were agreed by phone and are still to be signed."""
        return unsigned_methods(self.case)


def unsigned_methods(case: Case) -> tuple[SignOff, ...]:
    """The head's decisions on a case that were agreed by phone and are still to be signed."""
    return tuple(
        each
        for each in case.sign_offs
        if each.owed and each.how is SignedBy.PHONE and is_method(each.subject)
    )


class Walk(msgspec.Struct, frozen=True):
    """The cases of one review in the order of their opening."""

    period: Period
    cases: tuple[Walked, ...]

    @property
    def open(self) -> tuple[Walked, ...]:
        """Those that each need a line of their own."""
        return tuple(each for each in self.cases if each.open)

    @property
    def ended(self) -> tuple[Walked, ...]:
        """Those that are final or invalid."""
        return tuple(each for each in self.cases if not each.open)

    @property
    def missing(self) -> tuple[Walked, ...]:
        """The open ones without a line."""
        return tuple(each for each in self.open if each.line is None)

    @property
    def unconfirmed(self) -> tuple[Walked, ...]:
        """The ended ones nobody has confirmed; a line from before it ended is as good."""
        return tuple(each for each in self.ended if each.line is None)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing any more."""
        return not (self.missing or self.unconfirmed)


class ReviewReport(Report, frozen=True):
    """What a review's printed sheet is made of: the walk as it stood ``at`` a moment.

    ``by`` is who prints it, ``done_at`` when the review was finished, ``missed`` the week before
    where that was never reviewed. ``procedure`` is the one in force.
    """

    site: str
    zone: tzinfo
    walk: Walk
    procedure: Procedure
    routine: Routine
    at: datetime
    by: str
    done_at: datetime | None = None
    missed: str = ""

    @property
    def stem(self) -> str:
        """By the week."""
        return f"review-{self.walk.period.name}"


def line_for(case: Case, week: str) -> ReviewLine | None:
    """The case's line for a week, if it has one that still holds.

    A reopened case needs a new one, and so does an open one that was confirmed as ended.
    """
    line = case.review
    if line is None or line.week != week or line.round != case.round:
        return None
    if line.standing.ended and not case.stage.ended:
        return None
    return line


def belongs(case: Case, begin: datetime, end: datetime) -> bool:
    """Whether a case is walked in the review of what lies from ``begin`` up to ``end``."""
    return case.opened_at < end and (case.opened_at >= begin or not case.stage.ended)


def walk(
    cases: Iterable[tuple[Case, tuple[Duty, ...], Procedure]], period: Period, calendar: Calendar
) -> Walk:
    """The review of a period: each case that belongs to it once, in the order of opening.

    Args:
        cases: with what is owed on each and the procedure it is pinned to; more do no harm.
        period: the week that is reviewed.
        calendar: the site's.
    """
    begin, end = period.span(calendar)
    found = {
        case.id: Walked(
            case=case,
            duties=owed,
            line=line_for(case, period.name),
            older=case.opened_at < begin,
            undecided=not case.stage.ended
            and (case.stuck or bool(decisions_owed(procedure, owed))),
        )
        for case, owed, procedure in cases
        if belongs(case, begin, end)
    }
    ordered = sorted(found.values(), key=lambda each: (each.case.opened_at, each.case.number))
    return Walk(period, tuple(ordered))


class SuggestedOutcome(msgspec.Struct, frozen=True):
    """What the record itself says about how a case stands; the words are made of these.

    ``standing`` is None where the record does not say that anybody is at work. ``last``: the
    newest entry that says how it stands. ``promise``: what was promised to the desk and is open.
    """

    standing: ReviewOutcome | None
    last: Entry | None = None
    promise: Promise | None = None


_OUTCOMES: dict[FollowUpOutcome, ReviewOutcome | None] = {
    FollowUpOutcome.ARRANGED: ReviewOutcome.ARRANGED,
    FollowUpOutcome.IN_PROGRESS: ReviewOutcome.PROGRESS,
    FollowUpOutcome.COMPLETED: ReviewOutcome.PROGRESS,
    FollowUpOutcome.CANNOT: ReviewOutcome.CANNOT,
    FollowUpOutcome.UNREACHABLE: None,
}


def _says_how_it_stands(event: ev.Event) -> bool:
    if isinstance(event, ev.StepRecorded):
        return bool(event.note.strip() or event.values)
    return isinstance(event, ev.FollowedUp | rec.MethodSet)


def _standing(case: Case, last: Entry | None, undecided: bool) -> ReviewOutcome | None:
    if case.stage is Stage.WRITTEN_OFF:
        return ReviewOutcome.PROGRESS
    if undecided:
        return ReviewOutcome.CANNOT
    if last is None:
        return None
    if isinstance(last.event, ev.FollowedUp):
        found = _OUTCOMES[last.event.outcome]
        # It could not be handled, and the head has decided since.
        return ReviewOutcome.ARRANGED if found is ReviewOutcome.CANNOT else found
    if isinstance(last.event, rec.MethodSet):
        return ReviewOutcome.CANNOT if last.event.confirmed else ReviewOutcome.ARRANGED
    return ReviewOutcome.PROGRESS


def suggest(case: Case, entries: Sequence[Entry], undecided: bool) -> SuggestedOutcome:
    """What a case's own entries say about how it stands, since it was last opened."""
    void = no_longer_counting(entries)
    last: Entry | None = None
    for entry in entries:
        if entry.seq in void:
            continue
        if isinstance(entry.event, ev.Reopened):
            last = None
        elif _says_how_it_stands(entry.event):
            last = entry
    live = [p for p in case.promises if not (p.kept_at or p.cancelled) and p.to == "desk"]
    promise = min(live, key=lambda p: p.due, default=None)
    return SuggestedOutcome(_standing(case, last, undecided), last, promise)
