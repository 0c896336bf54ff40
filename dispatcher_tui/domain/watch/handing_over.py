"""The hand-over sheet made from the record, and the three questions made from the sheet.

Everything here is decided by what is given: the same record gives the same sheet, and the same
sheet the same questions. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.emergency.panel_test import coming
from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case import Call, Case, Entry
from dispatcher_tui.domain.record.sheet import (
    Sheet,
    SheetCall,
    SheetCase,
    SheetDuty,
    SheetHandout,
    SheetNotice,
    SheetPaper,
    SheetPerson,
    SheetSignature,
    SheetTest,
)
from dispatcher_tui.domain.record.sign_off import owed
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.watch.handouts import in_order, is_handout
from dispatcher_tui.domain.watch.post import Post, newcomers_end
from dispatcher_tui.domain.watch.privileged import privileged_acts
from dispatcher_tui.domain.watch.round_sheet import for_the_sheet
from dispatcher_tui.domain.watch.rounds import is_round
from dispatcher_tui.domain.words.terms import Label, Stage

CONTENT_SHOWN = 80
"""Characters of the caller's words that stand on the sheet."""


class CaseToHandOver(msgspec.Struct, frozen=True):
    """A case as the sheet is made of it: as folded, what is owed on it, how it is graded.

    ``kind``: the name of its kind of emergency.
    """

    case: Case
    duties: tuple[Duty, ...]
    level: Level
    kind: Label | None = None


class Records(msgspec.Struct, frozen=True):
    """What a sheet is made of, as it stood at one moment.

    ``held``: every case that is not ended, and those that ended in the outgoing watch, for the
    calls made on them. ``owed``: what the desk itself owes. ``head`` is the hash of the last
    entry, ``rows`` how many there are. ``doings``: the entries since the last signed sheet among
    which the privileged acts are; ``record`` and ``branch`` as on the sheet.
    """

    held: tuple[CaseToHandOver, ...]
    post: Post
    head: str
    rows: int
    owed: tuple[Duty, ...] = ()
    doings: tuple[Entry, ...] = ()
    record: str = ""
    branch: str = ""
    people: Mapping[str, str] = {}
    """The names of the roster by their ids."""
    rounds: tuple[Entry, ...] = ()
    """What was recorded of the rounds in the outgoing watch, and what fell due of them."""


def compile_sheet(
    records: Records, calendar: Calendar, now: datetime, until: datetime | None = None
) -> Sheet:
    """What is handed over at ``now``.

    Args:
        records: the record as it stands.
        calendar: the site's; it says when the coming watch is planned to end.
        now: the moment the sheet is frozen at.
        until: the planned end of the coming watch, where another one is meant.
    """
    post, live = records.post, [each for each in records.held if not each.case.stage.ended]
    end = until if until is not None else newcomers_end(post, calendar, now)
    live.sort(key=_nearest)
    return Sheet(
        at=now,
        outgoing=post.holder,
        since=post.since,
        until=end,
        head=records.head,
        rows=records.rows,
        cases=tuple(_case(each) for each in live),
        papers=tuple(_papers(live)),
        duties=tuple(_duties(live, records.owed, end)),
        calls=tuple(_calls(records.held, post.since)),
        notices=tuple(SheetNotice(each.text, each.until) for each in post.notices_at(now)),
        signatures=tuple(_signatures(live, post)),
        tests=tuple(
            SheetTest(each.since, each.until, each.by, each.panel, each.alarms)
            for each in coming(post.panel_tests, now)
        ),
        acts=privileged_acts(records.doings),
        record=records.record,
        branch=records.branch,
        people=tuple(_people(post, records.people, now, end)),
        rounds=for_the_sheet(records.rounds),
        handouts=tuple(
            SheetHandout(each.number, each.label, each.at, each.thing_label, each.due)
            for each in in_order(post.out)
        ),
    )


def _people(
    post: Post, names: Mapping[str, str], now: datetime, until: datetime
) -> Iterator[SheetPerson]:
    """What was changed of the people of the coming watch; whoever is only out of a duty that
    somebody else has is told by that one."""
    taken = {(each.seq, each.instead_of) for each in post.changes}
    for change in post.changes:
        if now < change.until and change.since < until and (change.seq, change.person) not in taken:
            yield SheetPerson(
                names.get(change.person, ""),
                change.since,
                change.until,
                change.absence,
                names.get(change.instead_of, ""),
            )


