"""交接班: the sheet is drawn and frozen, both sign it, and the watch passes in one transaction.

Nothing of a hand-over is in the record before both have signed: a crash leaves it unsigned or
complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import refuse_while_held
from dispatcher_tui.desk.operators import check_pin
from dispatcher_tui.desk.reviews.routines import owed_by_desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.sheet import CheckAnswer, Sheet, SheetDuty
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.domain.time.calendar import Watch, watch_at
from dispatcher_tui.domain.watch.check_questions import CheckQuestion, answered, questions
from dispatcher_tui.domain.watch.handing_over import CaseToHandOver, Records, compile_sheet
from dispatcher_tui.domain.watch.post import Post, acting_end, newcomers_end
from dispatcher_tui.domain.watch.privileged import KINDS as PRIVILEGED
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx


class FrozenSheet(msgspec.Struct, frozen=True):
    """A sheet frozen at one moment; ``seq`` is the last entry that is on it."""

    sheet: Sheet
    seq: int
    questions: tuple[CheckQuestion, CheckQuestion, CheckQuestion]


class HandOverSignature(msgspec.Struct, frozen=True):
    """Somebody's signature as it is given: the name and the PIN typed for it."""

    name: str
    pin: str

    def __repr__(self) -> str:
        """The PIN is never shown, not in an error either."""
        return f"Signing(name={self.name!r})"


class Forecast(msgspec.Struct, frozen=True):
    """What the next planned watch will find: ``sheet.duties`` are those up to its end."""

    watch: Watch
    sheet: Sheet

    @property
    def falling(self) -> tuple[SheetDuty, ...]:
        """The duties that fall due in that watch."""
        return tuple(duty for duty in self.sheet.duties if duty.due > self.watch.start)

    @property
    def before(self) -> tuple[SheetDuty, ...]:
        """The duties due before it begins; what of them is not done will be overdue then."""
        return tuple(duty for duty in self.sheet.duties if duty.due <= self.watch.start)


def _records(desk: Desk, reads: Store | Tx) -> Records:
    post = reads.post()
    lines = reads.board(Lane.ALL)
    if post.since is not None:
        lines += [x for x in reads.board(Lane.DONE, since=post.since) if not x.open]
    held, kinds = [], {card.id: card.title for card in desk.site.cards}
    for line in lines:
        record = reads.case(line.id)
        if record is not None:
            level = desk.rules_of(record.case).procedure.level(record.case.level)
            kind = kinds.get(record.case.emergency_kind)
            held.append(CaseToHandOver(record.case, record.duties, level, kind))
    return Records(
        tuple(held),
        post,
        reads.head(),
        reads.rows(),
        owed_by_desk(desk),
        _doings(reads),
        reads.record_hash(),
        reads.branch_hash(),
        {each.id: each.name for each in reads.people()} if post.changes else {},
        _rounds(reads, post.since),
    )


def _rounds(reads: Store | Tx, since: datetime | None) -> tuple[Entry, ...]:
    """What was recorded of the rounds in the watch that began then, and what fell due of them."""
    last = reads.last_of("handed_over")
    told = last.event.sheet.rows if last and isinstance(last.event, HandedOver) else 0
    kinds = ("desk_duty_fell_due", "round_recorded")
    found = (entry for kind in kinds for entry in reads.all_of(kind, told))
    return tuple(entry for entry in found if since is None or entry.occurred_at >= since)


def _doings(reads: Store | Tx) -> tuple[Entry, ...]:
    """The entries since the head that was printed last, of the kinds of privileged acts."""
    last = reads.last_of("handed_over")
    told = last.event.sheet.rows if last and isinstance(last.event, HandedOver) else 0
    return tuple(entry for kind in PRIVILEGED for entry in reads.all_of(kind, told))


def sheet_now(desk: Desk, until: datetime | None = None) -> Sheet:
    """The sheet as it would be drawn now, also with nobody on watch; only read, nothing frozen."""
    return compile_sheet(_records(desk, desk.store), desk.rules.calendar, desk.clock.now(), until)


def draw_sheet(desk: Desk) -> FrozenSheet:
    """Draw the sheet of the watch that is held now, frozen at this moment.

    Raises:
        Refusal: nobody is on watch; whoever comes signs in instead.
    """
    return desk.store.transact(lambda tx: draw_in(desk, tx))


