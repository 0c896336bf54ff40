"""Taking back: which entries of a case Ctrl+Z would undo, and which are never undone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeGuard

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.machine_made import machine_made

TAKE_BACK_SECONDS = 60
"""How long Ctrl+Z can take the last own action back."""

_NEVER_TAKEN_BACK = (
    ev.Signed,
    ev.PaperSigned,
    ev.ClosedFinal,
    ev.DutyFellDue,
    ev.TakenBack,
    ev.Corrected,
    em.EmergencyNamed,
    em.StoodDown,
    em.EmergencyResumed,
    em.OrderIssued,
    rec.CorrectiveOpened,
)


_UNASKED = (ev.TakenBack, em.AlarmRepeated)


_BESIDE = (
    ev.Adopted,
    ev.BackupMade,
    rec.PaperPrinted,
    rec.ChargesPrinted,
    watch.DeskLocked,
    watch.DeskStopped,
    watch.DeskUnlocked,
    watch.GapReviewed,
    watch.PinRefused,
    watch.PresenceConfirmed,
    watch.SignedIn,
    watch.SoundSilenced,
    watch.SoundTested,
)
"""What somebody at the desk does besides, and nobody means who takes back the last action."""


def _grades(event: ev.Event) -> TypeGuard[ev.CaseOpened | ev.LevelChanged]:
    return isinstance(event, ev.CaseOpened | ev.LevelChanged)


def _by_itself(event: ev.Event) -> bool:
    """Whether there is nothing of an operator's in it to take back: what the machine did, an
    undoing, a panel that repeats its alarm."""
    return machine_made(event) or isinstance(event, _UNASKED)


def last_own(newest_first: Iterable[Entry], actor: str, now: datetime) -> Entry:
    """The last entry of what ``actor`` did themselves, on any case or on none.

    Entries from ``newest_first`` are read as far back as Ctrl+Z reaches, and no further.

    Raises:
        Refusal: there is none within 60 s.
    """
    void = set[int]()
    for entry in newest_first:
        if now - entry.recorded_at > timedelta(seconds=TAKE_BACK_SECONDS):
            raise Refusal("too_late_to_take_back", seconds=str(TAKE_BACK_SECONDS))
        void |= set(entry.event.of) if isinstance(entry.event, ev.TakenBack) else set()
        beside = _by_itself(entry.event) or isinstance(entry.event, _BESIDE)
        if entry.actor == actor and entry.seq not in void and not beside:
            return entry
    raise Refusal("nothing_to_take_back")


def last_action(
    entries: list[Entry], procedure: Procedure, actor: str, now: datetime
) -> tuple[int, ...]:
    """The seqs that Ctrl+Z would take back: the case's last command, if it was ``actor``'s own.

    Entries of one command share the moment they were recorded at.

    Raises:
        Refusal: there is none within 60 s, or it is signed, final or an emergency's call.
    """
    void = {seq for e in entries if isinstance(e.event, ev.TakenBack) for seq in e.event.of}
    counted = [e for e in entries if e.seq not in void and not _by_itself(e.event)]
    if not counted or counted[-1].actor != actor:
        raise Refusal("nothing_to_take_back")
    at = counted[-1].recorded_at
    if abs(now - at) > timedelta(seconds=TAKE_BACK_SECONDS):  # The clock may have been set back.
        raise Refusal("too_late_to_take_back", seconds=str(TAKE_BACK_SECONDS))
    group = [e for e in counted if e.recorded_at == at and e.actor == actor]
    levels = [e.event.level for e in entries if _grades(e.event) and e.seq not in void]
    emergency = bool(levels) and procedure.level(levels[-1]).emergency
    if any(entry.cosigner or isinstance(entry.event, _NEVER_TAKEN_BACK) for entry in group):
        raise Refusal("not_taken_back")
    if emergency and any(isinstance(e.event, ev.CallTried | ev.ReadBack) for e in group):
        raise Refusal("call_stays")
    return tuple(e.seq for e in group)
