"""A home by digit at intake: only once Enter has ended the text, and never against the hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.site.add_household_note import AddHouseholdNoteScreen
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.calls import cases, form
from tests.tui.support import NARROW, Night, desk, paste, picture, press


async def test_a_digit_chooses_the_home_only_after_enter(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, "zh") as pilot:
        await press(pilot, "f2", "1", *"1502")
        screen = pilot.app.screen
        assert isinstance(screen, IntakeScreen)
        assert form(pilot).place == "1502"
        assert "1502：Enter，再按数字选哪户" in picture(pilot)
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


FORMS = ("correct", "note", "forget")


async def to_form(night: Night, pilot: Pilot[Any], form: str) -> Field:
    """The field of the place of another form, empty and with the focus."""
    if form == "note":
        await pilot.app.push_screen(AddHouseholdNoteScreen())
    else:
        await press(pilot, *(["f8", "w"] if form == "forget" else ["enter", "x"]))
    field = pilot.app.screen.query_one("#value-place" if form == "correct" else "#place", Field)
    field.focus()
    field.value = ""
    await press(pilot)
    return field


@pytest.mark.parametrize("text", ["1502", "3534", "阎雅", "yyq"])
@pytest.mark.parametrize("form", FORMS)
async def test_every_other_form_with_a_place_asks_by_the_same_question(
    tmp_path: Path, form: str, text: str
) -> None:
    """Only behind Enter: until then a digit is a figure of the place."""
    async with desk(tmp_path) as night:
        await night.open_case(place="5-1", said="漏水")
        async with night.running(NARROW, "zh") as pilot:
            field = await to_form(night, pilot, form)
            await paste(pilot, text)
            question = pilot.app.screen.query_one(Question)
            assert question.asked == ""
            await press(pilot, "1", "backspace", "enter")
            assert f"{text}：是哪一户？" in picture(pilot)
            assert "3-2-1502" in picture(pilot)
            await press(pilot, "1")
            assert (field.value, question.asked) == ("3-2-1502", "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("no", ["0", "enter", "escape"])
async def test_none_of_them_leaves_what_was_typed_and_is_not_asked_again(
    tmp_path: Path, form: str, no: str
) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place="5-1", said="漏水")
        async with night.running(NARROW, "zh") as pilot:
            field = await to_form(night, pilot, form)
            await press(pilot, *"1502", "enter", no)
            question = pilot.app.screen.query_one(Question)
            assert (field.value, question.asked) == ("1502", "")
            field.focus()
            await press(pilot, "enter")
            assert not question.asked


async def test_a_home_that_was_chosen_corrects_the_place(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        done = await night.open_case(place="5-1", said="漏水")
        async with night.running(NARROW, "zh") as pilot:
            await to_form(night, pilot, "correct")
            await press(pilot, *"1502", "enter", "1")
            assert pilot.app.focused is not None
            assert pilot.app.focused.id == "reason"
            await press(pilot, *"wrong", "f10")
            case = (await night.run_on_desk(lambda it: it.record(done.case.id))).case
            assert (case.place, case.registered) == ("3-2-1502", True)
