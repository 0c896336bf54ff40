"""Typed times as they were understood, and typed amounts, said back while they are typed."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from dispatcher_tui.domain.time.when import WhenError, parse_past, parse_promise
from dispatcher_tui.domain.time.when_words import NIGHT_UNTIL, Sayings
from dispatcher_tui.domain.words.money import HIGHEST_YUAN, MoneyError, format_fen, parse_fen
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import due_time, short_time


def when_problem(code: str, *, days: bool = False) -> str:
    """Why a typed time, or of ``days`` a day, cannot stand, and what can be typed instead."""
    if days and code in ("empty", "nonsense"):
        return _("Write a day: 12-03, tomorrow, Friday, or with a time: 12-03 13:00.")
    problems = {
        "empty": _("Ask when: 40 (minutes), 23:30, or tomorrow 9:00."),
        "past": _("That time is past: enter one that lies ahead."),
        "far": _("That is more than a year away: enter a nearer time."),
        "future": _("That time lies ahead; a record is of what has happened."),
    }
    return problems.get(code, _("Not a time. Type 40 (minutes), 2h, 23:30, or 11-22 9:00."))


def understood(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A promised time said back: ``23:30, in 40 min``; in the small hours with its day, for then
    nobody knows whether tomorrow has begun."""
    left = spoken((at - now).total_seconds())
    time = due_time(at, now, zone)
    local = now.astimezone(zone)
    if local.time() < NIGHT_UNTIL:
        day = (at - timedelta(microseconds=1)).astimezone(zone).date()
        words = {0: _("today {time}"), 1: _("tomorrow {time}")}.get((day - local.date()).days)
        time = words.format(time=time) if words else time
    return _("{time}, in {left}").format(time=time, left=left)


def promise_hint(text: str, now: datetime, zone: tzinfo, said: Sayings) -> str:
    """What stands beside a field for a promised time while it is typed; empty for no text.

    What was understood begins with ``=``. ``said`` is what is meant by words for a time.
    """
    if not text.strip():
        return ""
    try:
        return f"= {understood(parse_promise(text, now, zone, said), now, zone)}"
    except WhenError as error:
        return when_problem(error.code)


def past_problem(code: str) -> str:
    """Why a typed time of something that happened cannot stand, and what can be typed instead."""
    if code == "future":
        return _("That time lies ahead; a record is of what has happened.")
    return _("Not a time that was. Type 03:10, 15m ago, yesterday 22:30, or 11-20 22:30.")


def past_hint(text: str, now: datetime, zone: tzinfo) -> str:
    """What stands beside a field for a time that was, while it is typed; empty for no text."""
    if not text.strip():
        return ""
    try:
        at = parse_past(text, now, zone)
    except WhenError as error:
        return past_problem(error.code)
    since = spoken((now - at).total_seconds())
    return f"= {_('{time}, {since} ago').format(time=short_time(at, now, zone), since=since)}"


def money_problem(code: str) -> str:
    """Why a typed amount cannot stand."""
    problems = {
        "negative": _("An amount cannot be negative."),
        "large": _("That amount is too large."),
        "decimals": _("At most two decimals."),
    }
    return problems.get(code, _("Not an amount. Type 80 or 12.50."))


def money_hint(text: str, most: int = HIGHEST_YUAN) -> str:
    """What stands beside a field for an amount while it is typed; empty for no text.

    ``most``: the highest one that can stand, in yuan.
    """
    if not text.strip():
        return ""
    try:
        return f"= {_('{yuan} yuan').format(yuan=format_fen(parse_fen(text, most)))}"
    except MoneyError as error:
        return money_problem(error.code)
