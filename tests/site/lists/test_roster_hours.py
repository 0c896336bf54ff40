"""The duty hours of a roster in one column, and groups that nothing goes to."""

from __future__ import annotations

from datetime import time

import pytest

from dispatcher_tui.site.lists.list_words import ListWords
from tests.site.lists.list_samples import read, refused, told

DAY = (time(8), time(20))


@pytest.mark.parametrize("head", ["当班时间", "值班时间", "hours", "工作时间（起止）"])
@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("08:00-20:00", DAY),
        ("8:00～20:00", DAY),
        ("8点至20点", DAY),
        ("20:00-次日8:00", (time(20), time(8))),
        ("16:00-24:00", (time(16), time(0))),
        ("", (None, None)),
        ("24小时", (None, None)),
    ],
)
def test_one_column_of_hours(head: str, written: str, hours: tuple[time | None, ...]) -> None:
    found = read(f"姓名,岗位,{head}\n甲,主管,{written}\n")
    assert (found.people[0].on_from, found.people[0].on_until) == hours
    assert found.notes == ()


def test_a_span_in_the_column_of_the_beginning_is_both() -> None:
    (person,) = read("姓名,岗位,上班时间\n甲,主管,8:00-20:00\n").people
    assert (person.on_from, person.on_until) == DAY


@pytest.mark.parametrize("written", ["白班", "8:00", "08:00-25:00", "8-12 14-18", "8:00-20:0"])
def test_what_is_no_span_is_refused_by_row_and_head(written: str) -> None:
    assert refused(f"姓名,岗位,当班时间\n甲,主管,{written}\n") == [("row 2 当班时间", "bad_hours")]


def test_one_column_and_two_must_say_the_same() -> None:
    heads = "姓名,岗位,上班,下班,当班时间"
    (person,) = read(f"{heads}\n甲,主管,8:00,20:00,08:00-20:00\n").people
    assert (person.on_from, person.on_until) == DAY
    wrong = refused(f"{heads}\n甲,主管,8:00,20:00,08:00-20:01\n")
    assert wrong == [("row 2 当班时间", "hours_disagree")]


def test_a_group_that_nothing_goes_to_is_told_once_and_stands_as_written() -> None:
    known = frozenset({"security", "service"})
    words = ListWords(
        {}, {"保安": "security", "保安班": "security", "客服": "service"}, known, known
    )
    rows = "甲,主管,保安班\n乙,主管,飞虎队\n丙,主管,飞虎队\n丁,主管,security\n戊,主管,\n"
    found = read(f"姓名,岗位,班组\n{rows}", words)
    assert [each.group for each in found.people] == ["security", "飞虎队", "飞虎队", "security", ""]
    assert list(told(found)) == ["group_strange"]
    strange = told(found)["group_strange"]
    assert (strange["name"], strange["n"], strange["rows"]) == ("飞虎队", "2", "3, 4")
    assert (strange["names_zh"], strange["names_en"]) == ("保安, 客服", "security, service")


def test_where_no_group_is_known_none_is_strange() -> None:
    assert read("姓名,岗位,班组\n甲,主管,飞虎队\n").notes == ()
