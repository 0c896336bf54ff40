"""A planned test of the fire system: its panel's alarms are counted, and open no case.

Each limit is tried a second before it, at it and a second after it, on a real file.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.panel import (
    end_test,
    end_tests,
    next_test_end,
    plan_test,
    planned_tests,
    take_alarm,
)
from dispatcher_tui.desk.watch.alive import AliveFile
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.desk.watch.outage import fire_and_read, start_desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.watch_events import PanelTestAlarm, PanelTestEnded
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.terms import CallOutcome, Channel, Fact
from tests.desk.alarms import AT, FIRE, kinds, sound, stood_down, verdict
from tests.desk.on_watch import clock_of, open_desk, put
from tests.domain.support import SECOND, local

BEGIN, END = local("2026-11-18 10:00"), local("2026-11-18 12:00")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk at nine in the morning."""
    return open_desk(tmp_path, AT)


def planned(desk: Desk, since: str = "10:00", until: str = "12:00", panel: str = "") -> Entry:
    """A test ordered by the head."""
    return plan_test(desk, since, until, panel, "赵主任")


@pytest.mark.parametrize(
    ("at", "tested"),
    [
        (BEGIN - SECOND, False),
        (BEGIN, True),
        (BEGIN + SECOND, True),
        (END - SECOND, True),
        (END, False),
        (END + SECOND, False),
    ],
)
def test_while_it_runs_an_alarm_is_a_counted_line(desk: Desk, at: datetime, tested: bool) -> None:
    test = planned(desk)
    found = sound(desk, at)
    assert (found.test is not None) is tested
    assert (found.done is None) is tested
    assert len(list(desk.store.all_cases())) == (0 if tested else 1)
    lines = [e.event for e in kinds(desk, PanelTestAlarm)]
    told = PanelTestAlarm(
        of=test.seq,
        times=1,
        panel="2号",
        place="9-2-0503",
        said="5层 烟感 3-12",
        facts=(Fact.FIRE,),
    )
    assert lines == ([told] if tested else [])
    assert verdict(desk)


@pytest.mark.parametrize(
    ("other", "tested"),
    [
        ({}, True),
        ({"panel": "２号"}, True),
        ({"panel": ""}, False),
        ({"panel": "3号"}, False),
        ({"channel": Channel.PHONE}, False),
        ({"channel": Channel.STAFF}, False),
        ({"facts": (Fact.FIRE, Fact.INJURY)}, False),
        ({"phone": "13900000001"}, False),
        ({"caller": "张丽"}, False),
    ],
)
def test_it_touches_only_its_panel_and_nothing_that_a_person_reports(
    desk: Desk, other: dict[str, object], tested: bool
) -> None:
    planned(desk, panel="2号")
    found = sound(desk, BEGIN + SECOND, **other)
    assert (found.test is not None) is tested
    assert (found.done is not None) is not tested


def test_the_test_of_all_covers_every_panel(desk: Desk) -> None:
    planned(desk)
    for panel in ("", "2号", "3号"):
        assert sound(desk, BEGIN, panel=panel).test is not None
    (test,) = planned_tests(desk)
    assert test.alarms == 3


@pytest.mark.parametrize("under_test", ["", "2号", "3号"])
def test_of_every_class_only_those_of_the_fire_system_are_counted(
    desk: Desk, under_test: str
) -> None:
    """A lift, an alarm button, a person down: whatever panel reports it, it opens its case."""
    planned(desk, panel=under_test)
    clock_of(desk).at = BEGIN
    counted = 0
    for category in desk.site.categories:
        for named in (category.id, category.name.zh):
            found = sound(desk, category=named, facts=(), place=f"9-2-{counted:04}")
            tested = under_test in ("", "2号") and "fire" in category.tags
            assert (found.test is not None) is tested, category.id
            if found.done is not None:
                assert found.done.case.category == category.id
            counted += tested
    classes = {e.event.category for e in kinds(desk, PanelTestAlarm)}  # type: ignore[attr-defined]
    of_fire = {c.id for c in desk.site.categories if "fire" in c.tags}
    assert {"smoke_fire", "fire_alarm"} <= of_fire
    assert not of_fire.intersection({"lift_entrapment", "person_hurt", "intruder", "flood"})
    assert classes == (of_fire if under_test in ("", "2号") else set())
    assert counted == 2 * len(classes)
    assert verdict(desk)


