"""What comes after a case is done: its caller rings again, its paper has another number."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.case.evolve_papers import PAPER_NUMBER
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.tui.screens.case.ring_again import RingAgainScreen
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.notes import NoteArea
from tests.tui.story import (
    DONE,
    EVERYWHERE,
    REACHED,
    assert_whole,
    case_of,
    kinds_of,
    leak,
    message,
    on_top,
)
from tests.tui.support import Language, Size, desk, paste, picture, press

RECEIVED = (REACHED, cmd.IssueSlip(number="FW-000002"), DONE, cmd.ReceivePaper(number="FW-000002"))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_who_rings_about_a_case_that_is_done_is_asked_about(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, DONE)
        async with night.running(size, lang) as pilot:
            await press(pilot, "enter", "t")
            await paste(pilot, "还在漏")
            await press(pilot, "f10")
            assert_whole(pilot, "261121-01", "还在漏", screen=RingAgainScreen)
            await press(pilot, "0", "f10", "1")
            assert (await case_of(night, case_id)).stage is Stage.OPEN
            assert "reopened" in await kinds_of(night, case_id)


async def test_a_call_back_is_owed_by_the_time_that_is_named(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED, DONE)
        async with night.running() as pilot:
            await press(pilot, "enter", "t", "f10", "2", *"40", "f10")
            assert message(pilot) == "Write what they said: it is the reason."
            await paste(pilot, "还在漏")
            await press(pilot, "f10")
            assert on_top(pilot) != "RingAgainScreen"
        assert (await case_of(night, case_id)).stage is Stage.WRITTEN_OFF
        assert "promise_made" in await kinds_of(night, case_id)


async def test_f2_hands_number_name_and_words_over(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED, DONE)
        async with night.running() as pilot:
            await press(pilot, "f2", "5", *"261121-01", "enter")
            screen = pilot.app.screen
            screen.query_one("#caller", Field).value = "Li"
            screen.query_one("#phone", Field).value = "13911112222"
            screen.query_one("#said").focus()
            await pilot.pause()
            await paste(pilot, "还在漏")
            await press(pilot, "f10")
            assert_whole(pilot, "Does it go on?", screen=RingAgainScreen)
            form = pilot.app.screen
            typed = [form.query_one(f"#{name}", Field).value for name in ("caller", "phone")]
            assert typed == ["Li", "13911112222"]
            assert form.query_one("#said", NoteArea).text == "还在漏"
            await press(pilot, "1")
            assert on_top(pilot) == "BoardScreen"
            assert await night.run_on_desk(lambda it: it.store.drafts()) == []


async def test_x_puts_a_received_number_right_and_asks_about_an_odd_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, *RECEIVED)
        async with night.running() as pilot:
            await press(pilot, "enter", "x")
            options = pilot.app.screen.query_one("#field", Choice).options
            place = next(n for n, each in enumerate(options, 1) if each.value == PAPER_NUMBER)
            assert place <= 9, "it has a digit"
            digit = str(place)
            await press(pilot, digit, "end", *["backspace"] * 6, *"000777", "f10")
            assert message(pilot) == "Write the reason first."
            await press(pilot, "enter", *"misread", "f10")
            assert "FW-000777" in picture(pilot)
            assert (await case_of(night, case_id)).slip.number == "FW-000002", "it asks first"
            await press(pilot, "0")
            assert (await case_of(night, case_id)).slip.number == "FW-000002"
            await press(pilot, "f10", "1")
            assert on_top(pilot) == "CaseScreen"
        assert (await case_of(night, case_id)).slip.number == "FW-000777"
        assert (await kinds_of(night, case_id))[-1] == "corrected"
