"""A home by digit at intake: only once Enter has ended the text, and never against the hand."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.calls import cases, form
from tests.tui.support import NARROW, desk, paste, picture, press


async def test_a_digit_chooses_the_home_only_after_enter(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f2", "1", *"1502")
        screen = pilot.app.screen
        assert isinstance(screen, IntakeScreen)
        assert form(pilot).place == "1502"
        assert "1502：回车，再按数字选哪户" in picture(pilot)
        await press(pilot, "enter")
        assert screen.query_one(Question).asked == "place"
        await press(pilot, "1")
        assert form(pilot).place == "3-2-1502"
        assert "楼上  3-2-1602" in picture(pilot)
        assert "楼下  3-2-1402" in picture(pilot)
        await press(pilot, "enter", *"drip", "f10")
        (case,) = await cases(night)
        assert (case.place, case.registered) == ("3-2-1502", True)
        assert case.caller is not None
        assert case.caller.phone == "13900003534"


async def test_what_is_none_of_them_stays_as_typed_and_is_asked_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f2", "1", *"1502", "enter", "0")
        assert form(pilot).place == "1502"
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "phone"
        await press(pilot, "shift+tab", "enter")
        assert not pilot.app.screen.query_one(Question).asked
        await paste(pilot, "阎雅倩")
        await press(pilot, *["shift+tab", "end", *["backspace"] * 4, "tab", "enter"])
        assert pilot.app.screen.query_one(Question).asked == "phone"
        await press(pilot, "1")
        typed = form(pilot)
        assert (typed.place, typed.phone, typed.caller) == ("3-2-1502", "13900003534", "阎雅倩")
        assert await cases(night) == []
