"""One case: whole on the smallest terminal, its duties live, its clock explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.present.i18n import localized
from dispatcher_tui.tui.screens.case.case import CaseScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import NARROW, Language, Size, desk, picture, press


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_everything_about_a_case_is_on_one_screen(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        night.clock.forward(hours=2, minutes=5)
        await night.run_on_desk(lambda it: it.fire())
        async with night.running(size, lang) as pilot:
            await press(pilot, "enter")
            level = "重大" if lang == "zh" else "Grave"
            known = ["261121-01", "3-2-1502", "王先生 13900001111", level, "张伟"]
            assert_whole(
                pilot, *known, "-00:05:00", "P0-05", "00:05:00", "P0-06", screen=CaseScreen
            )
            shown = picture(pilot)
            assert ("已复述" if lang == "zh" else "read back") in shown
            assert ("三户以上" if lang == "zh" else "3 or more households") in shown


async def test_digits_and_arrows_choose_and_enter_goes_where_it_is_done(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter")
            first = pilot.app.screen
            assert isinstance(first, CaseScreen)
            assert first.duty_key.startswith("P0-04@")
            await press(pilot, "2")
            assert first.duty_key.startswith("P0-02@")
            await press(pilot, "enter")
            assert on_top(pilot) == "NotifyScreen"
            await press(pilot, "escape", "up", "enter")
            assert on_top(pilot) == "StepScreen"


async def test_a_digit_without_a_duty_does_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "9")
            assert on_top(pilot) == "CaseScreen"
            assert pilot.app.screen.query_one(PickLines).cursor == 0


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_chosen_clock_is_explained_whole(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        async with night.running(size, lang) as pilot:
            await press(pilot, "enter", "2", "=")
            title = localized(night.desk.rules.procedure.title)
            assert_whole(pilot, "P0-05", "00:47")
            text = pilot.app.screen.query_one("#story", Lines).text
            assert "二小时后,要进行第一次跟进" in text
            assert title in text
            assert pilot.app.screen.query_one("#scroll", VerticalScroll).max_scroll_y == 0
            await press(pilot, "1")
            assert "二小时后" not in picture(pilot)
            await press(pilot, "=")
            assert "13900000120" in picture(pilot)


async def test_the_countdown_goes_on_and_turns_overdue_in_words(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter")
            assert "00:05:00 running" in picture(pilot)
            top = pilot.app.screen
            assert isinstance(top, CaseScreen)
            top.tick(night.clock.forward(minutes=5, seconds=1))
            await press(pilot)
            assert "-00:00:01 OVERDUE" in picture(pilot)


async def test_what_another_program_writes_comes_up_by_itself(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "2")
            await night.perform(case_id, cmd.AddNote(text="水阀已关"))
            await night.perform(case_id, REACHED)
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert "水阀已关" in picture(pilot)
            assert "张伟, told" in picture(pilot)


async def test_after_an_act_the_next_duty_is_chosen_and_in_view(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        async with night.running() as pilot:
            await press(pilot, "enter")
            top = pilot.app.screen
            assert isinstance(top, CaseScreen)
            done = top.duty_key
            await press(pilot, "enter", "1", "1")
            assert on_top(pilot) == "CaseScreen"
            assert "recorded" in message(pilot)
            assert top.duty_key != done
            assert top.query_one(PickLines).cursor == 0
            assert ">  1 " in picture(pilot)
            await press(pilot, "enter", "escape")
            assert on_top(pilot) == "CaseScreen"
            assert "recorded" not in message(pilot)


async def test_taking_back_leaves_the_line_readable(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            night.clock.forward(seconds=5)
            await night.perform(case_id, cmd.AddNote(text="写错了"))
            await press(pilot, "enter", "ctrl+z", "1")
            assert "[taken back] Remark  写错了" in picture(pilot)
            assert message(pilot).startswith("Taken back")


async def test_what_is_over_opens_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        async with night.running() as pilot:
            await press(pilot, "enter", "end", "enter")
            assert on_top(pilot) == "CaseScreen"
            assert message(pilot) == "Notify is over."


async def test_its_own_menu_reaches_everything_by_digits(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "0", "4")
            assert on_top(pilot) == "NoteScreen"
            await press(pilot, "escape", "escape", "0", "8")
            assert "= due" in picture(pilot)
            await press(pilot, "0", "0", "0")
            assert "New case" in picture(pilot)
            await press(pilot, "5")
            assert on_top(pilot) == "FindScreen"


async def test_a_caller_cannot_write_markup_onto_the_screen(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(
            place="[b]3[/b]", said="[@click=app.quit]x[/] [/foo]", category="leak"
        )
        async with night.running(NARROW) as pilot:
            await press(pilot, "enter")
            assert_whole(pilot, "[b]3[/b]", "[@click=app.quit]x[/] [/foo]")


async def test_the_story_turns_by_pages(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        for number in range(30):
            await night.perform(case_id, cmd.AddNote(text=f"note {number}"))
        async with night.running() as pilot:
            await press(pilot, "enter")
            assert "note 29" in picture(pilot)
            await press(pilot, *["pageup"] * 9)
            assert "note 29" not in picture(pilot)
            assert "Case opened" in picture(pilot)
