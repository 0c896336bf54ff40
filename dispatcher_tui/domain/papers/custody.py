"""Custody: every number ever given out is in one place, and what is odd about it (P0-08)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.papers.pads import Pad, counted
from dispatcher_tui.domain.papers.slips import HERE, SlipRecord, Where

_RANK = (
    *(Where.GONE, Where.LEFT, Where.OTHER, Where.ISSUED, Where.OWED),
    *(Where.IN_HAND, Where.SIGNED, Where.FILED),
)
"""Of several papers of one number the one that has come furthest says where it is."""


class Oddity(StrEnum):
    """What is not right about a number."""

    TWICE = "used_twice"
    OTHER = "other_came_in"
    OUTSIDE = "outside"
    VOID_CAME_IN = "void_came_in"
    UNFILED = "unfiled"  # in hand, and its case was reopened before it was filed
    OUTDATED = "outdated"  # it is out, and something printed on it was corrected since


class Void(msgspec.Struct, frozen=True):
    """A number that will not come in, why, and since when."""

    number: str
    reason: str
    at: datetime
    by: str


class SlipPosition(msgspec.Struct, frozen=True):
    """One number: where it is, of which pad, on which paper, why it is void, what is odd."""

    number: str
    where: Where
    pad: Pad | None = None
    paper: SlipRecord | None = None
    void: Void | None = None
    odd: tuple[Oddity, ...] = ()


def numbers_of(pads: Iterable[Pad]) -> dict[str, Pad]:
    """Every number of these pads, with its pad."""
    return {pad.number(n): pad for pad in pads for n in range(pad.first, pad.last + 1)}


class SlipRegister:
    """Everything that is known of numbers: pads, voids, papers."""

    def __init__(
        self, pads: Iterable[Pad], voids: Iterable[Void], papers: Iterable[SlipRecord]
    ) -> None:
        self.pads = tuple(pads)
        self.voids = {void.number: void for void in voids}
        self._given = numbers_of(pad for pad in self.pads if not pad.own)
        self._came: dict[str, list[SlipRecord]] = defaultdict(list)
        self._other: dict[str, list[SlipRecord]] = defaultdict(list)
        self._last: dict[str, int] = {}
        self._nameless: list[SlipRecord] = []
        for paper in papers:
            (self._came[paper.number] if paper.number else self._nameless).append(paper)
            if paper.issued and paper.issued != paper.number:
                self._other[paper.issued].append(paper)
            if not paper.form:
                self._last[paper.case_id] = max(paper.nth, self._last.get(paper.case_id, 0))

    def used(self, number: str) -> bool:
        """Whether a number is on a case."""
        return number in self._came or number in self._other

    def _odd(self, number: str, pad: Pad | None, where: Where) -> tuple[Oddity, ...]:
        came, found = self._came.get(number, []), []
        real = [paper for paper in came if paper.where is not Where.GONE]
        here = [paper for paper in real if paper.where in HERE]
        if len(here) > 1 or len({paper.case_id for paper in real}) > 1:
            found.append(Oddity.TWICE)
        another = any(paper.issued and paper.issued != number for paper in here)
        if another or where is Where.OTHER:
            found.append(Oddity.OTHER)
        if pad is None:
            found.append(Oddity.OUTSIDE)
        if here and number in self.voids:
            found.append(Oddity.VOID_CAME_IN)
        closing = [p for p in here if not p.form and p.where is not Where.FILED]
        if any(p.nth < self._last[p.case_id] for p in closing):
            found.append(Oddity.UNFILED)
        if any(p.version > 1 and p.where in (Where.ISSUED, Where.OWED) for p in real):
            found.append(Oddity.OUTDATED)
        return tuple(found)

    def standing(self, number: str, pad: Pad | None, highest: int = 0, n: int = 0) -> SlipPosition:
        """Where a number is; ``highest`` is the last of its pad that was used, ``n`` its own."""
        void = self.voids.get(number)
        papers = [(paper.where, paper) for paper in self._came.get(number, ())]
        papers += [(Where.OTHER, paper) for paper in self._other.get(number, ())]
        where, paper = max(papers, key=lambda p: _RANK.index(p[0]), default=(None, None))
        if void is not None and where not in HERE:
            where = Where.VOID
        if where is None:
            where = Where.GAP if n < highest else Where.UNUSED
        odd = self._odd(number, pad, where) if papers or pad is None else ()
        return SlipPosition(number, where, pad, paper, void, odd)

    def highest(self, pad: Pad) -> int:
        """The last number of a pad that was used; one below its first while none was.

        Of the running range every number was given out.
        """
        if pad.own:
            return pad.last + 1
        counts = (n for n in range(pad.last, pad.first - 1, -1) if self.used(pad.number(n)))
        return next(counts, pad.first - 1)

    def pad_of(self, number: str) -> Pad | None:
        """The pad a number is of; one that was given out comes before the desk's running range."""
        own = (pad for pad in self.pads if pad.own and pad.holds(number) is not None)
        return self._given.get(number) or next(own, None)

    def of_pad(self, pad: Pad) -> Iterator[SlipPosition]:
        """Every number of a pad; of the running range those that no pad given out has."""
        highest = self.highest(pad)
        for n in range(pad.first, pad.last + 1):
            number = pad.number(n)
            if not pad.own or number not in self._given:
                yield self.standing(number, pad, highest, n)

    def outside(self) -> Iterator[SlipPosition]:
        """Every number that no pad has."""
        for number in sorted({*self._came, *self._other, *self.voids}):
            if self.pad_of(number) is None:
                yield self.standing(number, None)

    def all(self) -> Iterator[SlipPosition]:
        """Every number ever given out or seen, each once; then papers without a number."""
        for pad in self.pads:
            yield from self.of_pad(pad)
        yield from self.outside()
        for paper in self._nameless:
            yield SlipPosition("", paper.where, paper=paper)


_USUAL_DIGITS = 6


def _digits(prefix: str, numbers: Iterable[str]) -> int:
    """How many digits the numbers of a prefix mostly have."""
    rests = (n[len(prefix) :] for n in numbers if n.startswith(prefix))
    found = Counter(len(rest) for rest in rests if rest.isascii() and rest.isdigit())
    return found.most_common(1)[0][0] if found else _USUAL_DIGITS


def running(counters: Mapping[str, int], numbers: Iterable[str], pads: Iterable[Pad]) -> list[Pad]:
    """The desk's own running ranges, by their prefixes up to the last number each gave out.

    It begins with the lowest number known of it: papers from before this record are not missing.
    """
    given, found = numbers_of(pads), []
    known = [number for number in numbers if number not in given]
    for prefix, last in sorted(counters.items()):
        digits = _digits(prefix, known)
        counts = [
            n
            for number in known
            if (n := counted(number, prefix, digits)) is not None and n <= last
        ]
        if last:
            found.append(Pad(prefix, min(counts, default=last), last, digits, own=True))
    return found


class NumberRun(msgspec.Struct, frozen=True):
    """Numbers in a row that are in the same place."""

    first: str
    last: str
    count: int
    pad: Pad | None


def runs(standings: Iterable[SlipPosition], where: Where) -> list[NumberRun]:
    """The stretches of a pad's numbers that are all ``where``: a hundred gaps are one line."""
    found: list[NumberRun] = []
    going: NumberRun | None = None
    for each in standings:
        if each.where is not where:
            going = None
            continue
        first = going.first if going is not None and going.pad == each.pad else each.number
        count = going.count + 1 if going is not None and going.pad == each.pad else 1
        if count > 1:
            found.pop()
        going = NumberRun(first, each.number, count, each.pad)
        found.append(going)
    return found
