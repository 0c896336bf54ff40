"""Custody of numbered closing papers: every number ever given out, and where it is (P0-08).

A *pad* is a range of pre-numbered papers given to somebody. A *paper* is one row: what a case's
entries say about one paper. Numbers are text: their leading zeros count.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.case import Case, Slip
from dispatcher_tui.domain.terms import Stage
from dispatcher_tui.domain.text import clean_text

MOST_OF_A_PAD = 10_000
"""No pad has more papers; a longer range is a slip of the keys."""

AGES = (2, 4, 8)
"""Whole days after the write-off at which a copy that is owed comes into the next band: 0-1, 2-3,
4-7, over 7 days."""


class Where(StrEnum):
    """Where a paper is; a number is in exactly one of these."""

    UNUSED = "unused"  # of a pad, above the highest that was used
    GAP = "gap"  # of a pad, below it, on no case and not void
    VOID = "void"
    ISSUED = "issued"  # out with whoever is responsible; the case is not written off yet
    OWED = "owed"  # the case is written off, the copy is not back
    IN_HAND = "in_hand"
    SIGNED = "signed"
    FILED = "filed"
    OTHER = "other_came_in"  # issued for a case whose paper came in under another number
    LEFT = "left"  # the case was reopened or found invalid before it came back
    GONE = "gone"  # charged once; on no case any more


_RANK = (
    *(Where.GONE, Where.LEFT, Where.OTHER, Where.ISSUED, Where.OWED),
    *(Where.IN_HAND, Where.SIGNED, Where.FILED),
)
"""Of several papers of one number the one that has come furthest says where it is."""

HERE = (Where.IN_HAND, Where.SIGNED, Where.FILED)
"""The paper itself is on the desk."""


class Oddity(StrEnum):
    """What is not right about a number."""

    TWICE = "used_twice"
    OTHER = "other_came_in"
    OUTSIDE = "outside"
    VOID_CAME_IN = "void_came_in"
    UNFILED = "unfiled"  # in hand, and its case was reopened before it was filed


class Held(msgspec.Struct, frozen=True):
    """One paper of one case; ``nth`` counts the case's papers from 0, times are aware UTC.

    ``handed_fen`` is what the cashier was told of it so far; ``asked_of`` is who is responsible.
    """

    case_id: str
    case: str
    place: str
    nth: int
    where: Where
    number: str
    issued: str = ""
    issued_at: datetime | None = None
    issued_to: str = ""
    person: str = ""
    assignee: str = ""
    written_off_at: datetime | None = None
    received_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None
    filed_at: datetime | None = None
    binder: str = ""
    page: str = ""
    charge_fen: int = 0
    handed_fen: int = 0


def _where(case: Case, slip: Slip, *, present: bool) -> Where | None:
    """Where a paper is; None where the case has none and owes none yet."""
    for at, where in (
        (slip.filed_at, Where.FILED),
        (slip.signed_at, Where.SIGNED),
        (slip.received_at, Where.IN_HAND),
    ):
        if at is not None:
            return where
    if not present or case.stage is Stage.INVALID:
        return Where.LEFT if slip.number else None
    if case.written_off_at is not None:
        return Where.OWED
    return Where.ISSUED if slip.number else None


def _held(case: Case, nth: int, where: Where, slip: Slip, written_off: datetime | None) -> Held:
    named = case.assignee
    return Held(
        case_id=case.id,
        case=case.number,
        place=case.place,
        nth=nth,
        where=where,
        number=slip.number,
        issued=slip.issued,
        issued_at=slip.issued_at,
        issued_to=slip.issued_to,
        person=named.person if named else "",
        assignee=named.name if named else "",
        written_off_at=written_off,
        received_at=slip.received_at,
        signed_by=slip.signed_by,
        signed_at=slip.signed_at,
        filed_at=slip.filed_at,
        binder=slip.binder,
        page=slip.page,
        charge_fen=slip.charge_fen if slip.filed_at is not None else 0,
    )


def has_papers(case: Case) -> bool:
    """Whether a case has a paper, had one or owes one; most open cases have none."""
    return bool(case.papers) or case.slip != Slip() or case.written_off_at is not None


def papers_of(case: Case, handed: Mapping[str, int]) -> tuple[Held, ...]:
    """Every paper of a case, those of before first.

    Args:
        case: as folded.
        handed: by a paper's number, what the cashier was told of it for this case so far (fen).
            A number that no paper of the case bears any more keeps a row: it is owed back.
    """
    found: list[Held] = []
    slips = [(paper.slip, paper.written_off_at, False) for paper in case.papers]
    for slip, written_off, present in (*slips, (case.slip, case.written_off_at, True)):
        where = _where(case, slip, present=present)
        if where is not None:
            found.append(_held(case, len(found), where, slip, written_off))
    left = {number: fen for number, fen in handed.items() if fen}
    for at, held in enumerate(found):
        if held.filed_at is not None and held.number in left:
            found[at] = msgspec.structs.replace(held, handed_fen=left.pop(held.number))
    for number in sorted(left):
        gone = _held(case, len(found), Where.GONE, Slip(number=number), None)
        found.append(msgspec.structs.replace(gone, handed_fen=left[number]))
    return tuple(found)


class Pad(msgspec.Struct, frozen=True):
    """A range of numbers: ``prefix`` and at least ``digits`` digits, ``first`` to ``last``.

    ``own``: the desk's running range, which it numbers by itself as it goes.
    """

    prefix: str
    first: int
    last: int
    digits: int
    to: str = ""
    person: str = ""
    issued_at: datetime | None = None
    own: bool = False

    def number(self, n: int) -> str:
        """The n-th number as it stands on the paper."""
        return f"{self.prefix}{n:0{self.digits}d}"

    def holds(self, number: str) -> int | None:
        """Which of its numbers that is, None where it is none of them."""
        n = counted(number, self.prefix, self.digits)
        return n if n is not None and self.first <= n <= self.last else None

    def meets(self, other: Pad) -> bool:
        """Whether some paper would be in both."""
        apart = self.last < other.first or other.last < self.first
        return not apart and self.number(self.first)[: -self.digits] == other.prefix


def counted(number: str, prefix: str, digits: int) -> int | None:
    """The count in a number of that form, None where it has another form."""
    rest = number[len(prefix) :]
    if not number.startswith(prefix) or not (rest.isascii() and rest.isdigit()):
        return None
    if len(rest) != digits and (len(rest) < digits or rest[0] == "0" or len(rest) > 18):
        return None
    return int(rest)


class PadError(ValueError):
    """A range that cannot stand: ``form``, ``last``, ``backwards`` or ``long``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_NUMBER = re.compile(r"(?P<prefix>[^\s]*?)(?P<count>[0-9]{1,18})")


