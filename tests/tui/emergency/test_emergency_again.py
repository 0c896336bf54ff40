"""F9 once more: which emergencies run, and whether the one that is named is one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.rings import desk
from tests.tui.story import EVERYWHERE, assert_whole, message, on_top
from tests.tui.support import Language, Night, Size, picture, press

FIRE = ("f9", "1", "8", *"3-2-1502", "enter")


async def running(night: Night) -> list[tuple[str, str]]:
    """The emergencies that hold the post: number and kind."""
    return [(each.number, each.kind) for each in await night.run_on_desk(holding)]


def asked(pilot: Pilot[Any]) -> str:
    """Which question stands on the screen."""
    return pilot.app.screen.query_one(Question).asked


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_kinds_say_what_runs_and_how_to_go_back_to_it(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, *FIRE, "f9", "5")
        await press(pilot, "f9")
        enter, down = "Enter", "下移 1 行再 Enter" if lang == "zh" else "1 x down, Enter"
        assert_whole(pilot, "261121-01", "261121-02", enter, down, screen=EmergencyScreen)
        await press(pilot, "enter")
        assert "261121-01" in picture(pilot).splitlines()[0], "the other one comes first"
        await press(pilot, "f9")
        await press(pilot, "down", "enter")
        assert "261121-01" in picture(pilot).splitlines()[0], "back to what lies below"
        assert len(await running(night)) == 2


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_same_kind_is_asked_about_and_yes_goes_on_with_it(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, *FIRE)
        before = pilot.app.screen
        await press(pilot, "f9", "1")
        assert asked(pilot) == "same"
        words = "是同一起吗" if lang == "zh" else "The same one?"
        assert_whole(pilot, words, "261121-01", "3-2-1502", screen=EmergencyScreen)
        await press(pilot, "1")
        assert pilot.app.screen is before, "the work that lay below, as it was left"
        assert await running(night) == [("261121-01", "fire")]


@pytest.mark.parametrize("seconds", [599, 600, 601])
async def test_it_is_asked_within_ten_minutes_of_its_opening(tmp_path: Path, seconds: int) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *FIRE)
        night.clock.forward(seconds=seconds)
        await press(pilot, "f9", "1")
        if seconds <= 600:
            assert asked(pilot) == "same"
            assert len(await running(night)) == 1
        else:
            assert not asked(pilot)
            assert await running(night) == [("261121-01", "fire"), ("261121-02", "fire")]


async def test_no_opens_a_new_one_and_esc_goes_back_to_the_kinds(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *FIRE)
        for way_back in ("escape", "enter"):
            await press(pilot, "f9", "1", way_back)
            assert not asked(pilot)
            assert "Enter: go on with 261121-01" in picture(pilot), "the kinds stand there"
            await press(pilot, "escape")
            assert pilot.app.screen.query_one(CallTree).target is not None
        assert len(await running(night)) == 1
        await press(pilot, "f9", "1", "0")
        assert await running(night) == [("261121-01", "fire"), ("261121-02", "fire")]
        assert "261121-02" in picture(pilot).splitlines()[0]


async def test_another_kind_is_opened_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *FIRE, "f9", "5")
        assert not asked(pilot)
        assert await running(night) == [("261121-01", "fire"), ("261121-02", "lift_entrapment")]


async def test_a_kind_that_a_branch_led_to_is_one_of_the_kind_it_lies_within(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: it.open_emergency("battery_fire", "3-2"))
        async with night.running() as pilot:
            await press(pilot, "f9", "1")
            assert asked(pilot) == "same"
            await press(pilot, "escape", "2")
            assert not asked(pilot), "an alarm of the panel is another kind"


async def test_the_list_asks_as_the_digit_does(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *FIRE, "f9", "down", "enter")
        assert asked(pilot) == "same"
        assert len(await running(night)) == 1


async def test_f9_twice_opens_no_second_one_before_the_first_has_its_kind(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "f9")
        assert "A digit names the kind" in message(pilot)
        await press(pilot, "3")
        assert await running(night) == [("261121-01", "gas_smell")]
        assert on_top(pilot) == "EmergencyScreen"
        assert len(pilot.app.screen_stack) == 3, "the blank one, the board, the emergency"


# ---- F9 is meant: it answers what was asked about F9


@pytest.mark.parametrize("before", [("escape",), ("escape", "escape"), ("escape", "1")])
async def test_f9_after_esc_means_it_and_one_digit_names_the_kind(
    tmp_path: Path, before: tuple[str, ...]
) -> None:
    """Over the question, after it was declined, and from the reason that it led to."""
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", *before, "f9")
        top = pilot.app.screen
        assert not asked(pilot)
        assert not top.query_one("#reason_row").display
        assert top.focused is None
        assert "A digit names the kind" in message(pilot)
        assert await running(night) == [("261121-01", "")]
        await press(pilot, "1")
        assert await running(night) == [("261121-01", "fire")]
        assert not message(pilot).strip(), "nothing of what was asked before is said any more"
        await press(pilot, "escape")
        assert asked(pilot) == "mistake", "before the first call it is asked as ever"
        await press(pilot, "1", *"slip", "f10")
        assert not await running(night)


async def test_over_the_question_of_the_work_f9_leads_to_a_second_one_and_it_is_gone(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "3", "escape")
        assert asked(pilot) == "mistake"
        await press(pilot, "f9", "escape")
        assert not asked(pilot), "back at the first one a digit is the result of a call"
        assert await running(night) == [("261121-01", "gas_smell")]


@pytest.mark.parametrize(("seconds", "asks"), [(599, True), (600, True), (601, False)])
async def test_one_whose_kind_nobody_named_is_asked_about_and_gets_it(
    tmp_path: Path, seconds: int, asks: bool
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "escape", "2")
        assert on_top(pilot) == "BoardScreen"
        night.clock.forward(seconds=seconds)
        await press(pilot, "f9", "5")
        if not asks:
            assert await running(night) == [("261121-01", ""), ("261121-02", "lift_entrapment")]
            return
        assert asked(pilot) == "same"
        assert "which kind?" in picture(pilot)
        await press(pilot, "1")
        assert await running(night) == [("261121-01", "lift_entrapment")]
        assert pilot.app.screen.query_one(CallTree).phone, "the first number stands there"
