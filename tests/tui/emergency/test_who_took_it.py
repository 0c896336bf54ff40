"""Digits in a row after 5 pick nobody, and letters of a word send nobody anywhere (E-02, E-03)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.emergency.at_hand import fire

pytestmark = pytest.mark.rule("E-03")


@pytest.mark.parametrize(("later", "picks"), [(0.4, False), (2.75, False), (3.0, True)])
async def test_a_digit_picks_who_took_a_message_once_somebody_can_have_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: float, picks: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "5")
        await at.hand.press("1", later)
        assert await at.results() == ["no_answer", *["relayed"] * picks]
        assert ("NOT answered: pressed too soon" in at.said) is not picks
        if not picks:
            await at.hand.press("1", 3.0)
            assert await at.results() == ["no_answer", "relayed"], "the same digit counts later"


async def test_figures_in_a_row_record_no_relay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "5")
        await at.type("12", 0.4)
        assert await at.tried() == ["no_answer"]
        await at.hand.keys("enter")
        case = await at.case()
        assert [(each.outcome.value, each.taken_by) for each in case.calls][1:] == [("relayed", "")]


async def test_esc_writes_no_call_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "5")
        stood = at.shown
        await at.hand.keys("escape")
        assert await at.results() == ["no_answer"]
        assert "NO call is written down" in at.said
        assert at.shown == stood, "nobody was rung: the same one stands there"
        await at.hand.keys("5", "enter")
        assert await at.results() == ["no_answer", "relayed"]


@pytest.mark.parametrize("word", ["wob", "web", "boom", "wood", "wow"])
async def test_a_word_typed_beside_the_fields_moves_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "1", "7")
        at.hand.at += 10
        await at.type(word, 0.3)
        case = await at.case()
        assert (case.called, len(case.calls)) == ((), 2)
        assert at.asked() == "menu", "a letter leads to the menu; its digits say the rest"