def draw_in(desk: Desk, tx: Tx) -> FrozenSheet:
    """The same inside a transaction that is already open: nobody writes while it is read."""
    records = _records(desk, tx)
    if not records.post.holder:
        raise Refusal("post_vacant")
    sheet = compile_sheet(records, desk.rules.calendar, desk.clock.now())
    return FrozenSheet(sheet, records.rows, questions(sheet))


def arrivals(desk: Desk, drawn: FrozenSheet) -> tuple[str, ...]:
    """The numbers of the cases that were opened or moved since the sheet was drawn."""
    return _arrivals(desk.store, drawn)


def _arrivals(reads: Store | Tx, drawn: FrozenSheet) -> tuple[str, ...]:
    return tuple(line.number for line in reads.changed_since(drawn.seq)[1])


def hand_over(
    desk: Desk,
    drawn: FrozenSheet,
    incoming: HandOverSignature,
    outgoing: HandOverSignature,
    answers: Sequence[CheckAnswer],
    heard: bool | None = None,
    remarks: str = "",
) -> Entry:
    """Pass the watch: both sign the drawn sheet, and what arrived meanwhile is carried.

    Gives the ``HandedOver`` entry, which can be printed.

    Args:
        desk: from now on its entries carry the incoming person's name.
        drawn: the sheet as both have read it; a wrong PIN leaves it as it is.
        incoming: who takes the watch over.
        outgoing: who has it.
        answers: one for each of the sheet's three questions, see ``answered``.
        heard: whether the sound test was heard; None where there was none.
        remarks: what the outgoing person adds in words.

    Raises:
        Refusal: one person signs twice, a question is open, a PIN is wrong, or the watch is not
            any more what the sheet says; nothing was written but a wrong PIN.
        StoreError: the file could not be written; the watch has not passed.
    """
    refuse_while_held(desk)
    if incoming.name == outgoing.name:
        raise Refusal("same_person", name=incoming.name)
    _answered(drawn, answers)
    _same_watch(desk, desk.post, drawn.sheet, outgoing.name)
    leaving = check_pin(desk, outgoing.name, outgoing.pin)
    taking = check_pin(desk, incoming.name, incoming.pin)
    signed = HandedOver(
        outgoing=leaving.name,
        incoming=taking.name,
        role=taking.role,
        until=drawn.sheet.until,
        sheet=drawn.sheet,
        answers=tuple(answers),
        heard=heard,
        remarks=clean_text(remarks).text.strip(),
    )
    entry = desk.store.transact(lambda tx: _pass(desk, tx, drawn, signed))
    desk.actor = taking.name
    return entry


def _pass(desk: Desk, tx: Tx, drawn: FrozenSheet, signed: HandedOver) -> Entry:
    """Write what both have signed, if the post is still what the sheet says."""
    _same_watch(desk, tx.post(), drawn.sheet, signed.outgoing)
    event = msgspec.structs.replace(signed, carried=_arrivals(tx, drawn))
    return desk.note_in(tx, event, actor=signed.outgoing, cosigner=signed.incoming)[0]


def _answered(drawn: FrozenSheet, answers: Sequence[CheckAnswer]) -> None:
    given = {(each.kind, each.answer) for each in answers}
    asked = {(each.kind, each.answer) for each in map(answered, drawn.questions)}
    if given != asked:
        raise Refusal("questions_open", left=str(len(asked - given)))


def _same_watch(desk: Desk, post: Post, sheet: Sheet, outgoing: str) -> None:
    """The sheet is that of the watch held now, and it is signed over by the one who holds it."""
    if not post.holder:
        raise Refusal("post_vacant")
    if post.holder != outgoing:
        raise Refusal("post_taken", name=post.holder)
    coming = newcomers_end(post, desk.rules.calendar, desk.clock.now())
    if (sheet.outgoing, sheet.since, sheet.until) != (post.holder, post.since, coming):
        raise Refusal("sheet_stale")


def forecast(desk: Desk, at: datetime | None = None) -> Forecast:
    """What will fall due in the next planned watch, as it looks now.

    Args:
        desk: it is only read.
        at: the moment whose next watch is meant; now if not given.
    """
    calendar = desk.rules.calendar
    ends = acting_end(desk.post, calendar, at or desk.clock.now())
    watch = watch_at(calendar, ends)
    return Forecast(watch, sheet_now(desk, watch.end))
