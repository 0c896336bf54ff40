"""Slips of the hand: a word typed one field too early or too late is never lost or obeyed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.tui.actions import CASE_MENU, MENU, MORE_MENU
from dispatcher_tui.tui.screens.system.menu import MenuScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.row import FaultLine
from tests.tui.calls import cases, drafts, form, pause
from tests.tui.story import DONE, REACHED, case_of, kinds_of, leak, message, on_top
from tests.tui.support import PLACE, desk, paste, picture, press


def focus(pilot: Pilot[Any]) -> str | None:
    """The id of the field that has the focus."""
    return pilot.app.focused.id if pilot.app.focused else None


def fault(pilot: Pilot[Any]) -> str:
    """What is said below a field to be wrong with it."""
    (line,) = pilot.app.screen.query(FaultLine)
    return line.text


async def test_a_class_that_is_none_is_kept_and_keeps_the_case_from_opening(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet", "enter")
        await press(pilot, *"zzzz", "enter")
        assert fault(pilot) == 'No class is called "zzzz": pick one, or empty the field.'
        assert message(pilot) == ""
        assert focus(pilot) == "category"
        await press(pilot, "tab", "f10")
        assert "No class is called" in fault(pilot)
        assert focus(pilot) == "category"
        assert await cases(night) == []
        await pause(pilot)
        assert [kept.category for kept in await drafts(night)] == ["zzzz"]
        await press(pilot, "escape", "escape", "f2", "6")
        assert pilot.app.screen.query_one("#category", Picker).value == "zzzz"
        await press(pilot, "f10", "end", *["backspace"] * 4)
        assert not pilot.app.screen.query(FaultLine), "it is mended"
        await press(pilot, "f10")
        assert [(case.verbatim, case.category) for case in await cases(night)] == [("wet", "")]


async def test_words_typed_into_the_class_become_the_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", "enter")
        assert message(pilot).startswith("Nothing was said yet")
        assert focus(pilot) == "said"
        await press(pilot, "enter")
        assert focus(pilot) == "category"
        await press(pilot, *"tree fell down")
        await press(pilot, "f10")
        assert await cases(night) == []
        assert "is no class" in message(pilot)
        assert (form(pilot).said, form(pilot).category) == ("tree fell down", "")
        await press(pilot, "f10")
        assert [case.verbatim for case in await cases(night)] == ["tree fell down"]


async def test_letters_one_field_too_late_do_nothing_and_that_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet", "enter", "enter")
        await press(pilot, *"ls")
        assert on_top(pilot) == "IntakeScreen"
        assert message(pilot).startswith("No text is taken here")
        await press(pilot, "enter", *"ln")
        assert on_top(pilot) == "IntakeScreen"
        await press(pilot, "shift+tab", "tab", "f7")
        assert on_top(pilot) == "WorkLogScreen"


@pytest.mark.parametrize("text", ["fwtd", "FW-000123", "n0001"])
@pytest.mark.parametrize("key", ["x", "f6", "f5"])
async def test_no_word_is_obeyed_on_a_field_of_digits(tmp_path: Path, key: str, text: str) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED)
        before = await kinds_of(night, case_id)
        async with night.running() as pilot:
            await press(pilot, key)
            top = on_top(pilot)
            await press(pilot, *text)
            assert on_top(pilot) == top
        assert await kinds_of(night, case_id) == before


async def test_letters_are_commands_again_once_the_field_is_left(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "escape", "l")
        assert on_top(pilot) == "WorkLogScreen"


async def test_the_digit_leads_to_the_value_and_typing_replaces_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "x", "3", *"10086", "enter", *"why", "f10")
            case = await case_of(night, case_id)
            assert case.caller is not None
            assert case.caller.phone == "10086"
            await press(pilot, "x", "2")
            await paste(pilot, "Li")
            assert pilot.app.screen.query_one("#value-caller", Field).value == "Li"


def test_zeros_alone_leave_nothing() -> None:
    assert len(MORE_MENU) < 10 or MORE_MENU[9] != "leave"


async def test_a_long_menu_goes_on_to_another_page(tmp_path: Path) -> None:
    ids = [*MENU, *CASE_MENU[:9]]
    async with desk(tmp_path) as night, night.running() as pilot:
        await pilot.app.push_screen(MenuScreen(ids))
        await press(pilot, "0")
        assert len(pilot.app.screen.query_one(PickLines).lines) == len(CASE_MENU[:9]) + 1
        await press(pilot, "0")
        assert len(pilot.app.screen.query_one(PickLines).lines) == len(MENU) + 1


async def test_what_was_taken_back_is_said_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        night.clock.forward(minutes=5)
        async with night.running() as pilot:
            await press(pilot, "enter", "a", *"wrong", "f10", "ctrl+z", "1")
            assert message(pilot) == "Taken back: Remark  wrong. It stays readable."
            assert "Taken back: Remark  wrong" in picture(pilot)
            assert "entry" not in picture(pilot)


async def test_handled_today_says_what_still_awaits_its_paper(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED, DONE)
        async with night.running() as pilot:
            await press(pilot, "6")
            assert "[6 today 1]" in picture(pilot)
            (shown,) = [line for line in picture(pilot).splitlines() if "261121-01" in line][:1]
            assert "awaiting" in shown
            await press(pilot, "3")
            assert "261121-01" in picture(pilot)


async def test_an_outside_number_comes_before_who_has_its_digits_in_theirs(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f3", *"119")
        assert "119" in pilot.app.screen.query_one(PickLines).lines[0].split()
