"""The fold of what the records do to a case: a week's review, the head's method, the library."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain import record_events as ev
from dispatcher_tui.domain.case import Case, Entry
from dispatcher_tui.domain.signals import signal, touched


def reviewed(case: Case, entry: Entry, event: ev.Reviewed) -> Case:
    """Its standing was taken down (P0-09)."""
    return signal(case, entry.occurred_at, "reviewed")


def method_set(case: Case, entry: Entry, event: ev.MethodSet) -> Case:
    """The head has decided: it is stuck no longer (P0-09)."""
    return signal(replace(case, stuck=False), entry.occurred_at, "method_set")


def corrective_opened(case: Case, entry: Entry, event: ev.CorrectiveOpened) -> Case:
    """What it asked for is a case of its own; here its number stands (P0-13)."""
    tied = replace(case, correctives=(*case.correctives, event.number))
    return signal(tied, entry.occurred_at, "corrective_opened")


def marked_typical(case: Case, entry: Entry, event: ev.MarkedTypical) -> Case:
    """The library has it (P4-17)."""
    return touched(replace(case, typical=True, lessons=event.lessons), entry.occurred_at)


def unmarked_typical(case: Case, entry: Entry, event: ev.UnmarkedTypical) -> Case:
    """The library has it no longer."""
    return touched(replace(case, typical=False, lessons=""), entry.occurred_at)
