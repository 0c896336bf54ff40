"""The shipped action cards: every kind of emergency an estate knows, with words that save lives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.emergency.outside import NAMES
from dispatcher_tui.domain.words.terms import Fact, Label
from dispatcher_tui.present.cells import width
from dispatcher_tui.site.cards import in_order, judge_cards, parse_card
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.layer import parse_layer
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.site.samples import CARD

FOLDER = data_dir() / "emergency"
WRITTEN = "2026-11-30"
ZH_CELLS, EN_CELLS = 78, 156
"""No line of a card takes more than one row in Chinese, or two in English; a broadcast may."""

OURS = ("guard", "gate", "engineering", HEAD)
RING = {
    "fire": ("fire", "guard", "gate", "engineering", HEAD, "ambulance", "gas", "power"),
    "battery_fire": ("fire", "guard", "gate", "engineering", HEAD, "ambulance", "gas", "power"),
    "fire_alarm": ("guard", "engineering", "(fire)", HEAD),
    "gas_smell": ("fire", "gas", "guard", "gate", "engineering", HEAD),
    "lift_entrapment": (
        *("lift", "lift_contractor", "lift_rescue", "guard", HEAD),
        *("(ambulance)", "(fire)"),
    ),
    "flood": ("engineering", "guard", "(fire)", "(power)", "water", HEAD),
    "power_failure": ("(lift)", "(lift_contractor)", "engineering", "power", "guard", HEAD),
    # No order of their own: the numbers they are headed by, then one's own people.
    "injury": ("ambulance", *OURS, "(police)"),
    "co": ("ambulance", "(fire)", "guard", "(gas)", "gate", "engineering", HEAD),
    "electric_shock": ("ambulance", "guard", "gate", "engineering", "(power)", "(fire)", HEAD),
    "drowning": ("fire", "ambulance", *OURS, "(police)"),
    "traffic_accident": ("ambulance", "police", "(traffic)", "(fire)", *OURS),
    "fight": ("police", *OURS, "(ambulance)"),
    "crowd": ("police", *OURS),
    "intruder": ("police", *OURS, "(ambulance)"),
    "suspicious_object": ("police", *OURS),
    "storm_garage": ("fire", *OURS),
    "confined_space": ("fire", "ambulance", *OURS),
    "self_harm": (
        *("police", "fire", "guard", "ambulance", "gate", "engineering", HEAD, "(counselling)"),
    ),
    "falling_object": ("ambulance", "police", "guard", "gate", "engineering", "(fire)", HEAD),
    "missing_person": ("police", *OURS),
    "government_order": (HEAD, "guard", "gate", "engineering"),
    "other": OURS,
}
"""Whom each kind has rung, one after the other; in parentheses: only if it comes to that."""

DIGITS = {
    "fire": "1",
    "fire_alarm": "2",
    "gas_smell": "3",
    "injury": "4",
    "lift_entrapment": "5",
    "traffic_accident": "6",
    "fight": "7",
    "intruder": "8",
    "flood": "9",
    "electric_shock": "01",
    "drowning": "02",
    "co": "03",
    "confined_space": "04",
    "self_harm": "05",
    "falling_object": "06",
    "missing_person": "07",
    "power_failure": "08",
    "government_order": "09",
    "other": "00",
}
WITHIN = {
    "battery_fire": "fire",
    "crowd": "fight",
    "suspicious_object": "intruder",
    "storm_garage": "flood",
}
TELL_FIRST = {*RING} - {"other"}
CATEGORIES = {
    "power_failure": "power_cut_building",
    "fire": "smoke_fire",
    "injury": "person_hurt",
}
"""The class of a complaint that is the kind, where it is not called the same."""

FORBIDDEN = {
    "fire": ("湿毛巾捂", "低身走", "联动打到自动"),
    "fire_alarm": ("到楼梯间", "声光", "出屋"),
    "gas_smell": ("总阀", "能不能关", "明火、在做饭"),
    "injury": ("立刻胸外按压，用AED", "触电先断电"),
    "lift_entrapment": ("30分钟", "30 min"),
    "falling_object": ("贴墙", "by the wall"),
    "intruder": ("分头靠近", "保持通话", "暗号", "two sides", "line open"),
    "flood": ("先断进水区的电，再关总阀", "First cut power"),
    "missing_person": ("拦看",),
    "confined_space": ("下去救",),
    "drowning": ("倒挂控水",),
}
NEEDED = {
    "fire": ("门外有烟", "别开门", "走楼梯下", "消防电源不断", "No smoke outside", "Do not open"),
    "battery_fire": ("别下楼", "不搬不抱不拔", "电池", "Do not go down"),
    "fire_alarm": ("门外有烟别出来", "3分钟", "先复位再看", "stay in"),
    "gas_smell": ("别动开关", "上风处", "公用阀只按燃气公司的话动", "upwind"),
    "injury": (
        "叫得醒",
        "掌根放胸口正中",
        "开免提打120",
        "100至120",
        "5至6厘米",
        "AED",
        "民法典184",
    ),
    "lift_entrapment": ("别扒门", "96333", "三角钥匙", "待在里面", "differ"),
    "traffic_accident": ("熄火双闪", "120", "119", "110"),
    "fight": ("别拉架", "110", "反家暴法13", "搜身"),
    "crowd": ("消防和救护通道", "扣证件", "断水电"),
    "intruder": ("反锁顶门", "不拦", "不进去", "广播其位置"),
    "suspicious_object": ("别碰别挪", "座机", "不围看"),
    "flood": ("别蹚水", "看清没人", "95598", "居委会"),
    "storm_garage": ("不要车", "柱号", "应急灯"),
    "electric_shock": ("别碰他", "拉闸", "10米", "95598"),
    "drowning": ("别下水", "压30吹2", "不控水", "Do not go in"),
    "co": ("路过开窗", "也要去医院", "120"),
    "confined_space": ("谁都别下去", "119和120", "Nobody goes down"),
    "self_harm": ("我在听", "12356", "激将", "110和119"),
    "falling_object": ("离楼远走", "民法典1254", "逐户盘问"),
    "missing_person": ("不等24小时", "不扣人", "楼顶"),
    "power_failure": ("别用明火", "95598", "室外", "呼吸机"),
    "government_order": ("公开号码", "验证码", "突发事件应对法78"),
    "other": ("120、119", "就近两个人"),
}


@cache
def card(name: str) -> Card:
    path: Path = FOLDER / f"{name}.toml"
    return parse_card(read_text(path), path.name)


def labels(found: Card) -> Iterator[Label]:
    """Every text of a card, in the order of the file."""
    yield found.title
    yield found.source
    if found.branch is not None:
        yield found.branch.text
        for answer in found.branch.answers:
            yield answer.label
            yield from answer.tells
    yield from (say.text for say in found.says)
    lines = (*found.tells, *found.asks, *found.steps, *found.nevers, *found.records)
    yield from (line.text for line in lines)
    if found.end is not None:
        yield found.end.text


def said(name: str) -> str:
    return "\n".join(f"{label.zh}\n{label.en}" for label in labels(card(name)))


def test_every_kind_is_there() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(RING)
    assert not {*DIGITS} & {*WITHIN}
    assert {*DIGITS, *WITHIN} == set(RING)


@pytest.mark.parametrize("name", sorted(RING))
def test_a_card_is_whole_in_both_languages(name: str) -> None:
    found = card(name)
    assert all((found.tells, found.asks, found.steps, found.nevers, found.end, found.records))
    assert 3 <= len(found.steps) <= 10
    for label in labels(found):
        assert label.zh.strip()
        assert label.en.strip()
        assert re.search(r"[一-鿿]|^1[12]\d。", label.zh), label.zh
        assert not re.search(r"[一-鿿]", label.en), label.en
    assert any("至少30天" in line.text.zh for line in found.records)


@pytest.mark.parametrize("name", sorted(RING))
def test_a_line_is_read_at_a_glance(name: str) -> None:
    found = card(name)
    lines = [*found.asks, *found.tells, *found.steps, *found.nevers, *found.records]
    spoken = [line.text for line in lines if "广播：「" not in line.text.zh]
    if found.branch is not None:
        spoken += [
            text for answer in found.branch.answers for text in (answer.label, *answer.tells)
        ]
    assert [text.zh for text in spoken if width(text.zh) > ZH_CELLS] == []
    assert [text.en for text in spoken if width(text.en) > EN_CELLS] == []


@pytest.mark.parametrize("name", sorted(RING))
def test_no_character_has_two_widths(name: str) -> None:
    text = read_text(FOLDER / f"{name}.toml")
    assert {c for c in text if unicodedata.east_asian_width(c) == "A"} == set()


@pytest.mark.parametrize("name", sorted(RING))
def test_both_languages_name_the_same_numbers(name: str) -> None:
    for label in labels(card(name)):
        numbers = [sorted(set(re.findall(r"\d{3,}", text))) for text in (label.zh, label.en)]
        assert numbers[0] == numbers[1], label


@pytest.mark.parametrize("name", sorted(RING))
def test_whom_to_ring_in_which_order(name: str) -> None:
    assert card(name).ring == RING[name]
    assert card(name).order == RING[name]
    assert card(name).first_number == ""


@pytest.mark.parametrize("name", sorted(RING))
def test_the_words_that_kill_are_gone_and_those_that_save_are_there(name: str) -> None:
    text = said(name)
    assert [word for word in FORBIDDEN.get(name, ()) if word in text] == []
    assert [word for word in NEEDED[name] if word not in text] == []


@pytest.mark.parametrize("name", ["fire", "battery_fire"])
def test_smoke_is_asked_before_anybody_is_sent_down_the_stairs(name: str) -> None:
    found = card(name)
    assert found.branch is not None
    assert "烟" in found.branch.text.zh
    assert "smoke" in found.branch.text.en
    down = [line.text.zh for line in found.tells if "下" in line.text.zh]
    assert down == []
    (smoke, *_others) = found.branch.answers
    assert not any("走楼梯下" in told.zh for told in smoke.tells)


def test_where_gas_is_they_leave_before_anything_is_asked() -> None:
    found = card("gas_smell")
    assert found.tell_first
    assert found.branch is not None
    assert found.branch.tell_first
    assert "先出来" in " ".join(line.text.zh for line in found.tells[:2])
    assert "外面" in found.asks[0].text.zh


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("electric_shock", "别碰他"),
        ("drowning", "别下水"),
        ("confined_space", "谁都别下去"),
        ("suspicious_object", "别碰别挪"),
        ("storm_garage", "马上上来"),
    ],
)
def test_what_keeps_the_helper_alive_comes_before_all(name: str, word: str) -> None:
    assert card(name).tell_first
    assert word in card(name).tells[0].text.zh


def test_cardiac_arrest_is_the_first_question_of_an_injury() -> None:
    branch = card("injury").branch
    assert branch is not None
    assert "叫得醒" in branch.text.zh
    assert "呼吸正常" in branch.text.zh
    arrest, child, *_awake = branch.answers
    assert "说不准" in arrest.label.zh
    assert [told.zh for told in arrest.tells][:4] == [
        "平放硬地，跪他身旁。",
        "掌根放胸口正中，另一手叠上，手臂直。",
        "用力快压：一秒两下，100至120次/分，深5至6厘米，让胸弹回来。",
        "手机开免提打120，跟着做，别停。",
    ]
    assert any("30" in told.zh for told in child.tells)


def test_power_is_cut_only_after_the_lifts_are_known_empty() -> None:
    for name in ("flood", "gas_smell"):
        steps = [line.text.zh for line in card(name).steps]
        lifts = next(n for n, step in enumerate(steps) if "电梯" in step and "没人" in step)
        power = next(n for n, step in enumerate(steps) if "断" in step)
        assert lifts <= power, name


def test_what_is_told_comes_first_where_life_hangs_on_it() -> None:
    assert {name for name in RING if card(name).tell_first} == TELL_FIRST


def test_keys_and_what_lies_within() -> None:
    assert {name: card(name).digit for name in DIGITS} == DIGITS
    assert {name: card(name).within for name in WITHIN} == WITHIN
    assert {card(name).digit for name in WITHIN} == {""}
    for name, parent in WITHIN.items():
        branch = card(parent).branch
        assert branch is not None
        assert [answer.kind for answer in branch.answers].count(name) == 1


def test_the_order_of_the_list() -> None:
    shown = [found.id for found in in_order(card(name) for name in sorted(RING, reverse=True))]
    assert shown[:3] == ["fire", "battery_fire", "fire_alarm"]
    assert shown[-2:] == ["government_order", "other"]
    assert [name for name in shown if name in DIGITS] == list(DIGITS)
    for name, parent in WITHIN.items():
        assert shown.index(name) == shown.index(parent) + 1


def test_which_complaints_are_which_kind() -> None:
    known = {each.id for each in parse_categories(read_text(data_dir() / "categories.toml"))}
    for name in RING:
        wanted = CATEGORIES.get(name, name)
        assert card(name).categories == {
            "other": ("other_emergency",),
            "fire_alarm": (name, "smoke_fire"),
        }.get(name, (wanted,))
        assert set(card(name).categories) <= known
    facts = {name: card(name).facts for name in RING if card(name).facts}
    assert facts == {
        "fire": (Fact.FIRE,),
        "fire_alarm": (Fact.FIRE,),
        "injury": (Fact.INJURY,),
        "government_order": (Fact.ORDER,),
    }


def test_the_shipped_cards_fit_one_another_and_the_layer() -> None:
    layer = parse_layer(read_text(data_dir() / "emergency.toml"), "emergency.toml")
    cards = [(f"{name}.toml", card(name)) for name in RING]
    found = judge_cards(cards, NAMES, (scene.id for scene in layer.scenes))
    assert [findings.problems for findings in found if findings.problems] == []


def test_an_older_card_is_read_and_its_number_stands_first() -> None:
    old = parse_card(CARD, "fire.toml")
    assert old.order == ("fire", *OURS)
    assert replace(old, first_number="").order == OURS
    assert replace(old, ring=("guard", "fire")).order == ("fire", "guard")
    assert replace(old, digit="a").order == old.order
    assert parse_card(CARD.replace('"1"', '"a"'), "fire.toml").digit == "a"
