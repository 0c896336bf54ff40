"""Times as the operator types them, in the wall time of the site's zone.

Both readers return aware UTC datetimes and raise `WhenError`, whatever the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.time.when_words import (
    BACKWARD_TAILS,
    COMING_MORNING,
    DAWN,
    DAY_AND_TIME,
    DAY_END,
    DAYS,
    DURATION,
    EARLY,
    EVENINGS,
    ISO,
    LONGEST,
    MONTH_END,
    MORNINGS,
    NIGHT_UNTIL,
    NOONS,
    PERIOD_BEGINS,
    PERIOD_ENDS,
    SOON,
    WATCH_END,
    Sayings,
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


_AS_SAID = Sayings()


class _Spoken(msgspec.Struct, frozen=True):
    """A time from midnight, and the day as offset, weekday or date; None where not said."""

    clock: timedelta
    period: str | None = None
    offset: int | None = None
    week: int | None = None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day_of_month: int | None = None
    either_half: bool = False
    """Whether an hour was said as of a clock's face, and neither day nor part of the day."""
    end: timedelta | None = None
    """Where the part of the day ends before whose begin it was to be."""


def parse_past(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Read when something happened: `2230`, `-15m`, `15分钟前`, `昨22:30`, `11-20 22:30`, ISO 8601.

    A time without a day is the latest such time that is not after `now`. Raises `WhenError`:
    `future` where the text names a time after `now`.
    """
    return _guarded(_past, text, now, zone)


def parse_promise(text: str, now: datetime, zone: tzinfo, said: Sayings = _AS_SAID) -> datetime:
    """Read a promised time: `40` (minutes), `2h`, `过半小时`, `23:30`, `明9点`, `29日9点`.

    A time without a day is the next such time. A day without a time (`周五`, `周五前`) ends at
    24:00, a part of a day at its end (`中午前` at its begin, once that is over at its end), a month
    (`月底前`) at 24:00 of its last day; `马上`, `天亮前`, `一早`, `下班前` are as ``said``. An hour
    up to twelve that is said with neither day nor half of the day (`十点半`) is the nearer of the
    two. In the small hours tomorrow morning is the coming one, and so is an hour of it (`明9点`).
    Raises `WhenError`: `past` where the text names no time after `now`, `far` beyond
    366 days.
    """
    when = _guarded(
        lambda tidied, at, place: (
            _saying(tidied, at, place, said)
            or _promise(tidied.replace(EARLY, f"早{said.dawn:%H:%M}"), at, place)
        ),
        text,
        now,
        zone,
    )
    if when <= now:
        raise WhenError("past")
    if when - now > FARTHEST_PROMISE:
        raise WhenError("far")
    return when


def parse_begin(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Read from when on something is ahead: a day (`12-03`, `周五`) from its 0:00, or a time.

    Today is from now on. Raises `WhenError`: `past` for what is over, `far` beyond 366 days,
    `nonsense` also for a part of a day and for figures alone.
    """
    when = _guarded(_begin, text, now, zone)
    today = now.astimezone(zone).date()
    if when < now and when.astimezone(zone) != datetime.combine(today, time(), zone):
        raise WhenError("past")
    if when - now > FARTHEST_PROMISE:
        raise WhenError("far")
    return max(when, now)


_HALF_DAY = timedelta(hours=12)
_AHEAD_TAILS = ("后", "内", "later")


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
        ahead = text.startswith(("+", "in", "过", "再过")) or text.endswith(_AHEAD_TAILS)
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


def _saying(text: str, now: datetime, zone: tzinfo, said: Sayings) -> datetime | None:
    """A time that is a word alone, by what is meant by it here; None where the text is none."""
    if text in SOON:
        return now + said.soon
    if text in WATCH_END:
        return said.watch_end
    today = now.astimezone(zone).date()
    if text in DAY_END:
        return next(_on([today], timedelta(hours=24), zone))
    if text in DAWN:
        clock = timedelta(hours=said.dawn.hour, minutes=said.dawn.minute)
        days = (today, today + timedelta(days=1))
        return next(each for each in _on(days, clock, zone) if each > now)
    if text in MONTH_END:
        first = _months_on(today, MONTH_END[text] + 1)
        return next(_on([first], timedelta(), zone))
    return None


def _months_on(day: date, count: int) -> date:
    """The first day of the month that lies so many months from a day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, 1)


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
    if spoken.either_half:
        other = (spoken.clock + _HALF_DAY) % (2 * _HALF_DAY)
        moments += _moments(replace(spoken, clock=other), now, zone, ahead=True)
    if spoken.end is not None and all(when <= now for when in moments):
        moments += _moments(replace(spoken, clock=spoken.end), now, zone, ahead=True)
    if not moments:
        raise WhenError("nonsense")
    return min((when for when in moments if when > now), default=max(moments))


def _begin(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment a begin names; of a day alone it is the 0:00."""
    when = _iso(text, zone)
    if when is not None:
        return when
    with suppress(WhenError):
        _spoken(text)
        return _promise(text, now, zone)
    if _spoken(text, day_is_enough=True).period is not None:
        raise WhenError("nonsense")
    # 24:00 of a day is how long a promise of it runs: its begin is that day's own.
    ends = _promise(text, now, zone) - timedelta(microseconds=1)
    return datetime.combine(ends.astimezone(zone).date(), time(), zone)


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
    by_alone = bool(day_is_enough and said["by"]) and not (said["hour"] or said["hhmm"])
    before = PERIOD_BEGINS.get(said["period"] or "") if by_alone else None
    if before is not None:
        clock: timedelta | None = timedelta(hours=before)
    else:
        clock = _clock({**said, "by": None} if by_alone else said)
    if clock is None:
        days = ("day", "weekday", "month", "bare_date", "period")
        if not day_is_enough or not any(said[key] for key in days):
            raise WhenError("nonsense")
        clock = timedelta(hours=PERIOD_ENDS[said["period"]] if said["period"] else 24)
    return _Spoken(
        clock=clock,
        period=said["period"] or said["suffix"],
        offset=DAYS[said["day"]] if said["day"] else None,
        week=_week(said["week"]),
        weekday=int(said["weekday"]) - 1 if said["weekday"] else None,
        year=int(said["year"]) if said["year"] else None,
        month=int(said["month"]) if said["month"] else None,
        day_of_month=int(found) if (found := said["date"] or said["bare_date"]) else None,
        either_half=_either_half(said),
        end=timedelta(hours=PERIOD_ENDS[said["period"] or ""]) if before is not None else None,
    )


def _either_half(said: dict[str, str | None]) -> bool:
    """Whether `十点半` and the like is said alone; `10:30` and `05点` are of 24 hours."""
    hour = said["hour"] or ""
    more = ("day", "weekday", "month", "bare_date", "period", "suffix", "minute")
    return hour[:1] not in ("", "0") and int(hour) <= 12 and not any(said[key] for key in more)


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
    local = now.astimezone(zone)
    yield from _on(_days(spoken, local, ahead), spoken.clock, zone)


def _on(days: Iterable[date], clock: timedelta, zone: tzinfo) -> Iterator[datetime]:
    """A time of day on each of some days, in UTC."""
    for day in days:
        wall = datetime.combine(day, time()) + clock
        # When clocks go back, one wall time comes twice.
        for fold in (0, 1):
            yield wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _in_the_night(spoken: _Spoken, local: datetime) -> bool:
    """Whether a day is named as by somebody who has not slept yet: in the small hours tomorrow
    morning is the coming one, and this evening may be the one that is over."""
    first, last = (timedelta(hours=each.hour) for each in COMING_MORNING)
    morning = spoken.period in MORNINGS or spoken.period in NOONS
    morning = morning or (spoken.period is None and first <= spoken.clock <= last)
    evening = spoken.offset == 0 and spoken.period in EVENINGS
    return ((spoken.offset == 1 and morning) or evening) and local.time() < NIGHT_UNTIL


def _days(spoken: _Spoken, local: datetime, ahead: bool) -> Iterable[date]:
    """The days that may be meant: one where it is said outright, else those around today."""
    today = local.date()
    if spoken.offset is not None:
        said = today + timedelta(days=spoken.offset)
        night = _in_the_night(spoken, local)
        return [said - timedelta(days=1), said] if night else [said]
    if spoken.weekday is not None:
        this_week = today + timedelta(days=spoken.weekday - today.weekday())
        weeks = (-1, 0, 1) if spoken.week is None else (spoken.week,)
        return [this_week + timedelta(weeks=week) for week in weeks]
    if spoken.month is not None and spoken.day_of_month is not None:
        if spoken.year is not None:
            return [date(spoken.year, spoken.month, spoken.day_of_month)]
        return _dates_without_year(spoken.month, spoken.day_of_month, today, ahead)
    if spoken.day_of_month is not None:
        return _dates_without_month(spoken.day_of_month, today)
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


def _dates_without_month(day: int, today: date) -> list[date]:
    """That day of the months around today that have it."""
    found = []
    for count in (-2, -1, 0, 1, 2):
        with suppress(ValueError):
            found.append(_months_on(today, count).replace(day=day))
    return found
