"""公告: what every shift is to know until a moment; and the notes of the Work Log."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.sayings import sayings
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Entry, PendingEntry
from dispatcher_tui.domain.record.events import LogNoted
from dispatcher_tui.domain.record.watch_events import NoticePosted, NoticeWithdrawn
from dispatcher_tui.domain.time.when import parse_promise
from dispatcher_tui.domain.watch.post import Notice
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx


def live_notices(desk: Desk) -> tuple[Notice, ...]:
    """The notices that hold now, in the order they were posted."""
    return desk.post.notices_at(desk.clock.now())


def post_notice(desk: Desk, text: str, until: str) -> Entry:
    """Post a notice; ``until`` as it is typed: ``08:00``, ``明9点``, ``2h``, ``11-30 18:00``.

    Raises:
        WhenError: that is no time, or none that lies ahead.
        Refusal: nothing is said in it.
    """
    words = clean_text(text, multiline=False).text.strip()
    if not words:
        raise Refusal("note_missing")
    now = desk.clock.now()
    end = parse_promise(until, now, desk.rules.calendar.tz, sayings(desk, desk.post, now))
    event = NoticePosted(text=words, until=end)
    return desk.store.transact(lambda tx: desk.note_in(tx, event)[0])


def withdraw_notice(desk: Desk, seq: int) -> Entry:
    """Take a notice down before its time; it stays readable in the Work Log.

    Raises:
        Refusal: it does not hold any more.
    """

    def job(tx: Tx) -> Entry:
        holding = tx.post().notices_at(desk.clock.now())
        if seq not in {notice.seq for notice in holding}:
            raise Refusal("no_notice")
        return desk.note_in(tx, NoticeWithdrawn(of=seq))[0]

    return desk.store.transact(job)


def note_late(desk: Desk, text: str, occurred: datetime) -> Entry:
    """补记: a line of the Work Log about something that happened at ``occurred`` (UTC).

    Both times are kept; the line stands where it belongs by when it happened.

    Raises:
        Refusal: nothing is said in it, or the time lies ahead.
    """
    words = clean_text(text).text
    if not words.strip():
        raise Refusal("note_missing")
    found = [PendingEntry(LogNoted(text=words), occurred)]

    def job(tx: Tx) -> Entry:
        now = desk.clock.now()
        if occurred > now:
            raise Refusal("future")
        return tx.append(found, actor=desk.actor, cosigner="", recorded_at=now)[0]

    return desk.store.transact(job)
