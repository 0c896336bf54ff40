"""An alarm that is repeated counts on its case; any other opens its own.

Each limit is tried a second before it, at it and a second after it, on a real file.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.panel import (
    take_alarm,
)
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.terms import Channel, Fact, FeedbackBy, Stage
from tests.desk.alarms import AT, FIRE, number, sound, stood_down, verdict
from tests.desk.on_watch import clock_of, open_desk
from tests.domain.support import P0, SECOND, Story

WINDOW = timedelta(seconds=600)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk at nine in the morning."""
    return open_desk(tmp_path, AT)


@pytest.mark.parametrize(("after", "same"), [(599, True), (600, True), (601, False)])
def test_within_600_seconds_it_is_the_same_alarm(desk: Desk, after: int, same: bool) -> None:
    first = sound(desk)
    again = sound(desk, AT + after * SECOND)
    assert again.repeated is same
    assert (number(again) == number(first)) is same
    assert len(list(desk.store.all_cases())) == (1 if same else 2)
    assert verdict(desk)


def test_each_repeat_renews_the_window_and_is_counted_on_the_case(desk: Desk) -> None:
    first = sound(desk)
    sound(desk, AT + WINDOW, said="6层也报了")
    third = sound(desk, AT + 2 * WINDOW)
    assert number(third) == number(first)
    assert third.done is not None
    case = third.done.case
    assert (case.panel, case.alarms, case.alarm_at) == ("2号", 2, AT + 2 * WINDOW)
    told = [e.event for e in desk.store.entries(case.id)]
    assert sum(isinstance(e, ev.CaseOpened) for e in told) == 1
    assert [(e.times, e.said) for e in told if isinstance(e, em.AlarmRepeated)] == [
        (2, "6层也报了"),
        (3, ""),
    ]
    assert number(sound(desk, AT + 3 * WINDOW + SECOND)) != number(first)
    assert verdict(desk)


@pytest.mark.parametrize(
    "other",
    [
        {"place": "9-2-0603"},
        {"place": ""},
        {"panel": "3号"},
        {"panel": ""},
        {"channel": Channel.PHONE},
        {"category": "leak"},
        {"facts": (Fact.FIRE, Fact.INJURY)},
    ],
)
def test_what_may_be_another_matter_is_a_case_of_its_own(
    desk: Desk, other: dict[str, object]
) -> None:
    first = sound(desk)
    own = sound(desk, AT + SECOND, **other)
    assert not own.repeated
    assert number(own) != number(first)
    assert sound(desk, AT + 2 * SECOND).repeated
    assert len(list(desk.store.all_cases())) == 2


@pytest.mark.parametrize(
    ("place", "panel"),
    [("9栋2单元0503室", "2号"), ("９．２．０５０３", " 2号 "), ("9 2 0503", "２号")],
)
def test_places_and_panels_are_the_same_however_they_are_spelt(
    desk: Desk, place: str, panel: str
) -> None:
    first = sound(desk)
    assert number(sound(desk, AT + SECOND, place=place, panel=panel)) == number(first)


def test_without_a_place_the_panel_alone_is_the_key(desk: Desk) -> None:
    first = sound(desk, place="", said="")
    assert number(sound(desk, AT + WINDOW, place="", said="")) == number(first)
    assert number(sound(desk, AT + WINDOW, place="", said="", panel="3号")) != number(first)


def test_a_correction_at_the_desk_does_not_hide_the_case_from_its_panel(desk: Desk) -> None:
    first = sound(desk)
    desk.perform(number(first), cmd.Correct(field="place", value="9-2-0504", reason="实为0504"))
    assert number(sound(desk, AT + SECOND)) == number(first)
    assert number(sound(desk, AT + SECOND, place="9-2-0504")) == number(first)
    assert number(sound(desk, AT + SECOND, place="9-2-0505")) != number(first)


def written_off(desk: Desk, key: str) -> None:
    """The emergency is over and written off with the head's signature."""
    desk.perform(key, cmd.StandDown(note="119: 已灭", why="没打通"))
    record = desk.record(key)
    items = {item.id: "x" for item in desk.rules_of(record.case).procedure.write_off}
    desk.perform(
        key,
        cmd.WriteOff(
            by=FeedbackBy.WORD, source="张伟", items={**items, "cause": "x"}, signed={"head": "赵"}
        ),
        cosigner="赵",
    )
    assert desk.record(key).case.stage is Stage.WRITTEN_OFF


def false_alarm(desk: Desk, key: str) -> None:
    """Nothing burns."""
    desk.perform(key, cmd.StandDown(note="误报", false_alarm=True, why="没打通"))


@pytest.mark.parametrize("over", [written_off, stood_down, false_alarm])
def test_what_is_over_swallows_no_alarm(desk: Desk, over: object) -> None:
    first = number(sound(desk))
    assert callable(over)
    over(desk, first)
    second = sound(desk, AT + SECOND)
    assert not second.repeated
    assert number(second) != first
    assert second.stood_down == (first if over in (stood_down, false_alarm) else "")
    third = sound(desk, AT + 2 * SECOND)
    assert (number(third), third.stood_down) == (number(second), "")
    assert desk.record(first).case.alarms == 0
    assert verdict(desk)


