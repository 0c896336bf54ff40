"""A note, a second caller, another level, a field put right: each with its reason on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.tui.widgets.notes import NoteArea
from tests.tui.story import (
    EVERYWHERE,
    REACHED,
    assert_whole,
    case_of,
    kinds_of,
    leak,
    message,
    on_top,
)
from tests.tui.support import NARROW, Language, Size, desk, paste, picture, press


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
@pytest.mark.parametrize("key", ["a", "t", "v", "x"])
async def test_every_form_stands_whole(
    tmp_path: Path, key: str, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, key)
            assert_whole(pilot, "261121-01", "F10")


async def test_a_note_is_written_with_f10_and_not_with_enter(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "a")
            await paste(pilot, "水阀\n已关")
            await press(pilot, "enter")
            assert on_top(pilot) == "NoteScreen"
            await press(pilot, "f10")
            assert on_top(pilot) == "CaseScreen"
            assert message(pilot) == "Noted."
            assert "Remark  水阀 已关" in picture(pilot)
        assert (await kinds_of(night, case_id))[-1] == "note_added"


async def test_an_empty_note_is_refused_and_a_half_typed_one_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "a", "f10")
            assert message(pilot) == "Write a few words first."
            await press(pilot, *"half", "escape", "escape", "a")
            assert pilot.app.screen.query_one(NoteArea).text == "half"


async def test_a_second_caller_is_counted_and_both_are_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "t")
            await paste(pilot, "怎么还没来")
            await press(pilot, "shift+tab", "shift+tab", "end", *["backspace"] * 3, *"Li", "f10")
            assert message(pilot) == "Counted: rang again 1 time."
            assert "(rang again 1 time)" in picture(pilot)
        case = await case_of(night, case_id)
        assert [caller.name for caller in case.callers] == ["王先生", "Li"]


async def test_another_level_needs_its_reason(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "v", "f10")
            assert message(pilot) == "Choose the level by its digit."
            await press(pilot, "1", "f10")
            assert message(pilot) == "Write the reason first."
            await press(pilot, *"hurt", "f10")
            assert on_top(pilot) == "CaseScreen"
        case = await case_of(night, case_id)
        assert (case.level, case.level_rule) == ("emergency", "E-01")


async def test_the_same_level_is_refused(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "v", "2", *"why", "f10")
            assert message(pilot) == "The case has that level already."


async def test_a_place_is_put_right_in_its_one_spelling(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "x", "f10")
            assert message(pilot) == "Nothing was changed yet."
            await press(pilot, "enter", "end", *["backspace"] * 8, *"3.2.1404", "f10")
            assert message(pilot) == "Write the reason first."
            await press(pilot, "enter", *"misheard", "f10")
            assert "Corrected place: 3-2-1404  misheard" in picture(pilot)
        assert (await case_of(night, case_id)).place == "3-2-1404"


async def test_a_class_is_picked_and_words_are_changed_in_full(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        await night.perform(
            case_id, cmd.Correct(field="verbatim", value="字" * 500, reason="完整原话")
        )
        async with night.running() as pilot:
            await press(pilot, "x", "4", *"drain", "enter", "tab", *"r", "f10")
            assert (await case_of(night, case_id)).category == "drain"
            await press(pilot, "x", "5", "!", "enter", *"r", "f10")
        assert (await case_of(night, case_id)).verbatim == "字" * 500 + "!"


async def test_the_letters_work_on_the_boards_case_too_and_never_in_a_text(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "a", *"atvx", "f10")
            assert on_top(pilot) == "BoardScreen"
            entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
            assert entries[-1].event == ev.NoteAdded(case=case_id, text="atvx")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_who_was_told_otherwise_stands_there_to_be_rung(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED)
        async with night.running(NARROW, lang) as pilot:
            await press(pilot, "enter", "x", "enter", "end", *["backspace"] * 8, *"3.2.1404")
            await press(pilot, "enter", *"r", "f10")
            assert on_top(pilot) == "CallBackScreen"
            said = {"zh": "3栋2单元1404，不是3栋2单元1502", "en": "room 1404, NOT building"}[lang]
            assert said in " ".join(picture(pilot).split())
            await press(pilot, "1")
            assert on_top(pilot) == "CaseScreen"
        assert (await kinds_of(night, case_id))[-2:] == ["corrected", "call_tried"]
        case = await case_of(night, case_id)
        assert [each.done_at for each in case.passing_on] == [night.clock.now()]
