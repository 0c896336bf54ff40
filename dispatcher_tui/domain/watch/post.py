"""The post as folded from the entries of no case: who is on watch, and what the desk owes.

Only :func:`evolve_post` changes it; the store keeps it beside the journal and ``verify`` proves
that it is what the entries say. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.panel_test import PanelTest
from dispatcher_tui.domain.record import handout_events as handouts
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.fee_events import (
    FeeCounts,
    FeeLinesHanded,
    FeeListTaken,
    FeeResultsNoted,
)
from dispatcher_tui.domain.record.out_alone_events import CameBackSafe, SafetyAsked, SentAlone
from dispatcher_tui.domain.record.sign_off import SignOff, with_signature
from dispatcher_tui.domain.time.calendar import Calendar, Watch, watch_at
from dispatcher_tui.domain.watch.duty_changes import CHANGE_EVENTS, DutyChange, after
from dispatcher_tui.domain.watch.handouts import ThingOut, handout_key
from dispatcher_tui.domain.watch.out_alone import OutAlone, alone_number, is_alone, out_after
from dispatcher_tui.domain.watch.rounds import RoundMark, remembered, round_key
from dispatcher_tui.domain.words.terms import Label

IN_TIME = timedelta(minutes=30)
"""So long before its planned end a watch is handed over without a word: the next one is here."""
EARLY = timedelta(hours=2)
"""Who takes over so shortly before a watch ends has come for the next one."""

DONE_KEPT = timedelta(days=800)
"""How long it is remembered that a routine was done: over two years of months and quarters."""

SPANS_KEPT = 60
"""How many past watches are remembered for late entries: a month of two shifts a day."""


class HeldWatch(msgspec.Struct, frozen=True):
    """Somebody's watch: from ``since`` on, with the end planned for it; ``over`` once it is."""

    name: str
    since: datetime
    until: datetime | None
    over: datetime | None = None


class Notice(msgspec.Struct, frozen=True):
    """What every shift is to know until ``until``; ``seq`` is the entry it was posted with."""

    seq: int
    text: str
    by: str
    at: datetime
    until: datetime


FEES_KEPT = timedelta(days=62)
"""How long a list of fees is remembered that nobody touches any more."""


class FeeStand(msgspec.Struct, frozen=True):
    """How a list of fees stands: what it is called, and its counts after what was last done."""

    list: str
    month: str
    label: Label
    at: datetime
    counts: FeeCounts


