"""What may be wrong with a file after a blow: looked for as the next start finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dispatcher_tui.desk.desk import Done
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.store.store import Store
from tests.faults import estate as estates
from tests.faults.estate import Estate
from tests.faults.lives import PARTNERS


class Ack(NamedTuple):
    """What the desk said was done: the case, its number, and the entries that say so."""

    case: str
    number: str
    entries: tuple[tuple[int, str], ...] = ()


def ack(done: Done) -> Ack:
    """What a finished command acknowledges."""
    entries = tuple((entry.seq, kind_of(type(entry.event))) for entry in done.entries)
    return Ack(done.case.id, done.case.number, entries)


def lost(store: Store, acks: Iterable[Ack]) -> Iterator[str]:
    """Whatever was acknowledged and is not in the file, or is there in another form."""
    log = {line.entry.seq: line for line in store.log(None, None)}
    acks = list(acks)
    for told in acks:
        for seq, kind in told.entries:
            line = log.get(seq)
            if line is None or line.number != told.number:
                yield f"{told.number}: entry {seq} ({kind}) is lost"
            elif kind_of(type(line.entry.event)) != kind:
                yield f"{told.number}: entry {seq} is no {kind}"
    numbers = sorted({told.number for told in acks})
    for number in numbers:
        record = store.case(number)
        if record is None:
            yield f"{number}: the case is lost"
        # Of ten thousand on one day the shorter numbers are parts of the longer ones.
        elif not any(line.number == number for line in store.search(number, 50 + len(numbers))):
            yield f"{number}: the search does not find it"


def _kind(entry: Entry | None) -> str:
    return kind_of(type(entry.event)) if entry else ""


def half(store: Store) -> Iterator[str]:
    """Commands of which a part is in the file: the second entry is missing after the first."""
    entries = sorted((line.entry for line in store.log(None, None)), key=lambda entry: entry.seq)
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        kind = _kind(entry)
        if kind not in PARTNERS:
            continue
        together = following is not None and following.recorded_at == entry.recorded_at
        if not together or _kind(following) not in PARTNERS[kind]:
            yield f"entry {entry.seq} ({kind}) stands alone"


def harm(estate: Estate, acks: Iterable[Ack]) -> list[str]:
    """Everything that is wrong with an estate's file: unsound, lost, half done."""
    Store.open(estate.db, ballast=0).close()
    found = [f"{p.code} {p.seq}: {p.detail}" for p in estates.prove(estate).problems]
    store = Store.open(estate.db, read_only=True)
    try:
        return [*found, *lost(store, acks), *half(store)]
    finally:
        store.close()
