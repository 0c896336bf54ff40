"""Rotating shifts from a first day on, beside the patterns of a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dispatcher_tui.domain.site.rota import Rota, put_into
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.site.lists.rota_form import COLUMNS, parse_rota, rota_text
from dispatcher_tui.site.problems import SiteError
from tests.site.lists.test_rota_reading import DEC, hours, refused, rota

HEADS = "早 7:00-15:00,中 15:00-23:00,夜 23:00-7:00\n姓名,起始日期,轮班\n"
EARLY, LATE, DARK, OFF = (7, 15), (15, 23), (23, 7), Absence.OFF


def of(found: Rota, who: str, first: date, days: int) -> list[object]:
    return [hours(found.turn(who, first + timedelta(days=n))) for n in range(days)]


@pytest.mark.parametrize(
    "turns",
    [
        "早早中中夜夜休休",
        "早 早 中 中 夜 夜 休 休",
        "早班、早班、中班、中班、夜班、夜班、休、休",
        "早2中2夜2休2",
        "早×2 中×2 夜×2 休×2",
        "早2天中2天夜2天休2天",
        "7:00-15:00 7:00-15:00 中中 夜夜 休休",
    ],
)
def test_turns_follow_one_another_and_begin_again(turns: str) -> None:
    found = rota(f"{HEADS}王芳,2026-12-01,{turns}\n")
    round_ = [EARLY, EARLY, LATE, LATE, DARK, DARK, OFF, OFF]
    assert of(found, "wang", DEC, 17) == [*round_, *round_, EARLY]
    assert found.turn("wang", DEC - timedelta(days=1)) is None, "not before its first day"
    assert of(found, "wang", date(2028, 2, 27), 4) == [
        round_[((date(2028, 2, 27) - DEC).days + n) % 8] for n in range(4)
    ], "years later, over a leap day"
    assert found.turn("li", DEC) is None


def test_each_begins_on_a_day_of_their_own() -> None:
    found = rota(f"{HEADS}王芳,2026-12-01,早中夜休\n李建国,12月3日,早中夜休\n")
    assert of(found, "li", DEC, 6) == [None, None, EARLY, LATE, DARK, OFF]
    assert of(found, "wang", DEC, 6) == [EARLY, LATE, DARK, OFF, EARLY, LATE]


def test_a_day_goes_before_a_cycle_and_that_before_a_weekday() -> None:
    week = "姓名,一,二,三,四,五,六,日\n李建国,白班,白班,白班,白班,白班,休,休\n"
    day = "姓名,12-02,12-03,12-04\n王芳,夜班,夜班,夜班\n"
    found = rota(f"{HEADS}王芳,2026-12-01,早休\n", week, day)
    assert of(found, "wang", DEC, 5) == [EARLY, (19, 7), (19, 7), (19, 7), EARLY]
    assert hours(found.turn("li", DEC)) == (7, 19)


def test_new_patterns_take_the_place_of_all_before_and_days_of_none() -> None:
    old = rota(f"{HEADS}王芳,2026-12-01,早休\n")
    week = rota("姓名,一,二,三,四,五,六,日\n李建国,白班,白班,白班,白班,白班,休,休\n")
    days = rota("姓名,12-02,12-03,12-04\n王芳,夜班,夜班,夜班\n")
    assert put_into(old, days, DEC).cycles == old.cycles
    assert put_into(old, week, DEC).cycles == {}
    assert put_into(week, old, DEC).week == {}
    assert put_into(week, old, DEC).cycles == old.cycles


@pytest.mark.parametrize(
    ("row", "problems"),
    [
        ("王芳,2026-12-01,早甲休", [("row 3 轮班", "rota_cycle_code")]),
        ("王芳,2026-02-30,早休", [("row 3 起始日期", "bad_date")]),
        ("王芳,,早休", [("row 3 起始日期", "empty_text")]),
        ("王方,2026-12-01,早休", [("row 3 姓名", "rota_person")]),
        ("王芳,2026-12-01,早0", [("row 3 轮班", "rota_cycle_code")]),
        ("王芳,2026-12-01,早99休2", [("row 3 轮班", "rota_cycle_code")]),
        ("王芳,2026-12-01,早休\n王芳,2026-12-02,早休", [("row 4 轮班", "rota_twice")]),
    ],
)
def test_rows_that_are_refused(row: str, problems: list[tuple[str, str]]) -> None:
    assert refused(f"{HEADS}{row}\n") == problems


def test_the_house_form_lacks_no_turn() -> None:
    found = rota(f"{HEADS}王芳,2026-12-01,早中休\n")
    text = rota_text(found)
    assert "wang,2026-12-01+2/3," in text
    assert parse_rota(text) == found
    lines = text.splitlines()
    assert lines[0] == ",".join(COLUMNS)
    with pytest.raises(SiteError) as error:
        parse_rota("\n".join([*lines[:2], *lines[3:]]))
    assert [each.code for each in error.value.problems] == ["rota_cycle_gap"]
    for wrong in ("2026-12-01+0/3", "2026-12-01+4/3", "2026-12-01+1/101", "x+1/3", "2026-12-01+1"):
        with pytest.raises(SiteError):
            parse_rota(f"{lines[0]}\nwang,{wrong},早,07:00,15:00,\n")
