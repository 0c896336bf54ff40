"""A desk through its nights: its clocks, its heartbeat as the program has it, and the judge.

The judge keeps its own ledger of what is owed: what the desk answered, before the time came. At
every heartbeat exactly that may be written down as fallen due, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.reviews.routines import fire_desk, next_desk_firing, owed_by_desk
from dispatcher_tui.desk.watch.alive import AliveFile, stop_desk
from dispatcher_tui.desk.watch.outage import fire_and_read, note_breaks, review_outages, start_desk
from dispatcher_tui.domain.record.watch_events import StopReason
from dispatcher_tui.domain.time.clocks import ClockReading, compare
from dispatcher_tui.domain.watch.outage import OutageReport
from dispatcher_tui.domain.watch.post import fold_post
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.store.journal_reads import entries_of_no_case
from dispatcher_tui.store.store import Store
from tests.faults.estate import BEGIN, OPERATOR, Estate
from tests.faults.night_book import Book
from tests.faults.night_ledger import Due, Ledger, Row
from tests.faults.night_routines import Routines

SECOND = timedelta(seconds=1)
CLOCK_SET, STOOD_STILL = 2.0, 30.0
"""Seconds above which a clock counts as set, and a desk as having stood still."""

_ROWS = (
    "SELECT seq, occurred_at, recorded_at, actor, kind, body FROM journal"
    " WHERE seq > ? ORDER BY seq"
)


class BrokenError(Exception):
    """The promise is broken; the text says how."""


def must(holds: object, *says: object) -> None:
    """Raise where something does not hold."""
    if not holds:
        raise BrokenError(" ".join(map(str, says)))


class NightClock:
    """The clocks of a workstation: on the wall, since its start, and since then awake."""

    def __init__(self, wall: datetime = BEGIN) -> None:
        self.wall = wall
        self.up = 1000.0
        self.awake = 1000.0
        self.set_by = 0.0

    def now(self) -> datetime:
        """What the clock on the wall shows."""
        return self.wall

    def boot(self) -> float:
        """Seconds since the start."""
        return self.up

    def beat(self) -> ClockReading:
        """All of them."""
        return ClockReading(self.wall, self.up, self.awake)

    def run(self, by: timedelta, *, asleep: bool = False) -> None:
        """Let time pass."""
        self.wall += by
        self.up += by.total_seconds()
        if not asleep:
            self.awake += by.total_seconds()

    def set(self, by: timedelta) -> None:
        """Somebody sets the clock on the wall."""
        self.wall += by
        self.set_by += by.total_seconds()

    def start_anew(self) -> None:
        """The machine was switched off and on."""
        self.up = self.awake = 0.0


class NightDesk:
    """A desk on a file, run, stopped, slept and reset; ``beats`` counts its heartbeats."""

    def __init__(self, estate: Estate, site: SiteData, clock: NightClock) -> None:
        self.estate = estate
        self.site = site
        self.clock = clock
        self.ledger = Ledger()
        self.book = Book()
        self.cases: list[str] = []
        self.touched = ""
        self.beats = self.fired = self.acts = 0
        self.restarts = self.jumps = self.sleeps = 0
        self.latest = 0.0
        self._seq = 0
        self._last = clock.beat()
        self._awake = False
        self._alive, self._sign, self._start = AliveFile(estate.db), clock.now(), 0
        self._gap = OutageReport()
        self.desk = self._open()
        self.own = Routines([p.id for p in self.desk.in_force.procedures], self._adopted_at())
        self._taken_in()

    def _open(self) -> Desk:
        store = Store.open(self.estate.db, ballast=0)
        desk = Desk(store, self.clock, self.site, OPERATOR)
        adopt_site(desk, self.site)
        desk.actor = desk.post.holder or OPERATOR
        return desk

    def _adopted_at(self) -> datetime:
        told = "SELECT min(occurred_at) FROM journal WHERE kind = 'adopted'"
        return _moment(self.desk.store.db.value(told))

    def _taken_in(self) -> list[Row]:
        """The rows that are new since this was last asked."""
        rows = [
            Row(seq, _moment(at), _moment(recorded), actor, kind, json.loads(body))
            for seq, at, recorded, actor, kind, body in self.desk.store.db.all(_ROWS, (self._seq,))
        ]
        if rows:
            self._seq = rows[-1].seq
        for row in rows:
            wrong = self.book.take(row)
            must(not wrong, wrong, row)
        return rows

    # what the operator does

    def learn(self, done: Done) -> None:
        """The desk's answer to a command: nothing may have fallen due by it."""
        if done.case.id not in self.ledger.pending:
            self.cases.append(done.case.id)
        self.ledger.learn(done.case.id, done.duties, self.clock.now())
        self.touched = done.case.id

    def acted(self) -> None:
        """Look at what an act wrote: a command never writes that a duty fell due."""
        self.acts += 1
        for row in self._taken_in():
            must(not row.kind.endswith("duty_fell_due"), "written by a command:", row)

    # what the program does

    def beat(self) -> None:
        """One heartbeat, in the program's own order."""
        clock, last = self.clock, self._last
        self._last = clock.beat()
        found = compare(last, self._last)
        expected = self.ledger.due(clock.now())
        coming = min((due for due, _, _ in self.ledger.every()), default=None)
        due = self.desk.store.next_firing()
        must(due == coming, "next firing", due, "instead of", coming)
        if due is not None and due <= clock.now():
            self.desk.fire()
        own = next_desk_firing(owed_by_desk(self.desk), self.desk.post.fired)
        if own is not None and own <= clock.now():
            fire_desk(self.desk)
        self._gap = OutageReport()
        if found:
            note_breaks(self.desk, found)
            self._gap = fire_and_read(self.desk)
        self._judge(expected, self._breaks(last), again=bool(found))
        self._sign = clock.now()
        self._alive.write(self._sign, self._start)
        self._review()

    def _review(self) -> None:
        """The operator reads what was missed, where there is anything to read."""
        if self._gap.worth_reading:
            left = review_outages(self.desk, self._gap)
            must(not left.breaks, "unread after it was read:", left)
            self.acted()

    def _breaks(self, last: ClockReading) -> list[str]:
        """What has to be written down about time since the last heartbeat."""
        passed, clock = self.clock.up - last.boot, self.clock
        breaks = ["desk_stood_still"] if passed > STOOD_STILL else []
        if abs(clock.set_by) > CLOCK_SET + passed * 0.0005:
            breaks.append("clock_jumped")
        self.jumps += bool(clock.set_by)
        self._awake, clock.set_by = passed <= 1.001 and not clock.set_by, 0.0
        return breaks

    def _judge(self, expected: Due, other: list[str], *, again: bool) -> None:
        """Exactly what was expected fell due, and nothing else was written.

        ``again``: it was looked at until nothing more fell due; what one firing brings about may
        then fall due at the same heartbeat.
        """
        self.beats += 1
        rows, now = self._taken_in(), self.clock.now()
        fired: set[tuple[str, str]] = set()
        for row in rows:
            if row.kind == "duty_fell_due":
                fired.add(self._fell_due(row, now))
            elif row.kind == "level_changed":
                must(not row.body.get("reason"), "a level by hand at a heartbeat", row)
                must(any(r.seq == row.seq - 1 and r.case == row.case for r in rows), row)
            elif row.kind == "desk_duty_fell_due":
                wrong = self.own.wrong(row.body, now)
                must(not wrong, wrong, row)
                self.fired += 1
            else:
                must(row.kind in other, "written by a heartbeat:", row)
        must([r.kind for r in rows if r.kind in other] == other, "breaks:", other, rows)
        missed, more = expected.keys() - fired, fired - expected.keys()
        must(not missed, "missed:", missed)
        must(not self.own.due(now), "missed of the desk's own:", self.own.due(now))
        before = {(case, key) for _, case, key in self.ledger.every()}
        must(not more & before, "before its time:", more & before)
        self._refresh({case for case, _ in fired}, now)
        never = {(case, key) for case, key in more if key not in self._keys(case)}
        must(again or not more, "not owed before:", more)
        must(not never, "never owed:", never)
        must(not (again and self.ledger.due(now)), "left over:", self.ledger.due(now))
        self._told({owed for owed, due in expected.items() if due > self._sign})

    def _told(self, away: set[tuple[str, str]]) -> None:
        """Who was away is told of everything that fell due meanwhile."""
        if self._gap.breaks:
            told = {(each.case_id, each.duty) for each in self._gap.duties}
            must(not away - told, "not in the gap report:", away - told)

    def _fell_due(self, row: Row, now: datetime) -> tuple[str, str]:
        key, due = (row.case, str(row.body["duty"])), _moment(row.body["due"])
        must(key not in self.ledger.fired, "a second time:", row)
        must(due <= now, "before its due time:", row)
        must(row.recorded_at == now, "not recorded now:", row)
        planned = self.ledger.pending.get(row.case, {}).get(key[1])
        must(planned in (None, due), "due", due, "instead of", planned)
        known = self.ledger.known.get(key, now)
        if self._awake:
            late = (now - max(due, known)).total_seconds()
            self.latest = max(self.latest, late)
            must(late <= 1.0, "late by", late, row)
        self.ledger.fired.add(key)
        self.fired += 1
        return key

    def _keys(self, case: str) -> set[str]:
        """Every key that the desk has a duty for on a case."""
        record = self.desk.store.case(case)
        return {duty.key for duty in record.duties} if record else set()

    def _refresh(self, cases: Iterable[str], now: datetime) -> None:
        for case in cases:
            record = self.desk.store.case(case)
            must(record is not None, "no case", case)
            assert record is not None
            self.ledger.learn(case, record.duties, now)

    # what happens to the workstation

    def watch(self, length: timedelta, phase: timedelta) -> None:
        """Be awake so long: a heartbeat every second, of which only those that matter are made.

        ``phase`` (below a second) is how far after a due time the heartbeat comes.
        """
        end = self.clock.now() + length
        self.clock.run(phase)
        self.beat()
        while True:
            own = self.own.coming(self.clock.now())
            dues = [d for d, _, _ in self.ledger.every()] + ([own] if own else [])
            due = min(dues, default=None)
            if due is None or due + phase > end:
                break
            if due > self.clock.now() + 2 * SECOND:
                fired = self.fired
                self._awake_until(due + phase - SECOND)
                must(fired == self.fired, "fell due before", due)
            self.clock.run(SECOND)
            self.beat()
        if end > self.clock.now():
            self._awake_until(end)
        self.second_opinion()

    def _awake_until(self, at: datetime) -> None:
        """Leave out the heartbeats before which nothing is due; the last one is made."""
        by = at - self.clock.now() - SECOND
        if by > timedelta(0):
            self.clock.run(by)
            self._last = self.clock.beat()
        self.clock.run(at - self.clock.now())
        self.beat()

    def sleep(self, length: timedelta) -> None:
        """The workstation sleeps, and wakes up with a heartbeat."""
        self.sleeps += 1
        self.clock.run(length, asleep=True)
        self.beat()

    def off(self, length: timedelta, *, clean: bool, machine: bool, set_by: timedelta) -> None:
        """The program ends, in order or not, and is started again so much later.

        ``machine``: it is switched off as well; ``set_by``: the clock is set meanwhile.
        """
        self.restarts += 1
        if clean:
            stop_desk(self.desk, StopReason.LEFT)
            self._sign = self.clock.now()
            self.acted()
        self.desk.store.close()
        self.clock.run(length, asleep=True)
        self.clock.wall += set_by
        if machine:
            self.clock.start_anew()
        self.begin()

    def begin(self) -> None:
        """The program starts, and what was missed is worked through before anything else."""
        self.desk = self._open()
        self._last, self._awake, self.clock.set_by = self.clock.beat(), False, 0.0
        now = self.clock.now()
        expected = self.ledger.due(now)
        started = start_desk(self.desk, self._alive)
        told = [row.kind for row in self._taken_in()]
        set_back = self._start > 0 and (now - self._sign).total_seconds() < -CLOCK_SET
        must(told == ["desk_started", *["clock_jumped"] * set_back], "at the start:", told)
        self._start = started.seq
        self._gap = fire_and_read(self.desk)
        self._judge(expected, [], again=True)
        self._sign = now
        self._alive.write(now, self._start)
        self._review()

    def second_opinion(self) -> None:
        """What the rules say by hand must have fallen due by now, did."""
        self.beat()  # What fell due by a firing comes with the heartbeat after it.
        missed = self.book.judge(self.clock.now())
        must(not missed, "by hand:", missed)

    def end(self) -> None:
        """What has to hold at the end of a night."""
        posts = fold_post(entries_of_no_case(self.desk.store.db))
        must(posts == self.desk.post, "the post is not what its entries say")
        for case in self.cases:
            record = self.desk.store.case(case)
            assert record is not None
            stored = {
                duty.key: duty.due
                for duty in record.duties
                if duty.pending and duty.due and (case, duty.key) not in self.ledger.fired
            }
            must(stored == self.ledger.pending[case], "the file owes otherwise:", case)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
