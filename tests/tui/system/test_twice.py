"""A digit that a shaking hand presses twice is counted once where the next press means another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.events import Key, MouseDown
from textual.pilot import Pilot

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.tui import twice
from dispatcher_tui.tui.twice import Presses
from dispatcher_tui.tui.typeahead import moment
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.rings import desk
from tests.tui.story import case_of, message, on_top
from tests.tui.support import Night, settle

WITHIN = 2.0


@pytest.fixture(autouse=True)
def every_press_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the time is that of the desk."""
    monkeypatch.setattr(twice, "TWICE_WITHIN", WITHIN)
    for no_wait in ("RINGS_AFTER", "TOLD_AFTER"):
        monkeypatch.setattr(twice, no_wait, 0.0)


def key_at(key: str, at: float, character: str | None = "") -> Key:
    """A key pressed then, by the clock that keys are stamped with."""
    event = Key(key, key if character == "" else character)
    event.time = at
    return event


class Hand:
    """A hand on the keys that presses at times it says itself."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.at = float(int(moment()) + 60)

    async def press(self, key: str, later: float = 10.0) -> None:
        """Press a key so many seconds after the last one."""
        self.at += later
        named = {"enter": "\r", "f9": None, "f4": None, "tab": "\t", "escape": "\x1b"}
        self.pilot.app.post_message(key_at(key, self.at, named.get(key, "")))
        await settle(self.pilot)

    async def keys(self, *keys: str) -> None:
        """Keys with all the time there is between them."""
        for key in keys:
            await self.press(key)


async def the_case(night: Night, pilot: Pilot[Any]) -> Case:
    """The emergency on the screen as it stands on disk."""
    return await case_of(night, pilot.app.screen.case_id)  # type: ignore[attr-defined]


def rung(pilot: Pilot[Any]) -> str:
    """Who stands there to be rung."""
    target = pilot.app.screen.query_one(CallTree).target
    return target.name if target else ""


def results(case: Case) -> list[tuple[str, str]]:
    """Who was rung with what result."""
    return [(call.name, call.outcome.value) for call in case.calls]


@pytest.mark.parametrize(
    ("apart", "second"), [(0.0, True), (1.999, True), (2.0, False), (2.001, False)]
)
def test_the_same_key_sooner_than_two_seconds_is_a_second_press(apart: float, second: bool) -> None:
    presses, first, again = Presses(), key_at("1", 0.0), key_at("1", apart + 0.0)
    presses.note(first)
    assert not presses.twice(first)
    presses.note(again)
    assert presses.twice(again) is second


def test_anything_else_in_between_makes_it_a_first_one() -> None:
    click = MouseDown(None, 0, 0, 0, 0, 1, False, False, False)
    for between in (key_at("2", 10.5), key_at("tab", 10.5, "\t"), click):
        presses, again = Presses(), key_at("1", 11.0)
        presses.note(key_at("1", 10.0))
        presses.note(between)
        presses.note(again)
        assert not presses.twice(again)


def test_a_key_that_is_leant_on_stays_one_press() -> None:
    presses, held = Presses(), [key_at("1", 10 + n * 0.033) for n in range(150)]
    for event in held:
        presses.note(event)
    assert [presses.twice(event) for event in held[-50:]] == [True] * 50


def test_a_refused_press_makes_the_wait_no_longer() -> None:
    presses = Presses()
    pressed = [key_at("2", 10 + after) for after in (0.0, 1.0, 1.5, 2.0, 3.5, 4.0)]
    for event in pressed:
        presses.note(event)
    assert [presses.twice(event) for event in pressed] == [False, True, True, False, True, False]


def test_the_wait_is_reckoned_from_the_first_press() -> None:
    presses = Presses()
    for at in (10.0, 10.5):
        presses.note(key_at("2", at))
    assert [presses.wait(at) for at in (10.5, 11.5, 12.0, 13.0)] == [1.5, 0.5, 0.0, 0.0]


def test_a_digit_of_an_input_method_is_the_same_key() -> None:
    presses, again = Presses(), key_at("1", 10.5)
    presses.note(key_at("１", 10.0))
    presses.note(again)
    assert presses.twice(again)


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("apart", "calls"), [(1.999, 1), (2.0, 2)])
async def test_a_result_pressed_twice_is_not_that_of_the_next_person(
    tmp_path: Path, apart: float, calls: int
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "2")
        following = rung(pilot)
        assert following != "lift_rescue", "somebody else is next"
        await hand.press("2", apart)
        case = await the_case(night, pilot)
        assert len(case.calls) == calls
        assert ("2 pressed twice: counted once." in message(pilot)) is (calls == 1)
        assert ("In 1 s" in message(pilot)) is (calls == 1)
        assert (rung(pilot) == following) is (calls == 1)


async def test_another_digit_at_once_is_quick_work(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "2")
        await hand.press("4", 0.2)
        await hand.press("2", 0.2)
        outcomes = [outcome for _name, outcome in results(await the_case(night, pilot))]
        assert outcomes == ["no_answer", "off", "no_answer"]


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("apart", "calls"), [(1.999, 0), (2.0, 1)])
async def test_the_kinds_digit_pressed_twice_is_no_result(
    tmp_path: Path, apart: float, calls: int
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "3")
        await hand.press("3", apart)
        case = await the_case(night, pilot)
        assert case.emergency_kind == "gas_smell"
        assert len(case.calls) == calls
        assert ("3 pressed twice: counted once." in message(pilot)) is (calls == 0)


async def test_both_at_once_while_the_first_is_still_written(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5")
        for later in (10.0, 0.03):
            hand.at += later
            pilot.app.post_message(key_at("2", hand.at))
        await settle(pilot)
        assert len((await the_case(night, pilot)).calls) == 1


async def test_relayed_pressed_twice_says_nothing_of_who_took_it(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "2", "5")
        await hand.press("5", 0.5)
        assert "5 pressed twice: counted once." in message(pilot)
        assert len((await the_case(night, pilot)).calls) == 1, "it is still asked who took it"
        await hand.press("5", 2.0)
        (*_before, call) = (await the_case(night, pilot)).calls
        assert call.taken_by


async def test_a_menus_digit_pressed_twice_answers_no_question_and_logs_no_call(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "2", "0", "1")
        await hand.press("1", 0.5)
        case = await the_case(night, pilot)
        assert (len(case.calls), case.called) == (1, ()), "nobody came unasked"
        assert "1 pressed twice: counted once." in message(pilot)
        await hand.press("1", 2.0)
        case = await the_case(night, pilot)
        assert len(case.called) == 1
        await hand.press("1", 1.999)
        assert len((await the_case(night, pilot)).calls) == len(case.calls)


async def test_what_is_typed_is_never_counted_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "8")
        for key in "11-1-1101":
            await hand.press(key, 0.1)
        await hand.press("enter", 0.1)
        assert (await the_case(night, pilot)).place == "11-1-1101"


async def test_a_line_out_of_view_is_ticked_by_the_same_digit_at_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "1", "tab")
        checklist = pilot.app.screen.query_one(CallTree).checklist
        last = max(n for n in range(9) if checklist.line(n) is not None)
        await hand.press(str(last + 1))
        if "once more" in message(pilot):
            await hand.press(str(last + 1), 0.3)
        case = await the_case(night, pilot)
        assert case.card_steps or case.branch_answers


@pytest.mark.rule("E-03")
async def test_nobody_is_told_by_the_second_press_in_the_forms_of_a_call(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "f4")
        assert on_top(pilot) == "NotifyScreen"
        await hand.press("2")
        await hand.press("2", 1.999)
        case = await the_case(night, pilot)
        assert len(case.calls) == 1
        assert "2 pressed twice: counted once." in message(pilot)
        await hand.press("2", 2.0)
        assert len((await the_case(night, pilot)).calls) == 2


async def test_coming_back_from_a_form_its_last_digit_is_no_result(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "2", "0", "4", "enter", "2", "enter")
        assert pilot.app.screen.query_one(Question).asked
        assert on_top(pilot) == "ResponderScreen"
        await hand.press("1")
        assert on_top(pilot) == "EmergencyScreen"
        before = await the_case(night, pilot)
        assert len(before.called) == 1, "somebody came unasked"
        await hand.press("1", 0.5)
        assert (await the_case(night, pilot)).calls == before.calls


@pytest.mark.rule("E-02")
@pytest.mark.parametrize(("apart", "asked"), [(1.999, True), (2.0, False)])
async def test_a_second_esc_at_once_closes_no_question(
    tmp_path: Path, apart: float, asked: bool
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "1", "escape")
        question = pilot.app.screen.query_one(Question)
        assert question.asked == "mistake"
        await hand.press("escape", apart)
        assert bool(question.asked) is asked
        await hand.press("1", 0.5)
        assert (await the_case(night, pilot)).calls == ()
        if asked:
            assert pilot.app.screen.query_one("#reason_row").display, "it answered the question"


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("close", ["escape", "0"])
@pytest.mark.parametrize(("apart", "calls"), [(0.1, 0), (1.999, 0), (2.0, 1)])
@pytest.mark.parametrize("kind", ["1", "5"])
async def test_an_answer_just_after_the_question_was_closed_is_no_result_and_is_said(
    tmp_path: Path, close: str, apart: float, calls: int, kind: str
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", kind, "escape", close)
        assert not pilot.app.screen.query_one(Question).asked
        await hand.press("1", apart)
        assert len((await the_case(night, pilot)).calls) == calls
        assert ("1 was for the question just closed" in message(pilot)) is (calls == 0)


async def test_a_digit_that_was_no_answer_and_one_after_an_answer_count_at_once(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "escape", "0")
        await hand.press("3", 0.1)
        assert len((await the_case(night, pilot)).calls) == 1, "3 was none of its answers"
        await hand.keys("0", "enter")
        await hand.press("2", 0.1)
        assert len((await the_case(night, pilot)).calls) == 2, "Enter answered the menu"


@pytest.mark.rule("E-03")
async def test_the_menus_and_the_unasked_questions_digits_are_no_results_either(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        hand = Hand(pilot)
        await hand.keys("f9", "5", "2", "0", "escape")
        await hand.press("2", 1.0)
        assert len((await the_case(night, pilot)).calls) == 1
        await hand.keys("0", "1", "0")
        await hand.press("1", 1.0)
        case = await the_case(night, pilot)
        assert (len(case.calls), case.called) == (1, ())
