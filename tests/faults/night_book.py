"""A second opinion on what is owed: five written rules and the promises, worked out by hand.

It reads nothing but the entries as they stand in the file, and knows nothing of the program's
procedures, clocks or folds. What it says must have fallen due by the time it is due; it does not
say all there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

MINUTES = timedelta(minutes=1)
CHANGES = (timedelta(hours=11), timedelta(hours=23))
"""When the shifts change (UTC): at 19:00 and at 07:00 in Shanghai."""

REACHED = ("reached", "in_person")
NOTICES = {
    "procedures/estate-dispatch.toml": ("P0-02", 10 * MINUTES),
    "procedures/resident-station.toml": ("P4-08", 30 * MINUTES),
}
"""By the file of a procedure the rule by which somebody responsible is told, and within what."""

QUIET = ("level_changed", "caller_rang", "slip_issued", "corrected", "assignee_named")
"""Entries that nothing is counted from, and nobody did anything by."""


class RowLike(Protocol):
    """An entry as it stands in the file."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def body(self) -> dict[str, Any]: ...
    @property
    def case(self) -> str: ...


def shift_end(at: datetime) -> datetime:
    """The next change of shifts after a moment."""
    midnight = datetime(at.year, at.month, at.day, tzinfo=UTC)
    ends = [midnight + timedelta(days=day) + change for day in (0, 1) for change in CHANGES]
    return min(end for end in ends if end > at)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@dataclass
class Page:
    """One case as the rules see it, since it was last opened."""

    notice: tuple[str, timedelta]
    opened: datetime
    level: str
    last: datetime
    regraded: bool = False
    given_up: bool = False
    over: bool = False
    written_off: bool = False
    paper_due: datetime | None = None
    reported: bool = False
    chased: bool = False
    relayed: bool = False
    notices: list[datetime] = field(default_factory=list)
    followed: list[datetime] = field(default_factory=list)
    promises: dict[str, datetime] = field(default_factory=dict)

    def take(self, row: RowLike, end: datetime | None) -> None:
        """Take one more entry in; ``end`` is that of the watch held then, where it is known.

        What is entered on the spot comes after all before it, whatever the clock says by then.
        """
        kind, body, at = row.kind, row.body, self.when(row)
        purpose = body.get("purpose", "notified")
        if kind == "call_tried" and purpose == "notified":
            self.relayed = body["outcome"] == "relayed"
            if body["outcome"] in REACHED:
                self.notices.append(at)
        elif kind == "read_back" and purpose == "notified" and self.relayed:
            self.relayed = False
            self.notices.append(at)
        elif kind == "followed_up":
            self.followed.append(at)
            self.promises.clear()
        elif kind == "promise_made":
            self.promises[f"promise@{row.seq}"] = _moment(body["due"])
        elif kind == "level_changed":
            self.regraded = True
        elif kind == "moved":
            self.regraded = True  # by its new procedure's criteria
        elif kind == "stood_down":
            self.given_up = True  # whom nobody reached until then was missed: it falls due no more
        elif kind in ("step_recorded", "call_tried"):
            step = body.get("step", purpose)
            self.reported = self.reported or step == "reported"
            self.chased = self.chased or step == "paper_chased"
        else:
            self._end(row, end if at == row.at else None)
        if kind not in QUIET or (kind == "assignee_named" and self.notices):
            self.last = max(self.last, row.at)

    def when(self, row: RowLike) -> datetime:
        """When an entry counts as done."""
        late = row.at != row.recorded_at
        return max(row.at, self.opened if late else self.last)

    def _end(self, row: RowLike, end: datetime | None) -> None:
        if row.kind == "written_off":
            self.written_off, self.paper_due = True, end
        if row.kind in ("judged_invalid", "called_off", "closed_final"):
            self.over = True
        if self.written_off or self.over:
            self.promises.clear()

    def void(self, row: RowLike, opening: bool) -> None:
        """Take an undoing in; that of the opening itself ends the case."""
        if opening:
            self.over, self.last = True, max(self.last, row.at)

    def owed(self) -> Iterator[tuple[str, datetime]]:
        """Rules and due times that are pending for certain."""
        if self.over:
            return
        if self.written_off:
            if self.paper_due is not None and not self.chased:
                yield "paper", self.paper_due
            return
        if not self.notices:
            yield self.notice[0], self.opened + self.notice[1]
        for due in self.promises.values():
            yield "promise", due
        if self.notice[0] == "P0-02":
            yield from self._dispatch()

    def _dispatch(self) -> Iterator[tuple[str, datetime]]:
        if self.level == "grave" and not (self.regraded or self.reported):
            yield "P0-04", self.opened + 5 * MINUTES
        if self.level == "emergency" and not (self.regraded or self.reported or self.given_up):
            yield "E-02", self.opened + 3 * MINUTES
        if self.notices and not any(at >= min(self.notices) for at in self.followed):
            yield "P0-05", min(self.notices) + 120 * MINUTES


