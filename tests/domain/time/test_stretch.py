"""Both ends of a stretch of the record, as an operator types them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.time.stretch import parse_bound
from dispatcher_tui.domain.time.when import WhenError

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
"""Saturday 22:47:12 there."""


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("昨天", "11-20 00:00", "11-21 00:00"),
        ("yesterday", "11-20 00:00", "11-21 00:00"),
        ("今天", "11-21 00:00", "11-22 00:00"),
        ("周一", "11-16 00:00", "11-17 00:00"),
        ("2026-11-20", "11-20 00:00", "11-21 00:00"),
        ("2026/11/20", "11-20 00:00", "11-21 00:00"),
        ("11-20", "11-20 00:00", "11-21 00:00"),
        ("11月20日", "11-20 00:00", "11-21 00:00"),
        ("１１－２０", "11-20 00:00", "11-21 00:00"),
        ("昨22:00", "11-20 22:00", "11-20 22:00"),
        ("昨晚10点", "11-20 22:00", "11-20 22:00"),
        ("20:00", "11-21 20:00", "11-21 20:00"),
        ("23:00", "11-20 23:00", "11-20 23:00"),
        ("11-20 07:00", "11-20 07:00", "11-20 07:00"),
        ("2026-11-20T07:00:00+08:00", "11-20 07:00", "11-20 07:00"),
        ("2h", "11-21 20:47", "11-21 20:47"),
    ],
)
def test_a_day_is_meant_whole_and_a_time_as_it_is(text: str, begin: str, end: str) -> None:
    for wanted, is_end in ((begin, False), (end, True)):
        found = parse_bound(text, NOW, ZONE, end=is_end).astimezone(ZONE)
        assert f"{found:%m-%d %H:%M}" == wanted


@pytest.mark.parametrize("text", ["明天", "tomorrow", "2026-11-21T23:00"])
def test_what_lies_ahead_is_now(text: str) -> None:
    assert parse_bound(text, NOW, ZONE) == NOW


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("neulich", "nonsense"),
        ("2026-13-40", "nonsense"),
        ("13-40", "nonsense"),
        ("9999-12-31", "nonsense"),
        ("x" * 500, "nonsense"),
    ],
)
def test_anything_else_is_refused(text: str, code: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_bound(text, NOW, ZONE, end=True)
    assert caught.value.code == code
