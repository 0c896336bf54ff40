"""Times as people say them on the telephone at night; each limit a second before, at and after."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.time.when import WhenError, parse_past, parse_promise
from dispatcher_tui.domain.time.when_words import Sayings

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    """A moment of the site, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


NIGHT, EVENING = at("2026-11-22 01:30:00"), at("2026-11-21 22:47:12")
HERE = Sayings(watch_end=at("2026-11-22 07:00"))


def promised(typed: str, now: datetime = NIGHT, said: Sayings = HERE) -> str:
    when = parse_promise(typed, now, SHANGHAI, said)
    return when.astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S")


def happened(typed: str, now: datetime = NIGHT) -> str:
    return parse_past(typed, now, SHANGHAI).astimezone(SHANGHAI).strftime("%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("明早8点", "11-22 08:00:00"),
        ("明天早上8点", "11-22 08:00:00"),
        ("明晨6点", "11-22 06:00:00"),
        ("明天上午十点半", "11-22 10:30:00"),
        ("tomorrow 9am", "11-22 09:00:00"),
        ("明早", "11-22 09:00:00"),
        ("明早1点", "11-23 01:00:00"),
        ("明天下午3点", "11-23 15:00:00"),
        ("明9点", "11-22 09:00:00"),
        ("后天早上8点", "11-24 08:00:00"),
        ("今晚8点", "11-22 20:00:00"),
        ("今晚2点", "11-22 02:00:00"),
        ("5点左右", "11-22 05:00:00"),
        ("大概5点", "11-22 05:00:00"),
        ("5点前后", "11-22 05:00:00"),
        ("约40分钟", "11-22 02:10:00"),
        ("40分钟左右", "11-22 02:10:00"),
        ("around 5am", "11-22 05:00:00"),
        ("马上", "11-22 01:40:00"),
        ("立刻", "11-22 01:40:00"),
        ("两三天", "11-25 01:30:00"),
        ("三两天", "11-25 01:30:00"),
        ("一两个小时", "11-22 03:30:00"),
        ("三五分钟", "11-22 01:35:00"),
        ("七八分钟后", "11-22 01:38:00"),
        ("三四点", "11-22 04:00:00"),
        ("下午两三点", "11-22 15:00:00"),
        ("一五分钟", "11-22 01:45:00"),
        ("八点四五分", "11-22 08:45:00"),
        ("right away", "11-22 01:40:00"),
        ("过半小时", "11-22 02:00:00"),
        ("再过半小时", "11-22 02:00:00"),
        ("过20分钟", "11-22 01:50:00"),
        ("下班前", "11-22 07:00:00"),
        ("交班前", "11-22 07:00:00"),
        ("天亮前", "11-22 06:00:00"),
        ("29日22:30", "11-29 22:30:00"),
        ("29号晚上10点半", "11-29 22:30:00"),
        ("二十九日22点30", "11-29 22:30:00"),
        ("21日22:30", "12-21 22:30:00"),
        ("22日1:30:01", "11-22 01:30:01"),
        ("31日8点", "12-31 08:00:00"),
        ("29日", "11-30 00:00:00"),
        ("月底前", "12-01 00:00:00"),
        ("月底", "12-01 00:00:00"),
        ("下月底前", "01-01 00:00:00"),
        ("end of month", "12-01 00:00:00"),
    ],
)
def test_a_promise_as_it_is_said_after_midnight(typed: str, expected: str) -> None:
    assert promised(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("明天9:30", "11-22 09:30:00"),
        ("明0930", "11-22 09:30:00"),
        ("明天6点", "11-22 06:00:00"),
        ("明天12点", "11-22 12:00:00"),
        ("明天12:01", "11-23 12:01:00"),
        ("明天5:59", "11-23 05:59:00"),
        ("明天中午前", "11-22 12:00:00"),
        ("tomorrow 9:00", "11-22 09:00:00"),
        ("明天", "11-24 00:00:00"),
        ("周五前", "11-28 00:00:00"),
        ("周日前", "11-23 00:00:00"),
        ("下周一前", "11-24 00:00:00"),
        ("29日之前", "11-30 00:00:00"),
        ("12-03前", "12-04 00:00:00"),
        ("今晚前", "11-22 18:00:00"),
        ("中午前", "11-22 12:00:00"),
        ("明天一早", "11-22 06:00:00"),
        ("明天一早8点", "11-22 08:00:00"),
        ("明天一大早", "11-22 06:00:00"),
        ("一早", "11-22 06:00:00"),
        ("一早之前", "11-22 06:00:00"),
        ("下周一一早", "11-23 06:00:00"),
        ("周一早上8点", "11-23 08:00:00"),
        ("后天清早六点半", "11-24 06:30:00"),
    ],
)
def test_tomorrow_before_and_early_as_they_are_said_after_midnight(
    typed: str, expected: str
) -> None:
    assert promised(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("昨夜23点40", "11-21 23:40:00"),
        ("昨晚11点左右", "11-21 23:00:00"),
        ("今晚11点", "11-21 23:00:00"),
        ("今夜0点40", "11-22 00:40:00"),
        ("21日22:30", "11-21 22:30:00"),
        ("22日1:30", "11-22 01:30:00"),
        ("22日1:30:01", "10-22 01:30:01"),
        ("30日8点", "10-30 08:00:00"),
        ("31号8点", "10-31 08:00:00"),
    ],
)
def test_what_happened_as_it_is_told_after_midnight(typed: str, expected: str) -> None:
    assert happened(typed) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-21 23:59:59", "11-22 08:00:00"),
        ("2026-11-22 00:00:00", "11-22 08:00:00"),
        ("2026-11-22 05:59:59", "11-22 08:00:00"),
        ("2026-11-22 06:00:00", "11-23 08:00:00"),
    ],
)
def test_tomorrow_morning_is_the_coming_one_until_six(now: str, expected: str) -> None:
    assert promised("明早8点", at(now)) == expected


