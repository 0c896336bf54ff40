"""The board in memory: every open case by its nearest duty, ready for one heartbeat a second."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from dispatcher_tui.domain.record.case_line import SOON, CaseLine, Counts, Lane
from dispatcher_tui.domain.words.terms import Stage

SWEEP = timedelta(days=1)
_FAR = datetime.max.replace(tzinfo=UTC)


def _order(line: CaseLine) -> tuple[bool, datetime, int]:
    return (not line.untold, line.next_due or _FAR, line.row)


def in_lane(line: CaseLine, lane: Lane, now: datetime, today: datetime) -> bool:
    """Whether a line stands in a lane; ``today`` is the local day's start (UTC).

    Handled today is what was written off, final or found invalid; a paper still owed keeps such
    a case on the lanes of the open ones as well.
    """
    if lane is Lane.DONE:
        return line.done_at is not None and line.done_at >= today
    if not line.open:
        return False
    match lane:
        case Lane.ALL:
            return True
        case Lane.DUE:
            return line.next_due is not None and line.next_due <= now
        case Lane.PAPER:
            return line.stage is Stage.WRITTEN_OFF
        case Lane.EMERGENCY:
            return line.emergency
        case Lane.STUCK:
            return line.stuck


class Board:
    """The open cases, kept in the order the operator needs them: nearest duty first, and
    above all an emergency that nobody knows of."""

    def __init__(self, lines: Iterable[CaseLine] = ()) -> None:
        self._lines = {line.id: line for line in lines}
        self._sorted: list[CaseLine] | None = None
        self._dues: list[datetime] = []
        self._done: list[datetime] = []
        self._standing = Counts()
        self._counted: Counts | None = None
        self._swept: datetime | None = None

    def stand_for(self, counts: Counts) -> None:
        """Take the figures as counted by the file, until all lines are here."""
        self._counted = counts

    def complete(self, lines: Iterable[CaseLine]) -> None:
        """Take over all lines there are."""
        self._lines = {line.id: line for line in lines}
        self._counted = None
        self._sorted = None

    def apply(self, lines: Iterable[CaseLine]) -> None:
        """Take over lines that changed; an ended case stays for the lane of those handled today."""
        changed = {line.id: line for line in lines}
        self._lines |= changed
        if self._sorted is None:
            return
        kept = [line for line in self._sorted if line.id not in changed]
        self._put_in_order([*kept, *changed.values()])

    def line(self, case_id: str) -> CaseLine | None:
        """The line of a case, if the board has it."""
        return self._lines.get(case_id)

    def _order_now(self) -> list[CaseLine]:
        if self._sorted is not None:
            return self._sorted
        return self._put_in_order(self._lines.values())

    def _put_in_order(self, every: Iterable[CaseLine]) -> list[CaseLine]:
        self._sorted = sorted(every, key=_order)
        lines = [line for line in self._sorted if line.open]
        self._dues = sorted(line.next_due for line in lines if line.next_due is not None)
        self._standing = Counts(
            open=len(lines),
            paper=sum(line.stage is Stage.WRITTEN_OFF for line in lines),
            emergency=sum(line.emergency for line in lines),
            stuck=sum(line.stuck for line in lines),
            untold=sum(line.shout for line in lines),
        )
        self._done = sorted(line.done_at for line in self._sorted if line.done_at is not None)
        return self._sorted

    def _sweep(self, now: datetime) -> None:
        """Let go, once a day, of what was ended days ago: it is on no lane, and would pile up."""
        if self._swept is not None and abs(now - self._swept) < SWEEP:
            return
        self._swept = now
        self._lines = {
            line.id: line
            for line in self._lines.values()
            if line.open or line.done_at is None or now - line.done_at < 2 * SWEEP
        }
        self._sorted = None

    def lane(self, lane: Lane, now: datetime, today: datetime) -> list[CaseLine]:
        """The lines of a lane, in order."""
        self._sweep(now)
        return [line for line in self._order_now() if in_lane(line, lane, now, today)]

    def lane_counts(self, now: datetime, today: datetime) -> dict[Lane, int]:
        """How many cases stand in each lane; before all lines are here, in those that are known.

        ``today`` is the local day's start (UTC).
        """
        counts = self.counts(now)
        found = {
            Lane.ALL: counts.open,
            Lane.PAPER: counts.paper,
            Lane.EMERGENCY: counts.emergency,
            Lane.STUCK: counts.stuck,
        }
        if self._counted is None:
            found[Lane.DUE] = bisect_right(self._dues, now)
            found[Lane.DONE] = len(self._done) - bisect_left(self._done, today)
        return found

    def counts(self, now: datetime) -> Counts:
        """The head line's figures at a moment; two look-ups where nothing changed."""
        if self._counted is not None:
            return self._counted
        self._order_now()
        overdue = bisect_left(self._dues, now)
        soon = bisect_left(self._dues, now + SOON) - overdue
        return replace(self._standing, overdue=overdue, soon=soon)
