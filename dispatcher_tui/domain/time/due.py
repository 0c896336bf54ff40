"""Due specifications: the units of time a written rule can use, none merged with another.

A specification is the short text a procedure carries (``"2h"``, ``"3 working days"``,
``"shift end"`` …); :func:`parse_due` turns it into one of the types below and
``calendar.due_at`` into a moment.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SECONDS = {"s": 1, "min": 60, "h": 3600}
_ELAPSED = re.compile(r"(\d+)\s*(s|min|h)")
_COUNTED = re.compile(r"(\d+) (day|days|working day|working days|month|months)")
_BEFORE = " before promise"
_FIELD_DAY = re.compile(r"(\d+) months? after ([a-z][a-z0-9_]*)")
_FIELD_TIME = re.compile(r"(?:at|(\d+\s*(?:s|min|h)) before) ([a-z][a-z0-9_]*)")
_MOST = 100_000


class DueSpecError(ValueError):
    """The text is not a due specification; ``text`` is what was written."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Elapsed(msgspec.Struct, frozen=True):
    """So many seconds on the clock, whatever the calendar says."""

    seconds: int


class Days(msgspec.Struct, frozen=True):
    """24:00 local of the n-th calendar day after the start's day."""

    count: int


class WorkingDays(msgspec.Struct, frozen=True):
    """Close of office hours on the n-th working day after the start's day."""

    count: int


class Months(msgspec.Struct, frozen=True):
    """24:00 local of the same day n months on, clamped to the month's end."""

    count: int


class ShiftEnd(msgspec.Struct, frozen=True):
    """The planned end of the shift on watch at the start."""


class Weekday(msgspec.Struct, frozen=True):
    """24:00 local of the next such weekday after the start's day; 0 is Monday."""

    day: int


class DayOfMonth(msgspec.Struct, frozen=True):
    """24:00 local of the next such day of a month, clamped to the month's end."""

    day: int


class NotBefore(msgspec.Struct, frozen=True):
    """Opens so many seconds after the start and cannot be done, or late, before that."""

    seconds: int


class BeforePromise(msgspec.Struct, frozen=True):
    """So many seconds before the time that was promised last; none before one was."""

    seconds: int


class AfterField(msgspec.Struct, frozen=True):
    """24:00 local of the same day so many months after the one that was last written into a field
    of an act, by the field's id; none before one was."""

    months: int
    field: str


class BeforeField(msgspec.Struct, frozen=True):
    """So many seconds before the time that was last written into a field of an act, by the
    field's id; none before one was."""

    seconds: int
    field: str


DueSpec = (
    Elapsed
    | Days
    | WorkingDays
    | Months
    | ShiftEnd
    | Weekday
    | DayOfMonth
    | NotBefore
    | BeforePromise
    | BeforeField
    | AfterField
)


def _elapsed_seconds(text: str) -> int | None:
    match = _ELAPSED.fullmatch(text)
    return int(match[1]) * _SECONDS[match[2]] if match else None


def _counted(text: str) -> DueSpec | None:
    match = _COUNTED.fullmatch(text)
    if match is None or int(match[1]) < 1:
        return None
    count, unit = int(match[1]), match[2].rstrip("s")
    if unit == "working day":
        return WorkingDays(count)
    return Days(count) if unit == "day" else Months(count)


def _named(text: str) -> DueSpec | None:
    if text == "shift end":
        return ShiftEnd()
    if text in WEEKDAYS:
        return Weekday(WEEKDAYS.index(text))
    day = text.removeprefix("day ")
    if day != text and day.isascii() and day.isdigit() and 1 <= int(day) <= 31:
        return DayOfMonth(int(day))
    return None


def _of_field(text: str) -> DueSpec | None:
    after = _FIELD_DAY.fullmatch(text)
    if after is not None:
        return AfterField(int(after[1]), after[2]) if int(after[1]) else None
    match = _FIELD_TIME.fullmatch(text)
    if match is None:
        return None
    ahead = _elapsed_seconds(match[1]) if match[1] else 0
    return BeforeField(ahead or 0, match[2])


@lru_cache(maxsize=256)
def parse_due(text: str) -> DueSpec:
    """Read one due specification.

    Raises:
        DueSpecError: it is none of the known forms, negative, or absurdly long.
    """
    if len(text) > 40 or any(int(n) > _MOST for n in re.findall(r"\d+", text)):
        raise DueSpecError(text)
    later = text.removeprefix("not before ")
    seconds = _elapsed_seconds(later)
    if seconds is not None:
        return Elapsed(seconds) if later == text else NotBefore(seconds)
    ahead = _elapsed_seconds(text.removesuffix(_BEFORE)) if text.endswith(_BEFORE) else None
    if ahead is not None:
        return BeforePromise(ahead)
    spec = _counted(text) or _named(text) or _of_field(text)
    if spec is None:
        raise DueSpecError(text)
    return spec
