"""A screen that is left while it is still opening breaks nothing, whichever it is and whenever."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import WorkerFailed

from dispatcher_tui.tui.textual_parts import left_behind
from tests.faults import fresh
from tests.look.screens import all_screens, demo_running, made
from tests.tui.support import settle

STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
"""So many turns of the event loop a screen is given before it is left."""


def missed(screen: Screen[Any]) -> NoMatches:
    """The fault of a screen that looks for a widget it does not have."""
    with pytest.raises(NoMatches) as caught:
        screen.query_one("#nowhere")
    return caught.value


async def test_every_screen_can_be_left_while_it_opens(tmp_path: Path) -> None:
    random = Random(fresh.seed("screens left while they open"))
    async with demo_running(tmp_path / "demo") as demo:
        for name, screen in sorted(all_screens().items()):
            if name == "BoardScreen":
                continue
            found, turns = await made(demo, screen), random.choice(STEPS)
            opening = demo.app.push_screen(found)
            for _ in range(turns):
                await asyncio.sleep(0)
            leaving = demo.app.pop_screen()
            assert demo.app.screen is not found
            await leaving
            await opening
            assert demo.app._exception is None, f"{name} after {turns} turns"
        await settle(demo.pilot)
        board = demo.app.board_screen
        assert board is not None
        assert demo.app.screen is board
        assert left_behind(demo.app, missed(found))
        assert left_behind(demo.app, WorkerFailed(missed(found)))
        assert not left_behind(demo.app, missed(board)), "a fault of a screen that stands"
        assert not left_behind(demo.app, NoMatches("of no screen"))
        assert not left_behind(demo.app, KeyError("another fault"))
