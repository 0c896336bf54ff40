"""A form left unfinished, as the board has it: no case, taken up by Enter, or discarded."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.drafts import load_drafts
from dispatcher_tui.present.cells import width
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from dispatcher_tui.tui.widgets.discard_question import DiscardQuestion
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from tests.tui.calls import message
from tests.tui.support import NARROW, PLACE, Language, desk, picture, press

LEFT = ("f2", "1", *"3-2-1502", "enter", "escape", "escape")
"""A place is typed, then the form is left."""


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_its_next_step_is_not_cut_and_every_key_says_what_goes_on(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night, night.running(NARROW, lang) as pilot:
        await press(pilot, *LEFT)
        board = pilot.app.screen
        assert isinstance(board, BoardScreen)
        row = next(r for r in picture(pilot).splitlines() if "3-2-1502" in r)
        assert {"zh": "Enter 续填", "en": "Enter: go on"}[lang] in row
        assert width(row) <= 80
        assert "Ctrl+R" in board.query_one(HintBar).render_line(0).text
        for key in ("f4", "f5", "f6", "x", "a"):
            await press(pilot, key)
            assert pilot.app.screen is board
            said = message(pilot)
            assert "Ctrl+R" in said
            assert "Enter" in said
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, IntakeScreen)


async def test_one_key_that_asks_discards_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, *LEFT)
        board = pilot.app.screen
        for no in ("0", "escape", "enter"):
            await press(pilot, "ctrl+r")
            assert board.query(DiscardQuestion)
            await press(pilot, no)
            assert not board.query(DiscardQuestion)
            assert len(await night.run_on_desk(load_drafts)) == 1
        await press(pilot, "ctrl+r", "1")
        assert await night.run_on_desk(load_drafts) == []
        assert "Discarded" in message(pilot)
        assert "3-2-1502" not in picture(pilot)
        assert board.query_one(BoardTable).has_focus


async def test_a_case_is_not_discarded(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place=PLACE, said="wet", category="leak")
        async with night.running() as pilot:
            await press(pilot, "ctrl+r")
            assert not pilot.app.screen.query(DiscardQuestion)
            assert "Ctrl+R" not in pilot.app.screen.query_one(HintBar).render_line(0).text
