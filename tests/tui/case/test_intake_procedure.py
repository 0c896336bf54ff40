"""Intake at a desk with several procedures in force: which one, why, and another one by a digit."""

from __future__ import annotations

from pathlib import Path

from tests.desk.several import set_in_force
from tests.tui.calls import cases
from tests.tui.support import PLACE, desk, picture, press

P0, FEE, P4 = "estate-dispatch", "fee-collection", "resident-station"


def words(shown: str) -> str:
    return " ".join(shown.split())


async def test_the_form_says_by_which_and_why_and_a_digit_overrules(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda desk: set_in_force(desk, P0, FEE, P4))
        async with night.running() as pilot:
            await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"dripping", "enter")
            assert "Rules Dispatch no class yet" in words(picture(pilot))
            await press(pilot, *"ls", "enter")
            assert "Rules Dispatch for all the rest" in words(picture(pilot))
            assert "Rules *1 by the class 2 Dispatch 3 Fees 4 Station" in words(picture(pilot))
            await press(pilot, "tab", "tab", "4")
            assert "Rules Station chosen here" in words(picture(pilot))
            assert "Level Minor" in words(picture(pilot))
            await press(pilot, "f10")
            (case,) = await cases(night)
            rules = await night.run_on_desk(lambda desk: desk.rules_of(case))
            assert rules.procedure.id == P4
            await press(pilot, "escape", "escape")
            assert "[Station]" in words(picture(pilot))
            await press(pilot, "enter")
            assert "Level [Station] Minor" in words(picture(pilot))


async def test_at_a_desk_for_fees_a_leak_is_said_to_be_nobody_s(tmp_path: Path) -> None:
    async with desk(tmp_path, procedure=FEE) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, "enter", "enter", *"dripping", "enter", *"ls")
        await press(pilot, "enter")
        shown = words(picture(pilot))
        assert "No procedure here handles Water leak" in shown.replace("leak.", "leak")
        assert "by the class" not in shown
        await press(pilot, "f10")
        assert "F10 once more opens it under Fees" in words(picture(pilot))
        assert await cases(night) == []
        await press(pilot, "f10")
        assert len(await cases(night)) == 1
