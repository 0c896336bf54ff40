"""What a list says that the desk takes its own way is told: roles, and homes but for zeros."""

from __future__ import annotations

import pytest

from dispatcher_tui.present import i18n as words
from dispatcher_tui.present.site.site_problems import reason
from dispatcher_tui.site.lists.list_reading import put_together
from dispatcher_tui.site.lists.list_words import ListWords
from tests.site.lists.list_samples import read, told

LABELS = {
    "管理处负责人": "head",
    "head of the estate office": "head",
    "主管副总经理": "vp",
    "总经理": "gm",
    "主管": "supervisor",
    "保安部经理": "security_manager",
    "工程部经理": "engineering_manager",
    "保安队长": "security_captain",
    "保安班长": "security_lead",
    "维修班长": "maintenance_lead",
    "电梯队长": "lift_captain",
    "实施责任人": "implementer",
    "implementer": "implementer",
}
WORDS = ListWords(LABELS, {}, frozenset({"keeper"}))


def roster(*roles: str) -> str:
    rows = "".join(f"员工{n},{role}\n" for n, role in enumerate(roles))
    return f"姓名,岗位\n{rows}"


@pytest.mark.parametrize(
    ("role", "meant"),
    [
        ("负责人", "head"),
        ("项目经理", "head"),
        ("副总", "vp"),
        ("副总经理", "vp"),
        ("实施人员", "implementer"),
        ("安保经理", "security_manager"),
    ],
)
def test_another_word_for_a_label_is_its_role_and_that_is_said(role: str, meant: str) -> None:
    found = read(roster("主管", role, role), WORDS)
    assert [each.role for each in found.people] == ["supervisor", meant, meant]
    note = told(found)["role_taken"]
    assert (note["text"], note["n"], note["rows"]) == (role, "2", "3, 4")
    assert LABELS[note["name"]] == meant
    assert "role_strange" not in told(found)


@pytest.mark.parametrize("role", ["花匠", "经理", "班长", "电梯", "保安", "长", "Gardener"])
def test_a_role_that_nobody_knows_stands_as_it_is_and_is_named(role: str) -> None:
    found = read(roster("主管", role), WORDS)
    assert [each.role for each in found.people] == ["supervisor", role]
    (note,) = (each for each in found.notes if each.code == "role_strange")
    assert note.key == "row 3 岗位"
    named = told(found)["role_strange"]
    assert (named["name"], named["rows"]) == (role, "3")
    assert "管理处负责人" in named["names_zh"]
    assert "implementer" in named["names_en"]
    words.use("zh")
    assert "管理处负责人" in reason(note)
    assert "implementer" not in reason(note), "in the operator's language, whatever the list's"
    words.use("en")
    assert "implementer" in reason(note)
    assert "管理处负责人" not in reason(note)


@pytest.mark.parametrize("role", ["总经理", "head", "Implementer", "keeper"])
def test_an_id_or_a_label_goes_without_a_word(role: str) -> None:
    assert told(read(roster(role), WORDS)) == {}


def test_without_labels_no_role_is_strange() -> None:
    assert told(read(roster("花匠"))) == {}


def test_homes_that_differ_in_zeros_alone_are_named_with_both_rows() -> None:
    found = read("房号,业主\n1-1-0101,甲\n1-1-102,乙\n1-1-101,丙\n东门岗,丁\n")
    assert [home.place for home in found.households] == ["1-1-0101", "1-1-102", "1-1-101", "东门岗"]
    assert told(found)["place_zeros"] == {"n": "1", "names": "1-1-0101 (2) / 1-1-101 (4)"}
    parts = read("楼栋,单元,房号\n01栋,1单元,101\n1栋,1单元,101\n")
    assert told(parts)["place_zeros"]["names"] == "01-1-101 (2) / 1-1-101 (3)"
    assert "place_zeros" not in told(read("房号,业主\n1-1-101,甲\n1-1-1010,乙\n11-1-01,丙\n"))


def test_so_are_those_of_two_files() -> None:
    one, two = read("房号,业主\n1-1-0101,甲\n"), read("房号,业主\n1-1-101,乙\n")
    (both,) = put_together([one, two])
    assert told(both)["place_zeros"]["names"] == "1-1-0101 / 1-1-101"


def test_a_room_that_lost_its_zero_is_named_with_its_row() -> None:
    found = told(read("房号,业主\n1-1-0101,甲\n1-1-102,乙\n1-1-1203,丙\n1-2-103,丁\n"))
    assert found["zero_lost"] == {"n": "1", "names": "1-1-102 (3)"}
    assert "place_zeros" not in found
    assert "zero_lost" not in told(read("房号,业主\n1-1-0101,甲\n1-1-101,乙\n"))
    assert "zero_lost" not in told(read("房号,业主\n1-1-101,甲\n1-1-1102,乙\n1-1-B01,丙\n"))
    parts = told(read("楼栋,单元,房号,业主\n4栋,1单元,0102,甲\n,,101.0,乙\n"))
    assert parts["zero_lost"] == {"n": "1", "names": "4-1-101 (3)"}
