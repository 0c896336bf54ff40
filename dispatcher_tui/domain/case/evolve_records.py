"""The fold of what the records do to a case: a week's review, the head's method, the library."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.record import record_events as ev
from dispatcher_tui.domain.record.case import Case, Entry, Method, ReviewLine
from dispatcher_tui.domain.record.signals import signal, touched
from dispatcher_tui.domain.words.terms import ReviewOutcome


def reviewed(case: Case, entry: Entry, event: ev.Reviewed) -> Case:
    """Its standing was taken down; what cannot be handled is stuck from now on (P0-09).

    A line that only words anew that it cannot asks the head nothing anew, and an ended case is
    not set in motion again by it.
    """
    at, before = entry.occurred_at, case.review
    line = ReviewLine(event.week, event.standing, event.text, at, entry.actor, case.round)
    after = replace(case, review=line)
    if case.stage.ended:
        return after
    same = before is not None and (before.week, before.round) == (line.week, line.round)
    said = same and before is not None and before.standing is ReviewOutcome.CANNOT
    if event.standing is not ReviewOutcome.CANNOT or case.stuck or said:
        return signal(after, at, "reviewed")
    return signal(replace(after, stuck=True), at, "reviewed", "stuck")


def method_set(case: Case, entry: Entry, event: ev.MethodSet) -> Case:
    """The head has decided: it is stuck no longer (P0-09)."""
    at = entry.occurred_at
    method = Method(event.subject, event.name, event.text, event.confirmed, at, case.round)
    decided = replace(case, stuck=False, methods=(*case.methods, method))
    return signal(decided, at, "method_set")


def corrective_opened(case: Case, entry: Entry, event: ev.CorrectiveOpened) -> Case:
    """What it asked for is a case of its own; here its number stands (P0-13)."""
    tied = replace(case, correctives=(*case.correctives, event.number))
    return signal(tied, entry.occurred_at, "corrective_opened")


def holidays_known(case: Case, entry: Entry, event: ev.HolidaysKnown) -> Case:
    """Years that its calendar lacked are known; what had fallen due too early will do so again."""
    completed = (*case.completed_by, event.calendar)
    return replace(case, completed_by=completed, fired=case.fired - set(event.again))


def marked_typical(case: Case, entry: Entry, event: ev.MarkedTypical) -> Case:
    """The library has it (P4-17)."""
    return touched(replace(case, typical=True, lessons=event.lessons), entry.occurred_at)


def unmarked_typical(case: Case, entry: Entry, event: ev.UnmarkedTypical) -> Case:
    """The library has it no longer."""
    return touched(replace(case, typical=False, lessons=""), entry.occurred_at)


def form_filled(case: Case, entry: Entry, event: ev.FormFilled) -> Case:
    """What a form says stands in its entry; it moves nothing of the case."""
    return case
