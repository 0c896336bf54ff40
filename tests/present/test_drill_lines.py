"""The report of a drill: on every line that it was one, and each step beside the last drill's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone

import pytest
from msgspec.structs import replace

from dispatcher_tui.domain.drill import STEPS
from dispatcher_tui.domain.reachability import BANDS, Band, Number
from dispatcher_tui.domain.terms import Label
from dispatcher_tui.domain.watch_events import DrillHeld
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.drill_lines import drill_object, report_lines, step_name
from dispatcher_tui.present.glossary import Glossary
from dispatcher_tui.present.reachability_lines import ledger_head, ledger_line
from dispatcher_tui.present.words import Language, use
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


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    use("en")


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
    cells = {line[6:32].strip(): line[32:].split() for line in lines[2:10]}
    assert lines[0] == "DRILL Report of an emergency drill: Fire"
    assert lines[1] == "DRILL 2026-11-21 22:47, clock ×10, held by 李建国"
    assert cells["from F9 to"] == ["this", "drill", "last", "difference"]
    assert cells["kind named"] == ["0:02", "0:02", "="]
    assert cells["first call"] == ["0:30", "0:45", "-0:15"]
    assert cells["a leader reached"] == ["1:15", "1:00", "+0:15"]
    assert cells["stood down"] == ["1:01:40", "--"]
    assert cells["on the scene"] == ["--", "--"]
    assert "DRILL Calls made: 4. Numbers that did not answer: 2" in lines
    assert "DRILL   陈志强 13900000101" in lines
    assert lines[-1] == "DRILL Last drill: 2026-10-22 22:47, Fire, clock ×10"


def test_another_speed_or_kind_is_not_simply_compared() -> None:
    use("en")
    warning = "of another kind or speed: compare with care"
    for other in (replace(BEFORE, speed=1.0), replace(BEFORE, kind="flood")):
        assert report_lines(NOW, other, ZONE, NAMES)[-1].endswith(warning)
    assert report_lines(NOW, None, ZONE)[-1] == "DRILL No drill was held before this one."


def test_the_same_for_programs() -> None:
    found = drill_object(NOW, BEFORE, ZONE)
    assert found["drill"] is True
    assert found["at"] == "2026-11-21T22:47:00+08:00"
    assert found["steps"] == {
        "kind": 2,
        "first_call": 30,
        "leader": 75,
        "group_first": None,
        "all_told": None,
        "on_scene": None,
        "stood_down": 3700,
    }
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
