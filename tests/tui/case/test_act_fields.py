"""An act with fields of its own: what was understood, what is missing, and the law before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.present.i18n import Language
from tests.tui.case.test_step import open_step
from tests.tui.leak import on_leak
from tests.tui.support import NARROW, WIDE, Size, press


@pytest.mark.parametrize(("size", "lang"), [(NARROW, "en"), (WIDE, "zh")])
async def test_the_amount_of_a_loss_is_said_back_and_kept_and_raises_the_level(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    station = "resident-station"
    async with on_leak(tmp_path, told=True, procedure=station, size=size, lang=lang) as at:
        await open_step(at, "great_loss")
        await press(at.pilot, *"lots")
        assert ("Not an amount" if lang == "en" else "不是金额") in at.shown
        await press(at.pilot, *["backspace"] * 4, *"80,000")
        assert "= 80000.00" in at.shown
        await press(at.pilot, "f10")
        assert ("marked *" if lang == "en" else "带*") in at.message
        assert "step_recorded" not in await at.kinds()
        await press(at.pilot, *"pump", "f10")
        await press(at.pilot, *"piano", "f10")
        case = await at.case()
        assert {each.field: each.value for each in case.filled} == {
            "loss": "80000.00",
            "fault": "pump",
        }
        assert case.level == "major"


async def test_a_time_is_typed_as_people_say_it_and_a_clock_runs_to_before_it(
    tmp_path: Path,
) -> None:
    async with on_leak(
        tmp_path, told=True, procedure="owner-relations", category="planned_cut"
    ) as at:
        await open_step(at, "cut_planned")
        await press(at.pilot, *"11-25 9:00")
        assert "= 11-25 09:00" in at.shown
        await press(at.pilot, "enter", *"11-25 17:00", "enter", "enter", *"water", "f10")
        (begins, ends, what) = (await at.case()).filled
        assert (begins.field, begins.value) == ("cut_begins", "2026-11-25T01:00:00+00:00")
        assert (ends.field, ends.value) == ("cut_ends", "2026-11-25T09:00:00+00:00")
        assert what.value == "water"


async def test_the_law_stands_before_the_act(tmp_path: Path) -> None:
    async with on_leak(tmp_path, told=True, procedure="fee-collection", lang="zh") as at:
        await open_step(at, "utility_stopped")
        assert "民法典第944条" in at.shown
        await press(at.pilot, "escape", "escape")
        await open_step(at, "reminded")
        assert "民法典" not in at.shown
