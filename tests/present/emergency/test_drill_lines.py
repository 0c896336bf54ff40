"""The report of a drill: on every line that it was one, and each step beside the last drill's."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.emergency.drill import STEPS
from dispatcher_tui.domain.emergency.reachability import BANDS, Band, Number
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.watch_events import DrillHeld
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.emergency.drill_lines import (
    drill_object,
    real_or_drill,
    report_lines,
    shouted,
    step_name,
)
from dispatcher_tui.present.emergency.reachability_lines import ledger_head, ledger_line
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.names import Glossary
from tests.domain.support import case_line
from tests.present.watch_samples import AT

ZONE = timezone(timedelta(hours=8))
NAMES = Glossary(kinds={"fire": Label("起火", "Fire")})
NOW = DrillHeld(
    at=AT,
    speed=10.0,
    operator="李建国",
    kind="fire",
    steps={"kind": 2, "first_call": 30, "leader": 75, "stood_down": 3700},
    silent=("陈志强 13900000101", "\x1b[2J孙 139"),
    calls=4,
)
BEFORE = replace(
    NOW, at=AT - timedelta(days=30), steps={"kind": 2, "first_call": 45, "leader": 60}, silent=()
)


@pytest.mark.parametrize(("lang", "mark"), [("zh", "演练"), ("en", "DRILL")])
@pytest.mark.parametrize("last", [None, BEFORE])
def test_every_line_says_that_it_was_a_drill(
    lang: Language, mark: str, last: DrillHeld | None
) -> None:
    use(lang)
    lines = report_lines(NOW, last, ZONE, NAMES)
    assert len(lines) > len(STEPS)
    assert all(line.startswith(f"{mark} ") for line in lines)
    assert all(width(line) <= 80 and "\x1b" not in line for line in lines)


def test_the_steps_stand_beside_those_of_the_last_drill() -> None:
    use("en")
    lines = report_lines(NOW, BEFORE, ZONE, NAMES)
    cells = {line[6:32].strip(): line[32:].split() for line in lines[2:15]}
    assert lines[0] == "DRILL Report of an emergency drill: Fire"
    assert lines[1] == "DRILL 2026-11-21 22:47, by 李建国, clock 10 times as fast"
    assert cells["from F9 to"] == ["this", "drill", "last", "difference"]
    assert cells["first number on screen"] == ["0:02", "0:02", "="]
    assert cells["first call"] == ["0:30", "0:45", "-0:15"]
    assert cells["a leader reached"] == ["1:15", "1:00", "+0:15"]
    assert cells["stood down"] == ["1:01:40", "--"]
    assert cells["on the scene"] == ["--", "--"]
    assert "DRILL Calls made: 4. Numbers that did not answer: 2" in lines
    assert "DRILL   陈志强 13900000101" in lines
    words = "Last of this kind: 2026-10-22 22:47, by 李建国, clock 10 times as fast"
    assert lines[-1] == f"DRILL {words}"


def test_another_speed_is_not_simply_compared() -> None:
    use("en")
    *_lines, last, slower = report_lines(NOW, replace(BEFORE, speed=1.0), ZONE, NAMES)
    assert last == "DRILL Last of this kind: 2026-10-22 22:47, by 李建国"
    assert slower == "DRILL It ran at another speed: compare with care."
    last = "DRILL No drill of this kind was held before this one."
    assert report_lines(NOW, None, ZONE)[-1] == last


@pytest.mark.parametrize(
    ("seconds", "broken_off", "said"),
    [
        (59, False, "met, 59 s after F9."),
        (60, False, "met, 60 s after F9."),
        (61, False, "MISSED, 61 s after F9."),
        (None, False, "MISSED, nobody was told."),
        (None, True, "broken off before."),
    ],
)
def test_the_mark_is_said(seconds: int | None, broken_off: bool, said: str) -> None:
    use("en")
    steps = {} if seconds is None else {"goes_told": seconds}
    drill = replace(NOW, steps=steps, broken_off=broken_off, speed=1.0)
    words = "DRILL Mark of 60 s, somebody who goes there told: "
    found = [line for line in report_lines(drill, None, ZONE) if line.startswith(words)]
    assert found == [words + said]
    mark = drill_object(drill, None, ZONE)["mark"]
    met = None if broken_off else seconds is not None and seconds <= 60
    assert mark == {"seconds": 60, "told": seconds, "met": met}


def test_at_another_speed_the_mark_is_not_judged_and_that_is_said() -> None:
    use("en")
    drill = replace(NOW, steps={"goes_told": 400}, speed=20.0)
    (said,) = [line for line in report_lines(drill, None, ZONE) if "Mark of 60 s" in line]
    assert said == "DRILL Mark of 60 s: NOT judged, the clock ran 20 times as fast (use 1)."
    assert drill_object(drill, None, ZONE)["mark"] == {"seconds": 60, "told": 400, "met": None}


def test_a_drill_broken_off_and_one_of_another_kind_say_so() -> None:
    use("en")
    broken = "DRILL Broken off by a real call: what was not come to until then is no fault."
    other = "DRILL To be drilled was Fire: another kind was named."
    assert not {broken, other} & set(report_lines(NOW, BEFORE, ZONE, NAMES))
    assert broken in report_lines(replace(NOW, broken_off=True), None, ZONE, NAMES)
    assert other in report_lines(replace(NOW, asked="fire", kind="flood"), None, ZONE, NAMES)
    assert other not in report_lines(replace(NOW, asked="fire"), None, ZONE, NAMES)
    before = report_lines(NOW, replace(BEFORE, broken_off=True), ZONE, NAMES)[-1]
    assert before == "DRILL It was broken off by a real call."


def _line(**more: Any) -> CaseLine:
    fields = {"number": "261130-09", "place": "3-2-1502", "content": "fire", "emergency": True}
    return case_line(**{**fields, **more})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_shout_fits_beside_the_mark_and_names_its_key(lang: Language) -> None:
    use(lang)
    first, keys = shouted(_line(), 1, NAMES, unanswered=True).split("\n")
    assert "261130-09 3-2-1502" in first
    assert keys.startswith(" 1 = ")
    assert max(width(first), width(keys)) <= 78
    assert shouted(None, 0, NAMES, unanswered=False) == ""


def test_the_shout_tells_kind_count_and_trouble_and_is_text() -> None:
    use("en")
    assert "REAL EMERGENCY 261130-09 3-2-1502 Fire" in shouted(_line(), 1, NAMES, unanswered=True)
    ordinary = shouted(_line(emergency=False, place="a\nb\x1b[2J"), 3, NAMES, unanswered=False)
    assert ordinary.startswith(" REAL: case 261130-09 (and 2 more) ")
    assert len(ordinary.split("\n")) == 2
    assert "\x1b" not in ordinary
    assert ordinary.endswith("F2 leads out of the drill.")
    trouble = shouted(None, 0, NAMES, unanswered=False, trouble="no disk")
    assert trouble == " The real desk cannot be watched from this drill: no disk"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("call", [True, False])
def test_the_question_fits_and_offers_the_real_case_only_where_there_is_one(
    lang: Language, call: bool
) -> None:
    use(lang)
    plain = real_or_drill(AT.astimezone(ZONE), "", call=call).split("\n")
    with_case = real_or_drill(AT.astimezone(ZONE), "261130-09", call=call).split("\n")
    assert all(width(line) <= 74 for line in with_case)
    assert [line[0] for line in plain[2:]] == ["1", "0"]
    assert [line[0] for line in with_case[2:]] == ["1", "2", "0"]
    assert "22:47:" in plain[2]


def test_the_same_for_programs() -> None:
    found = drill_object(NOW, BEFORE, ZONE)
    assert found["drill"] is True
    assert found["at"] == "2026-11-21T22:47:00+08:00"
    assert found["steps"] == {
        **dict.fromkeys(STEPS),
        "kind": 2,
        "first_call": 30,
        "leader": 75,
        "stood_down": 3700,
    }
    assert found["difference"] == {
        **dict.fromkeys(STEPS),
        "kind": 0,
        "first_call": -15,
        "leader": 15,
    }
    assert (found["asked"], found["broken_off"]) == (None, False)
    assert found["last"]["steps"]["first_call"] == 45
    assert drill_object(NOW, None, ZONE)["last"] is None


def test_a_step_of_another_version_keeps_its_name() -> None:
    assert step_name("landed") == "landed"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_line_of_the_ledger_fits_and_names_the_dead(lang: Language) -> None:
    use(lang)
    bands = (Band(3, 0), *(Band(),) * (BANDS - 1))
    dead = Number("chen", "陈志强", "13900000101", bands)
    fine = replace(dead, bands=(Band(5, 3), *bands[1:]), last_answered=AT)
    for line in (ledger_head(), ledger_line(dead, AT, ZONE), ledger_line(fine, AT, ZONE)):
        assert width(line) < 78
    assert ledger_line(dead, AT, ZONE).endswith("DEAD" if lang == "en" else "打不通")
    assert ledger_line(fine, AT, ZONE).endswith("22:47")
    assert " 3/5 " in ledger_line(fine, AT, ZONE)
