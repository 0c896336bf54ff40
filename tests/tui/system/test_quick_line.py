"""The quick line takes a call down, leads to a case, writes the log; nothing by itself."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.domain.words.terms import Fact
from dispatcher_tui.tui.screens.case.case import CaseScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.system.palette import PaletteScreen
from tests.tui.calls import cases, form, message
from tests.tui.story import leak, on_top
from tests.tui.support import PLACE, desk, paste, picture, press, type_text


async def test_a_line_opens_a_filled_intake_and_f10_alone_the_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, ":", *f"{PLACE} 漏水 厨房往楼下滴 13900003534", "enter")
        assert isinstance(pilot.app.screen, IntakeScreen)
        told = form(pilot)
        assert (told.place, told.phone) == (PLACE, "13900003534")
        assert (told.category, told.said) == ("leak", "厨房往楼下滴")
        assert await cases(night) == []
        await press(pilot, "1", "f10")  # The first fact: the keys go where nothing stands yet.
        (case,) = await cases(night)
        assert (case.place, case.category, case.verbatim) == (PLACE, "leak", "厨房往楼下滴")
        assert case.facts == (Fact.NOW,)


async def test_a_number_leads_to_its_case_and_one_of_none_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        (case,) = await cases(night)
        async with night.running() as pilot:
            await press(pilot, ":", *f"{case.number[:-2]}99", "enter")
            assert f"No case has the number {case.number[:-2]}99." in message(pilot)
            assert on_top(pilot) == "PaletteScreen"
            await press(pilot, "backspace", "backspace", *case.number[-2:], "enter")
            assert isinstance(pilot.app.screen, CaseScreen)
            assert pilot.app.screen.case_id == case.id


async def test_log_writes_and_the_line_comes_back_by_the_arrow(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await type_text(pilot, "：")
        await press(pilot, *"log 巡逻正常", "enter")
        assert on_top(pilot) == "BoardScreen"
        await press(pilot, "f7")
        assert "巡逻正常" in picture(pilot)
        await press(pilot, "escape", ":", "up")
        assert pilot.app.screen.query_one("#text").value == "log 巡逻正常"  # type: ignore[attr-defined]


async def test_a_command_is_found_by_full_pinyin_and_a_home_by_initials(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, ":", *"gongzuorizhi", "enter")
        assert on_top(pilot) == "WorkLogScreen"
        await press(pilot, "escape", ":", *"阎雅倩")
        assert PLACE in picture(pilot)
        await press(pilot, "tab")
        assert pilot.app.screen.query_one("#text").value.startswith(PLACE)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert form(pilot).place == PLACE


async def test_nonsense_and_hostile_text_of_any_length_do_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, ":")
        for line in ("[b]x{0}%s", "?" * 2_000, "\x1b]52;c;QQ\x07 DROP TABLE"):
            await paste(pilot, line)
            await press(pilot, "enter")
            assert isinstance(pilot.app.screen, PaletteScreen)
            pilot.app.screen.query_one("#text").value = ""  # type: ignore[attr-defined]
        assert await cases(night) == []
