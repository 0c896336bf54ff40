"""Times as typed; the operator's now is Saturday 2026-11-21, 22:47:12 in Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.time.when import (
    FARTHEST_PROMISE,
    WhenError,
    parse_begin,
    parse_past,
    parse_promise,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 22, 47, 12, tzinfo=SHANGHAI).astimezone(UTC)
ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
TIMELIKE = st.text(
    alphabet="0123456789:.-+ /TZmhd昨今明前后天周一二十两半点分小时晚上下午刻月日年", max_size=20
)


def local(when: datetime) -> str:
    assert when.tzinfo is UTC
    return when.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2230", "2026-11-21 22:30:00"),
        ("22:30", "2026-11-21 22:30:00"),
        ("22：30", "2026-11-21 22:30:00"),
        ("２２３０", "2026-11-21 22:30:00"),
        ("22.30", "2026-11-21 22:30:00"),
        ("22:47:12", "2026-11-21 22:47:12"),
        ("22:47:13", "2026-11-20 22:47:13"),
        ("2300", "2026-11-20 23:00:00"),
        ("24:00", "2026-11-21 00:00:00"),
        ("9pm", "2026-11-21 21:00:00"),
        ("-15m", "2026-11-21 22:32:12"),
        ("-2h", "2026-11-21 20:47:12"),
        ("2h ago", "2026-11-21 20:47:12"),
        ("15分钟前", "2026-11-21 22:32:12"),
        ("十五分钟前", "2026-11-21 22:32:12"),
        ("半小时前", "2026-11-21 22:17:12"),
        ("0m", "2026-11-21 22:47:12"),
        ("昨22:30", "2026-11-20 22:30:00"),
        ("昨2230", "2026-11-20 22:30:00"),
        ("昨天晚上10点", "2026-11-20 22:00:00"),
        ("昨晚十点一刻", "2026-11-20 22:15:00"),
        ("昨晚两点", "2026-11-21 02:00:00"),
        ("昨晚12点", "2026-11-21 00:00:00"),
        ("今天下午3点", "2026-11-21 15:00:00"),
        ("今早8点半", "2026-11-21 08:30:00"),
        ("今天中午1点", "2026-11-21 13:00:00"),
        ("凌晨12点半", "2026-11-21 00:30:00"),
        ("前天9:00", "2026-11-19 09:00:00"),
        ("大前天 9:00", "2026-11-18 09:00:00"),
        ("yesterday 22:30", "2026-11-20 22:30:00"),
        ("周一9点", "2026-11-16 09:00:00"),
        ("上周一9点", "2026-11-09 09:00:00"),
        ("11-20 22:30", "2026-11-20 22:30:00"),
        ("11/20 22:30", "2026-11-20 22:30:00"),
        ("11月20日22点30分", "2026-11-20 22:30:00"),
        ("十一月二十日十点零五分", "2026-11-20 10:05:00"),
        ("12-31 09:00", "2025-12-31 09:00:00"),
        ("2026-11-20 22:30", "2026-11-20 22:30:00"),
        ("2026-11-20T22:30:00+08:00", "2026-11-20 22:30:00"),
        ("2026-11-20T14:30Z", "2026-11-20 22:30:00"),
        ("2026-11-20 22:30:15 +0800", "2026-11-20 22:30:15"),
    ],
)
def test_when_something_happened(typed: str, expected: str) -> None:
    assert local(parse_past(typed, NOW, SHANGHAI)) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \u3000", "empty"),
        ("今天23:00", "future"),
        ("明天9点", "future"),
        ("+15m", "future"),
        ("15分钟后", "future"),
        ("11-22 09:00", "future"),
        ("2026-11-21T22:47:13+08:00", "future"),
        ("昨天", "nonsense"),
        ("40", "nonsense"),
        ("2561", "nonsense"),
        ("22:60", "nonsense"),
        ("24:01", "nonsense"),
        ("下午22:30pm", "nonsense"),
        ("上午22:30", "nonsense"),
        ("13-20 22:30", "nonsense"),
        ("0001-01-01 00:00", "nonsense"),
        ("2026-02-30 09:00", "nonsense"),
        ("-99999d", None),
        ("1" * 1000, "nonsense"),
        ("十十点", "nonsense"),
        ("soon", "nonsense"),
    ],
)
def test_a_past_that_cannot_stand(typed: str, code: str | None) -> None:
    if code is None:
        assert parse_past(typed, NOW, SHANGHAI) < NOW
        return
    with pytest.raises(WhenError) as refused:
        parse_past(typed, NOW, SHANGHAI)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("40", "2026-11-21 23:27:12"),
        ("４０", "2026-11-21 23:27:12"),
        ("999", "2026-11-22 15:26:12"),
        ("40m", "2026-11-21 23:27:12"),
        ("in 40 minutes", "2026-11-21 23:27:12"),
        ("2h", "2026-11-22 00:47:12"),
        ("2h30m", "2026-11-22 01:17:12"),
        ("1.5小时", "2026-11-22 00:17:12"),
        ("1。5小时", "2026-11-22 00:17:12"),
        ("半小时", "2026-11-21 23:17:12"),
        ("半个小时", "2026-11-21 23:17:12"),
        ("一个半小时", "2026-11-22 00:17:12"),
        ("两小时后", "2026-11-22 00:47:12"),
        ("三刻钟", "2026-11-21 23:32:12"),
        ("3天", "2026-11-24 22:47:12"),
        ("23:30", "2026-11-21 23:30:00"),
        ("2330", "2026-11-21 23:30:00"),
        ("22:47:12", "2026-11-22 22:47:12"),
        ("2200", "2026-11-22 22:00:00"),
        ("24:00", "2026-11-22 00:00:00"),
        ("今晚12点", "2026-11-22 00:00:00"),
        ("明9点", "2026-11-22 09:00:00"),
        ("明天上午9点半", "2026-11-22 09:30:00"),
        ("明天9点半前", "2026-11-22 09:30:00"),
        ("tomorrow 9am", "2026-11-22 09:00:00"),
        ("后天", "2026-11-24 00:00:00"),
        ("今晚", "2026-11-22 00:00:00"),
        ("明天下午", "2026-11-22 18:00:00"),
        ("周一9点", "2026-11-23 09:00:00"),
        ("周一十点", "2026-11-23 10:00:00"),
        ("周1 9点", "2026-11-23 09:00:00"),
        ("星期天", "2026-11-23 00:00:00"),
        ("周六9点", "2026-11-28 09:00:00"),
        ("下周六9点", "2026-11-28 09:00:00"),
        ("next monday 9:00", "2026-11-23 09:00:00"),
        ("11-23 09:00", "2026-11-23 09:00:00"),
        ("11-23", "2026-11-24 00:00:00"),
        ("01-05 9点", "2027-01-05 09:00:00"),
        ("2026-11-23T09:00:00+08:00", "2026-11-23 09:00:00"),
        ("2026-11-23 09:00", "2026-11-23 09:00:00"),
    ],
)
def test_what_is_promised(typed: str, expected: str) -> None:
    assert local(parse_promise(typed, NOW, SHANGHAI)) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        ("0", "past"),
        ("-5m", "past"),
        ("5分钟前", "past"),
        ("今天9点", "past"),
        ("昨天", "past"),
        ("11-20 09:00", "past"),
        ("2026-11-21T22:47:12+08:00", "past"),
        ("367d", "far"),
        ("99999h", "far"),
        ("2028-02-29", "far"),
        ("2561", "nonsense"),
        ("2460", "nonsense"),
        ("12345", "nonsense"),
        ("9" * 30, "nonsense"),
        ("明天9", "nonsense"),
        ("25点", "nonsense"),
        ("9999-12-31", "nonsense"),
        ("半", "nonsense"),
        ("下班前", "nonsense"),
        ("左右", "empty"),
        ("32日9点", "nonsense"),
        ("0号", "nonsense"),
        ("过", "nonsense"),
        ("1.5", "nonsense"),
    ],
)
def test_a_promise_that_cannot_stand(typed: str, code: str) -> None:
    with pytest.raises(WhenError) as refused:
        parse_promise(typed, NOW, SHANGHAI)
    assert refused.value.code == code


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "Pacific/Apia"])
def test_the_wall_clock_is_the_zones(zone: str) -> None:
    here = ZoneInfo(zone)
    when = parse_promise("23:30", NOW, here).astimezone(here)
    assert (when.hour, when.minute) == (23, 30)


def test_a_wall_time_that_comes_twice_is_the_nearest_that_fits() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    between = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)  # 02:50, before clocks go back at 03:00
    assert parse_past("2:30", between, berlin) == between - timedelta(minutes=20)
    assert parse_promise("2:30", between, berlin) == between + timedelta(minutes=40)


MOMENTS = st.integers(-2_000_000_000, 7_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


def outcome(
    read: Callable[[str, datetime, tzinfo], datetime], text: str, now: datetime
) -> datetime | str:
    """The time that was read, or the code of the refusal."""
    try:
        return read(text, now, SHANGHAI)
    except WhenError as refused:
        return refused.code


@given(st.one_of(ANY, TIMELIKE), MOMENTS)
def test_any_text_is_a_past_or_refused(text: str, now: datetime) -> None:
    when = outcome(parse_past, text, now)
    if isinstance(when, str):
        assert when in {"empty", "nonsense", "future"}
    else:
        assert when.tzinfo is UTC
        assert when <= now


@given(st.one_of(ANY, TIMELIKE), MOMENTS)
def test_any_text_is_a_promise_or_refused(text: str, now: datetime) -> None:
    when = outcome(parse_promise, text, now)
    if isinstance(when, str):
        assert when in {"empty", "nonsense", "past", "far"}
    else:
        assert when.tzinfo is UTC
        assert now < when <= now + FARTHEST_PROMISE


@given(
    st.one_of(TIMELIKE, st.sampled_from(["23:59", "0001", "后天", "-99999d", "2h", "周一9点"])),
    st.sampled_from([datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]),
)
def test_the_calendars_ends_are_no_crash(text: str, end: datetime) -> None:
    outcome(parse_past, text, end)
    outcome(parse_promise, text, end)


@given(st.integers(0, 23), st.integers(0, 59), MOMENTS)
def test_a_bare_time_is_within_a_day_of_now(hour: int, minute: int, now: datetime) -> None:
    # Summer time, known in Shanghai until 1991, makes some days 25 hours long.
    day = timedelta(hours=25)
    typed = f"{hour:02d}{minute:02d}"
    assert now - day <= parse_past(typed, now, SHANGHAI) <= now
    assert now < parse_promise(typed, now, SHANGHAI) <= now + day


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("明天", "2026-11-22 00:00:00"),
        ("11-23", "2026-11-23 00:00:00"),
        ("11月23日", "2026-11-23 00:00:00"),
        ("23号", "2026-11-23 00:00:00"),
        ("周一", "2026-11-23 00:00:00"),
        ("周六", "2026-11-21 22:47:12"),
        ("今天", "2026-11-21 22:47:12"),
        ("11-23 00:00", "2026-11-23 00:00:00"),
        ("11-23 24:00", "2026-11-24 00:00:00"),
        ("明早8点", "2026-11-22 08:00:00"),
        ("23:30", "2026-11-21 23:30:00"),
        ("2026-11-23 13:00", "2026-11-23 13:00:00"),
    ],
)
def test_a_begin_is_a_day_s_first_moment_or_a_time(typed: str, expected: str) -> None:
    assert local(parse_begin(typed, NOW, SHANGHAI)) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("昨天", "past"),
        ("11-20", "past"),
        ("11-21 22:47:11", "past"),
        ("下午", "nonsense"),
        ("明天晚上", "nonsense"),
        ("3", "nonsense"),
        ("40", "nonsense"),
        ("31/2", "nonsense"),
        ("2028-01-01", "far"),
        ("", "empty"),
    ],
)
def test_a_begin_that_cannot_stand_says_why(typed: str, code: str) -> None:
    with pytest.raises(WhenError) as wrong:
        parse_begin(typed, NOW, SHANGHAI)
    assert wrong.value.code == code


@given(st.one_of(ANY, TIMELIKE))
def test_whatever_is_typed_a_begin_is_never_past(typed: str) -> None:
    try:
        when = parse_begin(typed, NOW, SHANGHAI)
    except WhenError:
        return
    assert NOW <= when <= NOW + FARTHEST_PROMISE
