"""What only few may do, or what makes a record doubtful: listed on the next hand-over sheet."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.sheet import SheetAct

KINDS = (
    "operator_added",
    "operator_changed",
    "restored",
    "clock_jumped",
    "rescue_code_made",
    "rescue_code_used",
    "rescue_code_refused",
)
"""The journal's names for the entries among which these acts are."""

_CHANGES = ("pin_reset", "disabled")


def _act(entry: Entry) -> SheetAct | None:
    made = SheetAct(at=entry.recorded_at, act="", by=entry.actor, cosigner=entry.cosigner)
    match entry.event:
        case ev.OperatorAdded(name=name, role=role):
            return _of(made, "operator_added", name, role=role)
        case ev.OperatorChanged(name=name, what=what) if what in _CHANGES:
            return _of(made, what, name)
        case ev.Restored(source=source):
            return _of(made, "restored", source)
        case watch.ClockJumped(before=before, after=after) if after < before:
            return _of(made, "clock_back", seconds=round((before - after).total_seconds()))
        case watch.RescueCodeMade():
            return _of(made, "rescue_code_made")
        case watch.RescueCodeUsed(name=name):
            return _of(made, "rescue_code_used", name)
        case watch.RescueCodeRefused():
            return _of(made, "rescue_code_refused")
    return None


def _of(made: SheetAct, act: str, name: str = "", *, role: str = "", seconds: int = 0) -> SheetAct:
    return SheetAct(made.at, act, made.by, made.cosigner, name, role, seconds)


def privileged_acts(entries: Iterable[Entry]) -> tuple[SheetAct, ...]:
    """Those of the entries that are such acts, in the order of the journal."""
    found = (_act(entry) for entry in sorted(entries, key=lambda entry: entry.seq))
    return tuple(act for act in found if act is not None)
