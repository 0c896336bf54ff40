"""A room's number typed where results are pressed, and figures alone in the place (E-02)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.tui.screens.emergency.given_results import GivenResults
from dispatcher_tui.tui.screens.emergency.no_calls import NO_CALL
from dispatcher_tui.tui.twice import RINGS_AFTER
from dispatcher_tui.tui.widgets.call_tree import CallTree
from tests.tui.emergency.at_hand import fire
from tests.tui.support import paste, settle

pytestmark = pytest.mark.rule("E-02")


@pytest.mark.parametrize("room", ["1502", "502", "3312", "2316"])
async def test_a_room_typed_as_the_number_comes_up_is_nothing_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        for figure in room:
            await at.type(figure, 0.3)
            assert at.asked() or f"{figure} NOT counted" in at.said or "pressed twice" in at.said
        case = await at.case()
        assert (case.place, case.calls, case.called) == ("", (), ())


@pytest.mark.parametrize("room", ["1502", "2301", "101", "1702", "402", "2405", "1102"])
async def test_of_a_room_typed_later_no_figure_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        first = at.shown
        at.hand.at += 10
        await at.type(room, 0.4)
        case = await at.case()
        assert len(await at.tried()) == 1, "it stays readable"
        assert (case.place, case.calls, case.called) == ("", (), ())
        assert "TAKEN BACK" in at.said
        assert f"{room[0]} = Fire brigade" in at.said
        if at.asked():
            await at.hand.keys("escape")
        assert at.shown == first, "nobody was told: it is rung next"
        await at.hand.press("2", 3.0)
        assert await at.results() == ["no_answer"]


@pytest.mark.parametrize("field", ["8", "9"])
@pytest.mark.parametrize("leave", ["enter", "escape"])
async def test_a_figure_that_opened_a_field_asks_about_the_one_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, leave: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type(f"1{field}02", 0.4)
        await at.hand.keys(leave)
        if at.asked() == "doubt":
            await at.hand.keys("0")
        assert at.asked() == NO_CALL
        await at.hand.keys("8")
        assert await at.results() == []


async def test_a_place_begun_without_its_building_asks_once_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type("18-2-0101", 0.4)
        await at.hand.keys("enter")
        assert "its beginning is missing" in at.said
        await at.type("8-2-0101", 0.4)
        await at.hand.keys("enter")
        assert at.asked() == NO_CALL
        assert (await at.case()).place == "8-2-0101"


@pytest.mark.parametrize(("later", "answers"), [(2.75, False), (3.0, True)])
async def test_a_digit_is_for_the_menu_once_it_cannot_be_a_figure_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: float, answers: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "1")
        await at.hand.press("0", 0.5)
        await at.hand.press("8", later - 0.5)
        assert at.asked() == ("" if answers else "menu")
        tree = at.hand.pilot.app.screen.query_one(CallTree)
        assert (tree.pane == "story_column") is answers


@pytest.mark.parametrize("no", ["0", "escape", "enter"])
async def test_no_answers_the_menu_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        await at.hand.press("0", 0.3)
        await at.hand.press(no, 2.0)
        assert not at.asked()
        assert await at.results() == ["no_answer"]


@pytest.mark.parametrize("apart", [0.4, 1.0, 2.999])
async def test_whoever_read_back_and_sets_off_is_told_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: float
) -> None:
    """7, then 0 and 1: read back, the menu, on the way."""
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        await at.hand.press("1", 6.0)
        await at.hand.press("7", 3.0)
        for key in "01":
            await at.hand.press(key, apart)
        case = await at.case()
        assert case.calls[-1].read_back_at is not None
        assert case.place == ""
        assert not at.asked()
        assert [each for each in case.called if each.on_the_way_at is not None]


async def test_figures_where_a_name_is_asked_for_are_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2")
        await at.type("502", 6.0)
        await at.hand.keys("enter")
        assert "is no name: NO call is written down" in at.said
        assert len(await at.tried()) == 1
        assert getattr(at.hand.pilot.app.focused, "id", "") == "taken"
        await at.hand.keys(*"老王", "enter")
        assert (await at.case()).calls[-1].taken_by == "老王"


@pytest.mark.parametrize(("answer", "place"), [("8", "1502"), ("0", "")])
async def test_figures_alone_in_the_place_are_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, place: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("8")
        await at.type("1502", 0.3)
        await at.hand.keys("enter")
        assert at.asked() == "doubt"
        await at.hand.press("enter", 0.3)
        assert at.asked() == "doubt"
        assert "That answers nothing" in at.said
        await at.hand.keys(answer)
        assert (await at.case()).place == place
        assert await at.tried() == []
        assert at.hand.pilot.app.focused is None
        if answer == "0":
            assert "NOT counted, neither as place nor as result: 1502." in at.said
            field = at.hand.pilot.app.screen.query_one("#place")
            assert field.value == ""  # type: ignore[attr-defined]
        await at.hand.press("2", 2.5)
        assert await at.tried() == []
        await at.hand.press("2", 0.5)
        assert await at.tried() == ["no_answer"], "the keys are the results' again"


async def test_results_pressed_into_the_open_place_are_named_when_it_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("-", *"22", "escape")
        assert "NOT counted, neither as place nor as result: -22" in at.said
        assert await at.tried() == []


@pytest.mark.parametrize(("answer", "asked"), [("8", ""), ("0", "no_call")])
async def test_the_digit_of_the_place_may_have_been_a_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, asked: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        at.hand.at += 10
        await at.type("1802", 1.1)
        await at.hand.keys("enter")
        assert at.asked() == "doubt"
        await at.hand.keys(answer)
        assert at.asked() == asked, "no place: then what counted before it is asked about"
        assert await at.results() == ["reached"]
        if asked:
            await at.hand.keys("8")
            assert await at.results() == []
            assert at.shown == "fire", "who was not rung is next"


@pytest.mark.parametrize("key", ["enter", "escape", "tab", "1", "5", "a", "-", "楼"])
async def test_only_its_digits_say_whether_it_was_a_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("3")
        await at.hand.press("-", 0.5)
        await at.hand.keys("enter", *"3-1-101", "enter")
        assert at.asked() == "no_call"
        await at.hand.press(key, 0.3)
        assert at.asked() == "no_call"
        assert "That answers nothing" in at.said
        assert "8 " in at.said
        await settle(at.hand.pilot)
        await at.hand.keys("0")
        assert not at.asked()
        assert await at.results() == ["busy"]


async def test_what_was_to_be_done_on_the_card_is_ticked_at_any_speed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("tab")
        for digit in "123":
            await at.hand.press(digit, 0.5)
        case = await at.case()
        assert len(case.card_steps) + len(case.branch_answers) == 3
        assert at.hand.pilot.app.focused is None


@pytest.mark.parametrize(("later", "answers"), [(1.75, False), (2.0, True)])
@pytest.mark.parametrize("letter", ["k", "门", "-"])
async def test_a_digit_behind_text_typed_into_a_question_is_of_that_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letter: str, later: float, answers: bool
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.keys("2", "0", "1")
        assert at.asked() == "unasked"
        await at.hand.press(letter, 1.0)
        assert at.said, "what does nothing is said"
        await at.hand.press("1", later)
        assert at.asked() == ("" if answers else "unasked")
        if not answers:
            assert at.said
            assert len(await at.tried()) == 1
            await at.hand.press("1", 2.0)
            assert not at.asked(), "a while later it answers"


async def test_a_paste_where_nothing_is_typed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await paste(at.hand.pilot, "3栋2单元1502")
        assert "NOT taken, no text goes here" in at.said
        case = await at.case()
        assert (case.place, case.calls) == ("", ())
        await at.hand.keys("8")
        await paste(at.hand.pilot, "3栋2单元1502")
        await at.hand.keys("enter")
        assert (await at.case()).place == "3-2-1502"


async def test_the_same_digit_counts_in_time_and_another_one_waits_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fire(tmp_path, monkeypatch) as at:
        await at.hand.press("2", 1.0)
        await at.hand.press("2", RINGS_AFTER)
        assert await at.results() == ["no_answer"], "pressed too soon, and again in time"
    given = GivenResults()
    given.free_from(10.0)
    given.refuse("2", 12.0)
    assert given.free_in("2", 12.5) == 0.5, "of the first one nothing begins anew"
    given.refuse("3", 12.5)
    assert given.free_in("1", 12.5) == RINGS_AFTER
    assert given.free_in("1", 15.5) == 0
