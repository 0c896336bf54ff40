"""The manual at the desk: from F1, by digits, in the operator's language."""

from __future__ import annotations

from pathlib import Path

from tests.tui.story import on_top
from tests.tui.support import desk, picture, press


async def test_f1_and_a_digit_open_it_and_a_digit_leads_to_a_topic(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running(lang="zh") as pilot:
        await press(pilot, "f1", "1")
        assert on_top(pilot) == "ManualScreen"
        assert "1 一个夜班" in picture(pilot)
        await press(pilot, "6")
        assert "6 记录和它的证明" in picture(pilot)
        await press(pilot, "escape")
        assert on_top(pilot) == "HelpScreen"
