"""P0-14: which duties fell due in a stretch of time, and which of them were done in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.month import LateDuty, RuleTally, Timeliness
from dispatcher_tui.domain.words.terms import Label


class DutyAtEnd(msgspec.Struct, frozen=True):
    """A duty as it stood at the end; ``case`` is its case's number, empty for the desk's own.

    ``fired``: it fell due while it was still owed.
    """

    case: str
    duty: Duty
    fired: bool = False


def _fell_due(owed: DutyAtEnd, begin: datetime, end: datetime) -> bool:
    """Whether it was owed when its time came, and that time lies in the stretch."""
    duty = owed.duty
    if duty.due is None or not begin <= duty.due < end:
        return False
    over = None if duty.missed else duty.cancelled_at
    return duty.done_at is not None or over is None or over > duty.due or owed.fired


def _late(owed: DutyAtEnd, end: datetime) -> LateDuty | None:
    """How late it is or was; None where it was done in time."""
    duty = owed.duty
    assert duty.due is not None
    if duty.done_at is not None and duty.done_at <= duty.due:
        return None
    # A promise that went with its case does not say when: then it ended with its time.
    ended = max(duty.cancelled_at, duty.due) if duty.cancelled_at else None
    until = duty.done_at or ended or end
    return LateDuty(
        case=owed.case,
        rule=duty.rule,
        label=duty.label,
        due=duty.due,
        by=int((until - duty.due).total_seconds()),
        done_at=duty.done_at,
        ended_at=None if duty.done_at else ended,
        confirmed=duty.confirmed,
    )


def due_in(
    owed: Iterable[DutyAtEnd], begin: datetime, end: datetime
) -> Iterator[tuple[datetime, bool]]:
    """When each duty of the stretch fell due, and whether it was done in time."""
    for each in owed:
        if _fell_due(each, begin, end):
            assert each.duty.due is not None
            yield each.duty.due, _late(each, end) is None


def _tallies(fallen: Iterable[tuple[DutyAtEnd, LateDuty | None]]) -> Iterator[RuleTally]:
    sums: dict[tuple[str, str], tuple[Label, int, int]] = {}
    for owed, late in fallen:
        label = owed.duty.general_label
        _, due, in_time = sums.get((owed.duty.rule, label.en), (label, 0, 0))
        sums[owed.duty.rule, label.en] = (label, due + 1, in_time + (late is None))
    for (rule, _name), (label, due, in_time) in sorted(sums.items()):
        yield RuleTally(rule, label, due, in_time)


def timeliness(found: Iterable[DutyAtEnd], begin: datetime, end: datetime) -> Timeliness:
    """Duties done in time ÷ duties due from ``begin`` up to but without ``end`` (UTC).

    What was cancelled by the time it would have been due was never due, and what was missed was
    due however early it was given up; at its due time a duty is in time. The longest overdue come
    first.
    """
    fallen = [(owed, _late(owed, end)) for owed in found if _fell_due(owed, begin, end)]
    late = [each for _owed, each in fallen if each is not None]
    return Timeliness(
        due=len(fallen),
        in_time=len(fallen) - len(late),
        rules=tuple(_tallies(fallen)),
        late=tuple(sorted(late, key=lambda each: (-each.by, each.due, each.case, each.rule))),
    )
