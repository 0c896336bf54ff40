"""重点已复述: one key where the procedure asks for it, in the form or on the case (P3-01)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record import events as ev
from tests.desk.several import set_in_force
from tests.tui.calls import cases, form, message
from tests.tui.story import on_top
from tests.tui.support import PLACE, Night, desk, picture, press

P3 = "service-centre"
SAID = f"{PLACE}, 13900003534, wet"


async def repeats(night: Night) -> list[str]:
    """What was written down as repeated on the first case."""
    (case,) = await cases(night)
    entries = await night.run_on_desk(lambda desk: desk.store.entries(case.id))
    steps = [e.event for e in entries if isinstance(e.event, ev.StepRecorded)]
    return [step.values["points"] for step in steps if step.step == "points_repeated"]


@pytest.mark.rule("P3-01", "what", "recorded")
async def test_one_key_in_the_form_is_recorded_with_the_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda desk: set_in_force(desk, P3))
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet")
            assert "Repeat it, then Ctrl+T" in picture(pilot)
            await press(pilot, "ctrl+t")
            assert "Repeated to the caller" in picture(pilot)
            await press(pilot, *"ter")
            assert not form(pilot).repeated, "what was repeated is not what stands there"
            await press(pilot, *["backspace"] * 3)
            assert form(pilot).repeated
            await press(pilot, "f10")
            assert await repeats(night) == [SAID]
            await press(pilot, "ctrl+t")
            assert "No rule of this case asks to repeat anything, or it is done" in message(pilot)
            assert await repeats(night) == [SAID]


async def test_one_key_on_the_case_records_it_later(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda desk: set_in_force(desk, P3))
        await night.open_case(place=PLACE, phone="13900003534", said="wet")
        async with night.running() as pilot:
            await press(pilot, "w")
            assert "repeated to the caller: recorded" in message(pilot)
            assert on_top(pilot) == "BoardScreen"
            assert await repeats(night) == [SAID]


async def test_where_no_rule_asks_nothing_is_written(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"wet", "ctrl+t")
        assert "No rule of this case asks to repeat anything" in message(pilot)
        assert "Repeat it: is it right?" in picture(pilot)
        await press(pilot, "f10", "ctrl+t")
        assert await repeats(night) == []
