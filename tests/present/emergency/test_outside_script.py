"""What is said to a service outside: every fact in its order, and what is not known said so."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dispatcher_tui.domain.emergency.outside import NAMES, NATIONAL
from dispatcher_tui.domain.record.case import Caller, Case, Grade
from dispatcher_tui.domain.words.address import Accounts, Address
from dispatcher_tui.domain.words.terms import Fact, Stage
from dispatcher_tui.present.cells import width, wrap
from dispatcher_tui.present.emergency.known_facts import EmergencyFacts, told_of
from dispatcher_tui.present.emergency.outside_script import (
    SAID_CELLS,
    CallingFrom,
    lay_script,
    outside_lines,
)
from dispatcher_tui.present.i18n import Language, use
from tests.domain.support import DATA

ADDRESS = Address(
    "示例市",
    "翠湖区",
    "翠柏路288号",
    "文澜街口",
    "北门",
    "东门",
    "岗亭",
    ("0000-88000110", "13900000100"),
)
HERE = CallingFrom("翠湖花园", ADDRESS, Accounts("P1", "G2", "W3", "黄牌"), "王芳")
NOWHERE = CallingFrom("翠湖花园")
TOLD = EmergencyFacts(
    kind="fire",
    title="起火",
    place="3-2-1502",
    hurt=True,
    going_on=True,
    said="厨房 冒烟\n很大",
    phone="13900001111",
    reported="22:47",
)
UNKNOWN = EmergencyFacts(kind="fire", title="起火")
EVERY = (*NAMES, "harbour")
BOTH: tuple[Language, ...] = ("zh", "en")


def lines(
    name: str, lang: Language, here: CallingFrom = HERE, told: EmergencyFacts = TOLD
) -> list[str]:
    """The script in a language."""
    use(lang)
    return outside_lines(name, here, told)


def test_the_fire_brigade_hears_it_in_its_own_order() -> None:
    assert lines("fire", "zh") == [
        "示例市翠湖区翠柏路288号，翠湖花园。",
        "路口：文澜街口。进门：北门。",
        "3栋2单元1502：起火。",
        "烧的是什么、火多大、烟多大：不清楚。",
        "困几人、在哪里：不清楚。有人受伤：是。",
        "来电原话：厨房 冒烟 很大",
        "我叫王芳，电话0000-88000110。门口有人接。",
    ]


def test_what_is_not_known_is_said_and_nothing_is_left_blank() -> None:
    assert lines("fire", "zh", NOWHERE, EmergencyFacts()) == [
        "（路名门牌：不清楚），翠湖花园。",
        "路口：不清楚。进门：不清楚。",
        "具体位置不清楚：不清楚。",
        "还在发生：不清楚。气、电、水、高处：不清楚。",
        "困几人、在哪里：不清楚。有人受伤：不清楚。",
        "我是值班室，电话不清楚。门口有人接。",
    ]


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("fire", True), ("fire_alarm", True), ("battery_fire", True), ("drowning", False)],
)
def test_what_burns_is_said_only_where_something_does(kind: str, asked: bool) -> None:
    text = "\n".join(lines("fire", "zh", told=msgspec.structs.replace(TOLD, kind=kind)))
    assert ("烧的是什么" in text) is asked
    assert ("还在发生：是" in text) is not asked


KINDS = tuple(sorted(path.stem for path in (DATA / "emergency").glob("*.toml")))
DANGERS = ("气", "电", "水", "高处")
TELLS = {
    "gas_smell": {"气": "是"},
    "co": {"气": "是"},
    "electric_shock": {"电": "是"},
    "power_failure": {"电": "停了"},
    "flood": {"水": "是"},
    "storm_garage": {"水": "是"},
    "drowning": {"水": "是"},
    "falling_object": {"高处": "是"},
}
"""What the brigade hears of these kinds that is known by the kind alone."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_says_by_itself_is_not_called_unknown(kind: str) -> None:
    text = "\n".join(lines("fire", "zh", told=EmergencyFacts(kind=kind)))
    tells = TELLS.get(kind, {})
    if "fire" in kind.split("_"):
        assert ("烧的是什么：电池。火多大、烟多大：不清楚。" in text) is (kind == "battery_fire")
        assert ("烧的是什么、火多大、烟多大：不清楚。" in text) is (kind != "battery_fire")
        assert tells == {}
        return
    rest = "、".join(danger for danger in DANGERS if danger not in tells)
    known = "".join(f"{danger}：{answer}。" for danger, answer in tells.items())
    assert f"还在发生：不清楚。{known}{rest}：不清楚。" in text


