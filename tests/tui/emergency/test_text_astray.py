"""Text that comes over the calls of an emergency: words are kept whole, letters open nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from dispatcher_tui.tui import twice
from tests.tui.emergency.at_hand import fire
from tests.tui.emergency.on_screen import LIFT, top
from tests.tui.rings import desk
from tests.tui.story import case_of, message, on_top
from tests.tui.support import press


async def test_words_over_the_calls_go_to_the_unknown_place_then_to_the_log(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1")
        await press(pilot, *"三栋二单元")
        place = top(pilot).query_one("#place", Input)
        assert (place.value, place.has_focus) == ("三栋二单元", True)
        await press(pilot, "escape", *"一楼")
        assert place.value == "三栋二单元一楼", "what was left half typed is written on"
        await press(pilot, "enter")
        case = await case_of(night, top(pilot).case_id)
        assert case.place
        assert case.calls == ()
        await press(pilot, *"楼道有烟")
        log = top(pilot).query_one("#log", Input)
        assert (log.value, log.has_focus) == ("楼道有烟", True)
        await press(pilot, "enter")
        case = await case_of(night, top(pilot).case_id)
        entries = await night.run_on_desk(lambda it: it.store.entries(case.id))
        assert getattr(entries[-1].event, "text", "") == "楼道有烟"


async def test_over_the_menu_words_answer_nothing_and_stay_whole(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", "1", "0", *"三楼")
        assert top(pilot).query_one("#place", Input).value == "三楼"
        assert (await case_of(night, top(pilot).case_id)).called == ()


async def test_words_while_the_kind_is_asked_for_are_kept_for_the_place(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f9", *"三栋")
        assert "三栋" in message(pilot)
        await press(pilot, "1")
        assert not (await case_of(night, top(pilot).case_id)).emergency_kind, "a figure of it"
        await press(pilot, "1")
        case = await case_of(night, top(pilot).case_id)
        assert (case.emergency_kind, case.place) == ("fire", "")
        assert top(pilot).query_one("#place", Input).value == "三栋"


@pytest.mark.parametrize("letters", ["xga", "ncl"])
async def test_letters_over_the_calls_open_nothing_by_themselves(
    tmp_path: Path, letters: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LIFT, *letters)
        assert on_top(pilot) == "EmergencyScreen"
        assert "Once more opens it" in message(pilot)
        assert len(pilot.app.screen_stack) == 3, "the board, and the emergency alone"
        await press(pilot, "z")
        assert on_top(pilot) == "EmergencyScreen"
        await press(pilot, "z")
        assert on_top(pilot) == "StandDownScreen"


@pytest.mark.parametrize(("apart", "opens"), [(0.29, False), (0.3, True), (9.9, True)])
async def test_a_letter_once_more_opens_what_it_says_unless_it_is_leant_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float, opens: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("x")
        await at.hand.press("x", apart)
        assert (on_top(at.hand.pilot) != "EmergencyScreen") == opens


async def test_letters_right_before_words_are_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type("A座", twice.TWICE_WITHIN / 2)
        assert at.place == "A座"