def tidy(number: str) -> str:
    """A number as it is kept, however wide it was typed; its zeros stay."""
    return "".join(unicodedata.normalize("NFKC", clean_text(number, multiline=False).text).split())


def well_formed(number: str) -> bool:
    """Whether a text can be the number on a paper: it ends in digits."""
    return _NUMBER.fullmatch(number) is not None


def parse_pad(first: str, last: str, prefix: str = "") -> Pad:
    """The pad from its first and its last number as typed; of the last its digits will do.

    ``prefix`` is how the site writes its own, whatever case it was typed in.

    Raises:
        PadError: there is no such pad.
    """
    begin = _NUMBER.fullmatch(tidy(first))
    if begin is None:
        raise PadError("form")
    head, digits = begin["prefix"], len(begin["count"])
    end = tidy(last)
    if head and end.casefold().startswith(head.casefold()):
        end = end[len(head) :]
    if not (end.isascii() and end.isdigit()) or len(end) > digits:
        raise PadError("last")
    count, until = int(begin["count"]), int(end)
    if until < count:
        raise PadError("backwards")
    if until - count >= MOST_OF_A_PAD:
        raise PadError("long")
    same = prefix and head.casefold() == prefix.casefold()
    return Pad(prefix if same else head, count, until, digits)


def resolve(typed: str, pads: Iterable[Pad]) -> str:
    """The number that is meant by what was typed: in full, or its digits alone.

    Digits alone are taken for the first of the ``pads`` that has such a number.
    """
    number = tidy(typed)
    for pad in pads:
        if number.isascii() and number.isdigit() and len(number) <= pad.digits and pad.prefix:
            if pad.first <= int(number) <= pad.last:
                return pad.number(int(number))
        elif number.casefold().startswith(pad.prefix.casefold()):
            found = pad.prefix + number[len(pad.prefix) :]
            if pad.holds(found) is not None:
                return found
    return number