def test_the_other_services_hear_it_too() -> None:
    def said(name: str, kind: str) -> str:
        return "\n".join(lines(name, "en", told=EmergencyFacts(kind=kind)))

    assert "Water in: yes. Buildings off, smoke, line down: not known." in said("power", "flood")
    assert "Anyone in a lift: yes." in said("power", "lift_entrapment")
    assert "Anyone on a ventilator, anyone in a lift: not known." in said("power", "flood")
    assert "Battery: yes. Leak, smoke, plates: not known." in said("traffic", "battery_fire")
    assert "Leak, smoke, battery, plates: not known." in said("traffic", "traffic_accident")


@pytest.mark.parametrize("kind", ["company", "gasoline", "battery", "my_gas_boiler"])
def test_a_kind_of_the_sites_own_goes_by_the_words_of_its_id(kind: str) -> None:
    text = "\n".join(lines("fire", "en", told=EmergencyFacts(kind=kind)))
    assert ("Gas: yes." in text) is (kind == "my_gas_boiler")
    assert ("What burns: a battery." in text) is (kind == "battery")


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("name", EVERY)
def test_estate_and_place_stand_apart_and_the_one_who_rings_has_a_number(
    name: str, lang: Language
) -> None:
    said = lines(name, lang)
    place = "3栋2单元1502" if lang == "zh" else "building 3, unit 2, room 1502"
    (what,) = [line for line in said if place in line]
    assert "起火" in what
    assert "翠湖花园" not in what
    assert any("翠湖花园" in line for line in said)
    assert any("王芳" in line and "0000-88000110" in line for line in said)
    assert not any("13900000100" in line for line in said), "one number to ring back, not two"
    assert any("厨房 冒烟 很大" in line for line in said)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("here", [HERE, NOWHERE])
@pytest.mark.parametrize("told", [TOLD, UNKNOWN])
def test_both_languages_say_the_same(name: str, here: CallingFrom, told: EmergencyFacts) -> None:
    zh, en = lines(name, "zh", here, told), lines(name, "en", here, told)
    assert len(zh) == len(en)
    for chinese, english in zip(zh, en, strict=True):
        assert chinese.count("不清楚") == english.count("not known"), (chinese, english)
        for fact in ("翠柏路288号", "文澜街口", "北门", "东门", "22:47", "13900001111", "P1", "G2"):
            assert (fact in chinese) == (fact in english)
        assert chinese.count("：是") == english.count(": yes")


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_empty_and_no_hole_is_left(name: str, lang: Language) -> None:
    for here in (HERE, NOWHERE):
        for told in (TOLD, UNKNOWN, EmergencyFacts()):
            for line in lines(name, lang, here, told):
                assert line.strip()
                assert not set("{}") & set(line)
                assert "None" not in line
                assert "：。" not in line
                assert ": ." not in line


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_said_of_what_was_not_asked(name: str) -> None:
    text = "\n".join(lines(name, "zh", told=UNKNOWN))
    assert "：是" not in text
    assert "：否" not in text


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ambulance", ["翠柏路288号", "东门", "1502", "几岁", "何时开始", "按压", "13900001111"]),
        ("police", ["翠柏路288号", "东门", "1502", "还在发生", "凶器", "静音", "我叫"]),
        ("traffic", ["翠柏路288号", "1502", "受伤", "漏油", "我叫"]),
        ("lift_rescue", ["1502", "识别码", "黄牌", "停几层", "老幼", "何时", "翠柏路288号"]),
        ("lift_contractor", ["1502", "识别码", "黄牌", "停几层", "老幼", "何时", "翠柏路288号"]),
        ("gas", ["翠柏路288号", "北门", "1502", "气味", "倒下", "公用阀", "G2", "我叫"]),
        ("power", ["P1", "配电房", "翠柏路288号", "停几栋", "呼吸机", "困电梯", "来电"]),
        ("water", ["翠柏路288号", "1502", "管径", "市政阀", "W3", "我叫"]),
        ("counselling", ["翠湖花园物业", "1502", "年龄", "我叫", "不代替110"]),
        ("harbour", ["翠柏路288号", "1502", "还在发生", "我叫", "请来帮忙"]),
    ],
)
def test_each_service_hears_it_in_the_order_in_which_it_asks(name: str, parts: list[str]) -> None:
    text = "\n".join(lines(name, "zh"))
    found = [text.find(part) for part in parts]
    assert -1 not in found
    assert found == sorted(found)


