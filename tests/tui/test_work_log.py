"""The Work Log: this watch's entries in order, notes with F10, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.tui.screens.work_log import WorkLogScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.story import EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import START, Language, Size, desk, paste, picture, press


def lines(pilot: object) -> tuple[str, ...]:
    """The entries as they are listed."""
    found: tuple[str, ...] = pilot.app.screen.query_one(PickLines).lines  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_watch_is_told_in_order(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        night.clock.forward(minutes=3)
        await night.perform(case_id, REACHED)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f7")
            assert_whole(pilot, "22:47", "22:50", "261121-01", "张伟", screen=WorkLogScreen)
            times = [line[:5] for line in lines(pilot)]
            assert times == sorted(times)


async def test_what_happened_on_the_watch_before_is_not_there(tmp_path: Path) -> None:
    async with desk(tmp_path, at=START.replace(hour=10)) as night:
        await leak(night)
        night.clock.at = START
        await night.open_case(place="5-1-0301", said="门禁失灵")
        async with night.running() as pilot:
            await press(pilot, "f7")
            assert "261121-01" not in picture(pilot)
            assert "261121-02" in picture(pilot)


async def test_a_note_is_written_with_f10(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7")
        await paste(pilot, "东门巡查一遍")
        await press(pilot, "enter")
        assert message(pilot) == "F10 writes the note down."
        await press(pilot, "f10")
        assert lines(pilot)[-1].endswith("Noted · 东门巡查一遍 (李建国)")
        assert pilot.app.screen.query_one("#note", Field).value == ""
        await press(pilot, "f10")
        assert message(pilot) == "Write a few words first."


async def test_a_half_typed_note_outlives_the_screen(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", *"half", "escape", "escape", "f7")
        assert pilot.app.screen.query_one("#note", Field).value == "half"


async def test_digits_and_the_filter_narrow_the_list(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, cmd.AddNote(text="水阀已关"))
        await night.ask(lambda it: it.note("巡查"))
        async with night.running() as pilot:
            await press(pilot, "f7", "escape", "2")
            assert len(lines(pilot)) == 2
            await press(pilot, "3")
            assert any("Rang 张伟" in line for line in lines(pilot))
            assert not any("Case opened" in line for line in lines(pilot))
            await press(pilot, "1", "tab", "tab")
            pilot.app.screen.query_one("#filter").focus()
            await paste(pilot, "水阀")
            assert len(lines(pilot)) == 1
        assert case_id


async def test_the_chosen_entry_is_read_in_full_and_its_case_opens(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, cmd.AddNote(text="很长的备注" * 12))
        async with night.running() as pilot:
            await press(pilot, "f7")
            assert "很长的备注" * 5 in picture(pilot).replace("\n", "")
            await press(pilot, "up", "escape", "enter")
            assert on_top(pilot) == "CaseScreen"


async def test_the_list_goes_on_while_one_looks_at_its_end(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f7")
            await night.perform(case_id, cmd.AddNote(text="新的一条"))
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            picker = pilot.app.screen.query_one(PickLines)
            assert "新的一条" in picker.lines[picker.cursor]
            await press(pilot, "up", "up")
            await night.perform(case_id, cmd.AddNote(text="又一条"))
            await pilot.app.take_news()  # type: ignore[attr-defined]
            await press(pilot)
            assert "又一条" not in picker.lines[picker.cursor]


async def test_a_chinese_character_after_esc_goes_into_the_note(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f7", "escape", "巡")
        assert pilot.app.screen.query_one("#note", Field).value == "巡"
        await press(pilot, "escape", "0", "1")
        focused = pilot.app.screen.focused
        assert focused is not None
        assert focused.id == "note"
