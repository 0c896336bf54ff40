"""A key is declared once: it is pressed, shown, told and found from its declaration."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.present.cells import width
from dispatcher_tui.tui.keys import ScreenKey, help_rows, key_for, key_line, key_rows
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.reviews.records import WORKS
from dispatcher_tui.tui.screens.system.help import HelpScreen
from dispatcher_tui.tui.screens.system.palette import PaletteScreen
from tests.tui.story import EVERYWHERE, assert_whole, leak, on_top
from tests.tui.support import Language, Size, desk, picture, press


def done(*_digit: int) -> None:
    """What a key does where that does not matter."""


def test_a_run_of_digits_ends_where_it_says_and_hands_over_which_it_was() -> None:
    pressed: list[int] = []
    run = ScreenKey("2-5", "", pressed.append)
    met = [digit for digit in "0123456789" if run.meant_by(digit)]
    assert met == ["2", "3", "4", "5"]
    assert not run.meant_by("2-5")
    assert not run.meant_by("34")
    for digit in met:
        run.press(digit)
    assert pressed == [2, 3, 4, 5]


def test_the_first_key_that_is_meant_answers() -> None:
    own, inherited = ScreenKey("commit", "", done), ScreenKey("commit", "go", done)
    assert key_for([own, inherited], "commit") is own
    assert key_for([own, ScreenKey("k", "", done)], "k") is not None
    assert key_for([own], "c") is None


def test_a_key_is_shown_by_its_label_and_told_by_its_help() -> None:
    keys = [
        ScreenKey("1-3", "", done, "how it stands"),
        ScreenKey("4", "print", done),
        ScreenKey("5", "open", done, "open the case"),
        ScreenKey("commit", "", done, "the line"),
        ScreenKey("discard", "", done),
    ]
    assert key_line(keys) == "4 print   5 open"
    assert help_rows(keys, 200) == ["1-3: how it stands; 4: print; 5: open the case; F10: the line"]


def test_as_many_keys_stand_on_a_line_as_there_is_room_for() -> None:
    keys = [ScreenKey("1", "单据", done), ScreenKey("2", "abcd", done)]
    whole = "1 单据   2 abcd"
    assert key_rows(keys, width(whole)) == [whole]
    assert key_rows(keys, width(whole) - 1) == ["1 单据", "2 abcd"]
    assert key_rows([], 10) == []


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_help_on_the_records_tells_every_key(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(size, lang) as pilot:
        await press(pilot, "f8")
        below = pilot.app.screen
        assert isinstance(below, DeskScreen)
        told = [key.help or key.label for key in below.own_keys()]
        keys = [*map(str, WORKS), *"kmbiuwtgjf", "print"]
        assert [key.key for key in below.own_keys()] == keys
        await press(pilot, "f1")
        assert_whole(pilot, screen=HelpScreen)
        page = "".join(picture(pilot).split())
        await press(pilot, "pagedown")
        page += "".join(picture(pilot).split())
        assert [words for words in told if "".join(words.split()) not in page] == []


async def test_a_key_that_is_off_says_why_and_does_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "1", "5")
        assert on_top(pilot) == "ReviewScreen"
        assert "No case is chosen." in picture(pilot)
        await press(pilot, "escape", "5", "8")
        assert on_top(pilot) == "ChargesScreen"
        assert "First 2, and choose the list to print." in picture(pilot)


@pytest.mark.parametrize(("lang", "typed"), [("en", "prove"), ("zh", "校验记录")])
async def test_the_palette_finds_a_key_of_the_screen_below_and_presses_it(
    tmp_path: Path, lang: Language, typed: str
) -> None:
    async with desk(tmp_path) as night:
        await leak(night)
        async with night.running(lang=lang) as pilot:
            await press(pilot, "f8", "ctrl+p")
            pilot.app.screen.query_one("#text").value = typed  # type: ignore[attr-defined]
            await press(pilot)
            assert_whole(pilot, screen=PaletteScreen)
            await press(pilot, "enter")
            assert on_top(pilot) == "RecordsScreen"
            proof = pilot.app.screen.query_one("#proof")
            assert proof.text  # type: ignore[attr-defined]
