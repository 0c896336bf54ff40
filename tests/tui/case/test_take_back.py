"""Ctrl+Z takes back the last own action, whatever the cursor is on, and names it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record import commands as cmd
from tests.tui.story import EVERYWHERE, leak, message, on_top
from tests.tui.support import Language, Size, desk, picture, press


async def kinds(night: object, case_id: str) -> list[str]:
    found = await night.run_on_desk(lambda it: it.store.entries(case_id))  # type: ignore[attr-defined]
    return [type(entry.event).__name__ for entry in found]


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_it_is_named_whatever_the_cursor_is_on(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        first, second = await leak(night), await leak(night)
        night.clock.forward(minutes=2)
        await night.perform(second, cmd.AddNote(text="记到别处了"))
        async with night.running(size, lang) as pilot:
            await press(pilot, "home", "enter")
            assert pilot.app.current_case() == first  # type: ignore[attr-defined]
            await press(pilot, "ctrl+z")
            asked = picture(pilot)
            assert "记到别处了" in asked
            assert "261121-02" in asked
            await press(pilot, "0")
            assert (await kinds(night, second))[-1] == "NoteAdded", "0 is no"
            await press(pilot, "ctrl+z", "1")
            assert (await kinds(night, second))[-1] == "TakenBack"
            assert "TakenBack" not in await kinds(night, first)
            await press(pilot, "ctrl+z")
            assert {"zh": "只能在 60 秒内", "en": "Only within 60 s"}[lang] in message(pilot)


@pytest.mark.parametrize(("seconds", "asks"), [(59, True), (60, True), (61, False)])
async def test_a_minute_and_no_longer(tmp_path: Path, seconds: int, asks: bool) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        night.clock.forward(seconds=seconds)
        async with night.running() as pilot:
            await press(pilot, "ctrl+z")
            assert ("Take back: 261121-01" in picture(pilot)) is asks


async def test_what_is_no_case_stays_and_is_named(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        await night.run_on_desk(lambda it: it.note("巡逻正常"))
        async with night.running() as pilot:
            await press(pilot, "ctrl+z")
            assert message(pilot).startswith("What you did last stays: ")
            assert "巡逻正常" in message(pilot)
            await press(pilot, "1")
            assert "TakenBack" not in await kinds(night, case_id)


async def test_the_question_over_a_question_is_the_one_that_is_answered(tmp_path: Path) -> None:
    """The read-back asked for below is neither answered nor forgotten."""
    async with desk(tmp_path) as night:
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "f4", "1", "ctrl+z", "0")
            assert on_top(pilot) == "NotifyScreen"
            assert "TakenBack" not in await kinds(night, case_id)
            assert "read it back?" in picture(pilot)
            await press(pilot, "1")
            assert (await kinds(night, case_id))[-1] == "ReadBack"