@pytest.mark.parametrize(
    ("under_test", "panel", "facts", "tested"),
    [
        ("", "电梯", (), False),
        ("", "电梯", (Fact.NOW,), False),
        ("", "", (), False),
        ("", "2号", (Fact.FIRE,), True),
        ("", "", (Fact.FIRE, Fact.NOW), True),
        ("2号", "2号", (), True),
        ("2号", "2号", (Fact.FIRE,), True),
        ("2号", "电梯", (), False),
    ],
)
def test_without_a_class_it_says_fire_or_comes_from_the_panel_that_is_named(
    desk: Desk, under_test: str, panel: str, facts: tuple[Fact, ...], tested: bool
) -> None:
    planned(desk, panel=under_test)
    found = sound(desk, BEGIN, panel=panel, facts=facts, said="")
    assert (found.test is not None) is tested
    assert (found.done is None) is tested


def test_a_class_that_there_is_not_is_refused_in_a_test_as_outside_of_one(desk: Desk) -> None:
    planned(desk)
    with pytest.raises(Refusal, match="unknown_category"):
        sound(desk, BEGIN, category="lift_trap")
    assert kinds(desk, PanelTestAlarm) == []


def test_an_alarm_told_late_falls_in_it_only_where_it_sounded_and_is_told_in_it(desk: Desk) -> None:
    planned(desk)
    clock_of(desk).at = BEGIN + SECOND
    assert take_alarm(desk, FIRE, BEGIN).test is not None
    assert take_alarm(desk, FIRE, BEGIN - SECOND).done is not None
    clock_of(desk).at = END
    assert take_alarm(desk, FIRE, END - SECOND).test is None


def test_its_end_is_written_once_at_its_end_with_what_was_counted(desk: Desk) -> None:
    test = planned(desk)
    sound(desk, BEGIN)
    sound(desk, BEGIN + SECOND)
    clock_of(desk).at = END - SECOND
    assert next_test_end(desk.post.panel_tests) == END
    assert end_tests(desk) == []
    clock_of(desk).at = END
    (ended,) = end_tests(desk)
    assert ended.event == PanelTestEnded(of=test.seq, alarms=2)
    assert ended.occurred_at == END
    clock_of(desk).at = END + SECOND
    assert end_tests(desk) == []
    assert desk.post.panel_tests == ()
    assert next_test_end(desk.post.panel_tests) is None
    assert verdict(desk)


def test_an_end_that_nobody_saw_is_written_at_the_start(desk: Desk) -> None:
    planned(desk)
    clock_of(desk).at = END + timedelta(hours=3)
    start_desk(desk, AliveFile(desk.store.path))
    fire_and_read(desk)
    (ended,) = kinds(desk, PanelTestEnded)
    assert (ended.occurred_at, ended.recorded_at) == (END, clock_of(desk).at)
    fire_and_read(desk)
    assert len(kinds(desk, PanelTestEnded)) == 1


def test_ended_early_it_turns_no_alarm_any_more(desk: Desk) -> None:
    test = planned(desk)
    assert sound(desk, BEGIN).test is not None
    clock_of(desk).at = BEGIN + SECOND
    ended = end_test(desk, test.seq)
    assert ended.event == PanelTestEnded(of=test.seq, alarms=1, early=True)
    assert sound(desk).done is not None
    with pytest.raises(Refusal, match="no_panel_test"):
        end_test(desk, test.seq)
    clock_of(desk).at = END
    assert end_tests(desk) == []


def test_one_called_off_before_it_began_never_begins(desk: Desk) -> None:
    test = planned(desk)
    end_test(desk, test.seq)
    assert sound(desk, BEGIN).done is not None


@pytest.mark.parametrize(
    ("until", "taken"),
    [("2026-11-18 21:59:59", True), ("2026-11-18 22:00", True), ("2026-11-18 22:00:01", False)],
)
def test_twelve_hours_at_most(desk: Desk, until: str, taken: bool) -> None:
    if taken:
        planned(desk, until=until)
    else:
        with pytest.raises(Refusal, match="panel_test_long"):
            planned(desk, until=until)
    assert bool(desk.post.panel_tests) is taken


@pytest.mark.parametrize(
    ("since", "until", "panel", "taken"),
    [
        ("12:00", "13:00", "", True),
        ("9:30", "10:00", "", True),
        ("9:30", "10:01", "", False),
        ("11:59", "13:00", "", False),
        ("10:30", "11:00", "2号", False),
        ("10:30", "11:00", "３号", True),
    ],
)
def test_one_panel_is_not_under_two_tests_at_once(
    desk: Desk, since: str, until: str, panel: str, taken: bool
) -> None:
    planned(desk, panel="2号")
    if taken:
        planned(desk, since, until, panel)
    else:
        with pytest.raises(Refusal, match="panel_test_overlaps"):
            planned(desk, since, until, panel)
    assert len(desk.post.panel_tests) == 1 + taken


