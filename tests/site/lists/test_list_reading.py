"""Lists as systems and spreadsheets save them: taken, or refused by row; never filed otherwise."""

from __future__ import annotations

import pytest

from dispatcher_tui.site.lists.list_words import ListWords
from dispatcher_tui.site.lists.units import parse_units
from tests.site.lists.list_samples import HOME, PLAIN, read, refused, told, workbook


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("gb18030"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        f"sep=,\n{PLAIN}".encode(),
        f"sep=;\n{PLAIN}".replace(",", ";").encode(),
        f"某花园住户一览表,,\n制表: 王芳,,\n{PLAIN}".encode(),
        PLAIN.replace("place,resident,phone", "房产,业主,联系方式").encode(),
        PLAIN.replace("place,resident,phone", "房号（必填）,住户姓名,手机 号码*").encode(),
        workbook([["place", "resident", "phone"], ["1-1-101", "甲", 13800000001]]),
        workbook([["住户一览表"], ["房间", "业主", "电话"], ["1-1-101", "甲", "13800000001"]]),
    ],
)
def test_one_list_in_every_form_it_is_saved_in(raw: bytes) -> None:
    found = read(raw)
    assert (found.what, found.rows, found.households) == ("units", 1, (HOME,))
    assert parse_units(found.text) == [HOME], "what is adopted says the same"


def test_a_list_in_the_house_s_form_is_adopted_to_the_letter() -> None:
    assert read(PLAIN).text == PLAIN
    assert read(PLAIN.replace(",", ";")).text != PLAIN.replace(",", ";")


def test_cells_of_merged_rows_are_filled_down_and_that_is_said() -> None:
    rows = ",1栋,1单元,101\n,,,102\n,,2单元,101\n,2栋,1单元,101\n,5栋,,3\n"
    found = read(f"place,building,unit,room\n{rows}")
    places = [home.place for home in found.households]
    assert places == ["1-1-101", "1-1-102", "1-2-101", "2-1-101", "5-3"]
    assert told(found)["filled_down"] == {"n": "2", "rows": "3, 4"}


def test_a_room_without_any_building_is_refused() -> None:
    assert refused("building,unit,room\n,,102\n1,1,101\n") == [("row 2 building", "part_missing")]
    for room in ("102", "102室", "102 房"):
        text = f"房号,业主\n{room},甲\n1-1-102,乙\n"
        assert refused(text) == [("row 2 房号", "bare_number")]


def test_units_of_an_only_building_are_no_rooms_alone() -> None:
    found = read("单元,房号,业主\n1单元,101室,甲\n,102室,乙\n2单元,101室,丙\n")
    assert [home.place for home in found.households] == ["1-101", "1-102", "2-101"]
    assert told(found)["filled_down"]["rows"] == "3"


def test_the_estate_s_address_is_no_place_beside_the_rooms() -> None:
    street = "示例市翠柏路288号"
    found = read(f"地址,楼栋,房号,业主\n{street},1栋,101,甲\n{street},1栋,102,乙\n")
    assert [home.place for home in found.households] == ["1-101", "1-102"]
    assert told(found)["columns_unread"] == {"names": "地址"}
    assert read("地址,业主\n1-1-101,甲\n").households[0].place == "1-1-101"
    numbered = read("房产编号,楼栋,房号,业主\nFC0001,1栋,101,甲\n")
    assert [home.place for home in numbered.households] == ["1-101"]


def test_a_whole_place_among_the_rooms_has_to_be_where_its_row_says() -> None:
    heads = "楼栋,单元,房号\n"
    assert read(f"{heads}3栋,2单元,3-2-1502\n").households[0].place == "3-2-1502"
    assert refused(f"{heads}3栋,2单元,3-1-1502\n") == [("row 2 房号", "place_disagrees")]


def test_two_rows_of_one_household_are_one_household() -> None:
    rows = "1栋,1单元,101,甲,13800000001,有狗\n1栋,1单元,101,乙,13800000002,有狗\n"
    found = read(
        f"楼栋,单元,房号,业主姓名,业主手机号,备注\n{rows}1栋,1单元,101,甲,138 0000 0001,\n"
    )
    (home,) = found.households
    assert (home.residents, home.phones) == (("甲", "乙"), ("13800000001", "13800000002"))
    assert home.note == "有狗"
    assert told(found)["merged_rows"] == {"n": "2", "rows": "3, 4"}


def test_any_number_of_residents_in_cells_and_in_columns() -> None:
    rows = '1-1-101,甲、乙,13800000001/13800000002,"丙\n丁",0755-2688 1234 转 801\n'
    found = read(f"房产,业主,电话,家属,家属电话\n{rows}")
    (home,) = found.households
    assert home.residents == ("甲", "乙", "丙", "丁")
    assert home.phones == ("13800000001", "13800000002", "0755-2688 1234 转 801")
    assert parse_units(found.text) == [home]


