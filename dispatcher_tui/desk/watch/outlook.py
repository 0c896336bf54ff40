"""What the shift screen looks out on: the duties of this watch, and of the next one."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.case.case_file import Signer
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.hand_over import forecast
from dispatcher_tui.desk.watch.watch import falling_in_watch
from dispatcher_tui.domain.record.sheet import SheetSignature
from dispatcher_tui.domain.time.calendar import Watch
from dispatcher_tui.domain.words.terms import Label


class Ahead(msgspec.Struct, frozen=True):
    """A duty that lies ahead, and its case; ``case_id`` is empty for a duty of the desk's own.

    ``duty_key`` is empty where only the case's nearest one is known. ``due`` is aware UTC.
    """

    due: datetime
    rule: str
    label: Label
    case_id: str = ""
    duty_key: str = ""
    number: str = ""
    place: str = ""
    assignee: str = ""


class NextWatch(msgspec.Struct, frozen=True):
    """The next planned watch: what falls due in it, and how much is due before it begins.

    ``signatures``: every one that is owed now.
    """

    watch: Watch
    ahead: tuple[Ahead, ...]
    before: int
    signatures: tuple[SheetSignature, ...]


def may_sign_in(desk: Desk) -> list[Signer]:
    """Everybody who may sign in."""
    return [Signer(o.name, o.role) for o in desk.store.operators() if not o.disabled]


def this_watch(desk: Desk) -> list[Ahead]:
    """What is overdue or falls due before the watch on now ends, the nearest first."""
    found = []
    for falling in falling_in_watch(desk):
        line, duty = falling.line, falling.duty
        assert duty.due is not None  # else it falls in no watch
        found.append(
            Ahead(
                due=duty.due,
                rule=duty.rule,
                label=duty.label,
                case_id=line.id,
                duty_key=duty.key,
                number=line.number,
                place=line.place,
                assignee=line.assignee,
            )
        )
    return found


def next_watch(desk: Desk) -> NextWatch:
    """The watch after the one on now, as it looks at this hour."""
    coming = forecast(desk)
    cases = {case.number: case for case in coming.sheet.cases}
    found = []
    for duty in coming.falling:
        case = cases.get(duty.number)
        record = desk.store.case(duty.number) if case else None
        found.append(
            Ahead(
                due=duty.due,
                rule=duty.rule,
                label=duty.label,
                case_id=record.case.id if record else "",
                number=duty.number,
                place=case.place if case else "",
                assignee=case.assignee if case else "",
            )
        )
    signatures = coming.sheet.signatures
    return NextWatch(coming.watch, tuple(found), len(coming.before), signatures)
