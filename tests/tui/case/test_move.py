"""Handing a case over at the desk: which procedure by a digit, why in words."""

from __future__ import annotations

from pathlib import Path

from tests.desk.several import set_in_force
from tests.tui.story import leak, on_top
from tests.tui.support import desk, picture, press

P0, PLANT, P4 = "estate-dispatch", "estate-plant", "resident-station"


def words(shown: str) -> str:
    return " ".join(shown.split())


async def test_a_case_goes_over_by_a_digit_and_a_reason(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda desk: set_in_force(desk, P0, PLANT, P4))
        case_id = await leak(night)
        async with night.running() as pilot:
            await press(pilot, "enter", "z")
            assert on_top(pilot) == "MoveScreen"
            assert "Under Dispatch now" in words(picture(pilot))
            assert "2 Plant (Urgent or grave) 3 Station (Minor)" in words(picture(pilot)).replace(
                "*", ""
            )
            await press(pilot, "f10")
            assert "Choose the procedure by its digit." in words(picture(pilot))
            await press(pilot, "1", "f10")  # where it is now: no choice
            assert "Choose the procedure by its digit." in words(picture(pilot))
            await press(pilot, "2", "f10")
            assert "eason" in words(picture(pilot))
            assert on_top(pilot) == "MoveScreen"
            await press(pilot, *"plant", "f10")
            assert on_top(pilot) == "CaseScreen"
            shown = words(picture(pilot))
            assert "[Plant]" in shown
            assert "From Dispatch to Plant plant" in shown
            assert "Handed over to Plant:" in shown
        case = await night.run_on_desk(lambda desk: desk.record(case_id).case)
        assert len(case.moves) == 1


async def test_where_one_procedure_is_in_force_that_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running() as pilot:
            await press(pilot, "z")
            assert "No other procedure is in force here." in words(picture(pilot))
            await press(pilot, "f10")
            assert on_top(pilot) == "MoveScreen"
