"""The gap report: what fell due while nobody could look, kept until it was read.

The breaks that were not read yet are kept in the file beside the record, so that neither Esc nor
a second power cut loses them; what happened is in the journal in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.desk.clock import HeldClock, bare
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import load_drafts
from dispatcher_tui.desk.emergency.panel import end_tests
from dispatcher_tui.desk.reviews.routines import fire_desk, owed_by_desk
from dispatcher_tui.desk.watch.alive import AliveFile, last_stop
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.events import DutyFellDue, Event
from dispatcher_tui.domain.time.clocks import STILL_AFTER, TOLERANCE, ClockJump, Suspension
from dispatcher_tui.domain.watch.outage import (
    GrownDuty,
    LeftDraft,
    MissedDuty,
    OpenEmergency,
    Outage,
    OutageKind,
    OutageReport,
    outages_of,
)
from dispatcher_tui.store.record_types import CaseRecord
from dispatcher_tui.store.tx import Tx

_KEY = "unread_breaks"
_MOST = 20
"""Breaks told one by one; of more, the oldest are told as one."""

_BREAKS = msgspec.json.Decoder(tuple[Outage, ...])


class Started(msgspec.Struct, frozen=True):
    """The desk begins: the seq of its start, and the stop before it if it ever ran."""

    seq: int
    stop: Outage | None


def unread(desk: Desk) -> tuple[Outage, ...]:
    """The breaks that nobody has read yet, in order; none where what was kept of them is nothing
    that can be read: each is an entry, and the desk starts."""
    kept = desk.store.meta(_KEY)
    try:
        return _BREAKS.decode(kept) if kept else ()
    except (msgspec.DecodeError, UnicodeEncodeError):
        return ()


def _keep(desk: Desk, tx: Tx, breaks: Sequence[Outage]) -> None:
    known = [*unread(desk), *breaks]
    while len(known) > _MOST:
        first, second, *rest = known
        known = [msgspec.structs.replace(first, until=second.until, seen=None), *rest]
    tx.set_meta(_KEY, msgspec.json.encode(known).decode())


def forget_breaks(tx: Tx) -> None:
    """Nothing is to be worked through any more."""
    tx.set_meta(_KEY, "")


def start_desk(desk: Desk, file: AliveFile | None) -> Started:
    """Write that the desk runs; the stop before it is to be read, see :func:`fire_and_read`.

    Where the clock shows less than at the last sign of life, it was set back while the desk was
    off: that is written down as well, and nobody can say how long the stop was.

    Raises:
        StoreError: the file could not be written.
    """
    stop = last_stop(desk, file)
    clean = stop is None or stop.kind is OutageKind.STOPPED
    started = ev.DeskStarted(stopped_at=stop.since if stop else None, clean=clean)
    if stop is not None and stop.seconds < -TOLERANCE:
        stop = Outage(OutageKind.CLOCK_SET, stop.since, stop.until)

    def job(tx: Tx) -> Entry:
        events: list[Event] = [started]
        if stop is not None and stop.kind is OutageKind.CLOCK_SET and not _told_already(tx, stop):
            events.append(_clock_jumped(stop))
        entry, *_others = desk.note_in(tx, *events)
        if stop is not None:
            _keep(desk, tx, [stop])
        return entry

    entry = desk.store.transact(job)
    return Started(entry.seq, stop)


def _clock_jumped(each: Outage) -> ev.ClockJumped:
    return ev.ClockJumped(before=each.since, after=each.until, seconds=each.seconds)


def _written(each: Outage) -> Event:
    if each.kind is OutageKind.CLOCK_SET:
        return _clock_jumped(each)
    return ev.DeskStoodStill(since=each.since, until=each.until)


def _told_already(tx: Tx, each: Outage) -> bool:
    """Whether a write between the two heartbeats found the clock back, and said so itself."""
    if each.kind is not OutageKind.CLOCK_SET or each.seconds > 0:
        return False
    last = tx.last_of("clock_jumped")
    if last is None or not isinstance(last.event, ev.ClockJumped) or last.event.seconds > 0:
        return False
    prior = tx.entry(last.seq - 1)  # A write knows no better time before than that entry's.
    if prior is None or prior.recorded_at != last.event.before:
        return False
    near = abs((last.event.after - each.until).total_seconds())
    return near <= STILL_AFTER and last.event.before <= each.since + timedelta(seconds=TOLERANCE)


def note_breaks(desk: Desk, found: Iterable[Suspension | ClockJump]) -> None:
    """Write down, once, what two heartbeats showed.

    Raises:
        StoreError: the file could not be written; nothing was.
    """
    breaks = outages_of(tuple(found))

    def job(tx: Tx) -> None:
        told = [_written(each) for each in breaks if not _told_already(tx, each)]
        if told:
            desk.note_in(tx, *told)
        _keep(desk, tx, breaks)

    desk.store.transact(job)


def fire_and_read(desk: Desk) -> OutageReport:
    """Fire what has fallen due and was not fired, then read what is to be worked through.

    Breaks of which there is nothing to tell are forgotten here; the journal has them.
    """
    while desk.fire():  # A duty that fires may raise a level, and with it others.
        pass
    fire_desk(desk)
    end_tests(desk)
    gap = unread_outages(desk)
    if gap.breaks and not gap.worth_reading:
        desk.store.transact(forget_breaks)
    return gap


def unread_outages(desk: Desk) -> OutageReport:
    """What is still to be worked through, as it stands now."""
    return read_outages(desk, unread(desk))


def read_outages(desk: Desk, breaks: Sequence[Outage]) -> OutageReport:
    """What fell due in those breaks, as it stands now, and what else is waiting.

    The duties are those whose one firing is in the journal.
    """
    if not breaks:
        return OutageReport()
    kinds = {card.id: card.title for card in desk.site.cards}
    emergencies = tuple(
        OpenEmergency(
            line.id,
            line.number,
            line.place,
            "" if line.content in kinds else line.content,
            kinds.get(line.content),
        )
        for line in desk.store.board(Lane.EMERGENCY)
    )
    drafts = tuple(
        LeftDraft(draft.id, draft.opened_at, draft.intake.place, draft.intake.said)
        for draft in load_drafts(desk)
    )
    return OutageReport(tuple(breaks), _fallen(desk, breaks), emergencies, drafts)


def _fallen(desk: Desk, breaks: Sequence[Outage]) -> tuple[MissedDuty, ...]:
    records: dict[str, CaseRecord | None] = {}
    own = owed_by_desk(desk)
    found: list[MissedDuty] = []
    for line in desk.store.log(_first(breaks), None):
        event = line.entry.event
        if not isinstance(event, DutyFellDue | ev.DeskDutyFellDue):
            continue
        if not any(each.missed(event.due, line.entry.recorded_at) for each in breaks):
            continue
        case_id = event.case if isinstance(event, DutyFellDue) else ""
        if case_id and case_id not in records:
            records[case_id] = desk.store.case(case_id)
        record = records.get(case_id)
        found.append(_fell(event, record, record.duties if record is not None else own))
    return tuple(sorted(found, key=lambda each: (not each.pending, each.due)))


def _first(breaks: Sequence[Outage]) -> datetime:
    """Before this, nothing was fired that fell due in them."""
    return min(moment for each in breaks for moment in (each.since, each.until))


def _fell(
    event: DutyFellDue | ev.DeskDutyFellDue, record: CaseRecord | None, owed: tuple[Duty, ...]
) -> MissedDuty:
    duty = next((each for each in owed if each.key == event.duty), None)
    return MissedDuty(
        case_id=record.case.id if record is not None else "",
        number=record.case.number if record is not None else "",
        place=record.case.place if record is not None else "",
        duty=event.duty,
        rule=event.rule,
        label=duty.label if duty is not None else None,
        due=event.due,
        pending=duty is None or duty.pending,
        lapsed=record is None and duty is not None and duty.cancelled_at is not None,
    )


def growing(desk: Desk) -> tuple[GrownDuty, ...]:
    """The countdowns that will have time left, and more than now, once the computer's time counts;
    the nearest first. None where the desk is not ahead of it."""
    clock = desk.clock
    if not isinstance(clock, HeldClock) or clock.ahead <= 0:
        return ()
    then = bare(clock).now()
    records = (desk.store.case(line.id) for line in desk.store.board(Lane.ALL))
    owed = [(record.case, record.duties) for record in records if record is not None]
    found = [
        GrownDuty(
            case_id=case.id if case is not None else "",
            number=case.number if case is not None else "",
            place=case.place if case is not None else "",
            rule=duty.rule,
            label=duty.label,
            due=duty.due,
        )
        for case, duties in (*owed, (None, owed_by_desk(desk)))
        for duty in duties
        if duty.pending and duty.due is not None and duty.due > then
    ]
    return tuple(sorted(found, key=lambda each: each.due))


def settle_clock(desk: Desk, words: str, *, workstations: bool) -> Entry:
    """Somebody has said which time is right, the desk's or the workstation's; it is noted.

    ``words`` are what is noted of it. The workstation's counts from the next entry on.

    Raises:
        StoreError: the file could not be written; the desk goes on as before.
    """
    entry = desk.note(words)
    clock = desk.clock
    if workstations:
        desk.clock = HeldClock(bare(clock), 0.0, given_up=True)
    elif isinstance(clock, HeldClock):
        desk.clock = HeldClock(clock.clock, clock.drift, asks=False, grew=clock.grew)
    return entry


def review_outages(desk: Desk, gap: OutageReport) -> OutageReport:
    """Write that the gap was read; it does not come back. What came up meanwhile is given back.

    Raises:
        StoreError: the file could not be written; the gap stays unread.
    """
    keys = tuple(each.duty for each in gap.duties)

    def job(tx: Tx) -> None:
        left = [each for each in unread(desk) if each not in gap.breaks]
        desk.note_in(tx, ev.GapReviewed(since=gap.since, until=gap.until, duties=keys))
        tx.set_meta(_KEY, msgspec.json.encode(left).decode() if left else "")

    desk.store.transact(job)
    return unread_outages(desk)
