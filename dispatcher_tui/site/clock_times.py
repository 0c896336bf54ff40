"""Times of day and dates as people and spreadsheets write them in a site's files."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time

_TIME = re.compile(r"(\d{2}):(\d{2})")
_TIME_OF_SHEET = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_HOUR = r"(\d{1,2}(?::\d{2}(?::00)?)?)"
UNTIL = r" *(?:点|时)? *[-~至到—–]+ *(?:次日|翌日|第二天|\+1)? *"
"""What stands between the two hours of a span, as a pattern."""
SPAN = rf"{_HOUR}{UNTIL}{_HOUR} *(?:点|时)?"
"""Hours from and until as people write them, as a pattern with the two as its groups."""
HOURS = re.compile(SPAN)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATE_OF_SHEET = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def parse_time(text: str, *, sheet: bool = False, midnight: bool = False) -> time | None:
    """``HH:MM`` as a time of day, None where it is none.

    ``sheet`` also takes what a spreadsheet makes of it (``8:30``, ``08:30:00``); ``midnight``
    takes ``24:00`` for the end of a day.
    """
    match = (_TIME_OF_SHEET if sheet else _TIME).fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if midnight and (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def hour(text: str, *, midnight: bool = False) -> time | None:
    """One of a span's two times, None where it is none: ``7``, ``7:00``, ``07:00:00``."""
    return parse_time(text if ":" in text else f"{text}:00", sheet=True, midnight=midnight)


def parse_hours(text: str) -> tuple[time, time] | None:
    """A span such as ``07:00-15:00`` or ``19点至次日7点``, None where it is none."""
    match = HOURS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    start, end = hour(match[1]), hour(match[2], midnight=True)
    return None if start is None or end is None else (start, end)


def parse_date(text: str, *, sheet: bool = False) -> date | None:
    """``YYYY-MM-DD`` as a date, None where it is none; ``sheet`` also takes ``2026/6/30``."""
    match = (_DATE_OF_SHEET if sheet else _DATE).fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:  # the 31st of June
        return None
