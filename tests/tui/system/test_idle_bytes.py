"""A desk that nobody touches writes little, whatever screen is up; nothing is drawn under one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.screen import Screen

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.widgets.board_table import BoardTable
from tests.tui.leak import LEAK, Desk, on_leak
from tests.tui.support import press, settle
from tests.tui.written import Written

SECONDS = 5
OPEN = 20
"""Cases with a running countdown beside the one of the leak: a full board of 80 by 24."""

AT_MOST = 1_000
"""Bytes a second. The full board writes some 750; one painted anew under a screen cost 2,500."""

KEYS: dict[str, tuple[str, ...]] = {
    "board": (),
    "intake": ("f2",),
    "find": ("f3",),
    "notify": ("f4",),
    "follow up": ("f5",),
    "close": ("f6",),
    "log": ("f7",),
    "records": ("f8",),
    "emergency": ("f9", "1"),
    "case": ("enter",),
    "help": ("f1",),
    "menu": ("0",),
}


@asynccontextmanager
async def full_board(folder: Path) -> AsyncIterator[Desk]:
    """The program on a board that has no line free, one of its countdowns due soon."""
    async with on_leak(folder) as desk:
        for n in range(OPEN):
            desk.night.clock.forward(seconds=1)
            await desk.night.open_case(**{**LEAK, "place": f"3-2-{1001 + n}"})
        await seconds_pass(desk, 1)
        yield desk


async def seconds_pass(desk: Desk, count: int = SECONDS) -> None:
    """Heartbeats, each a second after the one before."""
    for _second in range(count):
        desk.night.clock.forward(seconds=1)
        await desk.pilot.app._heartbeat()  # type: ignore[attr-defined]
        await settle(desk.pilot)


@pytest.mark.parametrize("name", KEYS)
async def test_an_idle_desk_writes_little(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written(monkeypatch)
    async with full_board(tmp_path) as desk:
        await press(desk.pilot, *KEYS[name])
        assert isinstance(desk.top(), BoardScreen) == (name == "board")
        assert desk.top().styles.background.a == 1, "the screen below can be seen"
        await seconds_pass(desk, 1)
        written.take()
        await seconds_pass(desk)
        each = written.take() / SECONDS
        assert each <= AT_MOST, f"{name}: {each:.0f} bytes a second"
        if name in ("board", "intake", "emergency", "case"):
            assert each > 0, "what counts on here is not drawn"


async def test_the_board_is_right_at_once_when_what_lay_over_it_goes(tmp_path: Path) -> None:
    async with full_board(tmp_path) as desk:
        now = desk.night.clock.now
        due = (await desk.night.run_on_desk(lambda d: d.store.line(desk.case_id))).next_due  # type: ignore[union-attr]
        assert due is not None
        assert f" {remaining(due, now())} " in desk.shown
        await press(desk.pilot, "0")
        with patch.object(BoardTable, "tick", autospec=True) as drawn:
            await seconds_pass(desk, 70)
            assert not drawn.called
        desk.night.clock.forward(seconds=1)  # and no heartbeat since
        await press(desk.pilot, "escape")
        assert isinstance(desk.top(), BoardScreen)
        assert f" {remaining(due, now())} " in desk.shown
        assert now().astimezone(desk.night.desk.rules.calendar.tz).strftime("%H:%M") in desk.shown


async def test_what_happened_to_the_case_under_another_screen_is_told_after_it(
    tmp_path: Path,
) -> None:
    async with on_leak(tmp_path) as desk:
        await press(desk.pilot, "f7")
        await desk.night.perform(desk.case_id, cmd.AddNote(text="from beside"))
        await seconds_pass(desk, 1)
        assert "from beside" not in board_line(desk)
        await press(desk.pilot, "escape")
        assert "from beside" in board_line(desk)


def board_line(desk: Desk) -> str:
    """The line beneath the board with the latest of the chosen case."""
    board = desk.pilot.app.screen_stack[1]
    assert isinstance(board, BoardScreen)
    return board.query_one("#line").text  # type: ignore[attr-defined, no-any-return]


async def test_textual_still_calls_the_screen_below_current(tmp_path: Path) -> None:
    """Where this fails, Textual knows better: ``DeskScreen.is_current`` is to be deleted."""
    textuals: Any = Screen.is_current
    async with on_leak(tmp_path) as desk:
        await press(desk.pilot, "f7")
        below = desk.pilot.app.screen_stack[1]
        assert textuals.fget(below)
        assert not below.is_current
        assert desk.top().is_current
