"""A place typed without its 8, and a digit too soon: neither is the result of a call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import CallTried, TakenBack
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.widgets import call_panel, number_up
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.rings import SCENES, desk
from tests.tui.story import case_of, message, on_top
from tests.tui.support import Language, Night, picture, press, settle
from tests.tui.system.test_twice import Hand, key_at

AFTER, WITHIN, FIGURES, TOLD = 1.0, 2.0, 3.0, 5.0
TOO_SOON = "too soon after the number came up"


class Desk:
    """An emergency at hand: its number came up as the kind was named, by the hand's own clock."""

    def __init__(self, night: Night, hand: Hand, case_id: str) -> None:
        self.night, self.hand, self.case_id = night, hand, case_id

    async def case(self) -> Case:
        """The case on disk."""
        return await case_of(self.night, self.case_id)

    async def results(self) -> list[str]:
        """What came of the calls that count."""
        return [call.outcome.value for call in (await self.case()).calls]

    async def type(self, text: str, apart: float) -> None:
        """Type a text, so many seconds between its keys."""
        for key in text:
            self.night.clock.forward(seconds=apart)
            await self.hand.press(key, apart)

    @property
    def said(self) -> str:
        """The line under the work."""
        return message(self.hand.pilot)

    @property
    def place(self) -> str:
        """What stands in the field of the place; it has to have the focus."""
        field = self.hand.pilot.app.focused
        assert isinstance(field, Field)
        assert field.id == "place"
        return field.value

    @property
    def shown(self) -> str:
        """Who stands there to be rung."""
        target = self.hand.pilot.app.screen.query_one(CallTree).target
        assert target is not None
        return target.name


