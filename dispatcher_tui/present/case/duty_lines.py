"""Duties as lines: what is owed, how it stands in words, what is left, by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from dispatcher_tui.domain.duties.duties import Duty, state
from dispatcher_tui.domain.words.terms import DutyState
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time, short_time
from dispatcher_tui.present.spans import Span
from dispatcher_tui.present.terms import duty_state_name

SOON = timedelta(minutes=30)
"""So long before its time a duty is loud."""

_FAR = datetime.max.replace(tzinfo=UTC)


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """What is still owed first, nearest due time first; then what is over, the latest first."""
    found = list(duties)
    owed = sorted((d for d in found if d.pending), key=lambda d: d.due or _FAR)
    over = [d for d in found if not d.pending]
    over.sort(key=lambda d: d.done_at or d.cancelled_at or _FAR, reverse=True)
    return owed + over


def due_words(duty: Duty, now: datetime, zone: tzinfo) -> str:
    """By when, from when on, or when it was over; a due time nobody can be sure of says so."""
    if duty.done_at is not None:
        return _("at {time}").format(time=short_time(duty.done_at, now, zone))
    if duty.cancelled_at is not None:
        return _("since {time}").format(time=short_time(duty.cancelled_at, now, zone))
    if duty.due is None:
        return _("not started")
    due = due_time(duty.due, now, zone)
    if duty.opens is not None and now < duty.opens:
        words = _("opens {time}").format(time=short_time(duty.opens, now, zone))
    else:
        words = _("by {time}").format(time=due)
    return words if duty.confirmed else f"{words} {_('(unconfirmed)')}"


def _next_moment(duty: Duty, now: datetime) -> datetime | None:
    """What the countdown runs to: the opening of a "not before" duty, then its due time."""
    return duty.opens if duty.opens is not None and now < duty.opens else duty.due


def standing_name(duty: Duty, now: datetime) -> str:
    """How a duty stands; one that was given up with its procedure says so."""
    how = state(duty, now)
    return _("moved") if duty.moved and how is DutyState.CANCELLED else duty_state_name(how)


def duty_line(duty: Duty, now: datetime, zone: tzinfo, cells: int = 0) -> str:
    """One duty in one line: countdown, state in words, what it is, by when.

    Args:
        duty: as the procedure's clocks give it.
        now: the present moment (UTC).
        zone: the site's.
        cells: the line's width; as long as it needs to be where 0.
    """
    how = state(duty, now)
    left = remaining(_next_moment(duty, now), now) if duty.pending else ""
    mark = "!" if how is DutyState.OVERDUE else " "
    states = max(width(duty_state_name(each)) for each in DutyState)
    lead = f"{fit(left, COUNTDOWN_CELLS, 'right')}{mark}{fit(standing_name(duty, now), states)}"
    line = f"{lead} {localized(duty.label)}  {due_words(duty, now, zone)}"
    return fit(line, cells) if cells else line


def duty_spans(duty: Duty, now: datetime, zone: tzinfo) -> list[Span]:
    """The same by role: what is overdue is filled, what is due soon is loud."""
    how = state(duty, now)
    left = remaining(_next_moment(duty, now), now) if duty.pending else ""
    states = max(width(duty_state_name(each)) for each in DutyState)
    lead = f" {fit(left, COUNTDOWN_CELLS, 'right')} {fit(standing_name(duty, now), states)} "
    label, due = localized(duty.label), due_words(duty, now, zone)
    if how is DutyState.OVERDUE:
        return [Span(lead, "over"), Span(f" {label}  ", "fg0"), Span(due, "fg0")]
    if not duty.pending or how is DutyState.WAITING:
        return [Span(f"{lead} {label}  {due}", "fg2")]
    soon = duty.due is not None and duty.due - now < SOON
    return [Span(lead, "warnt" if soon else "fg1"), Span(f" {label}  ", "fg0"), Span(due, "fg2")]


def duty_lines(duties: Iterable[Duty], now: datetime, zone: tzinfo, cells: int = 0) -> list[str]:
    """Every duty as a line, in the order in which they matter."""
    return [duty_line(duty, now, zone, cells) for duty in in_order(duties)]
