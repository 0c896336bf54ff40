"""A correction of what was passed on is passed on: who was told otherwise, and until when it is
owed that they hear of it. Nothing else than the case itself is asked."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.record.case import Call, Case, PassOn
from dispatcher_tui.domain.record.events import Corrected
from dispatcher_tui.domain.words.phone import phone_digits, plausible_phone
from dispatcher_tui.domain.words.place import normalise_place, place_parts

CORRECTION_TOLD = "correction_told"
"""The purpose of a call by which somebody hears what was corrected."""

NOTICE = "notified"
PASSED_ON = ("place", "phone")
"""What is passed on with the notice, and sends somebody to the wrong door where it is wrong."""


def _read(field: str, value: str) -> object:
    """What a value says, however it is spelt."""
    if field == "place":
        return tuple(part.lstrip("0") for part in place_parts(normalise_place(value)))
    return phone_digits(value) if plausible_phone(value) else value.strip()


def says_other(field: str, before: str, after: str) -> bool:
    """Whether a value of a field says something else than another: zeros in front of a room's
    number and what stands between digits say nothing."""
    return _read(field, before) != _read(field, after)


def value_of(case: Case, field: str) -> str:
    """What a field that is passed on holds."""
    if field == "place":
        return case.place
    return case.caller.phone if case.caller else ""


def told_last(case: Case) -> Call | None:
    """The call by which somebody was told of the case last, in this round; None if nobody was."""
    begun = max((s.at for s in case.signals if s.name == "opened"), default=case.opened_at)
    told = [
        call
        for call in case.calls
        if call.purpose == NOTICE and call.told_at is not None and call.told_at >= begun
    ]
    return max(told, key=lambda call: call.told_at or begun, default=None)


def corrected(before: Case, after: Case, event: Corrected, at: datetime, seq: int) -> Case:
    """The case after a correction, with what somebody has to hear: the newest, in one duty.

    What is as they were told it after all is owed no more.
    """
    if not event.tell or after.stage.handled:
        return after
    owed = [each for each in before.passing_on if each.pending and each.who == event.tell]
    was = dict(owed[-1].was) if owed else {}
    was.setdefault(event.field, value_of(before, event.field))
    left = tuple(
        (name, was[name])
        for name in PASSED_ON
        if name in was and says_other(name, was[name], value_of(after, name))
    )
    kept = tuple(
        replace(each, cancelled_at=max(at, each.at)) if each in owed else each
        for each in before.passing_on
    )
    if left:
        key = f"correction@{seq}/{event.tell}"
        kept += (PassOn(key, event.tell, event.name, at, left),)
    return replace(after, passing_on=kept)


def heard(case: Case, who: str, purpose: str, at: datetime) -> Case:
    """The case after somebody was spoken to at ``at``.

    Being told of the case anew says the corrected things too. Whoever else is told of it instead
    is the one who goes: what was owed to the one before them is pointless.
    """
    says_it = purpose in (NOTICE, CORRECTION_TOLD)
    if not says_it or not any(each.pending for each in case.passing_on):
        return case

    def after(each: PassOn) -> PassOn:
        if not each.pending or at < each.at:
            return each
        if each.who == who:
            return replace(each, done_at=at)
        return replace(each, cancelled_at=at) if purpose == NOTICE else each

    return replace(case, passing_on=tuple(map(after, case.passing_on)))


def pointless(case: Case, at: datetime) -> Case:
    """The case is written off or none: nobody has to hear anything more."""
    if not any(each.pending for each in case.passing_on):
        return case
    ended = (
        replace(each, cancelled_at=max(at, each.at)) if each.pending else each
        for each in case.passing_on
    )
    return replace(case, passing_on=tuple(ended))
