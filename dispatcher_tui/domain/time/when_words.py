"""The words for days and times of day, and the patterns that read them.

Serves `domain.when` alone. Patterns work on text that `tidy` has brought into one spelling.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta

import msgspec

from dispatcher_tui.domain.words.numerals import figures_of

NIGHT_UNTIL = time(6)
"""Up to here the night belongs to the evening before: tomorrow morning is the coming one."""


class Sayings(msgspec.Struct, frozen=True):
    """What people mean here by words for a time: ``soon`` is at once, ``dawn`` when it gets light
    (local), ``watch_end`` when the present watch is planned to end (UTC; None: not known)."""

    soon: timedelta = timedelta(minutes=10)
    dawn: time = time(6)
    watch_end: datetime | None = None


LONGEST = 48
"""Most characters of a typed time; what is longer is no time."""

_SPELLINGS = str.maketrans(
    {
        "。": ".",
        "、": "/",
        "\u2212": "-",
        "\u2013": "-",
        "\u2014": "-",
        "點": "点",
        "時": "时",
        "後": "后",
        "鐘": "钟",
        "週": "周",
    }
)
_CHINESE_NUMBER = re.compile("[零\u3007一二两三四五六七八九十]+")
_TWO_OR_THREE = re.compile(
    "(?<![点时零\u3007一二两三四五六七八九十0-9])([一二两三四五六七八九])([一二两三四五六七八九])"
    "(?=个?(?:天|小时|钟头|分钟|点|刻))"
)
"""Two figures of which one follows the other are either of the two, no number of two figures."""
_COUNTED = "一二三四五六七八九"
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)(?:([一二三四五六日天])|([1-7])(?![0-9]))")
_WEEKDAY_EN = re.compile(
    r"(?:on )?\b(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\b"
)
_SPACES = re.compile(r"\s+")

DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨": -1,
    "yesterday": -1,
    "今天": 0,
    "今日": 0,
    "今": 0,
    "today": 0,
    "明天": 1,
    "明日": 1,
    "明": 1,
    "tomorrow": 1,
    "后天": 2,
    "大后天": 3,
}

# The hour in which each part of the day is over: what a promise without an hour means.
PERIOD_ENDS = {
    "凌晨": 6,
    "清晨": 9,
    "晨": 9,
    "早上": 9,
    "早晨": 9,
    "早": 9,
    "上午": 12,
    "am": 12,
    "中午": 14,
    "午后": 18,
    "下午": 18,
    "pm": 24,
    "傍晚": 19,
    "晚上": 24,
    "晚": 24,
    "夜里": 24,
    "夜": 24,
    "半夜": 24,
    "深夜": 24,
}
# Hours that go with each part of the day: first, last, and what is added to them. The night's
# small hours belong to the evening before: 昨晚2点 is 26 o'clock of yesterday.
_Hours = tuple[tuple[int, int, int], ...]
_PLAIN: _Hours = ((0, 24, 0),)
_SMALL: _Hours = ((0, 11, 0), (12, 12, -12))
_MORNING: _Hours = ((0, 12, 0),)
_NOON: _Hours = ((1, 3, 12), (10, 15, 0))
_AFTERNOON: _Hours = ((1, 11, 12), (12, 23, 0))
_NIGHT: _Hours = ((0, 4, 24), (5, 11, 12), (12, 12, 12), (17, 24, 0))
_HOURS = {
    "凌晨": _SMALL,
    "am": _SMALL,
    "中午": _NOON,
    **dict.fromkeys(("下午", "午后", "傍晚", "pm"), _AFTERNOON),
    **dict.fromkeys(("晚上", "晚", "夜里", "夜", "半夜", "深夜"), _NIGHT),
}

MORNINGS = frozenset({"清晨", "晨", "早上", "早晨", "早", "上午", "am"})
EVENINGS = frozenset({"晚上", "晚", "夜里", "夜", "半夜", "深夜", "pm"})

COMING_MORNING = time(6), time(12)
"""From when to when an hour of tomorrow, said in the small hours, is one of the coming morning."""
NOONS = frozenset({"中午"})

PERIOD_BEGINS = {"中午": 12, "下午": 12, "午后": 12, "傍晚": 18, "晚上": 18, "晚": 18}
"""The hour before which it is, where a promise says before a part of the day: 中午前."""

EARLY = "early"
"""What stands for 一早 once a text is in one spelling: the site says which hour it means."""
_EARLY = re.compile(
    r"(?:一大清?早|一清早|一早|大清早|清早|first thing)上?"
    r"(\s*[0-9]| ?[零一二两三四五六七八九十]+[点时])?"
)

_WITHIN = ("", "内", "之内", "以内")
_SOON = (
    "马上 马上到 马上来 立刻 立即 立马 这就来 一会 一会儿 等一会 等一会儿 过一会 过一会儿 "
    "等会 等会儿 待会 待会儿 稍后 shortly"
)
SOON = frozenset({*_SOON.replace("一", "1").split(), "right away", "in a moment"})
"""As they are once figures are figures."""
DAY_END = frozenset(f"{day}{tail}" for day in ("当天", "当日", "今天", "今日") for tail in _WITHIN)
DAWN = frozenset({"天亮", "天亮前", "天亮之前", "天亮以前", "dawn", "before dawn"})
WATCH_END = frozenset({"下班", "下班前", "下班之前", "交班", "交班前", "交班之前", "end of watch"})
MONTH_END = {
    **dict.fromkeys(("月底", "月底前", "月底之前", "本月底", "本月底前", "月末", "月末前"), 0),
    **dict.fromkeys(("这个月底", "这个月底前", "end of month", "month end"), 0),
    **dict.fromkeys(("下月底", "下月底前", "下个月底", "下个月底前"), 1),
}
"""How many months on the month lies whose end is meant."""

_ABOUT = re.compile(
    r"^(?:大概|大约|差不多|约|about |around )\s*|\s*(?:左右|上下|前后|的样子|or so)$"
)
"""Nobody can be held to about five, so five is what counts."""

_NUMBER = r"[0-9]{1,5}(?:\.[0-9]{1,4})?"
DURATION = re.compile(
    r"(?P<sign>[-+])?(?:(?P<ahead>in|再过|过)(?: |(?![a-z])))? ?"
    rf"(?:(?P<days>{_NUMBER}) ?(?:days?|d|天) ?)?"
    r"(?:"
    r"(?P<half_hour>半) ?个?(?:小时|钟头)"
    rf"|(?P<hours>{_NUMBER}) ?个?(?P<half>半)?(?:hours?|hrs?|h|小时|钟头)(?P<half_after>半)?"
    r")? ?"
    rf"(?:(?P<minutes>{_NUMBER}) ?(?:minutes?|mins?|m|分钟?)|(?P<quarters>[1-3]) ?刻钟)?"
    r" ?(?P<tail>之前|以前|前|ago|之后|以后|后|内|之内|以内|later)?"
)
BACKWARD_TAILS = frozenset({"之前", "以前", "前", "ago"})

ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]{1,6})?)? ?(?:z|[-+][0-9]{2}:?[0-9]{2})?"
)

_PERIOD = "|".join(sorted(PERIOD_ENDS, key=len, reverse=True))
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
DAY_AND_TIME = re.compile(
    r"(?:"
    rf"(?P<day>{_DAY})"
    r"|(?P<week>上|下|本|这|next |last |this )?个?w(?P<weekday>[1-7])"
    r"|(?:(?P<year>[0-9]{4})(?:[-/]|年))?(?P<month>[0-9]{1,2})(?:[-/]|月)(?P<date>[0-9]{1,2})"
    r"(?:[日号]|[ t]|$|(?=[之以]?前))"
    r"|(?P<bare_date>[0-9]{1,2})[日号]"
    r")? ?(?:at )?"
    rf"(?P<period>{_PERIOD})? ?"
    r"(?:"
    r"(?P<hhmm>[0-9]{4})"
    r"|(?P<hour>[0-9]{1,2})(?:"
    r"[:.](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"|[点时](?P<half>半)"
    r"|[点时](?P<quarter>[13])刻"
    r"|[点时](?P<minute_zh>[0-9]{1,2})分?"
    r"|(?P<sharp>点钟|点整|[点时])"
    r")?"
    r")? ?"
    r"(?P<suffix>am|pm)?"
    r"(?P<by>之前|以前|前)?"
)


def _weekday_mark(match: re.Match[str]) -> str:
    """A weekday as `w1 ` to `w7 `, so that its figure and the hour's do not run together."""
    if match[2]:
        return f"w{match[2]} "
    return f"w{'一二三四五六日'.index(match[1].replace('天', '日')) + 1} "


