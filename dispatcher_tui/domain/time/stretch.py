"""The beginning and the end of a stretch of time, as they are typed to see a part of the record."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dispatcher_tui.domain.time.when import WhenError, parse_past
from dispatcher_tui.domain.time.when_words import DAY_AND_TIME, LONGEST, tidy

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NAMES_DAY = ("day", "weekday", "month")
_NAMES_TIME = ("period", "hhmm", "hour", "suffix", "by")


def parse_bound(text: str, now: datetime, zone: tzinfo, *, end: bool = False) -> datetime:
    """Read one end of a stretch: a day (``2026-11-21``, ``11-21``, ``昨天``, ``周一``), or a past
    time as ``parse_past`` takes it.

    A day is meant whole: its beginning, or with ``end`` its 24:00. What lies ahead is now, since
    nothing has happened after it. Raises `WhenError`.
    """
    try:
        day = _day(text, now, zone)
        if day is None:
            return parse_past(text, now, zone)
        bound = datetime.combine(day + timedelta(days=end), time(0), zone).astimezone(UTC)
    except WhenError as error:
        if error.code == "future":
            return now
        raise
    except (ValueError, OverflowError) as error:
        raise WhenError("nonsense") from error
    return bound


def _day(text: str, now: datetime, zone: tzinfo) -> date | None:
    """The day a text names without a time of day; None where it names another sort of moment."""
    match = _DAY.fullmatch(text.strip())
    if match is not None:
        return date(int(match[1]), int(match[2]), int(match[3]))
    words = tidy(text) if len(text) <= LONGEST else ""
    spoken = DAY_AND_TIME.fullmatch(words)
    if spoken is None or not any(spoken[name] for name in _NAMES_DAY):
        return None
    if any(spoken[name] for name in _NAMES_TIME):
        return None
    midnight = parse_past(f"{words} 00:00", now, zone)
    return midnight.astimezone(zone).date()
