"""Shift: sign in with a PIN, see what falls in the watch, lock; a locked desk still takes F9."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import add_operator, disable_operator
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain import events as ev
from dispatcher_tui.tui.screens.lock import LockScreen
from dispatcher_tui.tui.screens.shift import ShiftScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.story import (
    DONE,
    EVERYWHERE,
    REACHED,
    assert_whole,
    kinds_of,
    leak,
    message,
    on_top,
)
from tests.tui.support import Language, Night, Size, desk, picture, press

SIGN_IN_WANG = ("1", "2", *"1357", "enter")


def _operators(it: Desk) -> None:
    add_operator(it, "李建国", "dispatcher", "2468")
    add_operator(it, "王芳", "dispatcher", "1357")
    add_operator(it, "赵丽娟", "dispatcher", "9753")
    disable_operator(it, "赵丽娟")


async def staff(night: Night) -> None:
    """Two who may sign in, one who may no longer."""
    await night.ask(_operators)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_plan_and_what_falls_in_the_watch(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        await leak(night, REACHED, DONE)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f12")
            assert_whole(
                pilot,
                "李建国",
                "11-21 19:00 - 11-22 07:00",
                "08:12:48",
                "P0-02",
                "P0-08",
                "261121-02",
                screen=ShiftScreen,
            )
            await press(pilot, "1")
            assert_whole(pilot, "王芳", "PIN")
            assert "赵丽娟" not in picture(pilot)


async def test_the_right_pin_takes_the_watch(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f12", *SIGN_IN_WANG)
            assert message(pilot) == "王芳 is on watch."
            assert "on watch: 王芳" in picture(pilot)
            await press(pilot, "escape", "a", *"hello", "f10")
        entries = await night.ask(lambda it: it.store.entries(case_id))
        assert entries[-1].actor == "王芳"


async def test_a_wrong_pin_is_refused_taken_out_and_never_shown(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "1", "2", *"9999")
            assert "9999" not in picture(pilot)
            await press(pilot, "enter")
            assert message(pilot) == "Wrong PIN; 4 tries before it locks."
            assert night.desk.actor == "李建国"
            fields = [field.value for field in pilot.app.screen.query(Field)]
            assert fields == ["王芳", ""]
            await press(pilot, *"1357", "f10")
            assert message(pilot) == "王芳 is on watch."


async def test_five_wrong_pins_lock_and_say_for_how_long(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "1", "2")
            for _ in range(6):
                await press(pilot, *"0000", "enter")
            assert "try again in" in message(pilot)


async def test_f10_says_what_is_missing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "f10")
            assert message(pilot) == "1 sign in   2 lock the desk"
            await press(pilot, "1", "f10")
            assert message(pilot) == "Name and PIN are needed."


async def test_a_duty_of_the_watch_opens_its_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f12", "down", "enter")
            assert on_top(pilot) == "CaseScreen"


async def locked(pilot: Pilot[Any], *before: str) -> None:
    """Lock the desk."""
    await press(pilot, *before, "f12", "2")
    assert isinstance(pilot.app.screen, LockScreen)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_locked_desk_shows_the_board_and_no_details(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running(size, lang) as pilot:
            await locked(pilot)
            assert_whole(pilot, "261121-01", "00:05:00", screen=LockScreen)
            assert "13900001111" not in picture(pilot)
            top = pilot.app.screen
            assert isinstance(top, LockScreen)
            top.tick(night.clock.forward(minutes=6))
            await press(pilot)
            assert "-00:01:00" in picture(pilot)


@pytest.mark.parametrize(
    "key", ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f12", "ctrl+p", "ctrl+q", "escape"]
)
async def test_a_locked_desk_does_nothing_else(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, key, "enter")
            assert on_top(pilot) in ("LockScreen", "HelpScreen")
            assert "13900001111" not in picture(pilot)


async def test_the_pin_gives_the_desk_back_as_it_was_left(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await leak(night)
        async with night.running() as pilot:
            await locked(pilot, "a", *"half")
            await press(pilot, "2", *"1357", "enter")
            assert on_top(pilot) == "NoteScreen"
            assert message(pilot) == "王芳 is on watch."
            assert "half" in picture(pilot)


async def test_a_changed_case_shows_on_the_locked_board(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        case_id = await leak(night)
        async with night.running() as pilot:
            await locked(pilot)
            await night.perform(case_id, cmd.NameAssignee(person="", name="张伟"))
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert "张伟" in picture(pilot)
            assert pilot.app.screen.query_one(BoardTable).selected == case_id


async def test_an_emergency_goes_through_the_lock_and_the_record_says_so(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        async with night.running() as pilot:
            await locked(pilot)
            await press(pilot, "f9", "1")
            assert on_top(pilot) == "EmergencyScreen"
            assert "Fire brigade" in picture(pilot)
            case_id = pilot.app.screen.case_id  # type: ignore[attr-defined]
            assert (await kinds_of(night, case_id))[:2] == ["case_opened", "note_added"]
            entries = await night.ask(lambda it: it.store.entries(case_id))
            assert entries[1].event == ev.NoteAdded(
                case=case_id, text="Opened while the desk was locked: nobody had signed in."
            )
            await press(pilot, "escape", "f3")
            assert message(pilot).startswith("The desk is locked")
            await press(pilot, "escape", "2")
            assert on_top(pilot) == "LockScreen"


async def test_without_operators_there_is_no_lock(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f12", "2")
        assert on_top(pilot) == "ShiftScreen"
        assert message(pilot).startswith("Nobody could unlock it")