PAPERS = ("P0-08", "P4-10")
PROMISES = ("P0-00", "P4-07")


TAKING = ("signed_in", "post_relieved", "handed_over")
"""Entries by which somebody takes a watch over."""


class Book:
    """The pages of all cases, and what is known to have fallen due.

    ``_ends``: by the seq of an entry, when the watch ended that was held at its time.
    """

    def __init__(self) -> None:
        self._watch: tuple[datetime, datetime] | None = None
        self._ends: dict[int, datetime | None] = {}
        self._rows: dict[str, list[RowLike]] = {}
        self._pages: dict[str, Page] = {}
        self._fell: dict[str, set[tuple[str, datetime]]] = {}
        self._notices: dict[str, tuple[str, timedelta]] = {}
        self.checked = 0

    def take(self, row: RowLike) -> str:
        """Take one more entry in; says what is wrong with it, if anything.

        An entry that voids others makes the page be read anew.
        """
        case = row.case
        if row.kind in TAKING:
            self._watch = row.at, _moment(row.body["until"])
        if row.kind == "adopted" and row.body["name"] in NOTICES:
            self._notices[row.body["sha256"]] = NOTICES[row.body["name"]]
        if not case:
            return ""
        if row.kind == "duty_fell_due":
            return self._fell_due(row)
        rows = self._rows.setdefault(case, [])
        rows.append(row)
        self._ends[row.seq] = self._watch_end(row.at)
        if row.kind != "taken_back":
            self._read(row)
            return ""
        void = {seq for r in rows if r.kind == "taken_back" for seq in r.body["of"]}
        for each in rows:
            if each.kind == "taken_back":
                self._pages[case].void(each, rows[0].seq in each.body["of"])
            elif each.seq not in void or each is rows[0]:
                self._read(each)
        return ""

    def _read(self, row: RowLike) -> None:
        if row.kind == "case_opened":
            notice = self._notices[row.body["procedure"]]
            self._pages[row.case] = Page(notice, row.at, row.body["level"], row.at)
            return
        if row.kind == "moved":
            self._pages[row.case].notice = self._notices[row.body["to"]]
        if row.kind == "reopened":
            before = self._pages[row.case]
            at, last = before.when(row), max(before.last, row.at)
            self._pages[row.case] = Page(before.notice, at, before.level, last, regraded=True)
        else:
            self._pages[row.case].take(row, self._ends[row.seq])

    def _watch_end(self, at: datetime) -> datetime | None:
        """When the watch held at a moment ends; None where that was before it was taken over."""
        if self._watch is None:
            return shift_end(at)
        since, until = self._watch
        if at < since:
            return None
        return until if at < until else shift_end(at)

    def _fell_due(self, row: RowLike) -> str:
        rule, key, page = row.body["rule"], row.body["duty"], self._pages[row.case]
        promise = key.startswith("promise@")
        name = "paper" if rule in PAPERS else "promise" if promise else rule
        self._fell.setdefault(row.case, set()).add((name, _moment(row.body["due"])))
        if page.over:
            return "fell due on a case that is over:"
        if promise and key not in page.promises:
            return "a promise that is kept or void fell due:"
        return ""

    def judge(self, now: datetime) -> list[str]:
        """What should have fallen due by ``now`` and did not."""
        missed = []
        for case, page in self._pages.items():
            fell = self._fell.get(case, set())
            for owed in page.owed():
                if owed[1] <= now:
                    self.checked += 1
                    if owed not in fell:
                        missed.append(f"{case}: {owed[0]} due {owed[1]}")
        return missed
