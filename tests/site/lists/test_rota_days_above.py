"""Weekdays below days of a calendar are of those days: never a pattern for every week."""

from __future__ import annotations

from datetime import date

import pytest

from tests.site.lists.list_samples import workbook
from tests.site.lists.test_rota_reading import refused, rota

LI = ",".join(("李建国", "白", "夜", "休"))
TURNS = 3


@pytest.mark.parametrize(
    "heads",
    [
        "日期,12-1,12-2,12-3\n星期,二,三,四",
        "日期,2026-12-01,2026-12-02,2026-12-03\n星期,二,三,四",
        "2026年12月\n日期,1,2,3\n星期,二,三,四",
        "2026年12月,1,2,3\n星期,二,三,四",
        "2026年12月,1,2,3\n姓名,二,三,四",
        "2026年12月份,1日,2日,3日\n,周二,周三,周四",
        "12月,1号,2号,3号\n姓名,周二,周三,周四",
        "2026年12月排班表\n日,1,2,3\n姓名,星期二,星期三,星期四",
        "2026年12月\n姓名/日期,1,2,3\n,二,三,四",
        "2026年12月\n日期 姓名,1,2,3",
        "2026年12月\n星期,二,三,四\n日期,1,2,3",
        "12月\nDate,1,2,3\n,Tue,Wed,Thu",
    ],
)
def test_days_below_a_corner_of_any_name_are_dates(heads: str) -> None:
    found = rota(f"{heads}\n{LI}\n")
    assert sorted(day for _who, day in found.days) == [date(2026, 12, n + 1) for n in range(TURNS)]
    assert not found.week


def test_the_weekdays_below_such_days_are_checked() -> None:
    text = f"2026年12月,1,2,3\n星期,二,三,五\n{LI}\n"
    assert refused(text) == [("row 2 3", "rota_weekday")]
    assert {code for _key, code in refused(f"日期,1,2,3\n星期,二,三,四\n{LI}\n")} == {"rota_month"}


@pytest.mark.parametrize(
    "above",
    [
        ",46357,46358,46359",
        ",1,3,5",
        "日期,第1天,第2天,第3天",
        "12月7日至12月13日值班表,,,",
        "2026-12-07~2026-12-13,,,",
        "值班表（12/7-12/13）,,,",
        "日期,1,,3",
    ],
)
def test_weekdays_with_any_days_above_are_no_pattern(above: str) -> None:
    text = f"{above}\n姓名,周一,周二,周三\n{LI}\n"
    assert [code for _key, code in refused(text)] == ["rota_days_above"]


@pytest.mark.parametrize(
    "above",
    [
        "保安部每周排班,,,",
        "早 07:00-15:00 中 15:00-23:00 晚 23:00-次日7:00,,,",
        "早,07:00-15:00,中,15:00-23:00",
        "制表日期：2026年11月30日,,,",
    ],
)
def test_a_pattern_for_every_week_stays_one(above: str) -> None:
    found = rota(f"{above}\n姓名,周一,周二,周三\n{LI}\n")
    assert {day for _who, day in found.week} == {0, 1, 2}
    assert not found.days


def test_a_whole_month_in_a_workbook_is_that_month() -> None:
    days = list(range(1, 32))
    weekdays = ["二三四五六日一"[(n - 1) % 7] for n in days]
    raw = workbook([["2026年12月", *days], ["星期", *weekdays], ["李建国", *["白"] * 31]])
    found = rota(raw)
    assert len(found.days) == 31
    assert not found.week
