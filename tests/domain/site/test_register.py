"""Homes by whatever a caller gives, and the flats above and below: known, or nothing at all."""

from __future__ import annotations

import time
from random import Random

import pytest

from dispatcher_tui.domain.site.register import (
    OFFERED,
    NextFloors,
    Register,
    floors_of,
    next_floors,
)
from dispatcher_tui.domain.words.people import Household

HOMES = (
    Household("3-2-1502", ("王建国", "李芳"), ("13800001502", "13900002222")),
    Household("3-2-1602", ("曾小明",), ("0755-2688 1234 转 801",)),
    Household("5-1-0301", ("John Smith", "王建军"), ("", "13700000301", "26880301")),
    Household("北门商铺", ("赵敏",), ("13600000000",)),
    Household("A-0101", ("张三2", "A座保安1", "B2"), ("13500000001",)),
)
READINGS = {
    "王建国": {"wjg"},
    "李芳": {"lf"},
    "曾小明": {"zxm", "cxm"},
    "王建军": {"wjj"},
    "赵敏": {"zm"},
    "张三2": {"zs2"},
    "A座保安1": {"azba1"},
}
REGISTER = Register(HOMES, lambda name: READINGS.get(name, ()))


def meant(text: str) -> list[tuple[str, str, str]]:
    return [(x.household.place, x.name, x.phone) for x in REGISTER.find(text)]


WANG = ("3-2-1502", "王建国", "13800001502")
JUN = ("5-1-0301", "王建军", "13700000301")
ZENG = ("3-2-1602", "曾小明", "0755-2688 1234 转 801")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1502", [WANG]),
        ("１５０２室", [WANG]),
        ("301", [("5-1-0301", "John Smith", "13700000301")]),
        ("13800001502", [WANG]),
        ("138 0000 1502", [WANG]),
        ("2222", [("3-2-1502", "李芳", "13900002222")]),
        ("0755-26881234", [ZENG]),
        ("26881234", [ZENG]),
        ("26880301", [("5-1-0301", "John Smith", "13700000301")]),
        ("王建国", [WANG]),
        ("建", []),
        ("王建", [WANG, JUN]),
        ("wj", [WANG, JUN]),
        ("WJG", [WANG]),
        ("zxm", [ZENG]),
        ("cx", [ZENG]),
        ("jg", []),
        ("w", []),
        ("smith", [("5-1-0301", "John Smith", "13700000301")]),
        ("赵敏", [("北门商铺", "赵敏", "13600000000")]),
        *(
            (typed, [("A-0101", "张三2", "13500000001")])
            for typed in ("张三2", "三2", "zs2", "ZS2")
        ),
        *(
            (typed, [("A-0101", "A座保安1", "13500000001")])
            for typed in ("A座保安1", "azba1", "保安1")
        ),
        ("b2", [("A-0101", "B2", "13500000001")]),
    ],
)
def test_a_home_is_found_by_what_was_typed(typed: str, found: list[tuple[str, str, str]]) -> None:
    assert meant(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "150",
        "380",
        "3-2-1502",
        "3栋2单元1502",
        "9-9-9999",
        "北门",
        "漏水",
        "-",
        "%",
        "王 5",
    ],
)
def test_what_is_a_place_or_too_little_offers_nothing(typed: str) -> None:
    assert meant(typed) == []


@pytest.mark.parametrize(
    ("place", "above", "below"),
    [
        ("3-2-1502", "3-2-1602", "3-2-1402"),
        ("3栋2单元1502", "3-2-1602", "3-2-1402"),
        ("03-2-01502", "3-2-1602", "3-2-1402"),
        ("3-2-1402", "3-2-1502", ""),
        ("5-1-301", "5-1-0501", "5-1-0201"),
        ("5-1-0501", "5-1-0601", "5-1-0301"),
        ("5-1-0101", "5-1-0201", ""),
        ("5-1-0102", "", ""),
        ("5-2-0301", "", ""),
        ("7-1-0201", "", "7-1-101"),
        ("7-1-0301", "", "7-1-0201"),
        ("8-0302", "", "8-0202"),
        ("3-2-A02", "", ""),
        ("3-2-15021", "", ""),
        ("3-2-02", "", ""),
        ("1502", "", ""),
        ("北门", "", ""),
        ("", "", ""),
    ],
)
def test_the_flats_above_and_below_or_nothing(place: str, above: str, below: str) -> None:
    places = [
        *("3-2-1402", "3-2-1502", "3-2-1602", "3-1-1702", "5-1-0101", "5-1-0201", "5-1-0301"),
        *("5-1-0501", "5-1-0601", "7-1-101", "7-1-0201", "7-1-401", "7-1-0401", "8-0202"),
    ]
    found = next_floors(place, floors_of(places))
    assert (found.above, found.below) == (above, below)


