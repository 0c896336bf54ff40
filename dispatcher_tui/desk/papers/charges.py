"""Charges of filed papers: summed up, handed over to the cashier, printed (P0-08, P3-13)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.routines import done_in, open_routine, open_routines
from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.papers.charges import open_charges, total
from dispatcher_tui.domain.papers.report import ChargesReport
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import Charge, ChargesHandedOver, ChargesPrinted
from dispatcher_tui.domain.reviews.routine import subject_of
from dispatcher_tui.domain.time.periods import period_at
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx

DO = "charges"
"""What the routine that asks for it says in the procedure."""


class Due(msgspec.Struct, frozen=True):
    """What is to be handed over now; ``duty`` is the one that asks for it, None where none does."""

    charges: tuple[Charge, ...]
    total_fen: int
    duty: Duty | None = None


def charges_due(desk: Desk) -> Due:
    """What filed papers charge that the cashier was not told of yet."""
    charges = open_charges(desk.store.papers_to_charge())
    return Due(charges, total(charges), open_routine(desk, DO))


def hand_over_charges(desk: Desk, to: str, seen: Due | None = None) -> Entry:
    """Hand the sum over; with it the duty of the month is done. A month without any is zero.

    ``seen`` is what the operator agreed to: nothing is handed over that was not on the screen.

    Raises:
        Refusal: nobody is named to take it, or by a bare figure, there is nothing to hand over
            and nobody asks, or something was filed meanwhile.
    """
    name = clean_text(to, multiline=False).text.strip()

    def job(tx: Tx) -> Entry:
        duty = open_routine(desk, DO)
        rule = duty.rule if duty else ""
        if not name:
            raise Refusal("cashier_missing", rule)
        refuse_figure(name, rule)
        charges = open_charges(tx.papers_to_charge())
        if not charges and duty is None:
            raise Refusal("nothing_to_charge", rule)
        if seen is not None and seen.charges != charges:
            raise Refusal("charges_changed", rule)
        subject = subject_of(duty) if duty else None
        here = period_at("month", desk.rules.calendar, desk.clock.now())
        event = ChargesHandedOver(
            period=(subject or here).name, charges=charges, total_fen=total(charges), to=name
        )
        # The sum is that of every paper: each procedure that asks for it has been served.
        done = [done_in(desk, each) for each in open_routines(desk, DO)]
        return desk.note_in(tx, event, *done)[0]

    return desk.store.transact(job)


def charges_given(desk: Desk) -> tuple[ChargesReport, ...]:
    """Every list that was handed over, the last one first."""
    prints: dict[int, int] = {}
    for line in desk.store.book("charges_printed"):
        event = line.entry.event
        if isinstance(event, ChargesPrinted):
            prints[event.of] = prints.get(event.of, 0) + 1
    site, zone = desk.site.site.name, desk.site.calendar.tz
    found = [
        ChargesReport(site, zone, line.entry, prints.get(line.entry.seq, 0))
        for line in desk.store.book("charges_handed_over")
    ]
    return tuple(reversed(found))


def mark_printed(desk: Desk, given: ChargesReport, paths: Iterable[Path]) -> Entry:
    """Write down that a list was printed; where that fails, its files go: no second original.

    Raises:
        StoreError: it could not be written down.
    """
    printed = ChargesPrinted(of=given.entry.seq, copy=given.copy)
    try:
        return desk.store.transact(lambda tx: desk.note_in(tx, printed))[0]
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise
