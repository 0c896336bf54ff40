"""A screen without a case of its own acts on none: not on the one the board has below it."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.tui.actions import LETTERS
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.screens.system.menu import MenuScreen
from dispatcher_tui.tui.screens.watch.hand_over import HandOverScreen
from tests.tui.calls import message
from tests.tui.crew import staff
from tests.tui.support import PLACE, desk, picture, press


def on_top(app: DispatcherApp) -> type:
    """Which screen stands there."""
    return type(app.screen)


async def test_no_key_of_the_hand_over_is_about_the_hidden_case(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        told = await night.open_case(place=PLACE, said="wet", category="leak")
        await staff(night)
        async with night.running() as pilot:
            app = pilot.app
            assert isinstance(app, DispatcherApp)
            assert app.current_case() == told.case.id
            await press(pilot, "f12", "2", "1")  # early: yes
            assert on_top(app) is HandOverScreen
            assert app.current_case() == ""
            assert app.current_case(app.desk_screens[-1]) == told.case.id
            rows = await night.run_on_desk(lambda it: it.store.rows())
            for key in ("x", "a", "v", "f4", "f6", "ctrl+z"):
                await press(pilot, key)
                assert on_top(app) is HandOverScreen, key
            assert await night.run_on_desk(lambda it: it.store.rows()) == rows
            await press(pilot, "enter", "0")  # no, nothing is taken back; then the menu
            assert on_top(app) is MenuScreen
            assert told.case.number not in picture(pilot)
            await press(pilot, "2")
            assert on_top(app) is HandOverScreen
            assert "Choose a case on the board first" in message(pilot)
            assert set("xav") <= set(LETTERS)