class Void(msgspec.Struct, frozen=True):
    """A number that will not come in, why, and since when."""

    number: str
    reason: str
    at: datetime
    by: str


class Standing(msgspec.Struct, frozen=True):
    """One number: where it is, of which pad, on which paper, why it is void, what is odd."""

    number: str
    where: Where
    pad: Pad | None = None
    paper: Held | None = None
    void: Void | None = None
    odd: tuple[Oddity, ...] = ()


def numbers_of(pads: Iterable[Pad]) -> dict[str, Pad]:
    """Every number of these pads, with its pad."""
    return {pad.number(n): pad for pad in pads for n in range(pad.first, pad.last + 1)}


class Book:
    """Everything that is known of numbers: pads, voids, papers."""

    def __init__(self, pads: Iterable[Pad], voids: Iterable[Void], papers: Iterable[Held]) -> None:
        self.pads = tuple(pads)
        self.voids = {void.number: void for void in voids}
        self._given = numbers_of(pad for pad in self.pads if not pad.own)
        self._came: dict[str, list[Held]] = defaultdict(list)
        self._other: dict[str, list[Held]] = defaultdict(list)
        self._last: dict[str, int] = {}
        self._nameless: list[Held] = []
        for paper in papers:
            (self._came[paper.number] if paper.number else self._nameless).append(paper)
            if paper.issued and paper.issued != paper.number:
                self._other[paper.issued].append(paper)
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
        if any(p.where is not Where.FILED and p.nth < self._last[p.case_id] for p in here):
            found.append(Oddity.UNFILED)
        return tuple(found)

    def standing(self, number: str, pad: Pad | None, highest: int = 0, n: int = 0) -> Standing:
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
        return Standing(number, where, pad, paper, void, odd)

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

    def of_pad(self, pad: Pad) -> Iterator[Standing]:
        """Every number of a pad; of the running range those that no pad given out has."""
        highest = self.highest(pad)
        for n in range(pad.first, pad.last + 1):
            number = pad.number(n)
            if not pad.own or number not in self._given:
                yield self.standing(number, pad, highest, n)

    def outside(self) -> Iterator[Standing]:
        """Every number that no pad has."""
        for number in sorted({*self._came, *self._other, *self.voids}):
            if self.pad_of(number) is None:
                yield self.standing(number, None)

    def all(self) -> Iterator[Standing]:
        """Every number ever given out or seen, each once; then papers without a number."""
        for pad in self.pads:
            yield from self.of_pad(pad)
        yield from self.outside()
        for paper in self._nameless:
            yield Standing("", paper.where, paper=paper)


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


class Run(msgspec.Struct, frozen=True):
    """Numbers in a row that are in the same place."""

    first: str
    last: str
    count: int
    pad: Pad | None


def runs(standings: Iterable[Standing], where: Where) -> list[Run]:
    """The stretches of a pad's numbers that are all ``where``: a hundred gaps are one line."""
    found: list[Run] = []
    going: Run | None = None
    for each in standings:
        if each.where is not where:
            going = None
            continue
        first = going.first if going is not None and going.pad == each.pad else each.number
        count = going.count + 1 if going is not None and going.pad == each.pad else 1
        if count > 1:
            found.pop()
        going = Run(first, each.number, count, each.pad)
        found.append(going)
    return found


def band_of(paper: Held, now: datetime) -> int:
    """How long a copy is owed: 0 for 0-1 days, 1 for 2-3, 2 for 4-7, 3 for over 7 (whole days)."""
    if paper.written_off_at is None:
        return 0
    days = (now - paper.written_off_at) // timedelta(days=1)
    return sum(days >= age for age in AGES)
