"""What the machine writes down by itself: such an entry carries no person's name."""

from __future__ import annotations

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.words.people import NOBODY, person_of

_ALWAYS = (
    ev.DutyFellDue,
    rec.HolidaysKnown,
    rec.PrintFailed,
    watch.DeskDutyFellDue,
    watch.DeskStarted,
    watch.DeskStoodStill,
    watch.ClockJumped,
    watch.PresenceMissed,
    watch.RowDiffered,
)


def machine_made(event: ev.Event) -> bool:
    """Whether no operator did it: a duty that fell due, the level that rose with it, a start, a
    clock that was set, a holiday table that came, a test that is over, a desk left open."""
    match event:
        case ev.LevelChanged():
            return not event.reason
        case watch.DeskLocked():
            return event.left_open
        case watch.DeskStopped():
            return event.reason is not watch.StopReason.LEFT
        case watch.PanelTestEnded():
            return not event.early
    return isinstance(event, _ALWAYS)


def written_by(event: ev.Event, actor: str) -> str:
    """By whom an entry is written while ``actor`` has the desk: by nobody what the machine does."""
    return NOBODY if person_of(actor) and machine_made(event) else actor
