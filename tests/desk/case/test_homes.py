"""Homes at the desk: found in the adopted register, with the flats next to them and the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.case.find import find
from dispatcher_tui.desk.case.homes import look_up, next_flats
from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.case.story import read_story
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.site.register import NextTo
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.store.rebuild import rebuild
from tests.desk.alarms import AT
from tests.desk.on_watch import open_desk

LIST = """place,resident,phone,resident2,phone2
3-2-1402,文飞,13700007595,,
3-2-1502,阎雅倩,13900003534,,
3-2-1602,萧华,13900005142,贾萍文,
"""


def adopt(desk: Desk, text: str = LIST) -> None:
    adopt_units(desk, parse_units(text, "units.csv"), text)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = open_desk(tmp_path, AT)
    adopt(desk)
    return desk


def test_the_fields_offer_the_home_that_is_meant_and_find_the_flats_to_ring(desk: Desk) -> None:
    for typed in ("1502", "3534", "阎雅", "yyq", "139 0000 3534"):
        found = look_up(desk, typed, "")
        meant = [(x.household.place, x.phone) for x in found.by_place]
        assert meant == [("3-2-1502", "13900003534")], typed
        assert found.by_phone == ()
        beside = look_up(desk, "", typed)
        assert (beside.by_place, beside.by_phone) == ((), found.by_place)
    there = look_up(desk, "3-2-1502", "")
    assert there.home.household is not None
    assert there.by_place == ()
    for typed in ("3-2-1502", "yyq", "3534"):
        (reach,) = find(desk, typed).homes
        assert reach.found.household.place == "3-2-1502"
        assert [(f.where, f.household.phones) for f in reach.near] == [
            (NextTo.ABOVE, ("13900005142",)),
            (NextTo.BELOW, ("13700007595",)),
        ]


def test_what_is_found_and_not_listed_is_counted(desk: Desk) -> None:
    row = "{n}-1-0101,王小明,1380000{n:04}\n"
    for homes, beyond in ((9, 0), (10, 1), (23, 14)):
        adopt(
            desk, "place,resident,phone\n" + "".join(row.format(n=n) for n in range(1, homes + 1))
        )
        found = find(desk, "王小明")
        assert (len(found.homes), found.beyond.homes) == (9, beyond)
        assert look_up(desk, "wxm", "").beyond == beyond
    assert look_up(desk, "3-1-0101", "").beyond == 0
    for n in range(51):
        assert (n > 50) == find(desk, "漏水").beyond.cases
        desk.open_case(Intake(said="漏水", place="3-1-0101"))
    assert find(desk, "漏水").beyond.cases
    assert len(find(desk, "漏水").cases) == 50


def test_another_list_is_another_register(desk: Desk) -> None:
    assert look_up(desk, "yyq", "").by_place
    adopt(desk, LIST.replace("阎雅倩", "孙晓"))
    assert look_up(desk, "yyq", "").by_place == ()
    assert look_up(desk, "sx", "").by_place[0].household.place == "3-2-1502"


def test_two_leaks_one_floor_apart_are_seen_from_each_other(desk: Desk) -> None:
    upper = desk.open_case(Intake(said="漏水", place="3-2-1602")).case
    desk.open_case(Intake(said="停电", place="3-1-1502"))
    lower = desk.open_case(Intake(said="天花板滴水", place="3-2-1502")).case
    above, below = next_flats(desk, "3-2-1502")
    assert (above.where, above.household.place) == (NextTo.ABOVE, "3-2-1602")
    assert [line.id for line in above.cases] == [upper.id]
    assert (below.where, below.household.place, below.cases) == (NextTo.BELOW, "3-2-1402", ())
    assert read_story(desk, lower.id).near == (above, below)
    (seen,) = next_flats(desk, "3-2-1602")
    assert [line.id for line in seen.cases] == [lower.id]
    assert next_flats(desk, "北门") == ()


def test_a_number_beside_the_adopted_one_is_shouted_and_stands_behind_it(desk: Desk) -> None:
    query = "UPDATE units SET data = json_set(data, '$.phones', json_array(?)) WHERE place = ?"
    desk.store.db.run(query, ("13999999999", "3-2-1602"))
    found = find(desk, "3-2-1502")
    above, _below = found.homes[0].near
    assert above.household.phones[0] == "13900005142"
    assert "13999999999" in above.household.phones[1:]
    assert [(each.row, each.found) for each in found.differing] == [("3-2-1602", ("13999999999",))]
    assert look_up(desk, "9999", "").by_place == (), "nobody is found by it"


def test_an_enquiry_is_found_by_caller_number_place_and_words(desk: Desk) -> None:
    form = Intake(
        kind=IntakeKind.ENQUIRY, said="物业费怎么交", caller="钱多多", phone="13612345678"
    )
    entry = desk.note("", form)
    desk.note("水泵房钥匙在抽屉里")
    desk.open_case(Intake(said="物业费没人管", place="3-2-1502"))
    for typed in ("钱多", "qdd", "5678", "13612345678", "物业费"):
        assert [each.seq for each in find(desk, typed).notes] == [entry.seq], typed
    assert [line.place for line in desk.store.search("物业费")] == ["3-2-1502"]
    assert find(desk, "没有的").notes == ()
    assert len(find(desk, "钥匙").notes) == 1
    rules = desk.rules
    rebuild(
        desk.store,
        fold=fold,
        duties_of=lambda each: duties(each, rules),
        level_of=lambda each: rules.procedure.level(each.level),
        initials=desk.initials,
    )
    assert [each.seq for each in find(desk, "qdd").notes] == [entry.seq], "made anew with the lists"
    assert [line.place for line in desk.store.search("物业费")] == ["3-2-1502"]
