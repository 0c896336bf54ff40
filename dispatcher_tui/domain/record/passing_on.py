"""A correction of what was passed on is passed on: who was told otherwise, and until when it is
owed that they hear of it. Nothing else than the case itself is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.record.case import Call, Case, FormerValue, PassOn
from dispatcher_tui.domain.record.events import Corrected, ReadBack
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


def said_otherwise(
    case: Case, given: datetime, fields: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """What a word that was given at ``given`` said of these fields, where it is otherwise now."""
    then = ((field, _value_at(case, field, given)) for field in PASSED_ON if field in fields)
    return tuple(each for each in then if says_other(*each, value_of(case, each[0])))


def heard_otherwise(case: Case, who: str) -> tuple[tuple[str, str], ...]:
    """What somebody heard of the case that is otherwise now, by field: what they still have to
    hear, else what stood there when they were spoken to last or a message was left for them."""
    owed = _owed(case, who)
    if owed is not None:
        return owed.was
    given = [call.at for call in case.calls if call.who == who and not call.outcome.missed]
    return said_otherwise(case, max(given), PASSED_ON) if who and given else ()


def _value_at(case: Case, field: str, given: datetime) -> str:
    """What a field held; a word that was given in the very second of a correction has it."""
    later = [each for each in case.former if each.field == field and each.at > given]
    return min(later, key=lambda each: each.at).value if later else value_of(case, field)


def _owed(case: Case, who: str) -> PassOn | None:
    """What somebody still has to hear; None where that is nothing."""
    return next((each for each in case.passing_on if each.pending and each.who == who), None)


def _left(
    case: Case, event: Corrected, at: datetime
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, datetime], ...]]:
    """What somebody was told otherwise once a field is corrected, and since when each is wrong."""
    owed = _owed(case, event.tell)
    was = dict(owed.was) if owed else {}
    since = dict.fromkeys(was, owed.at) | dict(owed.since) if owed else {}
    was.setdefault(event.field, value_of(case, event.field))
    since.setdefault(event.field, at)
    left = tuple(
        (name, was[name])
        for name in PASSED_ON
        if name in was
        and says_other(
            name, was[name], event.value if name == event.field else value_of(case, name)
        )
    )
    return left, tuple((name, since[name]) for name, _was in left)


def owed_since(case: Case, event: Corrected, at: datetime) -> datetime | None:
    """Since when something is wrong that a correction at ``at`` leaves somebody to hear (UTC)."""
    _was, since = _left(case, event, at)
    return min((begun for _name, begun in since), default=None)


def corrected(before: Case, after: Case, event: Corrected, at: datetime, seq: int) -> Case:
    """The case after a correction, with what somebody has to hear: the newest, in one duty.

    It is owed since the first of it was wrong. What is as they were told it after all is owed no
    more. In an entry that does not say since when, each correction began it anew.
    """
    if event.before is not None:
        former = FormerValue(event.field, event.before, at)
        after = replace(after, former=(*after.former, former))
    if not event.tell or after.stage.handled:
        return after
    owed, (was, since) = _owed(before, event.tell), _left(before, event, at)
    start, since = event.owed_since or at, since if event.owed_since is not None else ()
    if owed is not None and was and event.owed_since == owed.at:
        newest = replace(owed, was=was, since=since)
        return replace(after, passing_on=_with(before, {owed.key: newest}))
    kept = _with(before, _ended(owed, at))
    if was:
        kept += (
            PassOn(f"correction@{seq}/{event.tell}", event.tell, event.name, start, was, since),
        )
    return replace(after, passing_on=kept)


def _with(case: Case, changed: Mapping[str, PassOn]) -> tuple[PassOn, ...]:
    return tuple(changed.get(each.key, each) for each in case.passing_on)


def _ended(owed: PassOn | None, at: datetime) -> dict[str, PassOn]:
    """It is owed no more, by its key."""
    return {owed.key: replace(owed, cancelled_at=max(at, owed.at))} if owed is not None else {}


def read_back(case: Case, call: Call, event: ReadBack, at: datetime, seq: int) -> Case:
    """The case after a relayed word was read back at ``at``: it was given with the call.

    What was corrected in between they have still to hear. That is owed since the correction where
    they had been told before, else since they count as told. Whoever was told of the case before
    them goes no more.
    """
    if not event.was:
        return heard(case, call.who, event.purpose, at)
    owed = _owed(case, call.who)
    if event.purpose == NOTICE:
        others = [each for each in case.passing_on if each.pending and each.who != call.who]
        for each in others:
            case = replace(case, passing_on=_with(case, _ended(each, at)))
    since = tuple((name, _wrong_since(case, name, call.at, at, owed)) for name, _was in event.was)
    start = min(begun for _name, begun in since)
    if owed is not None and owed.at == start:
        newest = replace(owed, was=event.was, since=since)
        return replace(case, passing_on=_with(case, {owed.key: newest}))
    new = PassOn(f"correction@{seq}/{call.who}", call.who, call.name, start, event.was, since)
    return replace(case, passing_on=(*_with(case, _ended(owed, at)), new))


def _wrong_since(
    case: Case, field: str, given: datetime, at: datetime, owed: PassOn | None
) -> datetime:
    """Since when what a word said that was given at ``given`` and read back at ``at`` is wrong."""
    later = (each.at for each in case.former if each.field == field and each.at > given)
    return min(later, default=at) if owed is not None else at


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