@asynccontextmanager
async def fire(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: Language = "en"
) -> AsyncIterator[Desk]:
    """A fire, its first number just come up."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", WITHIN)
    monkeypatch.setattr(twice, "RINGS_AFTER", AFTER)
    monkeypatch.setattr(twice, "TOLD_AFTER", TOLD)
    monkeypatch.setattr(twice, "FIGURES_WITHIN", FIGURES)
    async with desk(folder, rings=SCENES) as night, night.running((80, 24), lang) as pilot:
        hand = Hand(pilot)
        for module in (number_up, call_panel):
            monkeypatch.setattr(module, "moment", lambda: hand.at)
        await hand.keys("f9", "1")
        yield Desk(night, hand, pilot.app.screen.case_id)  # type: ignore[attr-defined]


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("stood", "counts"), [(0.0, False), (0.999, False), (1.0, True)])
async def test_a_result_counts_once_the_number_has_stood_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stood: float, counts: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        first = at.shown
        await at.hand.press("2", stood)
        assert (TOO_SOON in at.said) is not counts
        assert await at.results() == (["no_answer"] if counts else [])
        assert (at.shown == first) is not counts


async def test_the_digit_that_came_too_soon_counts_once_it_is_pressed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("2", 0.5)
        assert TOO_SOON in at.said
        await at.hand.press("2", 0.5)
        assert await at.results() == ["no_answer"]


async def test_a_key_that_was_refused_and_is_leant_on_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("2", 0.5)
        for _repeat in range(10):
            await at.hand.press("2", 0.2)
        assert await at.results() == []


@pytest.mark.rule("E-02")
async def test_two_fingers_at_once_are_one_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        for key in "21":
            at.hand.pilot.app.post_message(key_at(key, at.hand.at))
        await settle(at.hand.pilot)
        assert await at.results() == ["no_answer"]


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("place", ["3-2-1502", "12-1-502", "10-1-101", "8-1-101", "9-2-503"])
async def test_a_place_typed_as_the_number_comes_up_is_the_place_and_no_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type(place, 0.3)
        assert at.place == place
        await at.hand.keys("enter")
        if place.startswith("1"):  # as the kind's own digit does: pressed twice, or a figure
            await at.hand.keys("2")
        case = await at.case()
        assert (case.place, case.calls) == (place, ())
        assert not at.hand.pilot.app.screen.query_one(Question).asked


@pytest.mark.parametrize("mark", ["-", ".", "、", " ", "栋", "。"])
async def test_every_mark_of_a_place_opens_its_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type(f"3{mark}2", 0.3)
        assert at.place == f"3{mark}2"
        assert await at.results() == []


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("answer", "left"), [("1", []), ("0", ["busy"])])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_digit_before_the_mark_that_counted_is_said_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, left: list[str], lang: Language
) -> None:
    async with fire(tmp_path, monkeypatch, lang) as at:
        at.hand.at += 10
        await at.type("3-", 0.8)
        assert await at.results() == ["busy"]
        assert (
            _("WRITTEN DOWN AS A CALL: {calls} Type on; after Enter 1 takes it back.").split("{")[0]
            in at.said
        )
        await at.type("2-1502", 0.8)
        assert at.place == "3-2-1502"
        await at.hand.keys("enter")
        assert (await at.case()).place == "3-2-1502"
        question = at.hand.pilot.app.screen.query_one(Question)
        assert question.asked == "no_call"
        assert "119" in picture(at.hand.pilot)
        await at.hand.keys(answer)
        assert await at.results() == left
        entries = await at.night.run_on_desk(lambda it: it.store.entries(at.case_id))
        events = [entry.event for entry in entries]
        tried = [event for event in events if isinstance(event, CallTried)]
        assert len(tried) == 1, "what was written down stays readable"
        assert any(isinstance(event, TakenBack) for event in events) is (answer == "1")
        assert (at.shown == "fire") is (answer == "1"), "who was not rung is next"


async def test_a_result_three_seconds_before_the_mark_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for apart, asked in ((2.999, "no_call"), (3.0, "")):
        async with fire(tmp_path / str(apart), monkeypatch) as at:
            await at.hand.keys("3")
            await at.hand.press("-", apart)
            await at.hand.keys(*"2-1502", "enter")
            assert at.hand.pilot.app.screen.query_one(Question).asked == asked
            assert await at.results() == ["busy"]


async def test_a_dash_in_the_middle_of_a_line_or_a_place_stays_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("9")
        await at.type("a-1 b", 0.3)
        field = at.hand.pilot.app.focused
        assert isinstance(field, Field)
        assert (field.id, field.value) == ("log", "a-1 b")
        await at.hand.keys("enter", "escape", "9")
        await at.hand.press("-", FIGURES)
        field = at.hand.pilot.app.focused
        assert isinstance(field, Field)
        assert (field.id, field.value) == ("log", "-"), "long after its digit it is typed"


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


@pytest.mark.rule("E-03")
async def test_in_the_forms_of_a_call_no_figure_of_a_place_counts_after_its_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("f4", 0.2)
        assert on_top(at.hand.pilot) == "NotifyScreen"
        await at.hand.press("2", 0.0)
        assert TOO_SOON in at.said
        await at.hand.press("2", 0.999)
        assert TOO_SOON in at.said
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
        assert at.hand.pilot.app.screen.query_one(Question).asked == "read_back"
        await at.hand.press("1", 2.0)
        (call,) = (await at.case()).calls
        assert call.read_back_at is not None


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("pause", [0.5, 1.3, 2.1])
@pytest.mark.parametrize(("answer", "place"), [("1", "3-2-1502"), ("2", "13-2-1502"), ("0", "")])
async def test_a_second_press_of_the_kind_in_front_of_a_place_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pause: float, answer: str, place: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("1", 0.15)
        assert "pressed twice" in at.said
        await at.hand.press("3", pause)
        await at.type("-2-1502", 0.2)
        await at.hand.keys("enter")
        assert (await at.case()).place == ""
        shown = picture(at.hand.pilot)
        assert "A digit was pressed twice" in shown
        assert "1 3-2-1502" in shown
        assert "2 13-2-1502" in shown
        await at.hand.keys(answer)
        assert (await at.case()).place == place
        assert await at.results() == []


@pytest.mark.rule("E-02")
async def test_a_place_that_is_typed_anew_is_asked_about_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("1", 0.15)
        await at.hand.press("3", 0.5)
        await at.type("-2", 0.2)
        await press(at.hand.pilot, *["backspace"] * 4, *"5-1-0101", "enter")
        assert (await at.case()).place == "5-1-0101"
