"""Help, menu, palette: three ways to every key, all fed by the one registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui.actions import ACTIONS, CASE_MENU, MENU, MORE_MENU, action, label
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.screens.system.help import HelpScreen, keys_of
from dispatcher_tui.tui.screens.system.menu import MenuScreen
from dispatcher_tui.tui.screens.system.palette import PaletteScreen
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, leak, on_top
from tests.tui.support import Language, Size, desk, picture, press, settle

OPENS = {
    "new_case": "IntakeScreen",
    "notify": "NotifyScreen",
    "follow_up": "FollowUpScreen",
    "close": "CloseScreen",
    "find": "FindScreen",
    "work_log": "WorkLogScreen",
    "records": "RecordsScreen",
    "shift": "ShiftScreen",
    "emergency": "EmergencyScreen",
    "note": "NoteScreen",
    "record_step": "StepsScreen",
    "ring_again": "RingAgainScreen",
    "regrade": "RegradeScreen",
    "move": "MoveScreen",
    "correct": "CorrectScreen",
    "corrective": "CorrectiveScreen",
    "typical": "TypicalScreen",
    "forms": "CaseFormsScreen",
    "household_notes": "HouseholdNotesScreen",
    "out_alone": "OutAloneScreen",
    "help": "HelpScreen",
    "explain": "HelpScreen",
    "palette": "PaletteScreen",
}
"""What each action opens over the board; the others stay there."""


@pytest.mark.parametrize("name", [found.id for found in ACTIONS])
async def test_every_action_is_carried_out(tmp_path: Path, name: str) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            assert isinstance(pilot.app, DispatcherApp)
            await pilot.app.perform(name)
            await settle(pilot)
            assert on_top(pilot) == OPENS.get(name, "BoardScreen")
            assert (pilot.app.return_code == 0) is (name == "leave")


async def test_what_is_no_action_is_refused(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert isinstance(pilot.app, DispatcherApp)
        with pytest.raises(LookupError, match="no action 'leaf'"):
            await pilot.app.perform("leaf")


@pytest.mark.parametrize("key", ["f2", "f3", "f4", "f7", "f8", "f12", "ctrl+p"])
async def test_a_key_does_not_open_its_screen_twice(tmp_path: Path, key: str) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, key)
            once = on_top(pilot)
            await press(pilot, key)
            assert (on_top(pilot), len(pilot.app.screen_stack)) == (once, 3)
            await press(pilot, "f11", "f11")
            assert (on_top(pilot), len(pilot.app.screen_stack)) == ("MenuScreen", 4)


def test_every_menu_is_of_actions() -> None:
    assert {*CASE_MENU} <= {found.id for found in ACTIONS}


def test_every_action_has_its_digits_in_the_menu() -> None:
    assert {*MENU, *MORE_MENU, *CASE_MENU} == {found.id for found in ACTIONS}
    assert not {*MENU} & {*MORE_MENU}
    assert (len(MENU), len(MORE_MENU)) == (9, 10)


def test_no_two_actions_share_a_key() -> None:
    keys = [key for found in ACTIONS for key in (found.key, found.also) if key]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_help_names_every_key_and_the_rules_behind_the_case(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f1")
            assert_whole(pilot, screen=HelpScreen)
            shown = picture(pilot)
            assert "-00:21:36" in shown, "the legend"
            for _page in range(4):
                await press(pilot, "pagedown")
                shown += picture(pilot)
            for found in ACTIONS:
                assert label(found) in shown
                assert keys_of(found) in shown
            assert "261121-01" in shown
            assert "P0-04" in shown


async def test_without_a_case_all_rules_stand_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f1", "end")
        assert "P0-14" in picture(pilot) or "E-09" in picture(pilot)


@pytest.mark.parametrize("way_out", ["f1", "escape"])
async def test_help_goes_as_it_came(tmp_path: Path, way_out: str) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f1", way_out)
        assert on_top(pilot) == "BoardScreen"


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_nearest_clock_is_explained_from_the_board_and_in_help(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        async with night.running(size, lang) as pilot:
            for keys in (["="], ["escape", "f1", "="]):
                await press(pilot, *keys)
                assert_whole(pilot, "261121-01", "P0-04", "22:52", screen=HelpScreen)
                assert "应即报管理处负责人" in picture(pilot)


async def test_the_chosen_clock_of_a_case_is_the_one_explained(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        async with night.running() as pilot:
            await press(pilot, "enter", "3", "f1", "=")
            assert "Second follow-up P0-06" in picture(pilot)


async def test_a_clock_without_a_case_asks_for_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "=")
        assert "Choose a case on the board first" in picture(pilot)


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_menu_is_worked_by_digits_alone(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "0")
            names = [label(action(name)) for name in MENU]
            assert_whole(pilot, *names, screen=MenuScreen)
            await press(pilot, "6")
            assert on_top(pilot) == "WorkLogScreen"


@pytest.mark.parametrize("name", MENU)
async def test_every_digit_of_the_menu_does_what_its_line_says(tmp_path: Path, name: str) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "0", str(MENU.index(name) + 1))
            assert on_top(pilot) == OPENS[name]


@pytest.mark.parametrize("name", MORE_MENU)
async def test_what_the_menu_has_no_room_for_is_behind_its_0(tmp_path: Path, name: str) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "0", "0")
            assert_whole(pilot, *(label(action(each)) for each in MORE_MENU), screen=MenuScreen)
            digit = str((MORE_MENU.index(name) + 1) % 10)
            await press(pilot, digit)
            if name == "leave":
                assert pilot.app.return_code == 0
            else:
                assert on_top(pilot) == OPENS.get(name, "BoardScreen")


async def test_arrows_and_enter_work_in_the_menu_and_esc_goes_back(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "0", "down", "down", "down", "down", "enter")
            assert on_top(pilot) == "FindScreen"
            await press(pilot, "escape", "escape", "0", "escape")
            assert on_top(pilot) == "BoardScreen"


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_palette_lists_every_action(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "ctrl+p")
        names = [label(found) for found in ACTIONS if found.id != "palette"]
        assert_whole(pilot, *names[:20], screen=PaletteScreen)
        await press(pilot, "pagedown", "pagedown")
        assert_whole(pilot, *names[20:], screen=PaletteScreen)


@pytest.mark.parametrize(("lang", "typed"), [("en", "work"), ("zh", "gzrz"), ("zh", "log")])
async def test_the_palette_narrows_and_runs(tmp_path: Path, lang: Language, typed: str) -> None:
    async with desk(tmp_path) as night, night.running(lang=lang) as pilot:
        await press(pilot, "ctrl+p", *typed)
        assert len(pilot.app.screen.query_one(PickLines).lines) < 5
        await press(pilot, "enter")
        assert on_top(pilot) == "WorkLogScreen"


async def test_the_palette_runs_on_the_screen_below(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "2", "ctrl+p", *"explain", "enter")
            assert on_top(pilot) == "CaseScreen"
            assert "= due 22:57" in picture(pilot)


async def test_a_palette_without_a_match_does_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "ctrl+p", *"xyzzy", "enter")
        assert on_top(pilot) == "PaletteScreen"
        assert "No command of that name." in picture(pilot)
