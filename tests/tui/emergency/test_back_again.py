"""Back at an emergency: who is being rung, for how long, and no digit sooner than a call."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.emergency.at_hand import AFTER, fire
from tests.tui.story import on_top


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("way", [("escape", "f9", "enter"), ("f9", "enter"), ("f2", "escape")])
async def test_who_was_being_rung_still_is_and_no_digit_counts_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.hand.keys("1", "down")
        by_hand = at.shown
        at.night.clock.forward(seconds=70)
        at.hand.at += 70
        await at.hand.keys(*way)
        assert on_top(at.hand.pilot) == "EmergencyScreen"
        assert at.shown == by_hand, "not whoever the order has next"
        assert at.said == f"Still being rung: {by_hand}, for 1:10. The result by its digit."
        for key in ("7", "2"):
            await at.hand.press(key, AFTER / 4)
            assert "NOT counted" in at.said
        await at.hand.press("7", AFTER)
        assert at.said == f"{by_hand} stands there and was not reached: nothing to read back."
        assert await at.results() == ["reached"]
        await at.hand.press("2", AFTER)
        assert (await at.case()).calls[-1].name == by_hand


@pytest.mark.rule("E-02")
async def test_who_was_told_and_has_not_read_it_back_is_asked_for_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        for _call in range(2):
            at.hand.at += 10
            await at.hand.keys("1")
        told = at.shown
        at.night.clock.forward(seconds=9)
        at.hand.at += 9
        await at.hand.keys("escape", "f9", "enter")
        assert at.said == f"{told} was told 0:09 ago. Did they repeat it? 7 = read back."
        await at.hand.press("7", AFTER)
        assert (await at.case()).calls[-1].read_back_at is not None
