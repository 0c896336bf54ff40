"""Remaining times in words and digits; always due minus now, worked out when drawn."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatcher_tui.present.i18n import _

COUNTDOWN_CELLS = 10
"""The widest that `remaining` gets, in either language; a column of this width holds it."""

NO_COUNTDOWN = "--:--:--"

_SECOND = timedelta(seconds=1)
_MOST_DAYS = 9_999


def remaining(due: datetime | None, now: datetime) -> str:
    """What is left until `due`: `00:06:44`, late `-00:05:10`, from 100 hours on in days.

    Whole seconds, always rounded down: `00:00:00` means less than a second left (or due this very
    instant), `-00:00:00` less than a second late. Without a due time, dashes.
    """
    if due is None:
        return NO_COUNTDOWN
    left = due - now
    late = left < timedelta(0)
    return f"{'-' if late else ''}{_length(abs(left) // _SECOND)}"


def _length(seconds: int) -> str:
    """A length of time at the width of a column: the longer it is, the coarser."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    if hours < 100:
        return f"{hours:02d}:{minute:02d}:{second:02d}"
    days, hour = divmod(hours, 24)
    if days < 10:
        return _("{days}d {clock}").format(days=days, clock=f"{hour:02d}:{minute:02d}")
    if days < 100:
        return _("{days}d {hours}h").format(days=days, hours=f"{hour:02d}")
    return _("{days}d").format(days=min(days, _MOST_DAYS))


def spoken(seconds: float) -> str:
    """A length of time in words, as one says it: `8 h 12 min`, `40 s`, `3 d 4 h`.

    Rounded down; early or late is not told apart, the sentence around it says so.
    """
    whole = int(abs(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if whole < 60:
        return _("{seconds} s").format(seconds=second)
    if hours == 0:
        return _("{minutes} min").format(minutes=minute)
    if days < 2:
        words = _("{hours} h {minutes} min") if minute else _("{hours} h")
        return words.format(hours=hours, minutes=minute)
    words = _("{days} d {hours} h") if hour else _("{days} d")
    return words.format(days=days, hours=hour)