def _later(match: re.Match[str]) -> str:
    """The later of two figures, by which it is done in either case: 两三天, 三两天, 三五天."""
    one, other = (_COUNTED.index(each.replace("两", "二")) for each in match.groups())
    either = abs(other - one) == 1 or match[0] == "三五"
    return _COUNTED[max(one, other)] if either else match[0]


def _early(match: re.Match[str]) -> str:
    """Early in the day: of an hour that follows it says the half, else an hour of its own."""
    return f"早{match[1]}" if match[1] else EARLY


def tidy(text: str) -> str:
    """One spelling for all ways to type a time; empty for empty, unchanged where it is absurd."""
    folded = unicodedata.normalize("NFKC", text).translate(_SPELLINGS).casefold()
    folded = _WEEKDAY.sub(_weekday_mark, folded)
    folded = _WEEKDAY_EN.sub(
        lambda match: f"w{'montuewedthufrisatsun'.index(match[1]) // 3 + 1} ", folded
    )
    folded = _EARLY.sub(_early, folded)
    folded = _TWO_OR_THREE.sub(_later, folded)
    folded = _CHINESE_NUMBER.sub(lambda match: figures_of(match[0]), folded)
    return _ABOUT.sub("", _SPACES.sub(" ", folded).strip())


def hour_of_day(hour: int, period: str | None) -> int | None:
    """The hour counted from the day's midnight, up to 28; None where it contradicts `period`."""
    fitting = _PLAIN if period is None else _HOURS.get(period, _MORNING)
    for first, last, added in fitting:
        if first <= hour <= last:
            return hour + added
    return None
