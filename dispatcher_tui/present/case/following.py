"""How a case was found to stand the last time, what was promised then, and what follows now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import FollowedUp, PromiseMade
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.present.case.duty_lines import due_words
from dispatcher_tui.present.countdown import remaining, spoken
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import due_time, short_time
from dispatcher_tui.present.spans import Span, sides
from dispatcher_tui.present.terms import follow_up_name

TO_DESK = "desk"
"""Whom a promise is made to that the desk itself waits for."""


def last_row(entries: Sequence[Entry], now: datetime, zone: tzinfo, cells: int) -> list[Span]:
    """What was last found and promised, and by how much that is over; empty before the first."""
    found = next((e for e in reversed(entries) if isinstance(e.event, FollowedUp)), None)
    promised = [
        e.event.due for e in entries if isinstance(e.event, PromiseMade) and e.event.to == TO_DESK
    ]
    if found is None and not promised:
        return []
    parts = []
    if found is not None and isinstance(found.event, FollowedUp):
        said = _(": ").join(filter(None, (follow_up_name(found.event.outcome), found.event.note)))
        time = short_time(found.occurred_at, now, zone)
        parts.append(_("last {time}  {said}").format(time=time, said=said))
    right = []
    if promised:
        parts.append(_("promised for {time}").format(time=due_time(promised[-1], now, zone)))
        length = spoken((now - promised[-1]).total_seconds())
        over = now > promised[-1]
        words = _("over by {length}") if over else _("in {length}")
        right = [Span(f"{words.format(length=length)} ", "overt" if over else "fg2", over)]
    return sides([Span(f" {'   '.join(parts)}", "fg1")], right, cells)


def follows(outcome: FollowUpOutcome) -> str:
    """What comes of an answer, in a few words."""
    words = {
        FollowUpOutcome.ARRANGED: _("a time is promised"),
        FollowUpOutcome.IN_PROGRESS: _("a time is promised"),
        FollowUpOutcome.COMPLETED: _("goes on to the write-off"),
        FollowUpOutcome.CANNOT: _("the head decides"),
        FollowUpOutcome.UNREACHABLE: _("the next one is rung"),
    }
    return words[outcome]


def owed_words(duty: Duty, now: datetime, zone: tzinfo) -> str:
    """A duty in words: what it is, by when, what is left."""
    left = remaining(duty.due, now) if duty.due is not None else ""
    parts = (localized(duty.label), due_words(duty, now, zone), left)
    return "  ".join(filter(None, parts))