def test_one_that_flared_up_again_is_open_for_its_panel(desk: Desk) -> None:
    first = number(sound(desk))
    stood_down(desk, first)
    desk.perform(first, cmd.ResumeEmergency(reason="复燃"))
    assert number(sound(desk, AT + SECOND)) == first


def test_a_case_that_was_graded_down_swallows_no_fire(desk: Desk) -> None:
    first = number(sound(desk))
    ordinary = desk.rules.procedure.levels[-1].id
    stood_down(desk, first)
    desk.perform(first, cmd.Regrade(level=ordinary, reason="故障"))
    assert number(sound(desk, AT + SECOND)) != first


def test_who_is_at_work_on_it_can_still_take_a_step_back(desk: Desk) -> None:
    first = number(sound(desk))
    clock_of(desk).forward(seconds=1)
    desk.perform(first, cmd.AddNote(text="记错了"))
    desk.actor, mine = "cli:panel", desk.actor
    sound(desk, AT + SECOND)
    desk.actor = mine
    done = desk.take_back(first)
    assert [type(e.event) for e in done.entries] == [ev.TakenBack]
    assert desk.record(first).case.alarms == 1


def test_a_repeat_moves_no_clock_of_the_procedure(desk: Desk) -> None:
    first = sound(desk)
    again = sound(desk, AT + SECOND)
    assert first.done is not None
    assert again.done is not None
    assert first.done.duties == again.done.duties


def test_one_told_late_counts_by_when_it_sounded(desk: Desk) -> None:
    first = sound(desk)
    clock_of(desk).at = AT + 3 * WINDOW
    late = take_alarm(desk, FIRE, AT + WINDOW)
    assert number(late) == number(first)
    assert number(take_alarm(desk, FIRE, AT - WINDOW)) == number(first)
    assert number(take_alarm(desk, FIRE, AT - WINDOW - SECOND)) != number(first)


_SCRIPT = """
import sys
from pathlib import Path
from tests.desk.alarms import FIRE
from tests.desk.on_watch import open_desk
from tests.domain.support import local
from dispatcher_tui.desk.emergency.panel import take_alarm
desk = open_desk(Path(sys.argv[1]), local("2026-11-18 09:00"))
print("ready", flush=True)
sys.stdin.readline()
print(take_alarm(desk, FIRE).done.case.number, flush=True)
"""


def test_scripts_started_at_the_same_instant_make_one_case(desk: Desk, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    panels = [
        subprocess.Popen(
            [sys.executable, "-c", _SCRIPT, str(tmp_path)],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for panel in panels:
        assert panel.stdout is not None
        assert panel.stdout.readline() == "ready\n"
    for panel in panels:
        assert panel.stdin is not None
        panel.stdin.write("\n")
        panel.stdin.flush()
    told = [panel.communicate(timeout=60)[0].strip() for panel in panels]
    assert len(set(told)) == 1
    (only,) = desk.store.all_cases()
    assert (only.case.number, only.case.alarms) == (told[0], 2)


def test_whether_the_place_is_registered_follows_every_correction_of_it(desk: Desk) -> None:
    """Opened, named in F9, corrected: what is read of the place is of the place that stands."""
    case_id = desk.open_emergency("fire").case.id
    key = {"known": "9-2-0503", "unknown": "99-9-9999"}

    def stands() -> bool:
        case = desk.record(case_id).case
        assert fold(desk.store.entries(case_id)) == case
        return case.registered

    others = [Household("8-1-0101"), Household("8-1-00101")]
    adopt_units(desk, [Household(key["known"]), *others], "place\n9-2-0503\n8-1-0101\n8-1-00101\n")
    assert desk.store.unit("8-1-0101") == others[0], "as it is spelt comes first"
    assert desk.store.unit("8-1-101") is None, "of two that are alike neither is meant"
    assert not stands(), "no place yet"
    desk.perform(case_id, cmd.NameEmergency(kind="fire", place=key["known"]))
    assert stands()
    desk.perform(case_id, cmd.NameEmergency(kind="gas_smell"))
    assert stands(), "no place is said with it: it keeps its own"
    desk.perform(case_id, cmd.NameEmergency(kind="fire", place=key["unknown"]))
    assert not stands()
    spelt = [("9栋2单元0503", True), ("9-2-503", True), ("9-2-0504", False), ("09-02-00503", True)]
    for typed, known in (*spelt, (key["unknown"], False), ("", False)):
        desk.perform(case_id, cmd.Correct(field="place", value=typed, reason="听错"))
        assert stands() is known, typed
    desk.perform(case_id, cmd.Correct(field="place", value=key["known"], reason="听错"))
    desk.perform(case_id, cmd.Correct(field="caller", value=key["unknown"], reason="听错"))
    assert stands()
    assert verdict(desk)


def test_an_older_record_says_of_a_corrected_place_what_it_said() -> None:
    story = Story(P0, "2026-11-18 09:00").open(registered=True)
    for event in (
        ev.Corrected(case=story.case.id, field="place", value="x", reason="r"),
        em.EmergencyNamed(case=story.case.id, kind="fire", place="y"),
    ):
        assert story.held(event).case.registered
