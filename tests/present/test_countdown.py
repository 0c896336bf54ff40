"""Remaining times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.present.cells import width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining, spoken
from dispatcher_tui.present.i18n import Language, use

NOW = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (404, "00:06:44"),
        (-310, "-00:05:10"),
        (0, "00:00:00"),
        (0.999, "00:00:00"),
        (1, "00:00:01"),
        (1.999, "00:00:01"),
        (-0.5, "-00:00:00"),
        (-0.999999, "-00:00:00"),
        (-1, "-00:00:01"),
        (-1.5, "-00:00:01"),
        (359_999, "99:59:59"),
        (360_000, "4d 04:00"),
        (-360_000, "-4d 04:00"),
        (9 * 86_400 + 12_000, "9d 03:20"),
        (12 * 86_400 + 12_000, "12d 03h"),
        (366 * 86_400, "366d"),
        (-100_000 * 86_400, "-9999d"),
    ],
)
def test_remaining(seconds: float, shown: str) -> None:
    assert remaining(NOW + timedelta(seconds=seconds), NOW) == shown


def test_without_a_due_time_there_are_dashes() -> None:
    assert remaining(None, NOW) == "--:--:--"


def test_remaining_in_chinese() -> None:
    use("zh")
    assert remaining(NOW + timedelta(days=5, hours=3, minutes=20), NOW) == "5天 03:20"
    assert remaining(NOW - timedelta(days=12, hours=3), NOW) == "-12天03时"
    assert remaining(NOW + timedelta(days=366), NOW) == "366天"


@given(st.timedeltas(timedelta(days=-700_000), timedelta(days=700_000)))
def test_it_never_outgrows_its_column(left: timedelta) -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    for lang in languages:
        use(lang)
        shown = remaining(NOW + left, NOW)
        assert width(shown) <= COUNTDOWN_CELLS
        assert shown.startswith("-") == (left < timedelta(0))


@given(st.integers(0, 359_999), st.integers(0, 999_999))
def test_whole_seconds_round_down_on_both_sides(seconds: int, micros: int) -> None:
    left = timedelta(seconds=seconds, microseconds=micros)
    hours, minutes, rest = (int(part) for part in remaining(NOW + left, NOW).split(":"))
    assert hours * 3600 + minutes * 60 + rest == seconds
    if left:
        assert remaining(NOW - left, NOW) == f"-{remaining(NOW + left, NOW)}"


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 s", "0秒"),
        (59.9, "59 s", "59秒"),
        (60, "1 min", "1分钟"),
        (404, "6 min", "6分钟"),
        (8 * 3600, "8 h", "8小时"),
        (29_568, "8 h 12 min", "8小时12分"),
        (-29_568, "8 h 12 min", "8小时12分"),
        (47 * 3600 + 60, "47 h 1 min", "47小时1分"),
        (48 * 3600, "2 d", "2天"),
        (76 * 3600, "3 d 4 h", "3天4小时"),
    ],
)
def test_spoken(seconds: float, english: str, chinese: str) -> None:
    assert spoken(seconds) == english
    use("zh")
    assert spoken(seconds) == chinese
