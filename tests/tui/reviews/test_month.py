"""The Monthly Summary on the screen: read, drawn with a draft that is kept, signed by the head."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.desk.reviews.months import read_month
from dispatcher_tui.tui.screens.reviews.month import MonthScreen
from dispatcher_tui.tui.widgets.notes import NoteArea
from tests.tui.story import EVERYWHERE, assert_whole, leak, on_top
from tests.tui.support import Language, Size, desk, picture, press


@pytest.mark.parametrize(("size", "lang"), [EVERYWHERE[0], EVERYWHERE[-1]])
async def test_from_the_figures_to_the_signature(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        await night.run_on_desk(lambda it: add_operator(it, "陈志强", "head", "864257"))
        night.clock.forward(days=12)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "3")
            title = "2026年11月" if lang == "zh" else "Monthly Summary 2026-11"
            assert_whole(pilot, title, "261121-01", screen=MonthScreen)
            await press(pilot, "2")
            assert_whole(pilot, "100.0 %")
            await press(pilot, "left")
            assert "2026-10" in picture(pilot) or "2026年10月" in picture(pilot)
            await press(pilot, "right", "9")
            assert on_top(pilot) == "MonthScreen"  # nothing is drawn yet
            await press(pilot, "8", *"fine", "escape", "escape", "8")
            assert pilot.app.screen.query_one(NoteArea).text == "fine"
            await press(pilot, "f10")
            assert on_top(pilot) == "MonthScreen"
            drawn = await night.run_on_desk(lambda it: read_month(it, "2026-11"))
            assert drawn.drawn is not None
            assert drawn.drawn.report.text == "fine"
            await press(pilot, "9", *"good", "enter", *"864257", "f10")
            signed = await night.run_on_desk(lambda it: read_month(it, "2026-11"))
            assert signed.sign_off is not None
            assert (signed.sign_off.name, signed.sign_off.remark) == ("陈志强", "good")
            await press(pilot, "8")
            assert on_top(pilot) == "MonthScreen"  # its figures stand
