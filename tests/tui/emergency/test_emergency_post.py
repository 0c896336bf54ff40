"""E-05 at the desk: the post is held, found again after a crash, and by two emergencies at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.emergency.emergency import refuse_while_held
from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.watch.watchkeeping import lock, relieve, sign_in
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from tests.tui.rings import desk
from tests.tui.story import message, on_top
from tests.tui.support import Night, picture, press

HELD = "The post is held by 261121-01: stand it down, or be relieved (F12, 3)."


async def fire(night: Night) -> str:
    """A fire at 3-2 that holds the post; its id."""
    return (await night.run_on_desk(lambda it: it.open_emergency("fire", "3-2"))).case.id


async def on_watch(night: Night) -> None:
    """李建国 has the watch, 王芳 can relieve him."""
    await night.run_on_desk(lambda it: add_operator(it, "李建国", "dispatcher", "246813"))
    await night.run_on_desk(lambda it: add_operator(it, "王芳", "dispatcher", "135792"))
    await night.run_on_desk(lambda it: sign_in(it, "李建国", "246813"))


async def test_leaving_is_refused_until_it_is_stood_down(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        async with night.running() as pilot:
            await press(pilot, "ctrl+q")
            assert pilot.app.is_running
            assert message(pilot) == HELD
            await night.perform(case_id, cmd.StandDown(note="陈志强：已灭", why="自己灭了"))
            await press(pilot, "ctrl+q")
            assert pilot.app.return_value == 0


async def test_handing_over_and_locking_are_refused_and_relief_is_not(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await on_watch(night)
        await fire(night)
        async with night.running() as pilot:
            for digit in ("2", "4"):
                await press(pilot, "f12", digit)
                assert on_top(pilot) == "ShiftScreen"
                assert message(pilot) == HELD
                await press(pilot, "escape")
        with pytest.raises(Refusal, match="post_held"):
            await night.run_on_desk(lock)
        await night.run_on_desk(lambda it: relieve(it, "王芳", "135792"))
        assert night.desk.post.holder == "王芳"


async def test_a_drill_holds_nobody(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await fire(night)
        night.desk.scratch = True
        assert await night.run_on_desk(refuse_while_held)


def begin(night: Night, database: Path | None) -> Any:
    """What the program does by itself after its first frame."""

    def run(app: DispatcherApp) -> None:
        Chores(night.session, database).begin(app)

    return run


def tree(pilot: Pilot[Any]) -> CallTree:
    """The calls of the emergency on top."""
    assert isinstance(pilot.app.screen, EmergencyScreen)
    return pilot.app.screen.query_one(CallTree)


@pytest.mark.parametrize("minutes", [0, 30])
async def test_after_a_start_it_comes_first_at_the_same_call(tmp_path: Path, minutes: int) -> None:
    async with desk(tmp_path) as night:
        async with night.running(begin=begin(night, None)) as pilot:
            await press(pilot, "f9", "5", "8", *"5-1", "enter", "1", "3")
            assert tree(pilot).phone == "13900000115"
        night.clock.forward(minutes=minutes)
        async with night.running(begin=begin(night, None)) as pilot:
            await press(pilot)
            if minutes:
                assert on_top(pilot) == "OutageScreen"
                await press(pilot, "f10")
            assert on_top(pilot) == "EmergencyScreen"
            target = tree(pilot).target
            assert target is not None
            assert (target.name, tree(pilot).phone) == ("高磊", "13900000115")
            assert "5-1" in picture(pilot).splitlines()[0]
            await press(pilot, "escape")
            assert on_top(pilot) == "BoardScreen"
            await press(pilot)
            assert on_top(pilot) == "BoardScreen", "once is enough: the board is needed too"


async def test_one_that_is_stood_down_does_not_come_first(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.perform(await fire(night), cmd.StandDown(note="陈志强：已灭", why="自己灭了"))
        async with night.running(begin=begin(night, None)) as pilot:
            await press(pilot)
            assert on_top(pilot) == "BoardScreen"


async def test_two_at_once_each_shows_the_other_and_how_long_its_call_waits(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "5", "8", *"5-1", "enter", "1")
        night.clock.forward(minutes=2)
        await press(pilot, "f9", "1", "8", *"3-2", "enter")
        assert "F9 261121-01  Trapped in a lift  5-1  next call waits 2 min" in picture(pilot)
        await press(pilot, "1", "f9", "down", "up", "enter")
        shown = picture(pilot)
        lines = shown.splitlines()
        assert "261121-0" in lines[0]
        assert "F9 261121-0" in lines[1]
        assert lines[0].split()[1] != lines[1].split()[1]


async def test_the_duty_of_an_emergency_leads_to_its_calls(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "enter")
            assert on_top(pilot) == "EmergencyScreen"
            assert getattr(pilot.app.screen, "case_id", "") == case_id