@pytest.mark.parametrize("typed", ["明9点", "明天9:00"])
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-21 23:59:59", "11-22 09:00:00"),
        ("2026-11-22 00:00:00", "11-22 09:00:00"),
        ("2026-11-22 05:59:59", "11-22 09:00:00"),
        ("2026-11-22 06:00:00", "11-23 09:00:00"),
    ],
)
def test_an_hour_of_tomorrow_is_one_of_the_coming_morning_until_six(
    typed: str, now: str, expected: str
) -> None:
    assert promised(typed, at(now)) == expected


@pytest.mark.parametrize("typed", ["天亮前", "一早", "大清早前"])
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22 05:59:59", "11-22 06:00:00"),
        ("2026-11-22 06:00:00", "11-23 06:00:00"),
        ("2026-11-22 06:00:01", "11-23 06:00:00"),
    ],
)
def test_dawn_is_the_next_one(typed: str, now: str, expected: str) -> None:
    assert promised(typed, at(now)) == expected


@pytest.mark.parametrize("typed", ["周五前", "周五之前", "礼拜五以前"])
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-26 23:59:59", "11-28 00:00:00"),
        ("2026-11-27 00:00:00", "11-28 00:00:00"),
        ("2026-11-27 23:59:59", "11-28 00:00:00"),
        ("2026-11-28 00:00:00", "12-05 00:00:00"),
    ],
)
def test_before_a_day_is_its_24_00(typed: str, now: str, expected: str) -> None:
    assert promised(typed, at(now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22 17:59:59", "11-22 18:00:00"),
        ("2026-11-22 18:00:00", "11-23 00:00:00"),
        ("2026-11-22 23:59:59", "11-23 00:00:00"),
        ("2026-11-23 00:00:00", "11-23 18:00:00"),
    ],
)
def test_before_tonight_is_its_begin_and_in_it_its_end(now: str, expected: str) -> None:
    assert promised("今晚前", at(now)) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-21 23:59:59", "11-22 05:20:00"),
        ("2026-11-22 00:00:00", "11-22 05:20:00"),
        ("2026-11-22 05:19:59", "11-22 05:20:00"),
        ("2026-11-22 05:20:00", "11-23 05:20:00"),
    ],
)
def test_early_tomorrow_is_when_it_gets_light_here(now: str, expected: str) -> None:
    assert promised("明天一早", at(now), Sayings(dawn=time(5, 20))) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-30 23:59:59", "12-01 00:00:00"),
        ("2026-12-01 00:00:00", "01-01 00:00:00"),
        ("2028-02-29 12:00:00", "03-01 00:00:00"),
        ("2026-12-31 12:00:00", "01-01 00:00:00"),
    ],
)
def test_a_month_ends_at_24_00_of_its_last_day(now: str, expected: str) -> None:
    assert promised("月底前", at(now)) == expected


def test_the_watch_that_is_over_is_no_time_to_promise() -> None:
    assert HERE.watch_end is not None
    assert promised("下班前", HERE.watch_end - SECOND) == "11-22 07:00:00"
    for now in (HERE.watch_end, HERE.watch_end + SECOND):
        with pytest.raises(WhenError) as refused:
            promised("下班前", now)
        assert refused.value.code == "past"


def test_what_the_site_means_by_its_words_counts() -> None:
    said = Sayings(soon=timedelta(minutes=25), dawn=time(5, 20))
    assert promised("马上", said=said) == "11-22 01:55:00"
    assert promised("天亮前", said=said) == "11-22 05:20:00"


@pytest.mark.parametrize("typed", ["过半小时", "再过10分钟", "in 10 minutes", "明早8点"])
def test_what_is_to_come_has_not_happened(typed: str) -> None:
    with pytest.raises(WhenError) as refused:
        happened(typed)
    assert refused.value.code == "future"


