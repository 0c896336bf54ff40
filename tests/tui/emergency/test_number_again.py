"""A call taken back: the number that was not rung after all stands first again."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui.widgets.call_tree import CallTree
from tests.tui.emergency.at_hand import Desk, fire

HEAD, FIRST = "陈志强", "13900000101"


async def choose_head(at: Desk) -> None:
    """Choose the head by the arrows, wherever he stands."""
    for key in (*["up"] * 12, *["down"] * 12):
        if at.shown != HEAD:
            await at.hand.press(key)
    assert at.shown == HEAD


@pytest.mark.rule("E-02")
async def test_after_a_call_was_taken_back_the_first_number_stands_there_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        tree = at.hand.pilot.app.screen.query_one(CallTree)
        await choose_head(at)
        assert tree.phone == FIRST
        await at.hand.keys("4")
        assert await at.results() == ["off"]
        await at.type("-1", 0.4)
        await at.hand.keys("escape", "8")
        assert await at.results() == []
        await choose_head(at)
        assert tree.phone == FIRST
