"""A room's number typed where results are pressed: no figure of it stays a call (E-02)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.domain.record.events import CallTried
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.emergency.test_place_without_digit import Desk, fire
from tests.tui.story import on_top
from tests.tui.support import settle

pytestmark = pytest.mark.rule("E-02")


def asked(at: Desk) -> str:
    """The question that is open."""
    return at.hand.pilot.app.screen.query_one(Question).asked


async def tried(at: Desk) -> list[str]:
    """What was ever written down of calls, taken back or not."""
    entries = await at.night.run_on_desk(lambda it: it.store.entries(at.case_id))
    return [e.event.outcome.value for e in entries if isinstance(e.event, CallTried)]


@pytest.mark.parametrize("apart", [0.3, 1.1, 1.9, 2.4])
@pytest.mark.parametrize("room", ["1502", "502", "1102", "1702", "5012", "1012"])
async def test_a_room_that_begins_as_told_is_a_place_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str, apart: float
) -> None:
    if apart > 2 and room == "1102":
        pytest.skip("the same digit two seconds later says that it is a result all the same")
    async with fire(tmp_path, monkeypatch) as at:
        await at.type(room, apart)
        assert at.place == room
        await at.hand.keys("enter")
        assert asked(at) == "doubt"
        await at.hand.keys("8")
        assert (await at.case()).place == room
        assert await tried(at) == []
        assert on_top(at.hand.pilot) == "EmergencyScreen"


@pytest.mark.parametrize("room", ["1502", "2301", "2202", "1702", "3012", "602"])
async def test_a_room_typed_long_after_the_number_came_up_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type(room, 1.1)
        assert at.place == room
        assert "WRITTEN DOWN AS A CALL" in at.said
        await at.hand.keys("enter", "8")
        assert (await at.case()).place == room
        assert asked(at) == "no_call"
        await at.hand.keys("1")
        assert await at.results() == []
        assert (await at.case()).called == ()
        assert at.shown == "fire", "who was not rung is next"


async def test_who_took_a_message_is_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type("502", 4.0)
        await at.hand.keys("enter")
        assert at.place == "502"
        assert "NO call is written down" in at.said
        await at.hand.keys("enter", "8")
        assert (await at.case()).place == "502"
        assert await tried(at) == []


async def test_a_person_picked_by_the_second_figure_is_taken_back_with_the_third(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type("512", 1.1)
        assert at.place == "512"
        await at.hand.keys("enter", "8", "1")
        assert (await at.case()).place == "512"
        assert await at.results() == []


@pytest.mark.parametrize("stood", [1.0, 2.0, 4.999, 5.0])
async def test_nobody_is_told_sooner_than_it_rang(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stood: float
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("down")
        at.hand.pilot.app.screen.query_one(CallTree).comes_up()
        await at.hand.press("1", stood)
        counts = stood >= 5
        assert await at.results() == (["reached"] if counts else [])
        assert ("NOT counted" in at.said) is not counts


@pytest.mark.parametrize(("later", "counts"), [(1.999, False), (2.0, True)])
async def test_whoever_insists_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: float, counts: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("down")
        at.hand.pilot.app.screen.query_one(CallTree).comes_up()
        await at.hand.press("1", 1.0)
        await at.hand.press("1", later)
        assert await at.results() == (["reached"] if counts else [])


async def test_fast_results_of_one_kind_count_as_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.type("222", 2.0)
        assert await at.results() == ["no_answer"] * 3


@pytest.mark.parametrize(("apart", "is_asked"), [(1.0, True), (2.999, True), (3.0, False)])
async def test_two_results_closer_than_a_call_are_asked_about_and_can_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float, is_asked: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        await at.hand.press("3", apart)
        if is_asked:
            assert at.place == "23"
            assert "WRITTEN DOWN AS A CALL" in at.said
            await at.hand.press("escape", 0.5)
            assert not asked(at)
            assert "once more" in at.said
            await at.hand.press("3", 0.5)
        assert await at.results() == ["no_answer", "busy"]
        assert (await at.case()).place == ""


async def test_read_back_the_place_and_the_log_follow_a_result_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "1")
        await at.hand.press("1", 0.3)
        await at.hand.press("7", 0.8)
        assert (await at.case()).calls[-1].read_back_at is not None
        await at.hand.press("9", 0.5)
        assert getattr(at.hand.pilot.app.focused, "id", "") == "log"
        await at.hand.keys("escape", "2")
        await at.hand.press("8", 0.5)
        await at.type("3-2-1502", 0.3)
        await at.hand.keys("enter")
        assert (await at.case()).place == "3-2-1502"
        assert not asked(at)


async def test_the_digit_of_the_place_can_be_a_figure_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type("1802", 1.1)
        await at.hand.keys("enter")
        assert asked(at) == "doubt"
        await at.hand.keys("1")
        assert (await at.case()).place == "1802"
        assert asked(at) == "no_call"
        await at.hand.keys("1")
        assert await at.results() == []


@pytest.mark.parametrize("apart", [0.4, 1.0, 2.999])
async def test_whoever_read_back_and_sets_off_is_told_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float
) -> None:
    """7, then 0 and 1: read back, the menu, on the way; no place is begun by it."""
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        await at.hand.press("1", 6.0)
        await at.hand.press("7", 3.0)
        for key in "01":
            await at.hand.press(key, apart)
        case = await at.case()
        assert case.calls[-1].read_back_at is not None
        assert case.place == ""
        assert not asked(at)
        assert [each for each in case.called if each.on_the_way_at is not None]


@pytest.mark.parametrize("key", ["enter", "escape", "tab", "5"])
async def test_only_its_digits_say_whether_it_was_a_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("3")
        await at.type("-1-101", 0.5)
        await at.hand.keys("enter")
        assert asked(at) == "no_call"
        await at.hand.press(key, 0.3)
        assert asked(at) == "no_call"
        assert "That answers nothing" in at.said
        assert "1 " in at.said
        await settle(at.hand.pilot)
        await at.hand.keys("0")
        assert not asked(at)
        assert await at.results() == ["busy"]


async def test_the_place_is_not_lost_by_a_second_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("8")
        await at.type("1502", 0.3)
        await at.hand.keys("enter")
        await at.hand.press("enter", 0.3)
        assert asked(at) == "doubt"
        assert "That answers nothing" in at.said
        await at.hand.keys("8")
        assert (await at.case()).place == "1502"


async def test_what_was_to_be_done_on_the_card_is_ticked_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("tab")
        for digit in "123":
            await at.hand.press(digit, 0.5)
        assert getattr(at.hand.pilot.app.focused, "id", None) != "place"
