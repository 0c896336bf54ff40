"""The lone operator's check: who sits alone at night is asked now and then whether all is well.

And how long a desk nobody touches shows names and telephone numbers. Times are aware UTC.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

import msgspec


class PresenceCheck(msgspec.Struct, frozen=True):
    """After how many minutes without a key it is asked, from when to when in local time.

    ``every`` 0 switches it off. ``answer``: minutes after which the alarm is raised. A window
    whose ends are the same lasts all day.
    """

    every: int = 0
    start: time = time(23, 0)
    until: time = time(6, 0)
    answer: int = 5


class Presence(msgspec.Struct, frozen=True):
    """When the last key was pressed, and how a question put since then stands.

    ``missed``: the time for an answer is over, and that was written down.
    """

    seen_at: datetime
    asked_at: datetime | None = None
    missed: bool = False


def _within(check: PresenceCheck, at: time) -> bool:
    if check.start < check.until:
        return check.start <= at < check.until
    return at >= check.start or at < check.until


def idle_for(presence: Presence, now: datetime) -> timedelta:
    """How long no key was pressed; nothing where the clock was set back since."""
    return max(timedelta(0), now - presence.seen_at)


def to_ask(check: PresenceCheck, presence: Presence, now: datetime, zone: tzinfo) -> bool:
    """Whether the operator is to be asked now."""
    if not check.every or presence.asked_at is not None:
        return False
    if idle_for(presence, now) < timedelta(minutes=check.every):
        return False
    return _within(check, now.astimezone(zone).time())


def answer_by(check: PresenceCheck, presence: Presence) -> datetime | None:
    """By when a key is awaited; None where nothing was asked."""
    asked = presence.asked_at
    return None if asked is None else asked + timedelta(minutes=check.answer)


def to_miss(check: PresenceCheck, presence: Presence, now: datetime) -> bool:
    """Whether the time for an answer has just run out."""
    by = answer_by(check, presence)
    return by is not None and not presence.missed and now >= by


def to_hide(minutes: int, presence: Presence, now: datetime) -> bool:
    """Whether names are to be hidden; 0 minutes: never."""
    return minutes > 0 and idle_for(presence, now) >= timedelta(minutes=minutes)


def answered(presence: Presence, now: datetime) -> int | None:
    """Seconds from the question to the key pressed now; None where nothing was asked."""
    asked = presence.asked_at
    return None if asked is None else max(0, int((now - asked).total_seconds()))
