"""Promised times said back while they are typed: which day, and the end of a day as 24:00."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.time.when_words import Sayings
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.line_texts import due_time, short_time
from dispatcher_tui.present.promises import promise_hint

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    """A moment of the site, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


NOW = at("2026-11-22 01:30")


@pytest.mark.parametrize(
    ("lang", "typed", "begins"),
    [
        ("zh", "明早8点", "今天 08:00"),
        ("en", "明早8点", "today 08:00"),
        ("zh", "明9点", "今天 09:00"),
        ("en", "明9点", "today 09:00"),
        ("zh", "明天下午3点", "明天 11-23 15:00"),
        ("en", "明天下午3点", "tomorrow 11-23 15:00"),
        ("zh", "明天一早", "今天 06:00"),
        ("zh", "今天", "今天 24:00"),
        ("zh", "明天", "明天 11-23 24:00"),
        ("zh", "后天9点", "11-24 09:00"),
        ("zh", "下班前", "今天 07:00"),
    ],
)
def test_in_the_small_hours_the_day_is_said(lang: Language, typed: str, begins: str) -> None:
    use(lang)
    said = Sayings(watch_end=at("2026-11-22 07:00"))
    assert promise_hint(typed, NOW, SHANGHAI, said).startswith(f"= {begins}")


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-21 23:59:59", "11-22 09:00"),
        ("2026-11-22 00:00:00", "today 09:00"),
        ("2026-11-22 05:59:59", "today 09:00"),
        ("2026-11-22 06:00:00", "09:00"),
    ],
)
def test_the_small_hours_are_from_midnight_to_six(now: str, begins: str) -> None:
    use("en")
    assert promise_hint("9点", at(now), SHANGHAI, Sayings()).startswith(f"= {begins}")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-11-22 23:59:59", "23:59"),
        ("2026-11-23 00:00:00", "24:00"),
        ("2026-11-23 00:00:01", "11-23 00:00"),
        ("2026-11-24 00:00:00", "11-23 24:00"),
        ("2026-12-01 00:00:00", "11-30 24:00"),
        ("2027-01-01 00:00:00", "12-31 24:00"),
        ("2028-01-01 00:00:00", "2027-12-31 24:00"),
        ("2026-11-22 00:00:00", "11-21 24:00"),
    ],
)
def test_the_end_of_a_day_is_written_as_such(due: str, said: str) -> None:
    assert due_time(at(due), NOW, SHANGHAI) == said


def test_what_happened_at_midnight_is_of_the_new_day() -> None:
    assert short_time(at("2026-11-22 00:00"), NOW, SHANGHAI) == "00:00"
    assert short_time(at("2026-11-22 00:00") - timedelta(days=1), NOW, SHANGHAI) == "11-21 00:00"
