"""F8, w: a household is forgotten; asked once more, and what is left to do is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui.screens.papers.forget_household import ForgetScreen
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.story import EVERYWHERE, assert_whole, message, on_top
from tests.tui.support import PLACE, Language, Size, desk, picture, press

HOME = "3-2-1502"


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_it_is_shown_where_it_stands_before_anything_is_done(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f8", "w", *PLACE, "enter")
        assert_whole(pilot, HOME, screen=ForgetScreen)
        assert ("1 人" if lang == "zh" else "residents: 1") in picture(pilot)
        await press(pilot, "f10")
        assert_whole(pilot, "永久删除" if lang == "zh" else "for good")


async def test_forgotten_by_f10_and_1_and_by_nothing_else(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "w", "f10")
        assert message(pilot) == "The place first."
        await press(pilot, *PLACE)
        for no in ("enter", "0", "escape"):
            await press(pilot, "f10", no)
            assert message(pilot) == "Nothing was changed."
        assert await night.run_on_desk(lambda it: it.store.unit(HOME)) is not None
        await press(pilot, "f10", "1")
        assert "left to do by hand" in message(pilot)
        assert_whole(pilot, f"{HOME} is off the list in force.", "1 older list was deleted.")
        assert await night.run_on_desk(lambda it: it.store.unit(HOME)) is None
        assert pilot.app.screen.query_one("#place", Field).value == ""
        await press(pilot, *PLACE, "f10")
        assert message(pilot) == f"No list in the record has a household at {HOME}."
        assert pilot.app.screen.query_one("#place", Field).value != ""
        await press(pilot, "escape", "escape")
        assert on_top(pilot) == "RecordsScreen"
        await press(pilot, "w")
        assert pilot.app.screen.query_one("#place", Field).value != "", "what was typed is kept"
