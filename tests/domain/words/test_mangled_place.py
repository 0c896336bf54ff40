"""What a spreadsheet or a formula made of a place is no place; what somebody writes is one."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.words.mangled_place import (
    id_damage,
    part_damage,
    place_damage,
    room_damage,
)
from dispatcher_tui.domain.words.place import normalise_place

DECIMALS = (
    *("3-2-1502.0", "3-2-1401.5", "3-2.0-1502", "3.0-2-1502", "3.2.1502.0", "3-2-1502.00"),
    *("3栋2单元1502.0", "3栋2单元1502.5室", "1502.0", "1502.5", "3-2-1502。0", "3/2/1502.5"),
)
TIMES = (
    *("03:02", "3:02:00", "15:02", "00:15:02", "12:30:00.000", "27:02:15", "3:02 PM", "03：02"),
    *("下午3:02", "3时2分", "3时02分00秒", "3:2"),
)
DATES = (
    *("3月2日", "三月二日", "十二月三十一日", "二〇一五年三月二日", "一月", "2015年", "2-三月"),
    *("3/2/2015", "03/02/15", "15/3/2", "3/2", "2015/3/2", "2015-03-02 00:00:00", "2311-03-24"),
    *("2-Mar", "Mar-02", "2 March 2015", "March", "星期一", "周日", "礼拜天", "Monday", "Tue"),
    *("2015年3月2日 星期一", "Monday, March 2, 2015", "2015-03-02T00:00:00"),
)
WORDS = ("TRUE", "False", "真", "否", "NULL", "None", "nan", "N/A", "无", "3-2-TRUE", "3栋null")
AMOUNTS = ("15%", "￥1502", "$1,502.00", "1,502", "1502元", "(1502)")
GAPS = (
    *(
        "-1502",
        "-2-1502",
        "3--1502",
        "3-2-",
        "3 - - 1502",
        "栋2单元1502",
        "3栋单元1502",
        "3栋2单元室",
    ),
    *("3//1502", "+3-2-1502", "3-2-1502、", "——1502"),
)
REAL = (
    *("3-2-1502", "3.2.1502", "3.2.1502室", "A.2.1502", "3、2、1502", "3 2 1502", "3:2:1502"),
    *("3/2/1502", "3-2-2015", "3-2-15", "03-02", "三栋二单元1502", "3·2·1502", "3～2～1502"),
    *("3栋-2单元-1502", "3 - 2 - 1502", "3——2——1502", "3-2-1502（租户）", "3#-2-1502", "A-1203"),
    *("东门岗", "B1层车库", "-1层车库", "V1.0机房", "周一烘焙店", "Marina", "Monet 3", "真味饭店"),
    *("3栋--1层车库", "一月花园3-1502", "是是商铺"),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((text, "mangled_fraction") for text in DECIMALS),
        *((text, "mangled_time") for text in TIMES),
        *((text, "mangled_date") for text in DATES),
        *((text, "mangled_word") for text in WORDS),
        *((text, "mangled_money") for text in AMOUNTS),
        *((text, "mangled_sign") for text in GAPS),
        *(
            (text, "mangled_error")
            for text in ("#N/A", "3-2-#N/A", "3栋#REF!", "3-2-#VALUE!", "=A1")
        ),
    ],
)
def test_what_a_program_made_of_it_is_no_place(text: str, code: str) -> None:
    assert place_damage(text) == code
    assert part_damage(text) == code


@pytest.mark.parametrize("text", REAL)
def test_what_somebody_writes_is_one(text: str) -> None:
    assert place_damage(text) == ""


def test_while_it_is_typed_any_separator_will_do() -> None:
    for typed in ("3.2.1502", "3:2:1502", "3/2/1502"):
        assert normalise_place(typed) == "3-2-1502"


@pytest.mark.parametrize("part", ["-1", "+2", "—3", "36951", "TRUE", "03:02", "1.5"])
def test_no_part_of_a_place(part: str) -> None:
    assert room_damage(part)


@pytest.mark.parametrize("part", ["1502", "A", "3栋", "１５０２", "101室", "商铺3", "-1层"])
def test_a_part_of_a_place(part: str) -> None:
    assert room_damage(part) == ""


def test_an_id_may_be_any_word() -> None:
    assert [id_damage(each) for each in ("", "7", "may-li", "true", "a1")] == [""] * 5
    assert [id_damage(each) for each in ("2-Mar", "1.5", "03:02")] == [
        "mangled_date",
        "mangled_fraction",
        "mangled_time",
    ]