@pytest.mark.parametrize(("name", "number"), NATIONAL.items())
def test_a_number_that_every_town_has_alike_goes_by_its_service(name: str, number: str) -> None:
    assert lines(number, "zh") == lines(name, "zh")


def test_a_car_comes_in_where_a_fire_engine_does_if_nothing_else_is_known() -> None:
    address = msgspec.structs.replace(ADDRESS, ambulance_gate="")
    here = msgspec.structs.replace(HERE, address=address)
    assert "进门：北门" in "\n".join(lines("police", "zh", here))
    assert "进门：不清楚" in "\n".join(lines("ambulance", "zh", here))


def test_the_callers_words_are_data_and_cut_to_a_breath() -> None:
    said = lines("police", "zh", told=msgspec.structs.replace(TOLD, said="{0}[b]%s" + "喊" * 500))
    (line,) = [each for each in said if "来电原话" in each]
    assert "{0}[b]%s" in line
    assert width(line) <= SAID_CELLS + width("来电原话：")


@pytest.mark.parametrize("name", EVERY)
def test_what_a_site_has_written_is_data(name: str) -> None:
    strange = "{0}{street}%s[/b]"
    where = Address(strange, strange, strange, strange, strange, strange)
    here = CallingFrom(strange, where, Accounts(strange, strange, strange, strange), strange)
    assert strange in "\n".join(lines(name, "zh", here))


def test_the_record_says_only_what_was_taken_down() -> None:
    at = datetime(2026, 11, 21, 14, 47, 59, tzinfo=UTC)
    case = Case("i", "n", "p", "c", Stage.OPEN, (Grade("e", "r", at),), at, at)
    zone = ZoneInfo("Asia/Shanghai")
    assert told_of(case, "起火", zone) == EmergencyFacts(title="起火", reported="22:47")
    known = msgspec.structs.replace(
        case,
        place="5-1",
        emergency_kind="fire",
        facts=(Fact.INJURY, Fact.NOW),
        verbatim="快来",
        callers=(Caller("王", "139", at),),
    )
    expected = EmergencyFacts("fire", "起火", "5-1", True, True, "快来", "139", "22:47")
    assert told_of(known, "起火", zone) == expected


def test_a_script_stands_beside_a_short_number_and_beneath_a_long_one() -> None:
    script = ["一" * 20] * 6
    assert lay_script(script, 15, 78, 8) == lay_script(script, 15, 78, 6)
    assert not lay_script(script, 15, 78, 6).under
    assert lay_script(script, 15, 78, 6).text.count("\n") == 5
    assert lay_script(script, 55, 78, 11).under
    assert lay_script(script, 55, 78, 11).text.count("\n") == 5
    assert "\n" not in lay_script(script, 55, 78, 10).text, "one row fewer: the lines flow"


def test_the_way_that_takes_the_fewest_rows_is_taken_where_none_fits() -> None:
    assert "\n" not in lay_script(["一" * 20] * 9, 15, 78, 3).text


@pytest.mark.parametrize("lang", BOTH)
@pytest.mark.parametrize("number", [11, 21, 48, 53])
@pytest.mark.parametrize("name", EVERY)
def test_every_script_finds_room_on_the_smallest_screen(
    name: str, number: int, lang: Language
) -> None:
    for kind in ("fire", *KINDS):
        told = EmergencyFacts(kind=kind, title="起火")
        laid = lay_script(lines(name, lang, told=told), number, 78, 10)
        rows = len(wrap(laid.text, 78 if laid.under else 78 - number))
        assert rows + 5 * laid.under <= 10, kind


def test_any_words_are_laid_whole() -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    for _each in range(300):
        script = [
            "字a, "[rng.randrange(4)] * rng.randrange(60) + "。"
            for _n in range(rng.randrange(1, 9))
        ]
        laid = lay_script(script, rng.randrange(80), rng.randrange(1, 130), rng.randrange(12))
        assert "".join(laid.text.split()) == "".join("".join(script).split())
