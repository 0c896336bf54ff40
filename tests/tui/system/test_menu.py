"""The menu's head: what the chosen case needs, in the board's own sentence, with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from dispatcher_tui.tui.screens.system.menu import MenuScreen
from dispatcher_tui.tui.widgets.next_line import NextLine
from tests.tui.support import NARROW, PLACE, WIDE, Size, desk, picture, press

SMALL = (60, 15)


@pytest.mark.parametrize("size", [NARROW, WIDE, SMALL])
async def test_the_head_says_what_the_chosen_case_needs(tmp_path: Path, size: Size) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="wet", category="leak")
        async with night.running(size) as pilot:
            board = pilot.app.screen.query_one(NextLine).text
            await press(pilot, "0")
            assert isinstance(pilot.app.screen, MenuScreen)
            line = pilot.app.screen.query_one(NextLine)
            assert "Nobody was told" in line.text
            assert "F4" in line.text
            if size == NARROW:
                assert line.text == board
            rows = picture(pilot).splitlines()
            assert "Nobody was told" in rows[2], "above the lines, not below them"
            assert any("More commands" in row for row in rows)
            await press(pilot, "2")
            assert isinstance(pilot.app.screen, NotifyScreen)


async def test_without_a_case_nothing_is_said_of_one(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "0")
        assert "For the chosen case" not in picture(pilot)
        assert not pilot.app.screen.query_one(NextLine).display
