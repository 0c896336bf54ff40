"""What ours are told to do by the kind, what is told before it is asked, whom an answer rings."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.call_tree import GROUP, Target
from dispatcher_tui.domain.emergency.card import counted, needed
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.words.address import Address
from dispatcher_tui.present.cells import width, wrap
from dispatcher_tui.present.emergency.card_lines import card_lines, deciding_line
from dispatcher_tui.present.emergency.emergency_lines import script_lines
from dispatcher_tui.present.emergency.known_facts import EmergencyFacts
from dispatcher_tui.present.emergency.outside_script import CallingFrom, lay_script
from dispatcher_tui.present.i18n import Language, localized, use
from tests.site.test_cards import OURS, RING, card

AFTER: dict[str, dict[int, tuple[str, ...]]] = {
    "injury": {
        0: ("guard:1", "ambulance", "gate", HEAD, "anybody"),
        1: ("guard:1", "ambulance", "gate", HEAD, "anybody"),
        4: ("ambulance", "guard", "gate", HEAD, "anybody"),
    },
    "gas_smell": {0: ("fire", "gas", *OURS), 1: ("gas", "fire", *OURS)},
    "co": {
        0: ("ambulance", "fire", "guard", "(gas)", "gate", "engineering", HEAD),
        1: ("ambulance", "guard", "gas", "gate", "engineering", HEAD),
        2: ("ambulance", *OURS),
    },
    "electric_shock": {
        0: ("ambulance", *OURS),
        1: ("ambulance", "guard", "gate", "engineering", "power", "fire", HEAD),
    },
    "drowning": {
        0: ("fire", "ambulance", *OURS),
        1: ("fire", "ambulance", *OURS),
        2: ("ambulance", *OURS),
        3: ("ambulance", *OURS),
    },
    "traffic_accident": {
        0: ("ambulance", "police", *OURS),
        1: ("fire", "ambulance", "guard", "police", "gate", "engineering", HEAD),
        2: ("guard", "gate", "(traffic)", "engineering", HEAD),
    },
    "crowd": {0: ("police", *OURS), 1: (*OURS, "(police)")},
    "storm_garage": {0: ("fire", *OURS), 1: (*OURS, "(fire)")},
    "self_harm": {
        0: ("police", "fire", "guard", "ambulance", "gate", "engineering", HEAD),
        1: ("ambulance", *OURS, "(police)"),
    },
    "power_failure": {
        0: ("lift", "lift_contractor", "engineering", "power", "guard", HEAD),
        1: ("engineering", "power", "guard", HEAD),
    },
    "falling_object": {
        0: ("ambulance", "police", "guard", "gate", "engineering", "(fire)", HEAD),
        1: ("guard", "gate", "fire", "engineering", HEAD),
        2: ("guard", "gate", "police", "engineering", HEAD),
        3: (*OURS, "(police)"),
    },
}
"""The order once the first question has that answer, where the answer has one."""

TOLD_BEFORE_ASKED = {
    *("gas_smell", "co", "electric_shock", "drowning", "traffic_accident", "flood"),
    *("storm_garage", "self_harm", "falling_object"),
}
"""Where what is told stands before the question that decides."""

DEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    "fire": {
        "guard": ("退路在身后", "火过头就撤", "the way out behind you", "out"),
        "gate": ("消防通道", "路口", "fire lane", "crossing"),
        "engineering": (
            "先看电梯降下了、没人，再断",
            "消防电源不断",
            "First see that the lifts",
            "fire supply stays on",
        ),
    },
    "battery_fire": {
        "guard": ("远处出水", "喷火就撤", "from a distance", "jets: out"),
        "gate": ("消防通道", "fire lane"),
        "engineering": ("断充电电源", "消防电源不断", "Charging power off", "fire supply stays on"),
    },
    "fire_alarm": {
        "guard": ("3分钟", "within 3 minutes"),
        "engineering": ("不复位", "不屏蔽", "不打手动", "no reset", "not to manual"),
    },
    "gas_smell": {
        "guard": ("不用手机对讲、开关、电梯", "不发动车", "不进", "no phone, radio, switch, lift"),
        "gate": ("不用手机对讲", "No phone or radio"),
        "engineering": ("电梯没人了，才", "公用阀只听燃气公司的", "lifts empty", "Public valve"),
    },
    "co": {"guard": ("先开门窗", "头晕就出来", "Open door and windows first", "dizzy: out")},
    "electric_shock": {
        "guard": ("没断电别碰他", "AED", "10米", "do not touch him", "10 metres"),
        "engineering": ("从上一级断电", "别碰他", "不试合闸", "Cut the power upstream"),
    },
    "drowning": {
        "guard": ("不下水", "救生圈", "Do not go in", "ring, rope"),
        "engineering": ("断水泵、池灯的电", "Cut pump and pool lights"),
    },
    "confined_space": {
        "guard": ("谁都别下去", "家属也拦住", "Nobody goes down", "family"),
        "engineering": ("谁都别下去", "图纸", "Nobody goes down", "drawings"),
    },
    "injury": {
        "guard": ("AED", "两分钟换人", "kit", "every two minutes"),
        "gate": ("抬杆", "担架", "Barrier up", "stretcher"),
    },
    "lift_entrapment": {
        "guard": ("隔门说话", "不用三角钥匙", "不开门", "through the door", "No triangular key"),
        "lift": ("持证", "同组的梯", "certified", "sister lifts"),
    },
    "traffic_accident": {"guard": ("两头拦车", "伤者不动", "both ends", "Do not move the injured")},
    "fight": {"guard": ("两人以上", "有刀不靠近", "do not close in", "hold nobody")},
    "crowd": {
        "guard": ("手放下", "不扣证件", "Hands down", "hold no papers"),
        "gate": ("第二个门", "second gate"),
        HEAD: ("亲自到场", "in person"),
    },
    "intruder": {
        "guard": ("两人以上", "不进去", "不靠近", "不追", "do not enter, close in or chase"),
        "gate": ("不拦", "No blocking"),
    },
    "suspicious_object": {"guard": ("别碰别挪", "不用手机对讲", "no phone or radio near it")},
    "flood": {
        "guard": ("别蹚水", "配电房有水不进去", "do not wade", "Switch room wet: do not go in"),
        "engineering": ("没人再停", "配电房有水不进去", "Switch room wet: do not go in"),
    },
    "storm_garage": {
        "guard": ("水进来就出来", "不下去挪车", "Water runs in: out", "Nobody down to move cars"),
        "gate": ("封坡道", "Ramp closed"),
        "engineering": ("应急灯留着", "emergency light stays"),
    },
    "self_harm": {
        "guard": ("不露面", "不扑抓", "out of sight", "grabbing"),
        "gate": ("不响警笛", "No siren"),
        "engineering": ("楼顶门", "roof doors"),
    },
    "power_failure": {
        "guard": ("一层一层", "呼吸机", "floor by floor", "ventilator"),
        "engineering": ("合闸只由电工", "室外", "electrician only", "outdoors"),
    },
    "falling_object": {"guard": ("警戒拉大", "不上楼盘问", "Cordon wide", "Question no flats")},
    "missing_person": {
        "guard": ("水边、楼顶、井道", "Water, roof, shafts"),
        "gate": ("不扣人", "hold nobody"),
    },
    "government_order": {HEAD: ("回拨核实", "call back"), "guard": ("听负责人", "head's word")},
    "other": {"guard": ("就近两人", "自己安全", "nearest two", "own safety")},
}
"""What whoever is rung of ours is told to do, and not to do, by where they go."""


@pytest.mark.parametrize("name", sorted(RING))
def test_whom_an_answer_has_rung_in_which_order(name: str) -> None:
    branch = card(name).branch
    answers = branch.answers if branch else ()
    after = {n: answer.ring for n, answer in enumerate(answers) if answer.ring}
    assert after == AFTER.get(name, {})
    assert all(card(name).order_after(n) == ring for n, ring in after.items())


@pytest.mark.parametrize("name", sorted(RING))
def test_what_each_of_ours_is_told_to_do(name: str) -> None:
    for scene, words in DEEDS[name].items():
        deed = card(name).words_to(scene)
        assert deed is not None, scene
        said_ = f"{deed.zh}\n{deed.en}"
        assert [word for word in words if word not in said_] == [], scene
    rest = card(name).words_to("")
    assert rest is not None, "whoever belongs to no scene hears what keeps them alive too"
    assert rest == card(name).words_to("guard")
    assert (card(name).words_to(HEAD) is None) is (HEAD not in DEEDS[name])


def test_no_two_kinds_send_the_guards_with_the_same_words() -> None:
    said_ = [deed.zh for name in RING if (deed := card(name).words_to("guard"))]
    assert len(said_) == len(set(said_)) == len(RING)


@pytest.mark.parametrize("name", sorted(RING))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_ours_are_told_is_said_in_a_breath_and_finds_room(name: str, lang: Language) -> None:
    use(lang)
    here = CallingFrom("翠湖花园", Address(key_box="东门岗亭第2个钥匙箱"))
    told = EmergencyFacts(title=localized(card(name).title), place="3-2-1502")
    for scene in ("guard", "gate", "engineering", "lift", "", HEAD):
        target = Target("p", "张", "", ("13900000101",), 0 if scene == HEAD else GROUP)
        lines = script_lines(replace(target, scene_id=scene), here, told, card(name))
        laid = lay_script(lines, 48, 78, 10)
        rows = len(wrap(laid.text, 78 if laid.under else 78 - 48))
        assert rows + 5 * laid.under <= 10, (scene, lines)
        deed = card(name).words_to(scene)
        assert deed is None or lines[1] == localized(deed)
    use("en")


def test_a_card_without_such_words_sends_them_there() -> None:
    use("en")
    target = Target("p", "张", "", ("13900000101",), GROUP, scene_id="guard")
    lines = script_lines(
        target, CallingFrom("x"), EmergencyFacts(title="Fire"), replace(card("fire"), says=())
    )
    assert lines[-1] == "Go there at once and report to me. Please repeat."
    assert lines[1:] == lines[-1:]


@pytest.mark.parametrize("name", sorted(RING))
def test_what_is_told_before_the_question_stands_before_it(name: str) -> None:
    found = card(name)
    before = found.branch is not None and found.branch.tell_first
    assert before is (name in TOLD_BEFORE_ASKED)
    if found.branch is None:
        return
    use("zh")
    texts = [line.text for line in card_lines(found, "", None, (), steps_first=False)]
    given = [line.text for line in card_lines(found, "", 0, (), steps_first=False)]
    use("en")
    assert found.branch.text.zh in given[0], (
        "once it is answered, what its answer tells comes first"
    )
    (question,) = [n for n, text in enumerate(texts) if found.branch.text.zh in text]
    assert (texts.index(f"- {found.tells[0].text.zh}") < question) is before


@pytest.mark.parametrize("name", sorted(RING))
def test_the_calls_page_shows_what_is_told_until_somebody_was_rung(name: str) -> None:
    found = card(name)
    before, after = (deciding_line(found, None, rung=rung) for rung in (False, True))
    tell_first = found.tell_first and (found.branch is None or found.branch.tell_first)
    if tell_first:
        assert found.tells[0].text.en in before
        assert before.startswith(" Tell first: ")
    elif found.branch is not None:
        assert before.startswith(" Ask first: ")
    assert after.startswith(" Ask first: ") if found.branch else after == ""
    assert deciding_line(found, 0, rung=False) == ""
    assert max(width(before), width(after)) <= 2 * 80
    use("zh")
    assert all(width(deciding_line(found, None, rung=rung)) <= 80 for rung in (False, True))
    use("en")


def test_breaths_come_first_for_the_drowned_and_a_baby_is_pressed_otherwise() -> None:
    for name, answer in (("injury", 1), ("drowning", 2)):
        branch = card(name).branch
        assert branch is not None
        zh = [told.zh for told in branch.answers[answer].tells]
        en = [told.en for told in branch.answers[answer].tells]
        breaths = next(n for n, text in enumerate(zh) if "先吹2至5口" in text)
        pressing = next(n for n, text in enumerate(zh) if "用力快压" in text)
        assert breaths < pressing
        assert any("2 to 5 breaths first" in text for text in en)
        assert any("一只手或两个拇指，约4厘米" in text for text in zh)
        assert any("one hand or two thumbs, about 4 cm" in text for text in en)
        assert any("不会" in text and "一直压" in text for text in zh)
        assert not any("5至6厘米" in text for text in zh), "a baby is not pressed so deep"


def test_who_speaks_to_one_who_wants_to_die_and_who_stands_by_hear_their_own_words() -> None:
    spoken = [line.text for line in card("self_harm").tells]
    assert [text.zh.partition("：")[0] for text in spoken] == [*["对他"] * 4, "对旁人"]
    assert [text.en.partition(":")[0] for text in spoken] == [*["To him"] * 4, "To a bystander"]


def test_one_of_a_scene_is_counted_and_nobody_else() -> None:
    assert counted("guard:1") == ("guard", 1)
    assert counted("guard") == ("guard", 0)
    for name in ("guard:0", "guard:10", "guard:", ":1", "guard:x", "(guard:1)"):
        assert counted(name) == (name, 0)
    assert needed("(guard:1)") == "guard"
    assert "guard" in card("injury").called
