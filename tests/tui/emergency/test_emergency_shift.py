"""Over a change of shift a cursor and a result belong to a person, never to a row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import read_emergency
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.handset import Handset
from tests.tui.rings import SCENES, desk
from tests.tui.story import case_of
from tests.tui.support import WIDE, Night, picture, press

CHANGE = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
"""19:00 at the estate: the day's people go home, the night's begin."""

DAY_LEAD, NIGHT_LEAD = "徐涛", "高磊"
MIDNIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


def tree(pilot: Pilot[Any]) -> CallTree:
    """The calls of the emergency on top."""
    assert isinstance(pilot.app.screen, EmergencyScreen)
    return pilot.app.screen.query_one(CallTree)


def chosen(pilot: Pilot[Any]) -> tuple[str, str]:
    """Who stands there to be rung, and by which number."""
    target = tree(pilot).target
    return (target.name if target else "", tree(pilot).phone)


async def the_case(night: Night, pilot: Pilot[Any]) -> Case:
    """The emergency's case as it stands on disk."""
    assert isinstance(pilot.app.screen, EmergencyScreen)
    return await case_of(night, pilot.app.screen.case_id)


async def meanwhile(night: Night, pilot: Pilot[Any], at: datetime) -> None:
    """It is that late, and another program writes a line, so that the screen is read anew."""
    night.clock.at = at
    screen = pilot.app.screen
    assert isinstance(screen, EmergencyScreen)
    await night.perform(screen.case_id, cmd.AddNote(text="消防已到"))
    await pilot.app.take_news()  # type: ignore[attr-defined]
    screen.tick(at)
    await press(pilot)


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("seconds", [-1, 0, 1])
async def test_who_is_being_rung_at_the_change_of_shift_is_who_is_written_down(
    tmp_path: Path, seconds: int
) -> None:
    begun = CHANGE - timedelta(seconds=20)
    async with desk(tmp_path, at=begun, rings=SCENES) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "1")
        assert chosen(pilot) == (DAY_LEAD, "13900000114")
        await meanwhile(night, pilot, CHANGE + timedelta(seconds=seconds))
        found = await night.run_on_desk(lambda it: read_emergency(it, tree_case(pilot)))
        following = found.next_call
        assert following is not None
        assert following.target.name == (DAY_LEAD if seconds < 0 else NIGHT_LEAD)
        assert chosen(pilot) == (DAY_LEAD, "13900000114"), "whom the bell rings for"
        night.clock.at = CHANGE + timedelta(seconds=7)
        await press(pilot, "1")
        calls = (await the_case(night, pilot)).calls
        assert [(c.name, c.phone, c.outcome) for c in calls[1:]] == [
            (DAY_LEAD, "13900000114", CallOutcome.REACHED)
        ]
        assert "7 = read back" in picture(pilot)
        await press(pilot, "7")
        assert (await the_case(night, pilot)).calls[-1].read_back_at is not None
        assert chosen(pilot)[0] == "曹阳", "a lead is told: the guard who came on duty is next"


def tree_case(pilot: Pilot[Any]) -> str:
    """The id of the emergency on top."""
    assert isinstance(pilot.app.screen, EmergencyScreen)
    return pilot.app.screen.case_id


