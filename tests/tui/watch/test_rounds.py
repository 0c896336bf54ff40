"""The rounds by their keys: the row on the board, a digit each, the reason, recorded twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record.watch_events import RoundRecorded
from dispatcher_tui.site.load import load
from dispatcher_tui.site.texts import ROUNDS, shipped_text
from dispatcher_tui.tui.screens.watch.rounds import RoundScreen, RoundsScreen
from tests.tui.story import EVERYWHERE, assert_whole, on_top
from tests.tui.support import Language, Size, desk, picture, press, type_text


def _in_force(of: Desk) -> None:
    text = shipped_text(ROUNDS).replace("in_force = false", "in_force = true")
    (of.site.folder / ROUNDS).write_text(text, encoding="utf-8")
    adopt_site(of, load(of.site.folder))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_late_record_is_made_by_its_digits(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(_in_force)
        night.clock.forward(hours=1, minutes=50)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "enter")
            assert_whole(pilot, "消防" if lang == "zh" else "Fire control", screen=RoundsScreen)
            await press(pilot, "1")
            assert isinstance(pilot.app.screen, RoundScreen)
            await press(pilot, "1", "1", "2")
            await type_text(pilot, "主电断了，已报修")
            await press(pilot, "enter")
            await type_text(pilot, "王芳")
            await press(pilot, "f10")
            assert on_top(pilot) == "RoundScreen"
            await type_text(pilot, "电梯困人")
            await press(pilot, "f10")
            assert on_top(pilot) == "RoundsScreen"
            found = await night.run_on_desk(lambda of: of.store.latest_of("round_recorded", 9))
            (event,) = (entry.event for entry in found)
            assert isinstance(event, RoundRecorded)
            assert [each.digit for each in event.findings] == [1, 1, 2]
            assert (event.second, event.reason) == ("王芳", "电梯困人")
            await press(pilot, "1", "1", "1", "1", "enter")
            await type_text(pilot, "王芳")
            await press(pilot, "f10")
            assert ("已在" if lang == "zh" else "already") in picture(pilot)
            await press(pilot, "0")
            assert on_top(pilot) == "RoundScreen"


async def test_one_that_is_written_down_after_its_time_is_asked_about(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(_in_force)
        async with night.running() as pilot:
            await press(pilot, "f8", "t", "1", "1", "1", "1", "enter")
            await type_text(pilot, "王芳")
            night.clock.forward(hours=1, minutes=20)
            await press(pilot, "f10")
            assert "counts as missed" in picture(pilot)
            await press(pilot, "0", "f10", "1")
            assert on_top(pilot) == "RoundsScreen"
            found = await night.run_on_desk(lambda of: of.store.latest_of("round_recorded", 9))
            (event,) = (entry.event for entry in found)
            assert isinstance(event, RoundRecorded)
            assert event.begin <= night.clock.now() <= event.due
