"""o at an intake: a note on the household, loud from then on, and over by itself or by hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dispatcher_tui.tui.screens.site.notes_list import HouseholdNotesScreen
from tests.tui.story import assert_whole, message, on_top
from tests.tui.support import NARROW, desk, picture, press

HOME = "3-2-1502"


async def test_added_at_the_intake_it_is_loud_there_and_expires_by_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f2", "2", *HOME, "escape", "o")
        assert_whole(pilot, HOME, "没有备注", screen=HouseholdNotesScreen)
        await press(pilot, "3", "f10")
        assert message(pilot) == "请先填位置和备注种类。"
        await press(pilot, "2", *"2h", "enter", *"9x", "enter")
        assert on_top(pilot) == "AddHouseholdNoteScreen"
        assert "23:30" in message(pilot)  # what can be typed
        await press(pilot, "backspace", "backspace", *"60", "enter")
        assert on_top(pilot) == "HouseholdNotesScreen"
        assert_whole(pilot, "[1 有效 1 条]", "氧气机", "23:47")
        await press(pilot, "escape")
        assert on_top(pilot) == "IntakeScreen"
        assert "!! 氧气机" in picture(pilot)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "phone"  # and no digit chooses another kind of call
        night.clock.at += timedelta(minutes=60) - timedelta(seconds=1)
        pilot.app.screen.pass_time(night.clock.at)  # type: ignore[attr-defined]
        await pilot.pause()
        assert "!! 氧气机" in picture(pilot)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "phone"  # and no digit chooses another kind of call
        night.clock.at += timedelta(seconds=1)
        pilot.app.screen.pass_time(night.clock.at)  # type: ignore[attr-defined]
        await pilot.pause()
        assert "!! 氧气机" not in picture(pilot)


async def test_ended_by_hand_with_its_reason_it_stands_among_those_that_are_over(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "u", "4")
        assert message(pilot) == "Choose a note first."
        await press(pilot, "3", *HOME, "enter", "1", *"bites", "f10", "4", "f10")
        assert message(pilot) == "Write down why it is over."
        await press(pilot, *"moved", "enter")
        assert on_top(pilot) == "HouseholdNotesScreen"
        assert_whole(pilot, "1 standing 0", "No note.")
        await press(pilot, "2")
        assert_whole(pilot, "[2 over 1]", "bites", "moved")
        await press(pilot, "4")
        assert message(pilot) == "It is over already."