def test_it_begins_now_where_no_beginning_is_typed_and_a_length_counts_from_it(desk: Desk) -> None:
    planned(desk, since="", until="2h")
    (test,) = planned_tests(desk)
    assert (test.since, test.until) == (AT, AT + timedelta(hours=2))
    planned(put(desk, "2026-11-18 09:00:30"), since="11:00", until="30")
    late = planned_tests(desk)[-1]
    assert (late.since, late.until) == (local("2026-11-18 11:00"), local("2026-11-18 11:30"))


def test_the_minute_on_now_is_now(desk: Desk) -> None:
    now = local("2026-11-18 09:00:30")
    clock_of(desk).at = now
    planned(desk, since="9:00", until="10:00")
    (test,) = planned_tests(desk)
    assert test.since == now


@pytest.mark.parametrize(
    ("since", "until", "by", "error"),
    [
        ("soon", "2h", "赵主任", WhenError),
        ("10:00", "", "赵主任", WhenError),
        ("2026-11-18 08:00", "2h", "赵主任", WhenError),
        ("2026-11-18 11:00", "2026-11-18 10:59", "赵主任", WhenError),
        ("10:00", "11:00", " ", Refusal),
        ("2026-12-20 09:00", "1h", "赵主任", Refusal),
    ],
)
def test_what_can_be_no_test_is_refused(
    desk: Desk, since: str, until: str, by: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        plan_test(desk, since, until, "", by)
    assert desk.post.panel_tests == ()


def test_it_stands_on_the_sheet_until_it_is_over(desk: Desk) -> None:
    planned(desk, panel="2号")
    (coming,) = sheet_now(desk).tests
    assert (coming.since, coming.until, coming.by, coming.panel) == (BEGIN, END, "赵主任", "2号")
    sound(desk, BEGIN)
    assert sheet_now(desk).tests == (replace(coming, alarms=1),)
    clock_of(desk).at = END
    assert sheet_now(desk).tests == ()


def test_no_alarm_is_lost_whatever_sounds_when(desk: Desk) -> None:
    """Every alarm is one thing: an opening, a repeat on a case, or a line of a test."""
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    planned(desk, "9:20", "9:40", "2号")
    at, alarms = AT, 60
    for _ in range(alarms):
        at += timedelta(seconds=dice.choice([0, 1, 30, 599, 600, 601]))
        panel, place = dice.choice(["", "2号"]), dice.choice(["", "9-2-0503", "9-2-0603"])
        found = sound(desk, at, panel=panel, place=place)
        if found.done is not None and dice.random() < 0.2:
            desk.perform(
                found.done.case.id,
                cmd.TryCall(person="z", name="张伟", outcome=CallOutcome.REACHED, purpose=""),
            )
            stood_down(desk, found.done.case.number)
    assert len(kinds(desk, ev.CaseOpened, em.AlarmRepeated, PanelTestAlarm)) == alarms
    cases = [record.case for record in desk.store.all_cases()]
    assert sum(1 + case.alarms for case in cases) + len(kinds(desk, PanelTestAlarm)) == alarms
    assert verdict(desk)


@pytest.mark.parametrize(
    ("last", "tested"), [(END - SECOND, True), (END, False), (END + SECOND, False)]
)
def test_a_test_that_was_over_counts_nothing_once_the_clock_is_set_back(
    desk: Desk, last: datetime, tested: bool
) -> None:
    """Nobody was there to write its end down; that it had come is on record all the same."""
    test = planned(desk)
    sound(desk, last, panel="3号", channel=Channel.PHONE)
    found = sound(desk, BEGIN + SECOND)
    assert (found.test is not None) is tested
    assert (found.done is None) is tested
    clock_of(desk).at = BEGIN + 2 * SECOND
    ended = [entry.event for entry in end_tests(desk)]
    assert ended == ([] if tested else [PanelTestEnded(of=test.seq, alarms=0)])
    assert end_tests(desk) == []
    assert verdict(desk)


def test_what_the_clock_showed_before_a_test_was_planned_ends_none(desk: Desk) -> None:
    sound(desk, END + SECOND, panel="3号", channel=Channel.PHONE)
    clock_of(desk).at = AT
    planned(desk)
    assert sound(desk, BEGIN).test is not None
