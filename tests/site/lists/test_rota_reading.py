"""Rotas as they come, and what of them is refused by row and column with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

import pytest

from dispatcher_tui.domain.site.rota import Rota, RotaTurn
from dispatcher_tui.domain.time.calendar import Shift
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Absence, Label
from dispatcher_tui.site.lists.list_reading import Incoming, read_list
from dispatcher_tui.site.lists.rota_form import parse_rota, rota_text
from dispatcher_tui.site.lists.rota_heads import days_known
from dispatcher_tui.site.lists.rota_reading import RotaWords
from dispatcher_tui.site.lists.rota_sheets import read_rotas
from dispatcher_tui.site.problems import SiteError
from tests.site.lists.list_samples import PLAIN, sayable, workbook

PEOPLE = [
    Person("li", "李建国", "dispatcher"),
    Person("wang", "王芳", "dispatcher"),
    Person("zhang1", "张伟", "implementer"),
    Person("zhang2", "张伟", "implementer"),
]
SHIFTS = (
    Shift(Label("白班", "Day"), time(7), time(19)),
    Shift(Label("夜班", "Night"), time(19), time(7)),
)
WORDS = RotaWords(PEOPLE, SHIFTS, {}, date(2026, 11, 30))
DEC = date(2026, 12, 1)


def read(*raw: str | bytes, words: RotaWords = WORDS, file: str = "rota") -> Incoming:
    lists: list[Incoming] = []
    for each in raw:
        lists += read_list(each.encode() if isinstance(each, str) else each, file)
    assert {each.what for each in lists} == {"rota"}
    return read_rotas(lists, words)


def rota(*raw: str | bytes, words: RotaWords = WORDS) -> Rota:
    found = read(*raw, words=words)
    assert parse_rota(found.text) == found.rota
    return found.rota


def refused(*raw: str | bytes) -> list[tuple[str, str]]:
    try:
        read(*raw)
    except SiteError as error:
        return [(each.key, each.code) for each in error.problems if sayable(each)]
    return []


def hours(turn: RotaTurn | None) -> tuple[int, int] | Absence | None:
    if turn is None or turn.start is None or turn.end is None:
        return turn.absence if turn else None
    return turn.start.hour, turn.end.hour


@pytest.mark.parametrize(
    "heads",
    [
        "姓名,2026-12-01,2026-12-02,2026-12-03",
        "姓名,2026/12/1,2026/12/2,2026/12/3",
        "姓名,2026年12月1日,2026年12月2日,2026年12月3日",
        "name,12-1,12-2,12-3",
        "人员,12月1日(二),12月2日(三),12月3日(四)",
        "2026年12月保安部排班表\n姓名,1,2,3",
        "12月排班\n姓名,1日,2日,3日",
        "2026年12月\n姓名,1,2,3\n,二,三,四",
        "2026年12月\n,周二,周三,周四\n姓名,1,2,3",
        "姓名;12/1;12/2;12/3",
    ],
)
def test_days_as_they_are_written(heads: str) -> None:
    row = "李建国,白,夜,休".replace(",", ";" if ";" in heads else ",")
    found = rota(f"{heads}\n{row}\n")
    turns = [hours(found.turn("li", date(2026, 12, day))) for day in (1, 2, 3)]
    assert turns == [(7, 19), (19, 7), Absence.OFF]
    assert len(found.lines) == 3


def test_a_workbook_has_its_days_as_days() -> None:
    days = [date(2026, 12, n) for n in (1, 2, 3)]
    raw = workbook([["姓名", *days], ["王芳", "白", "夜", "休"]])
    turns = [hours(rota(raw).turn("wang", day)) for day in days]
    assert turns == [(7, 19), (19, 7), Absence.OFF]


def test_a_weekly_pattern() -> None:
    legend = "早 07:00-15:00 中 15:00-23:00 晚 23:00-次日7:00"
    heads = "姓名,周一,周二,周三,周四,周五,周六,周日"
    found = rota(f"{legend}\n{heads}\n李建国,早,中,晚,休,早,中,晚\n")
    turns = [hours(found.turn("li", date(2026, 12, 7 + n))) for n in range(4)]
    assert turns == [(7, 15), (15, 23), (23, 7), Absence.OFF]
    assert not found.days
    assert found.turn("li", DEC) == found.turn("li", date(2027, 12, 7)), "every week"


@pytest.mark.parametrize(
    "legend",
    [
        "注：早班 7:00-15:00，中班 15:00-23:00",
        "早班（7:00～15:00）；中班（15:00～23:00）",
        "早=07:00-15:00 中=15:00-23:00",
        "早07:00-15:00，中15:00-23:00",
        "早班7:00-15:00中班15:00-23:00",
        "早7-15 中15-23",
        "早7点-15点；中15点至23点",
        "早,07:00-15:00,中,15:00-23:00",
    ],
)
def test_a_legend_above_or_below(legend: str) -> None:
    table = "姓名,12-1,12-2,12-3\n李建国,早,中班,早班\n"
    for text in (f"{legend}\n{table}", f"{table}{legend}\n"):
        found = rota(text)
        assert [hours(found.turn("li", date(2026, 12, n))) for n in (1, 2, 3)] == [
            (7, 15),
            (15, 23),
            (7, 15),
        ]


@pytest.mark.parametrize("between", [" ", ":", "：", "="])
def test_a_figure_that_ends_a_code_is_none_of_its_hours(between: str) -> None:
    legend = f"D1{between}07:00-15:00 D2{between}15-23"
    found = rota(f"{legend}\n姓名,12-1,12-2,12-3\n李建国,D1,D2,休\n")
    assert hours(found.turn("li", DEC)) == (7, 15)
    assert hours(found.turn("li", date(2026, 12, 2))) == (15, 23)


def test_what_codes_mean_without_a_legend() -> None:
    words = (
        "假",
        "年假",
        "训",
        "病假",
        "调休",
        "晚",
        "夜班",
        "Day",
        "8-16",
        "20:00-次日8:00",
        "16:00-24:00",
    )
    heads = ",".join(f"12-{n}" for n in range(1, len(words) + 1))
    found = rota(f"姓名,{heads}\n李建国,{','.join(words)}\n")
    assert [hours(found.turn("li", date(2026, 12, n))) for n in range(1, len(words) + 1)] == [
        *(Absence.LEAVE, Absence.LEAVE, Absence.TRAINING, Absence.ILL, Absence.OFF),
        *((19, 7), (19, 7), (7, 19), (8, 16), (20, 8), (16, 0)),
    ]


def test_the_codes_of_the_rota_in_force_are_known() -> None:
    known = {"早": RotaTurn("早", time(6), time(14))}
    text = "姓名,12-1,12-2,12-3\n李建国,早,早,休\n"
    assert refused(text) == [("row 2 12-1", "rota_code"), ("row 2 12-2", "rota_code")]
    found = rota(text, words=RotaWords(PEOPLE, SHIFTS, known, DEC))
    assert hours(found.turn("li", DEC)) == (6, 14)
    own = rota("早 05:00-13:00\n" + text, words=RotaWords(PEOPLE, SHIFTS, known, DEC))
    assert hours(own.turn("li", DEC)) == (5, 13), "the file's own legend goes before"


def test_a_year_that_is_not_written_is_the_nearest() -> None:
    text = "姓名,1-1,1-2,1-3\n李建国,白,白,白\n"
    assert min(day for _who, day in rota(text).days) == date(2027, 1, 1)
    words = RotaWords(PEOPLE, SHIFTS, {}, date(2026, 1, 20))
    assert min(day for _who, day in rota(text, words=words).days) == date(2026, 1, 1)


def test_empty_cells_and_other_columns_and_rows_are_told() -> None:
    text = "姓名,岗位,12-1,12-2,12-3,合计\n李建国,调度,白,,夜,2\n制表人：王,,,,,\n"
    found = read(text)
    told = {each.code: each.detail for each in found.notes if sayable(each)}
    assert told["rota_blank"] == {"n": "1"}
    assert told["rota_rows_left"] == {"rows": "3", "n": "1"}
    assert told["columns_unread"] == {"names": "岗位, 合计"}
    assert found.rota.turn("li", date(2026, 12, 2)) is None


_THREE = [("row 3 12-1", "rota_code"), ("row 3 12-2", "rota_code"), ("row 3 12-3", "rota_code")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("李建果,白,白,白", [("row 2 姓名", "rota_person")]),
        ("张伟,白,白,白", [("row 2 姓名", "rota_two_named")]),
        (",白,白,白", [("row 2 姓名", "empty_text")]),
        ("李建国,白,√,白", [("row 2 12-2", "rota_code")]),
        ("李建国,白,25:00-8:00,白", [("row 2 12-2", "rota_code")]),
        ("李建国,白,#REF!,白", [("row 2 12-2", "mangled_error")]),
        ("李建国,白,2026-07-15,白", [("row 2 12-2", "rota_code")]),
        ("李建国,白,,白\n王芳,白,,\n李建国,夜,,", [("row 4 12-1", "rota_twice")]),
        ("李建国,白,白,白\n李建国,夜,夜,夜", [("row 3 12-1", "rota_twice")]),
        ("李建国,白,,白\n李建国,,夜,", []),
        ("李建国,白,白,白\n制表：王,审核：,,", []),
        ("李建国,白,白,白\n,审核：,批准：,", []),
        ("李建国,白,白,白\n赵六,审,批,定", [("row 3 姓名", "rota_person"), *_THREE]),
    ],
)
def test_rows_that_are_refused(text: str, problems: list[tuple[str, str]]) -> None:
    assert refused(f"姓名,12-1,12-2,12-3\n{text}\n") == problems


@pytest.mark.parametrize(
    ("heads", "problems"),
    [
        ("姓名,11-29,11-30,11-31", [("row 1 11-31", "bad_date")]),
        ("姓名,12-1,12-2,13-1", [("row 1 13-1", "bad_date")]),
        ("姓名,12-1,12-2,12-3x", [("row 1 12-3x", "bad_date")]),
        ("姓名,12-1,12-2,12-1", [("row 1 12-1", "duplicate")]),
        (
            "姓名,1,2,3",
            [("row 1 1", "rota_month"), ("row 1 2", "rota_month"), ("row 1 3", "rota_month")],
        ),
        ("姓名,12-1,12-2,12-3\n,二,三,五", [("row 2 12-3", "rota_weekday")]),
    ],
)
def test_days_that_are_none(heads: str, problems: list[tuple[str, str]]) -> None:
    assert refused(f"{heads}\n李建国,白,白,白\n") == problems


def test_an_id_tells_two_of_one_name_apart() -> None:
    found = rota("工号,姓名,12-1,12-2,12-3\nzhang2,张伟,夜,夜,夜\n")
    assert {who for who, _day in found.days} == {"zhang2"}
    wrong = "工号,姓名,12-1,12-2,12-3\nzhang2,王芳,夜,夜,夜\n"
    assert refused(wrong) == [("row 2 工号", "rota_person")]


def test_months_in_several_sheets_are_one_rota() -> None:
    one = [["姓名", "2026-12-01", "2026-12-02", "2026-12-03"], ["李建国", "白", "白", "白"]]
    two = [["姓名", "2027-01-01", "2027-01-02", "2027-01-03"], ["李建国", "夜", "夜", "夜"]]
    assert len(rota(workbook(one, two)).days) == 6
    assert refused(workbook(one, one)) == [("", "in_two_lists")]


def test_other_lists_are_no_rotas() -> None:
    units = "楼栋,单元,房号,业主\n1,2,101,甲\n1,2,102,乙\n"
    people = "姓名,岗位,入职,离职\n甲,dispatcher,2026-01-01,2026-12-31\n"
    for text, what in ((PLAIN, "units"), (units, "units"), (people, "roster")):
        assert [each.what for each in read_list(text.encode(), "list")] == [what]
    assert days_known(("1", "2", "101", "甲")) == 0
    both = read_list(workbook([["姓名", "12-1", "12-2"], ["李建国", "白", "夜"]], *_plain()), "b")
    assert [each.what for each in both] == ["rota", "units"]


def _plain() -> Iterable[list[list[Any]]]:
    yield [line.split(",") for line in PLAIN.splitlines()]


def test_the_house_form_says_its_hours_itself() -> None:
    found = rota("姓名,12-1,12-2,12-3\n李建国,夜,休,假\n", "姓名,周一,周二,周三\n王芳,白,白,白\n")
    text = rota_text(found)
    assert "li,2026-12-01,夜,19:00,07:00," in text
    assert "li,2026-12-03,假,,,leave" in text
    assert "wang,mon,白,07:00,19:00," in text
    assert parse_rota(text) == found
    for bad in (
        "li,mondays,夜,19:00,07:00,",
        "li,mon,夜,19,07:00,",
        "li,mon,夜,,,",
        "li,mon,夜,,,x",
    ):
        with pytest.raises(SiteError):
            parse_rota(f"person,day,code,on_from,on_until,absence\nli,{bad}\n")