@pytest.mark.parametrize(
    ("place", "beside"),
    [
        ("3-2-1502", ("3-2-1501", "3-2-1503")),
        ("3栋2单元1502", ("3-2-1501", "3-2-1503")),
        ("3-2-1501", ("3-2-1502",)),
        ("3-2-1503", ("3-2-1502", "3-2-1506")),
        ("3-2-1504", ("3-2-1503", "3-2-1506")),
        ("3-2-1602", ()),
        ("3-1-1502", ("3-1-1501",)),
        ("北门", ()),
    ],
)
def test_the_flats_beside_are_the_doors_next_to_it_on_its_floor(
    place: str, beside: tuple[str, ...]
) -> None:
    places = ["3-2-1501", "3-2-1502", "3-2-1503", "3-2-1506", "3-2-1602", "3-1-1501"]
    assert next_floors(place, floors_of(places)).beside == beside


@pytest.mark.parametrize(
    ("place", "near"),
    [
        ("3-2-1502", ["3-2-1602", "3-2-1402", "3-2-1501", "3-2-1503"]),
        ("3-2-0101", ["3-2-0201", "3-2-0102"]),
        ("3-2-99", []),
        ("3-2-0199", ["3-2-0299", "3-2-0198"]),
        ("北门", []),
    ],
)
def test_without_a_list_the_next_numbers_are_next_to_it(place: str, near: list[str]) -> None:
    assert [each for _side, each in next_floors(place, {}).by_side] == near


def test_a_floor_that_the_building_has_elsewhere_is_not_left_out() -> None:
    places = ["5-1-0301", "5-1-0501", "5-2-0401"]
    assert next_floors("5-1-0301", floors_of(places)) == NextFloors()


@pytest.mark.parametrize(("homes", "offered"), [(OFFERED, OFFERED), (OFFERED + 1, 0)])
def test_a_room_that_many_buildings_have_says_nothing(homes: int, offered: int) -> None:
    many = [Household(f"{building}-1-1502", ("王",)) for building in range(1, homes + 1)]
    assert len(Register(many, lambda name: ()).find("1502")) == offered


def test_no_more_are_offered_than_have_a_digit() -> None:
    many = [Household(f"{building}-1-1502", ("王建国",)) for building in range(1, 31)]
    assert len(Register(many, lambda name: ("wjg",)).find("wj")) == OFFERED


def test_ten_thousand_homes_cost_a_key_no_two_milliseconds() -> None:
    seed = Random().randrange(1 << 30)
    print("seed", seed)
    random = Random(seed)
    homes = [
        Household(
            f"{n // 400 + 1}-{n // 100 % 4 + 1}-{n % 100 // 4 + 1:02}{n % 4 + 1:02}",
            tuple("".join(random.choices("王李张刘陈建国志强秀英", k=3)) for _ in range(2)),
            tuple(f"1{random.randrange(10**10):010}" for _ in range(2)),
        )
        for n in range(10_000)
    ]
    register = Register(homes, lambda name: ("abc",))
    for typed in ("1502", "8000", "13800138000", "建国", "不在的人", "abc", "zz"):
        took = []
        for _ in range(9):
            begun = time.thread_time()
            register.find(typed)
            register.next_floors("3-2-1502")
            took.append(time.thread_time() - begun)
        assert sorted(took)[4] <= 0.002, typed


@pytest.mark.parametrize(
    ("place", "half"),
    [
        ("3-2-15", True),
        ("3-2", True),
        ("3-2-1502", False),
        ("3-2-15021", False),
        ("5-1-0301", False),
        ("东门", False),
        ("", False),
    ],
)
def test_a_beginning_of_a_home_that_is_none_may_be_half_typed(place: str, half: bool) -> None:
    homes = [Household("3-2-1502"), Household("3-2-1503")]
    assert Register(homes, lambda _name: set()).only_begins(place) is half
    assert not Register([], lambda _name: set()).only_begins(place)