@pytest.mark.parametrize(
    "typed", ["马上", "天亮前", "下班前", "月底前", "一早", "今天一早", "周五前", "3日前"]
)
def test_words_for_what_is_to_come_name_no_past(typed: str) -> None:
    with pytest.raises(WhenError) as refused:
        happened(typed)
    assert refused.value.code == "nonsense"


WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "明",
                "昨",
                "今",
                "早",
                "夜",
                "晚",
                "晨",
                "8点",
                "23点40",
                "左右",
                "大概",
                "过",
                "半小时",
            ),
            *("29日", "0号", "月底", "前", "天亮", "下班", "马上", "10分钟", "22:30", " "),
        ]
    ),
    max_size=5,
).map("".join)


@given(WORDS, st.integers(0, 3 * 365 * 24 * 60))
def test_whatever_is_said_a_promise_lies_ahead_and_the_past_behind(
    typed: str, minutes: int
) -> None:
    moment = at("2026-01-01") + timedelta(minutes=minutes)
    with suppress(WhenError):
        assert parse_promise(typed, moment, SHANGHAI, HERE) > moment
    with suppress(WhenError):
        assert parse_past(typed, moment, SHANGHAI) <= moment


@pytest.mark.parametrize(
    ("typed", "now", "expected"),
    [
        ("十点半", "2026-11-21 19:59:00", "11-21 22:30:00"),
        ("十点半", "2026-11-21 22:29:59", "11-21 22:30:00"),
        ("十点半", "2026-11-21 22:30:00", "11-22 10:30:00"),
        ("十点半", "2026-11-21 22:30:01", "11-22 10:30:00"),
        ("10点30", "2026-11-21 19:59:00", "11-21 22:30:00"),
        ("大概8点", "2026-11-21 19:59:00", "11-21 20:00:00"),
        ("8点前", "2026-11-21 20:00:00", "11-22 08:00:00"),
        ("12点", "2026-11-21 19:59:00", "11-22 00:00:00"),
        ("12点", "2026-11-21 11:59:59", "11-21 12:00:00"),
        ("1点", "2026-11-21 23:00:00", "11-22 01:00:00"),
        ("13点", "2026-11-21 19:59:00", "11-22 13:00:00"),
        ("10:30", "2026-11-21 19:59:00", "11-22 10:30:00"),
        ("1030", "2026-11-21 19:59:00", "11-22 10:30:00"),
        ("05点", "2026-11-21 16:00:00", "11-22 05:00:00"),
        ("上午十点半", "2026-11-21 19:59:00", "11-22 10:30:00"),
        ("晚上十点半", "2026-11-21 22:31:00", "11-22 22:30:00"),
        ("明天十点半", "2026-11-21 19:59:00", "11-22 10:30:00"),
    ],
)
def test_an_hour_without_its_half_of_the_day_is_the_nearer_one(
    typed: str, now: str, expected: str
) -> None:
    assert promised(typed, at(now)) == expected


@pytest.mark.parametrize(
    "typed", ["一会儿", "一会", "等一会儿", "过一会儿", "待会儿", "稍后", "shortly"]
)
def test_in_a_while_is_as_soon_as_the_site_says(typed: str) -> None:
    assert promised(typed, said=Sayings(soon=timedelta(minutes=15))) == "11-22 01:45:00"


@pytest.mark.parametrize("typed", ["当天内", "当天", "当日内", "今天内", "今日之内"])
@pytest.mark.parametrize("now", ["2026-11-22 00:00:00", "2026-11-22 23:59:59"])
def test_within_the_day_is_its_last_midnight(typed: str, now: str) -> None:
    assert promised(typed, at(now)) == "11-23 00:00:00"


@pytest.mark.parametrize(
    ("typed", "now", "expected"),
    [
        ("中午前", "2026-11-22 11:59:59", "11-22 12:00:00"),
        ("中午前", "2026-11-22 12:00:00", "11-23 12:00:00"),
        ("今天中午之前", "2026-11-22 09:00:00", "11-22 12:00:00"),
        ("明天中午以前", "2026-11-22 09:00:00", "11-23 12:00:00"),
        ("下周一中午前", "2026-11-22 09:00:00", "11-23 12:00:00"),
        ("中午", "2026-11-22 09:00:00", "11-22 14:00:00"),
        ("中午1点前", "2026-11-22 09:00:00", "11-22 13:00:00"),
        ("晚上前", "2026-11-22 09:00:00", "11-22 18:00:00"),
    ],
)
def test_before_a_part_of_the_day_is_where_it_begins(typed: str, now: str, expected: str) -> None:
    assert promised(typed, at(now)) == expected


@pytest.mark.parametrize("typed", ["中午前", "一会儿", "当天内"])
def test_such_words_say_nothing_of_the_past(typed: str) -> None:
    with pytest.raises(WhenError):
        happened(typed)
