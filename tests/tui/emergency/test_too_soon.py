"""A digit sooner than anybody can have rung is no result, is said, and counts later (E-02)."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from dispatcher_tui.tui import twice
from dispatcher_tui.tui.widgets.form import Field
from tests.tui.emergency.at_hand import TOLD, fire
from tests.tui.story import on_top
from tests.tui.support import settle
from tests.tui.system.test_twice import key_at

NOT_COUNTED = "NOT counted: too soon for a call"


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("stood", "counts"), [(0.0, False), (2.999, False), (3.0, True)])
async def test_a_result_counts_once_somebody_can_have_rung(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stood: float, counts: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        first = at.shown
        await at.hand.press("2", stood)
        assert (NOT_COUNTED in at.said) is not counts
        assert await at.results() == (["no_answer"] if counts else [])
        assert (at.shown == first) is not counts


async def test_the_digit_that_came_too_soon_counts_once_it_is_pressed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("2", 1.5)
        assert NOT_COUNTED in at.said
        assert "in 2 s" in at.said
        await at.hand.press("2", 1.5)
        assert await at.results() == ["no_answer"]


async def test_a_key_that_was_refused_and_is_leant_on_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("2", 2.0)
        for _repeat in range(15):
            await at.hand.press("2", 0.2)
        assert await at.results() == []
        await at.hand.press("2", twice.LEANT_ON)
        assert await at.results() == ["no_answer"]


@pytest.mark.rule("E-02")
async def test_two_fingers_at_once_are_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        for key in "21":
            at.hand.pilot.app.post_message(key_at(key, at.hand.at))
        await settle(at.hand.pilot)
        assert await at.results() == []
        assert "TAKEN BACK, no call: 2 = " in at.said


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("apart", "counts"), [(0.3, False), (2.999, False), (3.0, True)])
@pytest.mark.parametrize("second", ["2", "3"])
async def test_nobody_is_rung_between_two_results_closer_than_a_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float, counts: bool, second: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        assert await at.results() == ["no_answer"]
        await settle(at.hand.pilot)
        await at.hand.press(second, apart)
        figures = not counts and second != "2"
        assert len(await at.results()) == (0 if figures else 1 + counts)
        assert at.said.startswith("TAKEN BACK" if figures else f"{second} ") is not counts
        assert not isinstance(at.hand.pilot.app.focused, Field)
        assert not at.asked()
        at.night.clock.forward(seconds=9)
        await at.hand.press(second, 3.0)
        counted = 1 if figures else 2 + counts
        assert len(await at.results()) == counted, "the same digit counts later"


@pytest.mark.parametrize("stood", [3.0, 4.999, 5.0])
async def test_nobody_is_told_sooner_than_it_rang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stood: float
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("1", stood)
        counts = stood >= TOLD
        assert await at.results() == (["reached"] if counts else [])
        assert ("NOT counted: nobody is told so soon" in at.said) is not counts
        await at.hand.press("1", 2.0)
        assert await at.results() == ["reached"], "and no more than once"


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("later", "counts"), [(0.1, False), (2.999, False), (3.0, True)])
@pytest.mark.parametrize("close", ["0", "escape", "1"])
async def test_a_digit_at_once_after_a_question_is_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: float, counts: bool, close: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "0")
        assert at.asked() == "menu"
        await at.hand.keys("1")
        assert at.asked() == "unasked"
        await at.hand.keys(close)
        assert not at.asked()
        before = await at.tried()
        await at.hand.press("6" if close != "1" else "3", later)
        assert len(await at.tried()) == len(before) + counts


@pytest.mark.rule("E-02")
async def test_no_read_back_is_taken_from_a_digit_behind_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "1", "0")
        await at.hand.keys("0")
        await at.hand.press("7", 2.5)
        assert "7 NOT counted" in at.said
        assert (await at.case()).calls[-1].read_back_at is None
        await at.hand.press("7", 0.5)
        assert (await at.case()).calls[-1].read_back_at is not None


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("later", "counts"), [(0.1, False), (2.999, False), (3.0, True)])
@pytest.mark.parametrize("leave", ["enter", "escape", "tab"])
@pytest.mark.parametrize("field", ["8", "9"])
async def test_a_digit_at_once_after_a_field_is_no_result(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    later: float,
    counts: bool,
    leave: str,
    field: str,
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys(field, leave)
        assert at.hand.pilot.app.focused is None
        await at.hand.press("2", later)
        assert await at.results() == (["no_answer"] if counts else [])
        assert ("2 NOT counted" in at.said) is not counts


async def test_read_back_the_place_the_log_and_the_menu_follow_a_result_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "1")
        await at.hand.press("7", 0.3)
        assert (await at.case()).calls[-1].read_back_at is not None
        await at.hand.press("9", 0.2)
        assert getattr(at.hand.pilot.app.focused, "id", "") == "log"
        await at.hand.keys("escape", "2")
        await at.hand.press("0", 0.2)
        assert at.asked() == "menu"
        await at.hand.keys("escape", "2")
        await at.hand.press("8", 0.2)
        await at.type("3-2-1502", 0.3)
        await at.hand.keys("enter")
        assert (await at.case()).place == "3-2-1502"
        assert not at.asked()


@pytest.mark.rule("E-02")
async def test_on_a_slow_disk_a_result_goes_to_whoever_is_shown_as_it_is_pressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        first = at.shown
        app, at.hand.at = at.hand.pilot.app, at.hand.at + 10
        stall = asyncio.ensure_future(at.night.run_on_desk(lambda _desk: time.sleep(1.5)))
        await asyncio.sleep(0.05)
        for key in ("2", "down", "down", "down", "1"):
            at.hand.at += 5
            app.post_message(key_at(key, at.hand.at, key if key.isdigit() else None))
            await asyncio.sleep(0.1)
            if key == "down":
                chosen = at.shown
        assert chosen != first
        assert not stall.done(), "nothing of it was written yet"
        await stall
        await settle(at.hand.pilot)
        calls = [(call.name, call.outcome.value) for call in (await at.case()).calls[1:]]
        assert calls == [(first, "no_answer"), (chosen, "reached")]
        assert at.shown == chosen, "it stays: did they repeat it?"


@pytest.mark.rule("E-02")
async def test_whoever_is_chosen_while_a_result_is_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        app, first = at.hand.pilot.app, at.shown
        stall = asyncio.ensure_future(at.night.run_on_desk(lambda _desk: time.sleep(0.7)))
        await asyncio.sleep(0.05)
        for key in ("2", "down", "down"):
            at.hand.at += 5
            app.post_message(key_at(key, at.hand.at, key if key.isdigit() else None))
            await asyncio.sleep(0.1)
        chosen = at.shown
        await stall
        await settle(at.hand.pilot)
        assert [call.name for call in (await at.case()).calls[1:]] == [first]
        assert at.shown == chosen != first


# ---- the forms of a call over it


@pytest.mark.rule("E-03")
async def test_in_the_forms_of_a_call_no_figure_of_a_place_counts_after_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("f4", 0.2)
        assert on_top(at.hand.pilot) == "NotifyScreen"
        await at.hand.press("2", 0.0)
        assert "too soon after the number came up" in at.said
        await at.hand.press("2", 2.999)
        assert "too soon after the number came up" in at.said
        await at.type("-1-1502", 0.8)
        assert "No place is taken here" in at.said
        assert await at.results() == []
        await at.hand.press("2", 2.0)
        assert await at.results() == ["no_answer"]


async def test_a_figure_of_a_place_answers_no_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("f4", "1")
        await at.type("-1-1502", 0.8)
        (call,) = (await at.case()).calls
        assert call.read_back_at is None
        assert at.asked() == "read_back"
        await at.hand.press("1", 2.0)
        (call,) = (await at.case()).calls
        assert call.read_back_at is not None
