"""Alarm panels: an alarm opens a case, counts on the one it repeats, or on a planned test.

Everything is decided inside one transaction, so that two scripts started at the same instant make
one case.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.case.intake import Intake, cleaned, find_category
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.watch.sayings import sayings
from dispatcher_tui.domain.case.decide import decide
from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.emergency.panel_test import (
    FARTHEST,
    LONGEST,
    PanelTest,
    coming,
    counted_in,
    over,
    overlapping,
)
from dispatcher_tui.domain.emergency.same_alarm import WINDOW, may_flare_up, repeats
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry, PendingEntry
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.watch_events import (
    PanelTestAlarm,
    PanelTestEnded,
    PanelTestPlanned,
)
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import Channel
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx


class Alarmed(msgspec.Struct, frozen=True):
    """What an alarm came to: a case, new or ``repeated``, or an entry of the test it fell in.

    ``stood_down``: the number of an emergency that was stood down and may have flared up by it.
    """

    done: Done | None = None
    repeated: bool = False
    test: Entry | None = None
    stood_down: str = ""


def take_alarm(desk: Desk, form: Intake, when: datetime | None = None) -> Alarmed:
    """Take in what a panel, or anybody else from outside the terminal, reports.

    Args:
        desk: it acts.
        form: as it was given.
        when: when it came in (UTC), now if not given.

    Raises:
        Refusal: the form cannot be a case, or the time lies ahead.
    """
    form, _ = cleaned(form)

    def job(tx: Tx) -> Alarmed:
        at = when or desk.clock.now()
        if form.channel is not Channel.PANEL:
            return Alarmed(desk.open_in(tx, form, received_at=at, occurred=at))
        tested = _in_test(desk, tx, form, at)
        if tested is not None:
            return Alarmed(test=tested)
        known, down = _repeated(desk, tx, form, at)
        if known is None:
            done = desk.open_in(tx, form, received_at=at, occurred=at)
            return Alarmed(done, stood_down=down.number if down else "")
        again = cmd.RepeatAlarm(said=form.said, caller=form.caller, phone=form.phone)
        return Alarmed(desk.perform_in(tx, known.id, again, occurred=at), repeated=True)

    return desk.store.transact(job)


def _in_test(desk: Desk, tx: Tx, form: Intake, at: datetime) -> Entry | None:
    """The line that an alarm of a running test becomes, None where it is to be a case."""
    now, tests = desk.clock.now(), tx.post().panel_tests
    ended = _over(tx, now)
    tests = tuple(test for test in tests if test not in ended)
    if not tests:
        return None
    wanted = form.category  # Without one no list of classes is needed, broken or not.
    category = find_category(desk.site.categories, wanted) if wanted else None
    if wanted and category is None:
        return None  # Opening its case says that there is no such class.
    test = counted_in(
        tests,
        channel=form.channel,
        panel=form.panel,
        tags=category.tags if category else None,
        facts=form.facts,
        spoken=bool(form.caller or form.phone),
        at=at,
        now=now,
    )
    if test is None:
        return None
    event = PanelTestAlarm(
        of=test.seq,
        times=test.alarms + 1,
        panel=form.panel,
        place=normalise_place(form.place),
        category=category.id if category else "",
        said=form.said,
        facts=form.facts,
    )
    return tx.append([PendingEntry(event, at)], actor=desk.actor, recorded_at=now)[0]


def _repeated(desk: Desk, tx: Tx, form: Intake, at: datetime) -> tuple[Case | None, Case | None]:
    """The open case that an alarm only repeats, None where it is one of its own; beside it one
    that was stood down and may have flared up."""
    found, down = tx.alarmed(at - WINDOW, at + WINDOW), None
    if not found:
        return None, None
    command = desk.asked(tx, form, received_at=at, occurred=at)
    rules = desk.rulebook.rules(command.procedure, command.calendar)
    pending, *_ = decide(None, command, rules, CommandContext(desk.clock.now(), desk.actor, at))
    alarm = pending.event
    assert isinstance(alarm, ev.CaseOpened)
    for case_id in found:
        record, first = tx.case(case_id), tx.opening(case_id)
        if record is None or first is None or not isinstance(first.event, ev.CaseOpened):
            continue
        procedure = desk.rules_of(record.case).procedure
        if repeats(alarm, record.case, first.event, procedure):
            return record.case, None
        if down is None and may_flare_up(alarm, record.case, first.event):
            down = record.case
    return None, down


def planned_tests(desk: Desk) -> tuple[PanelTest, ...]:
    """The tests that run or are to come, the earliest first."""
    return coming(desk.post.panel_tests, desk.clock.now())


def read_stretch(desk: Desk, since: str, until: str) -> tuple[datetime, datetime]:
    """From when to when a test is meant, as typed; without a beginning it begins now.

    A length (``2h``) and a time without its day count from the beginning. A beginning that is
    the minute on now is now.

    Raises:
        WhenError: one of them is no time, or lies behind what it must follow.
    """
    # An alarm names no time: the words for times are read where a test is planned.
    from dispatcher_tui.domain.time.when import parse_promise

    now, zone = desk.clock.now(), desk.rules.calendar.tz
    begin = now if not since.strip() else _beginning(since, now, desk)
    return begin, parse_promise(until, begin, zone, sayings(desk, desk.post, now))


def _beginning(text: str, now: datetime, desk: Desk) -> datetime:
    """A moment ahead, or the minute on now."""
    from dispatcher_tui.domain.time.when import WhenError, parse_past, parse_promise

    zone = desk.rules.calendar.tz
    try:
        past = parse_past(text, now, zone)
    except WhenError:
        past = None
    if past is not None and past == now.replace(second=0, microsecond=0):
        return now
    return parse_promise(text, now, zone)


def judge_stretch(desk: Desk, since: str, until: str) -> tuple[datetime, datetime]:
    """From when to when, where a test may be that long and that far ahead.

    Raises:
        WhenError: one of them is no such time.
        Refusal: it is too long or too far ahead.
    """
    begin, end = read_stretch(desk, since, until)
    if end - begin > LONGEST:
        raise Refusal("panel_test_long", hours=str(int(LONGEST.total_seconds()) // 3600))
    if begin - desk.clock.now() > FARTHEST:
        raise Refusal("panel_test_far", days=str(FARTHEST.days))
    return begin, end


def plan_test(desk: Desk, since: str, until: str, panel: str, by: str) -> Entry:
    """Plan a test of the fire system; ``panel`` is empty for all, ``by`` is who ordered it.

    Raises:
        WhenError: ``since`` or ``until`` is no such time.
        Refusal: it is too long, too far ahead, ordered by nobody or by a bare figure, or overlaps
            another one.
    """
    begin, end = judge_stretch(desk, since, until)
    who = clean_text(by, multiline=False).text.strip()
    which = clean_text(panel, multiline=False).text.strip()
    if not who:
        raise Refusal("panel_test_by_missing")
    refuse_figure(who)
    event = PanelTestPlanned(since=begin, until=end, panel=which, by=who)

    def job(tx: Tx) -> Entry:
        other = overlapping(tx.post().panel_tests, which, begin, end)
        if other is not None:
            raise Refusal(
                "panel_test_overlaps",
                since=_local(desk, other.since),
                until=_local(desk, other.until),
            )
        return desk.note_in(tx, event)[0]

    return desk.store.transact(job)


def _local(desk: Desk, at: datetime) -> str:
    return f"{at.astimezone(desk.rules.calendar.tz):%m-%d %H:%M}"


def end_test(desk: Desk, seq: int) -> Entry:
    """End a test before its time; one that has not begun never does. Alarms are cases again.

    Raises:
        Refusal: there is no such test any more.
    """

    def job(tx: Tx) -> Entry:
        now = desk.clock.now()
        found = next((t for t in coming(tx.post().panel_tests, now) if t.seq == seq), None)
        if found is None:
            raise Refusal("no_panel_test")
        return desk.note_in(tx, _ended(found, early=True))[0]

    return desk.store.transact(job)


def _ended(test: PanelTest, *, early: bool) -> PanelTestEnded:
    return PanelTestEnded(of=test.seq, alarms=test.alarms, panel=test.panel, early=early)


def _over(tx: Tx, now: datetime) -> tuple[PanelTest, ...]:
    """The tests whose end has come by now, or had come before the clock was set back."""
    tests = tx.post().panel_tests
    latest = {test.seq: tx.latest_since(test.seq) or now for test in tests}
    return over(tests, now, latest)


def end_tests(desk: Desk) -> list[Entry]:
    """Write down, each once and at its own end, the tests that are over."""

    def job(tx: Tx) -> list[Entry]:
        now = desk.clock.now()
        found = [PendingEntry(_ended(t, early=False), min(t.until, now)) for t in _over(tx, now)]
        return tx.append(found, actor=desk.actor, recorded_at=now) if found else []

    return desk.store.transact(job)


def next_test_end(tests: tuple[PanelTest, ...]) -> datetime | None:
    """When the next test is over; it may be past."""
    return min((test.until for test in tests), default=None)
