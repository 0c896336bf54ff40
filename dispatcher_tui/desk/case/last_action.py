"""Ctrl+Z: what the operator did last, on whichever case, to be named before it is taken back."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.case.take_back import last_action, last_own
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Entry

_READ_BACK = 500
"""So many entries are looked through at most: the clock may have been set back."""


class LastAction(msgspec.Struct, frozen=True):
    """What somebody did last: its entries, and the case they are of; none of them can be taken
    back where ``number`` is empty."""

    entries: tuple[Entry, ...]
    case_id: str = ""
    number: str = ""


def _newest_first(desk: Desk) -> Iterator[Entry]:
    last = desk.store.last_seq()
    for seq in range(last, max(0, last - _READ_BACK), -1):
        entry = desk.store.entry(seq)
        if entry is not None:
            yield entry


def read_last(desk: Desk) -> LastAction:
    """What the one at the desk did last, whatever is being looked at; only read.

    Raises:
        Refusal: nothing within 60 s, or it is signed, final or an emergency's call.
    """
    now = desk.clock.now()
    entry = last_own(_newest_first(desk), desk.actor, now)
    case_id: str = getattr(entry.event, "case", "")
    record = desk.store.case(case_id) if case_id else None
    if record is None:
        return LastAction((entry,))
    entries = desk.store.entries(record.case.id)
    procedure = desk.rules_of(record.case).procedure
    seqs = last_action(entries, procedure, desk.actor, now)
    found = tuple(each for each in entries if each.seq in seqs)
    return LastAction(found, record.case.id, record.case.number)


def take_back(desk: Desk, last: LastAction) -> tuple[Entry, ...]:
    """Take back what was named; the entries that no longer hold come back.

    Raises:
        Refusal: more was done meanwhile, or too much time went by; nothing was written.
    """
    if read_last(desk) != last:
        raise Refusal("nothing_to_take_back")
    desk.perform(last.case_id, cmd.TakeBack(of=tuple(each.seq for each in last.entries)))
    return last.entries
