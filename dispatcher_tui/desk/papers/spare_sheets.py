"""Paper for when the desk is dark: a pad is printed with the board and whom to ring, and what was
written on it is keyed in afterwards, each call with its own time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from dispatcher_tui.desk.case.intake import Intake, cleaned
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.night_people import night_people
from dispatcher_tui.domain.case.decide_spares import next_pad, refuse_used, typed_number
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.emergency.outside import NATIONAL
from dispatcher_tui.domain.papers.spare_sheets import (
    A_PAD,
    SpareBook,
    book_of,
    sheet_number,
)
from dispatcher_tui.domain.record.case import Case, Entry, PendingEntry
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.spare_events import SpareSheetKeyed, SpareSheetVoided
from dispatcher_tui.domain.time.when import parse_past
from dispatcher_tui.domain.watch.fallback_report import FallbackReport, RungPerson
from dispatcher_tui.domain.words.people import Nearness
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

KINDS = ("spare_sheets_printed", "spare_sheet_keyed", "spare_sheet_voided")


def read_spares(reads: Store | Tx) -> SpareBook:
    """Every sheet of every pad, and what became of it."""
    return book_of(_entries(reads))


def _entries(reads: Store | Tx) -> Iterator[Entry]:
    for kind in KINDS:
        yield from reads.all_of(kind)


def _restored_since(reads: Store | Tx) -> bool:
    """Whether the record went on from a copy since the last pad was printed."""
    restored, printed = reads.last_of("restored"), reads.last_of("spare_sheets_printed")
    return restored is not None and (printed is None or printed.seq < restored.seq)


def print_pad(desk: Desk, count: int = A_PAD) -> FallbackReport:
    """Number a pad and gather what is printed with it; with ``count`` 0 board and call tree alone.

    Raises:
        Refusal: so many sheets are no pad; nothing was written.
    """

    def job(tx: Tx) -> tuple[int, int]:
        pad = next_pad(read_spares(tx), count, restored=_restored_since(tx))
        desk.note_in(tx, pad)
        return pad.first, pad.last

    first, last = desk.store.transact(job) if count else (0, 0)
    return _gathered(desk, first, last)


def _gathered(desk: Desk, first: int, last: int) -> FallbackReport:
    """The board and the call tree as they are now."""
    site, names = desk.site.site, names_in_force(desk)
    outside = NATIONAL | {name: number for name, number in site.outside.items() if number}
    return FallbackReport(
        site=site.name,
        zone=desk.rules.calendar.tz,
        at=desk.clock.now(),
        sheet=sheet_now(desk),
        procedure=names,
        people=_people(desk),
        outside=tuple(outside.items()),
        first=first,
        last=last,
    )


def _people(desk: Desk) -> tuple[RungPerson, ...]:
    """Who is rung, in order: who decides, then who is here, on duty, at home."""
    night, procedures = night_people(desk), desk.in_force.procedures
    rungs = [rung.role for each in procedures for ladder in each.ladders for rung in ladder.rungs]
    rungs += [role for each in procedures for role in each.emergency.roles.values() if role]
    order = {role: n for n, role in reversed(list(enumerate(dict.fromkeys(rungs))))}
    here = [RungPerson(each.person, int(each.near)) for each in night.standing]
    others = [RungPerson(each, int(Nearness.AT_HOME)) for each in night.others]
    far = len(order)
    return tuple(sorted((*here, *others), key=lambda p: (order.get(p.person.role, far), p.near)))


class KeyedIn(msgspec.Struct, frozen=True):
    """What a sheet became: a case, or a line of the Work Log. ``gaps``: the numbers before it of
    which nothing was written down yet; ``following``: the sheet that is probably next."""

    number: str
    case: Case | None
    gaps: tuple[str, ...]
    following: str


def _moment(desk: Desk, at: str) -> datetime:
    """When the call came in.

    Raises:
        Refusal: no time is given.
        WhenError: it is none, or lies ahead.
    """
    if not at.strip():
        raise Refusal("spare_time_missing")
    return parse_past(at, desk.clock.now(), desk.rules.calendar.tz)


def key_in(desk: Desk, typed: str, at: str, form: Intake, *, log: bool = False) -> KeyedIn:
    """Key in what stands on a sheet: its case is opened as of the time of the call, and the record
    says that it was written down later. With ``log`` it becomes a line of the Work Log.

    Raises:
        WhenError: ``at`` is no time, or lies ahead.
        Refusal: the sheet is of no pad or was keyed in already, or nothing stands on it; nothing
            was written.
    """
    number, when = typed_number(typed), _moment(desk, at)
    form, _ = cleaned(form)
    if not (form.place.strip() or form.category.strip() or form.said.strip()):
        raise Refusal("spare_empty")

    def job(tx: Tx) -> Case | None:
        refuse_used(read_spares(tx), number)
        case = None
        if log:
            _note_late(desk, tx, form, when)
        else:
            case = desk.open_in(tx, form, received_at=when, occurred=when).case
        desk.note_in(tx, SpareSheetKeyed(number=number, became=case.number if case else ""))
        return case

    case = desk.store.transact(job)
    book = read_spares(desk.store)
    after = (n for n in book.open if n > number)
    following = next(after, next(iter(book.open), 0))
    return KeyedIn(
        sheet_number(number),
        case,
        tuple(map(sheet_number, book.gaps)),
        sheet_number(following) if following else "",
    )


def _note_late(desk: Desk, tx: Tx, form: Intake, when: datetime) -> None:
    """A line of the Work Log at its own time, written down now."""
    note = LogNoted(text=form.said, caller=form.caller, phone=form.phone, place=form.place)
    if not form.said.strip():
        raise Refusal("note_missing")
    pending = [PendingEntry(note, when)]
    tx.append(
        pending,
        actor=desk.actor,
        cosigner="",
        recorded_at=desk.clock.now(),
        initials=desk.initials,
    )


def void_sheet(desk: Desk, typed: str, reason: str) -> str:
    """Say that nothing will be keyed in from a sheet, and why; gives its number.

    Raises:
        Refusal: it is of no pad, was keyed in, or no reason is given; nothing was written.
    """
    number, why = typed_number(typed), clean_text(reason, multiline=False).text.strip()
    if not why:
        raise Refusal("reason_missing")

    def job(tx: Tx) -> None:
        refuse_used(read_spares(tx), number)
        desk.note_in(tx, SpareSheetVoided(number=number, reason=why))

    desk.store.transact(job)
    return sheet_number(number)
