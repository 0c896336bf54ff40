"""F2: what callers usually say, taken by a digit where nothing was typed (desk.md, intake)."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.domain.words.terms import Fact
from tests.tui.calls import cases, form
from tests.tui.case.test_key_counts import LEAK, Hand, Report
from tests.tui.support import PLACE, desk, picture, press


async def test_a_frequent_call_is_taken_without_a_word(
    tmp_path: Path, record_property: Report
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.press("f2", "2")
        await hand.write(PLACE)
        await hand.press("enter", "enter")
        assert "1 A pipe joint in the kitchen drips" in picture(pilot)
        await hand.press("1", "enter", "f10")
        (case,) = await cases(night)
        assert (case.category, case.verbatim) == ("leak", "A pipe joint in the kitchen drips")
        record_property("report", f"keys of a leak by its usual text, none typed: {hand.keys}")
        assert hand.keys < LEAK


async def test_words_that_begin_with_a_digit_stay_as_they_are_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "2", *PLACE, "enter", "enter", *"3rd floor is dark")
        assert "Digit, Enter" not in picture(pilot)
        await press(pilot, "enter", *"ls", "enter")
        assert (form(pilot).said, form(pilot).category) == ("3rd floor is dark", "leak")


async def test_a_chosen_class_offers_its_own_once_all_else_is_there(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *PLACE, *["enter"] * 4, *"zy", "enter", "1", "enter")
        assert "2 Cards and singing, very loud" in picture(pilot)
        assert form(pilot).facts == (Fact.NOW,)
        await press(pilot, "2", "f10")
        (case,) = await cases(night)
        assert (case.category, case.verbatim) == ("noise", "Cards and singing, very loud")
