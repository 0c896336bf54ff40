"""The look is chosen for a start, at the desk, or by the site; the nearest choice holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dispatcher_tui.cli.console import UsageProblem, wear
from dispatcher_tui.desk.chosen_look import remember_look, remembered_look
from dispatcher_tui.domain.words.looks import LOOKS
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.run import THEME, wish
from tests.tui.leak import on_leak
from tests.tui.support import picture, press


async def test_the_menu_changes_the_look_and_the_desk_keeps_it(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as desk:
        app = desk.pilot.app
        assert app.theme == LOOKS[0]
        assert await desk.night.run_on_desk(remembered_look) == ""
        await press(desk.pilot, "0", "0", "3")
        assert app.theme == LOOKS[1]
        assert "light" in picture(desk.pilot).splitlines()[-2]
        assert await desk.night.run_on_desk(remembered_look) == LOOKS[1]


async def test_what_is_kept_and_no_look_is_none(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as desk:
        await desk.night.run_on_desk(lambda d: remember_look(d, "noon"))
        assert await desk.night.run_on_desk(remembered_look) == ""


def test_a_start_has_its_own_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THEME, "")
    assert wish() == "auto"
    wear(None)
    assert os.environ[THEME] == ""
    wear(" High ")
    assert wish() == "high"
    with pytest.raises(UsageProblem, match="night"):
        wear("nihgt")
    assert wish() == "high"
    monkeypatch.setenv(THEME, "textual-dark")
    assert wish() == "auto"


def test_no_colour_is_grey_and_no_filter_of_textuals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    worn, named = LookApp[None]("auto"), LookApp[None]("day")
    assert (worn.theme, named.theme) == ("mono", "day")
    assert not worn.no_color
    assert os.environ["NO_COLOR"] == "1", "the next application of the same start reads it too"
