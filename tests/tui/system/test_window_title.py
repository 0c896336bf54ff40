"""The title of the terminal's window: written when the figures change, and cleared on the way out.

A terminal that would show it as text gets none.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.textual_parts import set_window_title
from tests.tui.support import desk, settle


class Driver:
    """What a terminal is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def write(self, data: str) -> None:
        self.sent.append(data)


def app(driver: Driver | None, *, headless: bool = False) -> Any:
    """An application with that terminal."""
    return SimpleNamespace(_driver=driver, is_headless=headless)


@pytest.mark.parametrize(
    ("term", "sent"),
    [("xterm-256color", ["\x1b]2;x\x07"]), ("linux", []), ("dumb", []), ("vt100", [])],
)
def test_it_goes_where_there_is_a_window(
    monkeypatch: pytest.MonkeyPatch, term: str, sent: list[str]
) -> None:
    monkeypatch.setenv("TERM", term)
    driver = Driver()
    set_window_title(app(driver), "x")
    assert driver.sent == sent
    set_window_title(app(driver, headless=True), "x")
    set_window_title(app(None), "x")
    assert driver.sent == sent


async def test_it_is_written_when_the_figures_change(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        desk_app = pilot.app
        assert isinstance(desk_app, DispatcherApp)
        titles: list[str] = []
        desk_app.window._write = titles.append

        async def beat(**length: float) -> None:
            night.clock.forward(**length)
            await desk_app._heartbeat()
            await settle(pilot)

        await beat(seconds=1)
        await night.open_case(place="3-2-1502", said="门禁刷不开", category="access")
        await beat(seconds=1)
        await beat(seconds=1)
        await beat(seconds=597)
        assert titles == ["翠湖花园", "**1 翠湖花园"], "due this very second is not late"
        await beat(seconds=1)
        await beat(seconds=1)
        assert titles[2:] == ["!!1 **1 翠湖花园"]
        desk_app.window.clear()
        assert titles[3:] == [""]