class Post(msgspec.Struct, frozen=True):
    """Who holds the post and what goes with it.

    ``holder`` is empty where nobody has signed in. ``spans``: the watches, the newest last.
    ``done``: by the keys of their duties, when the desk's routines were done.
    ``started_at``/``stopped_at``: the program's last start and last orderly end.
    ``panel_tests``: the planned tests of the fire system whose end is not written down yet.
    ``changes``: what was changed of the people of the night and may still hold.
    ``rounds``: by the keys of their duties, when the rounds of the last days were recorded.
    ``out``: what is out of the handout book; ``handed_out``: how many things ever went out.
    ``fees``: how the lists of fees stand, the one touched last at the end.
    ``alone``: who is out there alone; ``sent_alone``: how many ever went.
    """

    spans: tuple[HeldWatch, ...] = ()
    role: str = ""
    locked: bool = False
    notices: tuple[Notice, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    fired: frozenset[str] = frozenset()
    done: dict[str, datetime] = {}
    silenced_until: datetime | None = None
    sound_tested_at: datetime | None = None
    sound_heard: bool | None = None
    handed_over_at: datetime | None = None
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    panel_tests: tuple[PanelTest, ...] = ()
    changes: tuple[DutyChange, ...] = ()
    rounds: dict[str, RoundMark] = {}
    out: tuple[ThingOut, ...] = ()
    handed_out: int = 0

    def thing_out(self, number: int) -> ThingOut | None:
        """What is out with that number."""
        return next((each for each in self.out if each.number == number), None)

    fees: tuple[FeeStand, ...] = ()
    alone: tuple[OutAlone, ...] = ()
    sent_alone: int = 0

    @property
    def holder(self) -> str:
        """Who is on watch; empty where nobody is."""
        return self.spans[-1].name if self.spans else ""

    @property
    def since(self) -> datetime | None:
        """Since when; None where nobody is on watch."""
        return self.spans[-1].since if self.spans else None

    @property
    def until(self) -> datetime | None:
        """The planned end of the watch held; None where nobody is on watch."""
        return self.spans[-1].until if self.spans else None

    def span_at(self, at: datetime) -> HeldWatch | None:
        """The watch that was held at a moment, as far back as it is remembered."""
        for span in reversed(self.spans):
            if span.since <= at:
                return span if span.over is None or at < span.over else None
        return None

    def notices_at(self, at: datetime) -> tuple[Notice, ...]:
        """The notices that hold at a moment."""
        return tuple(notice for notice in self.notices if at < notice.until)


VACANT = Post()


def acting_end(post: Post, calendar: Calendar, at: datetime) -> datetime:
    """The planned end of the watch that was held at ``at`` (P0-06: the acting dispatcher's).

    With nobody signed in, and for somebody who stays on past the planned end, it is the shift
    plan's.
    """
    span = post.span_at(at)
    if span is not None and span.until is not None and at < span.until:
        return span.until
    return watch_at(calendar, at).end


def acting_watch(post: Post, calendar: Calendar, at: datetime) -> Watch:
    """The watch held at ``at``: from when it was taken over to its planned end."""
    planned, span = watch_at(calendar, at), post.span_at(at)
    start = span.since if span is not None else planned.start
    return Watch(planned.shift, start, acting_end(post, calendar, at))


def early_by(post: Post, at: datetime) -> timedelta | None:
    """By how long a hand-over at ``at`` is before the planned end; None where it is time for it."""
    left = post.until - at if post.until is not None else timedelta(0)
    return left if left > IN_TIME else None


def newcomers_end(post: Post, calendar: Calendar, at: datetime) -> datetime:
    """The planned end of the watch that somebody takes over at ``at``.

    Shortly before the planned end it is the watch after it, earlier on the rest of this one.
    """
    end = acting_end(post, calendar, at)
    return watch_at(calendar, end).end if end - at <= EARLY else end


def _taken(post: Post, entry: Entry, name: str, role: str, until: datetime | None) -> Post:
    at = entry.occurred_at
    before = tuple(span if span.over else replace(span, over=at) for span in post.spans)
    spans = (*before, HeldWatch(name, at, until))[-SPANS_KEPT:]
    return replace(post, spans=spans, role=role, locked=False)


def _signed_in(post: Post, entry: Entry, event: ev.SignedIn) -> Post:
    return _taken(post, entry, event.name, event.role, event.until)


def _handed_over(post: Post, entry: Entry, event: ev.HandedOver) -> Post:
    taken = _taken(post, entry, event.incoming, event.role, event.until)
    taken = replace(taken, handed_over_at=entry.occurred_at)
    if event.heard is None:
        return taken
    return replace(taken, sound_tested_at=entry.occurred_at, sound_heard=event.heard)


def _relieved(post: Post, entry: Entry, event: ev.PostRelieved) -> Post:
    return _taken(post, entry, event.incoming, event.role, event.until)


def _locked(post: Post, entry: Entry, event: ev.DeskLocked) -> Post:
    return replace(post, locked=True)


def _unlocked(post: Post, entry: Entry, event: ev.DeskUnlocked) -> Post:
    return replace(post, locked=False)


def _signed(post: Post, entry: Entry, event: ev.DeskSigned) -> Post:
    given = with_signature(post.sign_offs, event, entry.occurred_at, entry.actor, due=event.due)
    return replace(post, sign_offs=given)


def _fell_due(post: Post, entry: Entry, event: ev.DeskDutyFellDue) -> Post:
    if event.label is None:
        return replace(post, fired=post.fired | {event.duty})
    kept = frozenset(remembered(post.fired, entry.occurred_at))
    return replace(post, fired=kept | {event.duty})


def _round_recorded(post: Post, entry: Entry, event: ev.RoundRecorded) -> Post:
    """The first time counts for its clock, as with a routine; old rounds are forgotten."""
    key = round_key(event.round, event.begin)
    kept = {each: post.rounds[each] for each in remembered(post.rounds, entry.occurred_at)}
    return replace(
        post, rounds={key: RoundMark(entry.occurred_at, event.by or entry.actor), **kept}
    )


def _handed_out(post: Post, entry: Entry, event: handouts.ThingHandedOut) -> Post:
    thing = ThingOut(
        number=event.number,
        register=event.register,
        label=event.label,
        at=entry.occurred_at,
        thing=event.thing,
        thing_label=event.thing_label,
        due=event.due,
        sha256=event.sha256,
        by=entry.actor,
    )
    return replace(post, out=(*post.out, thing), handed_out=max(post.handed_out, event.number))


def _came_back(post: Post, entry: Entry, event: handouts.ThingCameBack) -> Post:
    """That it fell due is forgotten with it."""
    out = tuple(each for each in post.out if each.number != event.number)
    return replace(post, out=out, fired=post.fired - {handout_key(event.number)})


def _out_alone(post: Post, entry: Entry, event: SentAlone | SafetyAsked | CameBackSafe) -> Post:
    """What fell due of him is forgotten with it: a new stretch begins, or he is back."""
    fired = frozenset(x for x in post.fired if not is_alone(x) or alone_number(x) != event.number)
    ever = max(post.sent_alone, event.number)
    return replace(post, alone=out_after(post.alone, entry), sent_alone=ever, fired=fired)


def _routine_done(post: Post, entry: Entry, event: ev.RoutineDone) -> Post:
    """The first time counts; what was done long ago is forgotten."""
    at, key = entry.occurred_at, f"{event.routine}:{event.period}"
    kept = {each: when for each, when in post.done.items() if at - when < DONE_KEPT}
    return replace(post, done={**kept, key: min(at, kept.get(key, at))})


def _fees_moved(
    post: Post, entry: Entry, event: FeeListTaken | FeeLinesHanded | FeeResultsNoted
) -> Post:
    at, mine = entry.occurred_at, (event.list, event.month)
    kept = (
        each for each in post.fees if (each.list, each.month) != mine and at - each.at < FEES_KEPT
    )
    stand = FeeStand(event.list, event.month, event.label, at, event.counts)
    return replace(post, fees=(*kept, stand))


def _posted(post: Post, entry: Entry, event: ev.NoticePosted) -> Post:
    at = entry.occurred_at
    holding = post.notices_at(entry.recorded_at)
    notice = Notice(entry.seq, event.text, entry.actor, at, event.until)
    return replace(post, notices=(*holding, notice))


def _withdrawn(post: Post, entry: Entry, event: ev.NoticeWithdrawn) -> Post:
    return replace(post, notices=tuple(n for n in post.notices if n.seq != event.of))


def _started(post: Post, entry: Entry, event: ev.DeskStarted) -> Post:
    return replace(post, started_at=entry.occurred_at)


def _stopped(post: Post, entry: Entry, event: ev.DeskStopped) -> Post:
    return replace(post, stopped_at=entry.occurred_at)


def _silenced(post: Post, entry: Entry, event: ev.SoundSilenced) -> Post:
    return replace(post, silenced_until=event.until)


def _tested(post: Post, entry: Entry, event: ev.SoundTested) -> Post:
    return replace(post, sound_tested_at=entry.occurred_at, sound_heard=event.heard)


def _test_planned(post: Post, entry: Entry, event: ev.PanelTestPlanned) -> Post:
    planned = PanelTest(entry.seq, event.since, event.until, event.panel, event.by)
    return replace(post, panel_tests=(*post.panel_tests, planned))


def _test_alarm(post: Post, entry: Entry, event: ev.PanelTestAlarm) -> Post:
    tests = (
        replace(test, alarms=test.alarms + 1) if test.seq == event.of else test
        for test in post.panel_tests
    )
    return replace(post, panel_tests=tuple(tests))


def _test_ended(post: Post, entry: Entry, event: ev.PanelTestEnded) -> Post:
    return replace(post, panel_tests=tuple(t for t in post.panel_tests if t.seq != event.of))


def _people_changed(post: Post, entry: Entry, event: ev.WatchEvent) -> Post:
    return replace(post, changes=after(post.changes, entry))


_STEPS: dict[type[Event], Callable[[Post, Entry, Any], Post]] = {
    ev.SignedIn: _signed_in,
    ev.HandedOver: _handed_over,
    ev.PostRelieved: _relieved,
    ev.DeskLocked: _locked,
    ev.DeskUnlocked: _unlocked,
    ev.DeskSigned: _signed,
    ev.DeskDutyFellDue: _fell_due,
    ev.RoutineDone: _routine_done,
    ev.RoundRecorded: _round_recorded,
    handouts.ThingHandedOut: _handed_out,
    handouts.ThingCameBack: _came_back,
    **dict.fromkeys((SentAlone, SafetyAsked, CameBackSafe), _out_alone),
    **dict.fromkeys((FeeListTaken, FeeLinesHanded, FeeResultsNoted), _fees_moved),
    ev.NoticePosted: _posted,
    ev.NoticeWithdrawn: _withdrawn,
    ev.DeskStarted: _started,
    ev.DeskStopped: _stopped,
    ev.SoundSilenced: _silenced,
    ev.SoundTested: _tested,
    ev.PanelTestPlanned: _test_planned,
    ev.PanelTestAlarm: _test_alarm,
    ev.PanelTestEnded: _test_ended,
    **dict.fromkeys(CHANGE_EVENTS, _people_changed),
}
"""What changes the post; every other entry leaves it as it is."""

POST_EVENTS: tuple[type[Event], ...] = tuple(_STEPS)


def evolve_post(post: Post, entry: Entry) -> Post:
    """The post after one more entry."""
    step = _STEPS.get(type(entry.event))
    return step(post, entry, entry.event) if step else post


def fold_post(entries: Iterable[Entry]) -> Post:
    """The post that the entries, in order, amount to."""
    post = VACANT
    for entry in entries:
        post = evolve_post(post, entry)
    return post
