"""The handout book by its keys: out by digits and initials, back by a name, refused and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.handouts import rows_out
from dispatcher_tui.site.load import load
from dispatcher_tui.site.texts import HANDOUTS, shipped_text
from dispatcher_tui.tui.screens.watch.handouts import HandoutsScreen
from tests.tui.story import EVERYWHERE, assert_whole, on_top
from tests.tui.support import Language, Size, desk, picture, press, type_text


def _in_force(of: Desk) -> None:
    text = shipped_text(HANDOUTS).replace("in_force = false", "in_force = true")
    (of.site.folder / HANDOUTS).write_text(text, encoding="utf-8")
    adopt_site(of, load(of.site.folder))


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_key_goes_out_and_comes_back_by_its_number(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(_in_force)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "g", "1", "2", "1")
            await type_text(pilot, "看水泵")
            await press(pilot, "enter", "enter")
            assert_whole(pilot, "水泵房" if lang == "zh" else "Pump room", screen=HandoutsScreen)
            (row,) = await night.run_on_desk(rows_out)
            assert row.text is not None
            assert (row.number, row.text.fields) == (1, {"why": "看水泵"})
            await press(pilot, "1", "2", "1")
            await type_text(pilot, "x")
            await press(pilot, "f10")
            assert on_top(pilot) == "HandOutScreen"
            assert ("编号 1" if lang == "zh" else "number 1") in picture(pilot)
            await press(pilot, "escape", "escape")
            assert on_top(pilot) == "HandoutsScreen"
            await press(pilot, "b", "1", "enter")
            assert on_top(pilot) == "HandBackScreen"
            await press(pilot, "enter")
            assert on_top(pilot) == "HandoutsScreen"
            assert await night.run_on_desk(rows_out) == ()