@pytest.mark.rule("E-03")
async def test_who_comes_on_duty_is_near_within_the_minute_and_no_key_is_needed(
    tmp_path: Path,
) -> None:
    begun = CHANGE - timedelta(seconds=20)
    async with desk(tmp_path, at=begun, rings=SCENES) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "1")
        order = pilot.app.screen.query_one(Handset)
        assert NIGHT_LEAD not in order.order
        screen = pilot.app.screen
        assert isinstance(screen, EmergencyScreen)
        for at, name in ((-1, DAY_LEAD), (0, NIGHT_LEAD), (1, NIGHT_LEAD)):
            night.clock.at = CHANGE + timedelta(seconds=at)
            screen.tick(night.clock.at)
            await press(pilot)
            following = tree(pilot).following
            assert following is not None
            assert following.target.name == name
            assert chosen(pilot) == (DAY_LEAD, "13900000114")
        assert f"Enter: {NIGHT_LEAD}" in order.order


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("taken", ["row", "number"])
async def test_who_is_being_rung_stays_though_the_roster_loses_them(
    tmp_path: Path, taken: str
) -> None:
    def lose(it: Desk) -> None:
        people = it.store.people()
        if taken == "row":
            people = [p for p in people if p.name != DAY_LEAD]
        else:
            people = [replace(p, phones=("138",)) if p.name == DAY_LEAD else p for p in people]
        adopt_people(it, people, "another list")

    begun = CHANGE - timedelta(minutes=5)
    async with desk(tmp_path, at=begun, rings=SCENES) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "enter", "1")
        assert chosen(pilot) == (DAY_LEAD, "13900000114")
        await night.run_on_desk(lose)
        await meanwhile(night, pilot, begun + timedelta(seconds=5))
        assert chosen(pilot) == (DAY_LEAD, "13900000114")
        await press(pilot, "2")
        call = (await the_case(night, pilot)).calls[-1]
        assert (call.name, call.phone) == (DAY_LEAD, "13900000114")
        found = await night.run_on_desk(lambda it: read_emergency(it, tree_case(pilot)))
        assert DAY_LEAD in [t.name for t in found.targets], "who was rung stays in the tree"
        if taken == "row":
            following = found.next_call
            assert following is not None
            assert following.target.name != DAY_LEAD


@pytest.mark.rule("E-02")
async def test_a_head_who_was_told_and_whose_row_expires_at_midnight_is_told(
    tmp_path: Path,
) -> None:
    def ends(it: Desk) -> None:
        last = date(2026, 11, 21)
        people = [
            replace(p, valid_until=last) if p.role == "head" else p for p in it.store.people()
        ]
        adopt_people(it, people, "until midnight")

    begun = MIDNIGHT - timedelta(minutes=2)
    async with desk(tmp_path, at=begun) as night, night.running() as pilot:
        await night.run_on_desk(ends)
        await press(pilot, "f9", "1", "enter", "1", "1", "7")
        for at in (MIDNIGHT - timedelta(seconds=1), MIDNIGHT, MIDNIGHT + timedelta(seconds=1)):
            await meanwhile(night, pilot, at)
            found = await night.run_on_desk(lambda it: read_emergency(it, tree_case(pilot)))
            assert found.standing.decided
            assert found.next_call is not None
            assert found.next_call.target.rung < 0, "nobody above the head is rung for it"
            assert "陈志强" in [target.name for target in found.targets]
            assert found.progress.told == 2


async def test_who_goes_to_one_emergency_is_marked_and_comes_last_in_the_other(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, rings=SCENES) as night, night.running(WIDE, "zh") as pilot:
        await press(pilot, "f9", "1", "8", *"3-2", "enter", "1", "1", "7")
        first = (await the_case(night, pilot)).number
        await press(pilot, "f9", "1", "0", "8", *"4-1", "enter", "1")
        assert chosen(pilot)[0] == "曹阳", "the lead goes to the first fire, the gate is free"
        await press(pilot, *["down"] * 20)
        assert f"正赶往 {first}" in picture(pilot)
        await night.perform(first, cmd.StandDown(note="陈志强：已灭", why="别人没打通"))
        await pilot.app.take_news()  # type: ignore[attr-defined]
        await press(pilot)
        assert "正赶往" not in picture(pilot), "it is over, and the lead is free"
        found = await night.run_on_desk(lambda it: read_emergency(it, tree_case(pilot)))
        assert found.next_call is not None
        assert found.next_call.target.name == NIGHT_LEAD


async def test_where_somebody_is_and_as_what_they_are_rung_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path, rings=SCENES) as night, night.running(lang="zh") as pilot:
        await press(pilot, "f9", "1", "8", *"3-2", "enter", "1")
        order = pilot.app.screen.query_one(Handset).order
        assert order.endswith("保安、监控室")
        shown = picture(pilot)
        assert "东门岗" in shown
        assert not (await the_case(night, pilot)).calls[1:]