def test_columns_the_desk_has_not_are_told_and_kept_out_of_the_record() -> None:
    found = read("房产,业主,面积,身份证号\n1-1-101,甲,88.5,110101199001011234\n")
    assert told(found)["columns_unread"] == {"names": "面积, 身份证号"}
    assert "110101" not in found.text


DAMAGED_PHONES = {
    "138****0001": "mangled_masked",
    "138xxxx0001": "mangled_masked",
    "1.38E+10": "mangled_exponent",
    "1.38E10": "mangled_exponent",
    "13800000001.5": "mangled_fraction",
    "138O0000001": "mangled_letters",
    "75526881234": "mangled_zero",
    "1068881234": "mangled_zero",
    "1380013800000000": "mangled_long",
    "########": "mangled_narrow",
    "#N/A": "mangled_error",
    "#REF!": "mangled_error",
    "没有": "bad_phone",
}
REAL_PHONES = (
    "13800000001",
    "0755-2688 1234 转 801",
    "+86 138 0013 8000",
    "8613800138000",
    "(0755)26881234",
    "400-800-1234",
    "4008001234",
    "075526881234",
    "26881234",
    "8001",
    "120",
    "409.7500",
)
DAMAGED_PLACES = {
    "3月2日": "mangled_date",
    "2001年3月2日": "mangled_date",
    "2001/3/2": "mangled_date",
    "2001-03-02": "mangled_date",
    "2001-03-02 00:00:00": "mangled_date",
    "03/02/2001": "mangled_date",
    "2-Mar": "mangled_date",
    "Mar-02": "mangled_date",
    "2-Mar-01": "mangled_date",
    "3.15": "mangled_fraction",
    "1.38E+10": "mangled_exponent",
    "1502": "bare_number",
    "#####": "mangled_narrow",
    "#VALUE!": "mangled_error",
    "3-**": "mangled_masked",
    "-": "no_place",
}
REAL_PLACES = ("3-2-1502", "3-2-2001", "3.2.1502", "3栋2单元1502室", "3/2/1502", "东门岗", "3-1502")


@pytest.mark.parametrize(("phone", "code"), DAMAGED_PHONES.items())
def test_a_number_that_an_export_damaged_is_named_by_row(phone: str, code: str) -> None:
    text = f"place,phone\n1-1-101,13800000001\n1-1-102,{phone}\n"
    assert refused(text) == [("row 3 phone", code)]
    roster = f"姓名,岗位,手机\n甲,主管,13800000001\n乙,主管,{phone}\n"
    assert [code for _key, code in refused(roster)][-1] == code


@pytest.mark.parametrize("phone", REAL_PHONES)
def test_a_number_that_somebody_wrote_passes_as_it_stands(phone: str) -> None:
    found = read(f"place,phone\n1-1-101,{phone}\n")
    assert found.households[0].phones == (phone,)
    assert told(found) == {}


@pytest.mark.parametrize(("place", "code"), DAMAGED_PLACES.items())
def test_a_place_that_an_export_damaged_is_named_by_row(place: str, code: str) -> None:
    assert refused(f"place,phone\n1-1-101,110\n{place},110\n") == [("row 3 place", code)]


@pytest.mark.parametrize("place", REAL_PLACES)
def test_a_place_that_somebody_wrote_is_filed(place: str) -> None:
    assert refused(f"place,phone\n{place},110\n") == []


def test_a_whole_number_with_a_fraction_of_nothing_is_mended_and_that_is_said() -> None:
    found = read("楼栋,单元,房号,电话\n3.0,2.0,1502.0,13800000001.0\n")
    (home,) = found.households
    assert (home.place, home.phones) == ("3-2-1502", ("13800000001",))
    assert told(found)["mended"] == {"n": "1", "rows": "2"}


def test_a_roster_by_labels_goes_by_ids() -> None:
    words = ListWords({"主管": "supervisor"}, {"客服部": "service"})
    found = read("工号,姓名,岗位,职务,部门,手机\n7.0,甲,主管,客服主管,客服部,13800000001\n", words)
    (person,) = found.people
    assert (person.id, person.name, person.role) == ("7", "甲", "supervisor")
    assert (person.group, person.title, person.phones) == ("service", "客服主管", ("13800000001",))
    nameless = read("姓名,岗位\n甲,主管\n", words)
    assert (nameless.people[0].id, nameless.people[0].role) == ("甲", "supervisor")


def test_a_fault_of_a_roster_goes_by_the_row_it_came_in() -> None:
    text = "花名册,,\n姓名,岗位,上班\n甲,主管,\n,,\n甲,主管,25:00\n"
    assert refused(text) == [
        ("row 5 on_until", "half_of_a_span"),
        ("row 5 上班", "bad_time"),
        ("row 5 id", "taken"),
    ]
