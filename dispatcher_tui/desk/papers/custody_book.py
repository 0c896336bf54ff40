"""Everything that is to be said of all numbers together: pads, what is missing, what is odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from dispatcher_tui.desk.papers.pads import COUNTER, read_pads, read_voids
from dispatcher_tui.domain.papers.custody import (
    NumberRun,
    SlipPosition,
    SlipRegister,
    running,
    runs,
)
from dispatcher_tui.domain.papers.pads import Pad
from dispatcher_tui.domain.papers.slips import Where
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.store.store import Store


class PadTally(msgspec.Struct, frozen=True):
    """A pad, and how many of its papers are where; ``next`` is the next one to be torn off."""

    pad: Pad
    counts: dict[Where, int]
    next: str = ""


class Custody(msgspec.Struct, frozen=True):
    """What is to be said of all numbers: the pads, what is missing, what is odd.

    ``names``: what has a range of its own is called, by what its numbers begin with. ``apart``:
    those of the closing papers, the default's first, where several procedures are in force.
    """

    pads: tuple[PadTally, ...]
    gaps: tuple[NumberRun, ...]
    odd: tuple[SlipPosition, ...]
    names: Mapping[str, Label] = {}
    apart: tuple[str, ...] = ()

    def range_of(self, prefix: str) -> str:
        """The named range that such numbers stand under: where several procedures have theirs, the
        default's for what begins as none do; else empty where it has no name."""
        return prefix if prefix in self.names else next(iter(self.apart), "")

    def by_range(self) -> dict[str, Custody]:
        """What is missing and odd, range by range, those in which something is."""
        found = dict[str, tuple[list[NumberRun], list[SlipPosition]]]()
        for run in self.gaps:
            prefix = self.range_of(run.pad.prefix if run.pad else self._begins(run.first))
            found.setdefault(prefix, ([], []))[0].append(run)
        for each in self.odd:
            prefix = self.range_of(each.pad.prefix if each.pad else self._begins(each.number))
            found.setdefault(prefix, ([], []))[1].append(each)
        return {
            prefix: Custody(
                (), tuple(found[prefix][0]), tuple(found[prefix][1]), self.names, self.apart
            )
            for prefix in self.names
            if prefix in found
        }

    def _begins(self, number: str) -> str:
        """The longest of the ranges' prefixes that a number of no pad begins with."""
        fits = (prefix for prefix in self.names if prefix and number.startswith(prefix))
        return max(fits, key=len, default="")


def read_book(store: Store, *, whole: bool = True) -> SlipRegister:
    """Everything the record knows of numbers; not ``whole``: no more than where each is."""
    papers = list(store.papers() if whole else store.paper_numbers())
    pads, voids = read_pads(store), read_voids(store)
    counters = {key.removeprefix(COUNTER): count for key, count in store.slips_given().items()}
    numbers = {n for paper in papers for n in (paper.number, paper.issued) if n} | voids.keys()
    own = running(counters, numbers, pads)
    return SlipRegister([*pads, *own], voids.values(), papers)


def _tally(book: SlipRegister, pad: Pad, standings: Sequence[SlipPosition]) -> PadTally:
    unused = (s.number for s in standings if s.where is Where.UNUSED)
    return PadTally(pad, dict(Counter(s.where for s in standings)), next(unused, ""))


def custody(
    database: Path, names: Mapping[str, Label] | None = None, apart: tuple[str, ...] = ()
) -> Custody:
    """Pads, gaps and oddities; it reads beside a desk at work, by its own connection.

    ``names`` and ``apart`` are what ``Custody`` has of them.

    Raises:
        Failure: the file cannot be read.
    """
    store = Store.open(database, read_only=True)
    try:
        book = read_book(store, whole=False)
    finally:
        store.close()
    pads, gaps, odd = list[PadTally](), list[NumberRun](), list[SlipPosition]()
    for pad in book.pads:
        standings = list(book.of_pad(pad))
        pads.append(_tally(book, pad, standings))
        gaps += runs(standings, Where.GAP)
        odd += [each for each in standings if each.odd]
    odd += book.outside()
    return Custody(tuple(pads), tuple(gaps), tuple(odd), names or {}, apart)
