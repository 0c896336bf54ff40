"""Roster and units as spreadsheets save them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.site.lists.list_reading import read_roster, read_units
from dispatcher_tui.site.lists.roster import COLUMNS, parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.problems import SiteError
from tests.site import samples


def test_a_roster() -> None:
    chen, wu = parse_roster(samples.ROSTER)
    assert chen == Person(
        id="chen",
        name="陈志强",
        role="head",
        group="management",
        title="负责人",
        phones=("13900000101",),
        valid_from=date(2022, 3, 1),
        deputy="wu",
    )
    assert wu.phones == ("13900000104", "8001")
    assert (wu.on_from, wu.on_until) == (time(8, 30), time(17, 30))


def test_what_a_spreadsheet_makes_of_times_and_dates() -> None:
    text = samples.ROSTER.replace("08:30,17:30", "8:30,24:00").replace("2022-03-01", "2022/3/1")
    chen, wu = parse_roster(text)
    assert (wu.on_from, wu.on_until) == (time(8, 30), time(0))
    assert chen.valid_from == date(2022, 3, 1)


def test_columns_in_any_order_empty_rows_and_spaces() -> None:
    people = parse_roster(" Role ,ID,name\n\nhead, chen ,陈志强\n,,\n")
    assert people == [Person(id="chen", name="陈志强", role="head")]


def test_where_somebody_stands_and_what_they_can_do() -> None:
    header = samples.ROSTER.replace("deputy\n", "deputy,post,skills\n")
    text = header.replace(",,wu\n", ',,wu,东门岗,"CPR, lift、electrician；cpr  急救"\n')
    chen, wu = parse_roster(text)
    assert (chen.post, chen.skills) == ("东门岗", ("cpr", "lift", "electrician", "急救"))
    assert (wu.post, wu.skills) == ("", ())
    assert parse_roster(samples.ROSTER)[0].skills == (), "a list of before has no such columns"


def test_the_row_is_counted_as_a_spreadsheet_counts() -> None:
    text = 'place,resident,phone\n1-1-0101,"张\n伟",110\n\n1-1-0102,李娜,bad\n'
    with pytest.raises(SiteError) as caught:
        parse_units(text)
    assert [problem.key for problem in caught.value.problems] == ["row 4 phone"]


def test_all_rows_are_judged() -> None:
    text = "place,phone\n1-1-0101,x\n1-1-0101,y\n,1\n"
    with pytest.raises(SiteError) as caught:
        parse_units(text)
    assert [(problem.key, problem.code) for problem in caught.value.problems] == [
        ("row 2 phone", "bad_phone"),
        ("row 3 place", "taken"),
        ("row 3 phone", "bad_phone"),
        ("row 4 place", "empty_text"),
        ("row 4 phone", "bad_phone"),
    ]


def test_units() -> None:
    first, second = parse_units(samples.UNITS)
    assert first == Household(
        place="3-2-1502",
        residents=("张伟", "李娜"),
        phones=("13800000001", "13800000002"),
        warning="养大型犬",
    )
    assert (second.residents, second.note) == ((), "空置")


def test_a_place_is_put_together_from_its_parts_and_spelled_one_way() -> None:
    households = parse_units("place,building,unit,room\n,3,2,1502\n3栋1单元101室,,,\n,5,,2\n")
    assert [household.place for household in households] == ["3-2-1502", "3-1-101", "5-2"]


def test_a_list_saved_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(samples.ROSTER.replace("\n", "\r\n").encode("utf-8-sig"))
    assert [person.id for person in read_roster(path)] == ["chen", "wu"]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8-sig"])
def test_a_list_saved_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(samples.UNITS.encode(encoding))
    assert read_units(path) == parse_units(samples.UNITS)


def test_control_characters_do_not_come_in() -> None:
    (household,) = parse_units("place,resident,note\n1-1-0101,张\u202e伟,\x1b[2J看门狗\n")
    assert household.residents == ("张伟",)
    assert household.note == "[2J看门狗"


@pytest.mark.parametrize("text", ["", "\n", "\x00", "place\n"])
def test_a_list_without_its_header(text: str) -> None:
    with pytest.raises(SiteError) as caught:
        parse_roster(text)
    assert "missing_column" in {problem.code for problem in caught.value.problems}


def test_a_header_alone_is_an_empty_list() -> None:
    assert parse_roster(",".join(COLUMNS)) == []