def _nearest(held: CaseToHandOver) -> tuple[bool, float, str]:
    """Overdue first, then by the nearest due time; what has none comes last."""
    duty = next_duty(held.duties)
    due = duty.due if duty is not None else None
    return due is None, due.timestamp() if due is not None else 0.0, held.case.number


def _case(held: CaseToHandOver) -> SheetCase:
    case, duty = held.case, next_duty(held.duties)
    return SheetCase(
        number=case.number,
        level=held.level.label,
        stage=case.stage.value,
        place=case.place,
        content=" ".join(case.verbatim.split())[:CONTENT_SHOWN],
        assignee=case.assignee.name if case.assignee else "",
        notified_at=case.assignee.notified_at if case.assignee else None,
        rule=duty.rule if duty else "",
        label=duty.label if duty else None,
        due=duty.due if duty else None,
        emergency=held.level.emergency or bool(case.emergency_kind),
        grave=held.level.urgent,
        kind=held.kind,
        confirmed=duty.confirmed if duty else True,
    )


def _papers(live: Iterable[CaseToHandOver]) -> list[SheetPaper]:
    """P0-08: what was written off and awaits its paper, the longest waiting first."""
    waiting = [each.case for each in live if each.case.stage is Stage.WRITTEN_OFF]
    waiting.sort(key=lambda case: (case.written_off_at or case.opened_at, case.number))
    return [
        SheetPaper(case.number, case.place, case.slip.number, case.written_off_at)
        for case in waiting
    ]


def _duties(
    live: Iterable[CaseToHandOver], own: Iterable[Duty], until: datetime
) -> list[SheetDuty]:
    """Every pending duty that is overdue or due up to ``until``, the nearest first.

    Each stands there by its own name: of a young case both the first follow-up and the second
    one that moved to the end of the receiver's watch (P0-05, P0-06). What the desk itself owes
    stands there as soon as it can be done in that watch: Monday's follow-up is due at midnight.
    The rounds have a part of their own.
    """
    found = [
        SheetDuty(each.case.number, duty.rule, duty.label, duty.due, duty.confirmed)
        for each in live
        for duty in each.duties
        if duty.pending and duty.due is not None and duty.due <= until
    ]
    found += [
        SheetDuty("", duty.rule, duty.label, duty.due, duty.confirmed)
        for duty in own
        if duty.pending
        and duty.due is not None
        and (duty.opens or duty.due) < until
        and not is_round(duty.key)
        and not is_handout(duty.key)
    ]
    return sorted(found, key=lambda duty: duty.due)


def _calls(held: Iterable[CaseToHandOver], since: datetime | None) -> list[SheetCall]:
    """The last try to each person on a case for one purpose, in the outgoing watch."""
    last: dict[tuple[str, str, str, str], SheetCall] = {}
    for each in held:
        for call in each.case.calls:
            if since is not None and call.at >= since:
                key = (each.case.id, call.person, call.name, call.purpose)
                last[key] = _call(each.case, call)
    return sorted(last.values(), key=lambda call: call.at)


def _call(case: Case, call: Call) -> SheetCall:
    return SheetCall(
        number=case.number,
        name=call.name,
        purpose=call.purpose,
        outcome=call.outcome,
        at=call.at,
        read_back=call.read_back_at is not None,
        stranger=call.stranger,
        taken_by=call.taken_by,
    )


def _signatures(live: Iterable[CaseToHandOver], post: Post) -> Iterator[SheetSignature]:
    """What was agreed by phone and not signed yet (E-09), of the cases and of the desk itself."""
    for each in live:
        due = {duty.key: duty.due for duty in each.duties if duty.pending}
        for sign_off in owed(each.case.sign_offs):
            yield SheetSignature(
                each.case.number,
                sign_off.rule,
                sign_off.role,
                sign_off.name,
                sign_off.due or due.get(sign_off.key),
            )
    for sign_off in owed(post.sign_offs):
        yield SheetSignature(
            sign_off.subject, sign_off.rule, sign_off.role, sign_off.name, sign_off.due
        )
