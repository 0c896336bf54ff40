"""The beginning and the end of a stretch of time, as they are typed to see a part of the record."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from dispatcher_tui.domain.when import WhenError, parse_past

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def parse_bound(text: str, now: datetime, zone: tzinfo, *, end: bool = False) -> datetime:
    """Read one end of a stretch: a day (``2026-11-21``), or a past time as ``parse_past`` takes it.

    A day is meant whole: its beginning, or with ``end`` its 24:00. What lies ahead is now, since
    nothing has happened after it. Raises `WhenError`.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        try:
            return parse_past(text, now, zone)
        except WhenError as error:
            if error.code == "future":
                return now
            raise
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])) + timedelta(days=end)
        return datetime.combine(day, time(0), zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WhenError("nonsense") from error
