"""What is left of a damaged value is never filed, under whatever marks it hides."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from dispatcher_tui.domain.words.mangled import phone_damage
from dispatcher_tui.domain.words.phone import plausible_phone
from tests.site.lists.list_samples import read, refused, told, workbook

MASKED = (
    "138...0004",
    "138…0004",
    "138----0004",
    "138--0004",
    "138——0004",
    "138 .... 0004",
    "138////0004",
    "138####0004",
    "138,,,,0004",
    "138・・・・0004",
    "138-#-0004",
    "1380000----",
    "138........",
    "....0004",
    "0755----1234",
    "(0755)....1234",
    "138...0004转801",
)
CUT = (
    "138–0004",
    "138,0004",
    "138-0004",
    "138 0004",
    "138.0004.00",
    "(138)0004",
    "1380004",
    "13800000000138",
    "138000000001",
    "138 0000 0000 138",
    "861380000000013",
    "+86 138 0004",
    "0086-138-0004",
    "138-0004转801",
)
WHOLE = (
    "13800000001",
    "138-0000-0001",
    "138 0000 0001",
    "138–0000–0001",
    "138.0000.0001",
    "13800000001转801",
    "13800000001-801",
    "138-0000-0001分机801",
    "+86 138 0013 8000",
    "+8613800138000",
    "008613800138000",
    "8613800138000",
    "86138888",
    "0755-2688 1234 转 801",
    "(0755)26881234",
    "0755-26881234-801",
    "400-800-1234",
    "400-800-1234转801",
    "1380",
    "13-16",
    "138001",
    "16-1-1203",
    "136.5125",
    "409.7500",
    "110",
    "95588",
    "12345",
    "+852 2345 6789",
    "+1 310 555 0100",
)


LEFT_OVER = (
    *("-13800000001", "+-13800000001", "－13800000001", "—13800000001", "−13800000001"),
    *("- 13800000001", "(-13800000001)", "-110", "/13800000001", ".8001", "13800000001-", "8001/"),
)
MOMENTS = ("1921-11-26", "2015/3/2", "3/2/2015", "03:02", "3:02:00", "1921-11-26 00:00:00")


@pytest.mark.parametrize("phone", MASKED + CUT + LEFT_OVER + MOMENTS + ("=13800000001",))
def test_what_marks_left_of_a_number_is_refused(phone: str) -> None:
    text = f'place,phone\n1-1-101,13800000001\n1-1-102,"{phone}"\n'
    assert {key for key, _code in refused(text)} == {"row 3 phone"}
    roster = f'姓名,岗位,手机\n甲,主管,13800000001\n乙,主管,"{phone}"\n'
    assert {key for key, _code in refused(roster)} >= {"row 3 手机"}


def test_the_reason_is_the_mask_or_the_figures() -> None:
    assert {phone_damage(each) for each in MASKED} == {"mangled_masked"}
    assert {phone_damage(each) for each in CUT} == {"mangled_cut"}
    assert {phone_damage(each) for each in LEFT_OVER} == {"mangled_sign"}
    assert {phone_damage(each) for each in MOMENTS} == {"mangled_moment"}


@pytest.mark.parametrize("phone", WHOLE)
def test_a_number_that_can_be_dialled_is_no_damage(phone: str) -> None:
    assert phone_damage(phone) == ""
    assert plausible_phone(phone)


@pytest.mark.parametrize("room", ["36951", "=1+1", "102", "102室", "＝B2", "46022"])
@pytest.mark.parametrize("first", [True, False])
def test_without_a_building_nothing_is_taken_from_the_row_above(room: str, first: bool) -> None:
    rows = [f"{room},甲,110", "7-1-0101,乙,110"]
    text = "\n".join(["房号,业主,电话", *(rows if first else rows[::-1]), "5-1-0106,丙,110"])
    assert [key for key, _code in refused(text)] == [f"row {2 if first else 3} 房号"]


def test_a_whole_place_says_nothing_of_merged_cells() -> None:
    heads = "楼栋,单元,房号\n"
    assert refused(f"{heads},,7-1-0101\n,,102\n") == [("row 3 楼栋", "part_missing")]
    assert refused("单元,房号,业主\n,7-1-0101,甲\n,102,乙\n") == [("row 3 房号", "bare_number")]
    found = read(f"{heads}7栋,1单元,7-1-0101\n,,102\n")
    assert [home.place for home in found.households] == ["7-1-0101", "7-1-102"]


@pytest.mark.parametrize("part", ["36951", "46022", "１２３４５", "369510", "=1+1", "=B2&C2"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_no_part_of_a_place_is_a_day_or_a_formula(part: str, at: int) -> None:
    cells = ["7栋", "1单元", "101"]
    cells[at] = part
    heads = ("楼栋", "单元", "房号")
    found = refused(f"楼栋,单元,房号\n7栋,1单元,102\n{','.join(cells)}\n")
    assert [key for key, _code in found] == [f"row 3 {heads[at]}"]


@pytest.mark.parametrize("room", ["101", "1502", "9999", "01502", "10A", "A101", "101室", "商铺3"])
def test_a_room_beside_its_building_is_filed(room: str) -> None:
    found = read(f"楼栋,单元,房号\n7栋,1单元,102\n,,{room}\n")
    assert len(found.households) == 2
    assert told(found)["filled_down"] == {"n": "1", "rows": "3"}


def test_a_number_of_five_figures_is_no_damage_to_an_id() -> None:
    assert read("工号,姓名,岗位\n36951,甲,主管\n").people[0].id == "36951"


@pytest.mark.parametrize("mark", ["'{}", "‘{}", "`{}", '="{}"', '"{}"', "'{}'"])
def test_marks_that_keep_a_cell_a_text_are_taken_off_and_that_is_said(mark: str) -> None:
    cells = [mark.format(each).replace('"', '""') for each in ("3-2-1502", "张伟", "13800000001")]
    found = read('place,resident,phone\n1-1-101,甲,110\n"' + '","'.join(cells) + '"\n')
    home = found.households[1]
    assert (home.place, home.residents, home.phones) == ("3-2-1502", ("张伟",), ("13800000001",))
    assert told(found) == {"marks_off": {"n": "1", "rows": "3"}}


def test_rows_of_totals_are_nobody_s_and_that_is_said() -> None:
    rows = "1栋,1单元,101,甲\n小计,,1,\n2栋,1单元,101,乙\n合计：,,=SUM(C2:C4),\n"
    found = read(f"楼栋,单元,房号,业主\n{rows}")
    assert [home.place for home in found.households] == ["1-1-101", "2-1-101"]
    assert told(found) == {"totals_left": {"n": "2", "rows": "3, 5"}}


@pytest.mark.parametrize(
    "cell",
    [
        *("13900000007 / 0755-26880007", "13900000007/0755-2688 0007", "13900000007 0755-26880007"),
        *(
            "0755-2688 0007/139 0000 0007",
            "139-0000-0007/(0755)26880007",
            "+86 139 0000 0007/0755-2688007",
        ),
    ],
)
def test_two_whole_numbers_of_a_cell_are_two(cell: str) -> None:
    (home,) = read(f"place,phone\n1-1-101,{cell}\n").households
    assert len(home.phones) == 2


def test_channels_of_the_radios_pass_in_a_roster_and_in_no_register() -> None:
    cells = ("对讲3频道", "CH 3", "3频道", "对讲机 3 号", "13800000001/对讲3频道")
    rows = "".join(f"甲{n},主管,{cell}\n" for n, cell in enumerate(cells))
    found = read(f"姓名,岗位,手机\n{rows}")
    assert [person.phones for person in found.people] == [
        *((cell,) for cell in cells[:4]),
        ("13800000001", "对讲3频道"),
    ]
    assert told(found) == {}
    assert [key for key, _code in refused("place,phone\n1-1-101,3频道\n")] == ["row 2 phone"]


def test_values_of_a_workbook_that_are_no_texts_are_named_by_row() -> None:
    values = (time(3, 2), date(2015, 3, 2), True, False, -1502, 1502.5, 0.15, timedelta(hours=27))
    rows: list[list[object]] = [["楼栋", "单元", "房号", "电话"], [3, 2, 1502, 13800000001]]
    rows += [[3, 2, value, 13800000001] for value in values]
    rows += [[3, 2, 1602, value] for value in (time(3, 2), date(1921, 11, 26), True, -13800000001)]
    found = refused(workbook(rows))
    assert [key for key, _code in found] == [
        *(f"row {n} 房号" for n in range(3, 11)),
        *(f"row {n} 电话" for n in range(11, 15)),
    ]
