"""Times as the operator types them, in the wall time of the site's zone.

Both readers return aware UTC datetimes and raise `WhenError`, whatever the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec

from dispatcher_tui.domain.time.when_words import (
    BACKWARD_TAILS,
    DAY_AND_TIME,
    DAYS,
    DURATION,
    ISO,
    LONGEST,
    PERIOD_ENDS,
    hour_of_day,
    tidy,
)

FARTHEST_PROMISE = timedelta(days=366)

# A date without a year that lies this little on the wrong side of now is a slip of the keys;
# beyond it, the year before or after is meant.
_SLIP = timedelta(days=31)


class WhenError(ValueError):
    """A typed time that cannot stand.

    `code` is `empty`, `nonsense`, `future`, `past` or `far`; the front ends word it.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Spoken(msgspec.Struct, frozen=True):
    """A time from midnight, and the day as offset, weekday or date; None where not said."""

    clock: timedelta
    offset: int | None = None
    week: int | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day_of_month: int | None = None


def parse_past(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Read when something happened: `2230`, `-15m`, `15分钟前`, `昨22:30`, `11-20 22:30`, ISO 8601.

    A time without a day is the latest such time that is not after `now`. Raises `WhenError`:
    `future` where the text names a time after `now`.
    """
    return _guarded(_past, text, now, zone)


def parse_promise(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Read a promised time: `40` (minutes), `2h`, `半小时`, `23:30`, `明9点`, `周一9点`, ISO 8601.

    A time without a day is the next such time. A day without a time ends at 24:00, a part of a
    day at its end. Raises `WhenError`: `past` where the text names no time after `now`, `far`
    beyond 366 days.
    """
    when = _guarded(_promise, text, now, zone)
    if when <= now:
        raise WhenError("past")
    if when - now > FARTHEST_PROMISE:
        raise WhenError("far")
    return when


def _guarded(
    read: Callable[[str, datetime, tzinfo], datetime], text: str, now: datetime, zone: tzinfo
) -> datetime:
    """Run a reader; what the calendar cannot hold is nonsense like any other."""
    if not text.strip():
        raise WhenError("empty")
    if len(text) > LONGEST:
        raise WhenError("nonsense")
    tidied = tidy(text)
    if not tidied:
        raise WhenError("empty")
    try:
        return read(tidied, now, zone).astimezone(UTC)
    except WhenError:
        raise
    except (ValueError, OverflowError) as error:
        raise WhenError("nonsense") from error


def _past(text: str, now: datetime, zone: tzinfo) -> datetime:
    span = _span(text)
    if span is not None:
        ahead = text.startswith("+") or text.endswith(("后", "内", "later"))
        if ahead and span:
            raise WhenError("future")
        return now - span
    when = _iso(text, zone)
    if when is None:
        when = _latest(list(_moments(_spoken(text), now, zone, ahead=False)), now)
    if when > now:
        raise WhenError("future")
    return when


def _latest(moments: list[datetime], now: datetime) -> datetime:
    """The latest moment that is not after now; failing that the first, for the caller to refuse."""
    if not moments:
        raise WhenError("nonsense")
    return max((when for when in moments if when <= now), default=min(moments))


def _promise(text: str, now: datetime, zone: tzinfo) -> datetime:
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return now + timedelta(minutes=int(text))
    span = _span(text)
    if span is not None:
        backward = text.startswith("-") or any(text.endswith(tail) for tail in BACKWARD_TAILS)
        return now - span if backward else now + span
    when = _iso(text, zone)
    if when is not None:
        return when
    spoken = _spoken(text, day_is_enough=True)
    moments = list(_moments(spoken, now, zone, ahead=True))
    if not moments:
        raise WhenError("nonsense")
    return min((when for when in moments if when > now), default=max(moments))


def _span(text: str) -> timedelta | None:
    """The length of time that is typed; None where the text is none."""
    match = DURATION.fullmatch(text)
    if match is None:
        return None
    said = match.groupdict()
    if not any(said[key] for key in ("days", "hours", "half_hour", "minutes", "quarters")):
        return None
    hours = float(said["hours"] or 0)
    hours += 0.5 * sum(1 for key in ("half_hour", "half", "half_after") if said[key])
    minutes = float(said["minutes"] or 0) + 15 * int(said["quarters"] or 0)
    span = timedelta(days=float(said["days"] or 0), hours=hours, minutes=minutes)
    return timedelta(seconds=round(span.total_seconds()))


def _iso(text: str, zone: tzinfo) -> datetime | None:
    """A full ISO 8601 time; without an offset it is the zone's wall time."""
    if not ISO.fullmatch(text):
        return None
    when = datetime.fromisoformat(text[:10] + "T" + text[11:].replace(" ", "").upper())
    return when if when.tzinfo else when.replace(tzinfo=zone)


def _spoken(text: str, *, day_is_enough: bool = False) -> _Spoken:
    """What a day and time in words say; raises `WhenError` where the text is neither."""
    match = DAY_AND_TIME.fullmatch(text)
    if match is None:
        raise WhenError("nonsense")
    said = match.groupdict()
    clock = _clock(said)
    if clock is None:
        if not day_is_enough or not any(said[key] for key in ("day", "weekday", "month", "period")):
            raise WhenError("nonsense")
        clock = timedelta(hours=PERIOD_ENDS[said["period"]] if said["period"] else 24)
    return _Spoken(
        clock=clock,
        offset=DAYS[said["day"]] if said["day"] else None,
        week=_week(said["week"]),
        weekday=int(said["weekday"]) - 1 if said["weekday"] else None,
        year=int(said["year"]) if said["year"] else None,
        month=int(said["month"]) if said["month"] else None,
        day_of_month=int(said["date"]) if said["date"] else None,
    )


def _week(word: str | None) -> int | None:
    """How many weeks from this one a named week lies."""
    if word is None:
        return None
    return {"上": -1, "last ": -1, "下": 1, "next ": 1}.get(word, 0)


def _clock(said: dict[str, str | None]) -> timedelta | None:
    """The time from midnight; None where no hour is said."""
    if said["period"] and said["suffix"]:
        raise WhenError("nonsense")
    period = said["period"] or said["suffix"]
    if said["hhmm"]:
        first, minute, second = said["hhmm"][:2], int(said["hhmm"][2:]), 0
    elif said["hour"]:
        if said["suffix"] is None and not any(
            said[key] for key in ("minute", "half", "quarter", "minute_zh", "sharp")
        ):
            raise WhenError("nonsense")
        first = said["hour"]
        minute = int(said["minute"] or said["minute_zh"] or 0)
        minute += 30 if said["half"] else 15 * int(said["quarter"] or 0)
        second = int(said["second"] or 0)
    elif said["suffix"] or said["by"]:
        raise WhenError("nonsense")
    else:
        return None
    hour = hour_of_day(int(first), period)
    if hour is None or minute > 59 or second > 59 or (first == "24" and (minute or second)):
        raise WhenError("nonsense")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _moments(spoken: _Spoken, now: datetime, zone: tzinfo, *, ahead: bool) -> Iterator[datetime]:
    """Every moment near now that fits what was said, in UTC; `ahead` where the future is meant."""
    today = now.astimezone(zone).date()
    for day in _days(spoken, today, ahead):
        midnight = datetime.combine(day, time())
        wall = midnight + spoken.clock
        # When clocks go back, one wall time comes twice.
        for fold in (0, 1):
            yield wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _days(spoken: _Spoken, today: date, ahead: bool) -> Iterable[date]:
    """The days that may be meant: one where it is said outright, else those around today."""
    if spoken.offset is not None:
        return [today + timedelta(days=spoken.offset)]
    if spoken.weekday is not None:
        this_week = today + timedelta(days=spoken.weekday - today.weekday())
        weeks = (-1, 0, 1) if spoken.week is None else (spoken.week,)
        return [this_week + timedelta(weeks=week) for week in weeks]
    if spoken.month is not None and spoken.day_of_month is not None:
        if spoken.year is not None:
            return [date(spoken.year, spoken.month, spoken.day_of_month)]
        return _dates_without_year(spoken.month, spoken.day_of_month, today, ahead)
    return [today + timedelta(days=shift) for shift in (-2, -1, 0, 1, 2)]


def _dates_without_year(month: int, day: int, today: date, ahead: bool) -> list[date]:
    """The date in the one year that is meant; empty where no year near has such a date."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        # Not every year has a 29 February; a month 13 is in none.
        with suppress(ValueError):
            found.append(date(year, month, day))
    if ahead:
        return [each for each in found if each >= today - _SLIP][:1]
    return [each for each in found if each <= today + _SLIP][-1:]
